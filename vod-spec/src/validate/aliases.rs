//! Other names of fields and values, which only events have: what the service writes in several ways.

use std::collections::BTreeMap;

use super::Validator;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, Operation, ScalarType, Service, Type, TypeDef, TypeKind};
use crate::raw;
use crate::source::{Span, Spanned};
use crate::yaml::read::Text;

impl Validator<'_> {
    /// The text that means that there is no value.
    pub(super) fn absent(&mut self, field: &raw::Field, ty: Option<&Type>) -> Option<Text> {
        let absent = field.absent.as_ref()?;
        self.code(Some(absent));
        if ty.is_some_and(|ty| *ty != Type::Scalar(ScalarType::String)) {
            let help = "drop `absent`, or correct the type";
            self.misfit(absent.span, "only a `string` can be such a text", help);
        }
        Some(absent.clone())
    }

    /// The aliases of some fields, or of some values: each is one name more, and different from all the others.
    pub(super) fn aliases<'n>(
        &mut self,
        named: impl Iterator<Item = (&'n Text, &'n [Text])> + Clone,
    ) {
        let mut known: BTreeMap<_, _> = named
            .clone()
            .map(|(name, _)| (name.value.as_str(), name.span))
            .collect();
        for alias in named.flat_map(|(_, aliases)| aliases) {
            self.code(Some(alias));
            let first = *known.entry(&alias.value).or_insert(alias.span);
            if first != alias.span {
                let message = format!("the name `{}` is taken already", alias.value);
                self.report(
                    Diagnostic::new(Code::NameCollision, alias.span, message)
                        .related(first, "the first one")
                        .help("drop this alias, or correct it"),
                );
            }
        }
    }

    /// The same in all types.
    pub(super) fn aliases_of_types(&mut self, types: &[TypeDef]) {
        for ty in types {
            match &ty.kind {
                TypeKind::Object(fields) => {
                    self.aliases(fields.iter().map(|it| (&it.name, &it.aliases[..])));
                }
                TypeKind::Enum(values) => {
                    self.aliases(values.iter().map(|it| (&it.name, &it.aliases[..])));
                }
            }
        }
    }

    /// Requests and replies go by one name, and have `null` where there is no value.
    pub(super) fn names_of_events(
        &mut self,
        service: Option<&Service>,
        operations: &[Operation],
        types: &[TypeDef],
    ) {
        for operation in operations {
            let parameters = operation.parameters.iter().map(|it| &it.field);
            let reply = operation.reply.fields().iter();
            self.one_name(parameters.chain(reply).chain(&operation.reply.headers));
        }
        self.one_name(service.into_iter().flat_map(|it| &it.error));
        for ty in types.iter().filter(|it| it.in_requests || it.in_replies) {
            match &ty.kind {
                TypeKind::Object(fields) => self.one_name(fields.iter()),
                TypeKind::Enum(values) => {
                    let aliases = values.iter().flat_map(|it| &it.aliases);
                    aliases.for_each(|it| self.not_an_event(it.span));
                }
            }
        }
    }

    fn one_name<'f>(&mut self, fields: impl Iterator<Item = &'f Field>) {
        for field in fields {
            let keys = field.aliases.iter().chain(&field.absent);
            keys.for_each(|Spanned { span, .. }| self.not_an_event(*span));
        }
    }

    fn not_an_event(&mut self, span: Span) {
        let message = "only events have `aliases` and `absent`";
        let help = "drop it, or give events a type of their own";
        self.report(Diagnostic::new(Code::BadValue, span, message).help(help));
    }
}
