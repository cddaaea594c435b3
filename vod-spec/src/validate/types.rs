//! Type names: first all of them are collected, then references are resolved.

use std::collections::BTreeMap;

use super::Validator;
use super::constraints::Scope;
use crate::diagnostic::{Code, Diagnostic};
use crate::format::type_expr::{NoType, TypeExpr, is_type_name, usual};
use crate::model::{EnumValue, Type, TypeDef, TypeId, TypeKind};
use crate::near::near;
use crate::raw;
use crate::raw::Parts;
use crate::source::SourceId;
use crate::yaml::read::Text;

/// All types, by name.
pub(super) struct Names<'p> {
    list: Vec<Entry<'p>>,
    ids: BTreeMap<&'p str, TypeId>,
    /// Whether all shared types are among them: a file that could not be read may hold any.
    complete: bool,
}

struct Entry<'p> {
    source: SourceId,
    /// Whether files other than its own may use it.
    shared: bool,
    ty: &'p raw::Type,
}

impl<'p> Names<'p> {
    /// Collects the names; two types of one name are reported.
    pub(super) fn collect(validator: &mut Validator<'_>, parts: &'p Parts) -> Self {
        let shared = parts.shared_types.iter().map(|(source, ty)| Entry {
            source: *source,
            shared: true,
            ty,
        });
        let of_operations = parts.operations.iter().map(|(at, it)| (at, &it.types));
        let of_events = parts.events.iter().map(|(at, it)| (at, &it.types));
        let local = of_operations.chain(of_events).flat_map(|(source, types)| {
            types.iter().map(|ty| Entry {
                source: *source,
                shared: false,
                ty,
            })
        });
        let mut list: Vec<_> = shared.chain(local).collect();
        list.sort_by(|a, b| a.ty.name.value.cmp(&b.ty.name.value));
        for entry in &list {
            if !is_type_name(&entry.ty.name.value) {
                validator.bad_value(
                    &entry.ty.name,
                    format!("`{}` cannot name a type", entry.ty.name.value),
                    "write a capital, then letters and digits",
                );
            }
        }
        for (first, second) in list.iter().zip(list.iter().skip(1)) {
            if first.ty.name.value == second.ty.name.value && first.source != second.source {
                validator.report(
                    Diagnostic::new(
                        Code::NameCollision,
                        second.ty.name.span,
                        format!("there is a type `{}` already", second.ty.name.value),
                    )
                    .related(first.ty.name.span, "the first one")
                    .help("give one another name; what two files share goes to types/"),
                );
            }
        }
        list.dedup_by(|second, first| first.ty.name.value == second.ty.name.value);
        let ids = list
            .iter()
            .enumerate()
            .map(|(index, entry)| (entry.ty.name.value.as_str(), TypeId(index)))
            .collect();
        let complete = !parts.lost_types;
        Self {
            list,
            ids,
            complete,
        }
    }
}

/// The types that a file may use.
#[derive(Clone, Copy)]
struct Visible<'n> {
    source: SourceId,
    names: &'n Names<'n>,
}

impl<'n> Visible<'n> {
    /// The type called `name`; or the one of this name that only another file may use.
    fn find(self, name: &str) -> Result<TypeId, Option<&'n Entry<'n>>> {
        let id = *self.names.ids.get(name).ok_or(None)?;
        let entry = self.names.list.get(id.0).ok_or(None)?;
        if self.has(entry) {
            Ok(id)
        } else {
            Err(Some(entry))
        }
    }

    /// A type whose name is much like `name`.
    fn near(self, name: &str) -> Option<&'n str> {
        let usable = self.names.list.iter().filter(|entry| self.has(entry));
        near(name, usable.map(|entry| entry.ty.name.value.as_str()))
    }

    fn has(self, entry: &Entry<'_>) -> bool {
        entry.shared || entry.source == self.source
    }
}

impl Validator<'_> {
    /// Builds all types, in the order of their ids.
    pub(super) fn types(&mut self, names: &Names<'_>) -> Vec<TypeDef> {
        let mut types = Vec::new();
        for Entry { source, ty, .. } in &names.list {
            let kind = match (&ty.fields, &ty.values) {
                (Some(fields), None) => TypeKind::Object(self.fields(fields, *source, names)),
                (None, Some(values)) => TypeKind::Enum(self.values(&ty.name, values)),
                (fields, _) => {
                    let what = if fields.is_some() {
                        "both fields and values"
                    } else {
                        "neither fields nor values"
                    };
                    self.bad_value(
                        &ty.name,
                        format!("`{}` has {what}", ty.name.value),
                        "give it `fields:` for an object or `values:` for an enum",
                    );
                    let fields = fields.as_deref().unwrap_or_default();
                    TypeKind::Object(self.fields(fields, *source, names))
                }
            };
            types.push(TypeDef {
                name: ty.name.clone(),
                file: self.sources.file(*source).name.clone(),
                doc: self.prose(ty.doc.as_ref()),
                rust: ty.rust.clone(),
                kind,
                constraints: Vec::new(),
                in_requests: false,
                in_replies: false,
                in_events: false,
            });
        }
        self.constraints_of_types(names, &mut types);
        types
    }

    /// Checks the constraints of types, now that all types are known.
    fn constraints_of_types(&mut self, names: &Names<'_>, types: &mut [TypeDef]) {
        let mut all = Vec::new();
        for (Entry { ty: raw, .. }, ty) in names.list.iter().zip(types.iter()) {
            let fields: Vec<_> = match &ty.kind {
                TypeKind::Object(fields) => fields.iter().collect(),
                TypeKind::Enum(_) => Vec::new(),
            };
            all.push(self.constraints(
                &raw.constraints,
                Scope {
                    fields: &fields,
                    types,
                },
            ));
        }
        for (ty, constraints) in types.iter_mut().zip(all) {
            ty.constraints = constraints;
        }
    }

    fn values(&mut self, name: &Text, values: &[raw::Value]) -> Vec<EnumValue> {
        if values.is_empty() {
            self.bad_value(
                name,
                format!("`{}` has no values", name.value),
                "list at least one",
            );
        }
        values.iter().map(|value| self.value(value)).collect()
    }

    fn value(&mut self, value: &raw::Value) -> EnumValue {
        self.code(Some(&value.name));
        EnumValue {
            name: value.name.clone(),
            doc: self.prose(value.doc.as_ref()),
            aliases: value.aliases.clone(),
            rust: value.rust.clone(),
            deprecated: self.optional_prose(value.deprecated.as_ref()),
        }
    }

    /// Reads and resolves a type; one that cannot be resolved is reported and stands as `any`.
    pub(super) fn resolve(&mut self, text: &Text, source: SourceId, names: &Names<'_>) -> Type {
        match TypeExpr::parse(&text.value) {
            Ok(expression) => self.resolve_expression(&expression, text, Visible { source, names }),
            Err(NoType {
                message,
                help,
                part,
            }) => {
                let span = self.part(text, part);
                self.unresolved.insert(text.span);
                self.report(Diagnostic::new(Code::UnresolvedType, span, message).help(help));
                Type::Any
            }
        }
    }

    fn resolve_expression(
        &mut self,
        expression: &TypeExpr,
        text: &Text,
        visible: Visible<'_>,
    ) -> Type {
        match expression {
            TypeExpr::Scalar(scalar) => Type::Scalar(*scalar),
            TypeExpr::Any => Type::Any,
            TypeExpr::Array(inner) => {
                Type::Array(Box::new(self.resolve_expression(inner, text, visible)))
            }
            TypeExpr::Map(inner) => {
                Type::Map(Box::new(self.resolve_expression(inner, text, visible)))
            }
            TypeExpr::Named(name) => match visible.find(name) {
                Ok(id) => Type::Named(id),
                Err(elsewhere) => {
                    self.unresolved.insert(text.span);
                    if elsewhere.is_none() && !visible.names.complete {
                        return Type::Any;
                    }
                    // No more than one part of a type has a capital.
                    let at = text.value.find(name.as_str()).unwrap_or_default();
                    let mut diagnostic = Diagnostic::new(
                        Code::UnresolvedType,
                        self.part(text, at..at + name.len()),
                        format!("there is no type `{name}` here"),
                    );
                    diagnostic = match (elsewhere, visible.near(name), usual(name)) {
                        (Some(entry), ..) => diagnostic
                            .related(entry.ty.name.span, "only this file can use it")
                            .help("move it to a file in types/, which all operations see"),
                        (None, Some(near), _) => diagnostic.help(format!("did you mean `{near}`?")),
                        (None, None, Some(usual)) => diagnostic.help(usual),
                        (None, None, None) => diagnostic
                            .help("define it under `types:` in this file, or in types/ for several operations"),
                    };
                    self.report(diagnostic);
                    Type::Any
                }
            },
        }
    }
}
