//! Pagination: the fields that it names exist and can do what they have to.

use super::Validator;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, Operation, Pagination, PaginationStyle, ReplyBody, ScalarType, Type};
use crate::raw;
use crate::read::{Text, near};

const STYLES: &[(&str, PaginationStyle)] = &[
    ("page", PaginationStyle::Page),
    ("offset", PaginationStyle::Offset),
    ("marker", PaginationStyle::Marker),
];

impl Validator<'_> {
    pub(super) fn pagination(
        &mut self,
        raw: &raw::Pagination,
        operation: &Operation,
    ) -> Option<Pagination> {
        let style = self.word(raw.style.as_ref()?, "style of pagination", STYLES)?;
        let parameters: Vec<_> = operation.parameters.iter().map(|it| &it.field).collect();
        let reply: Vec<_> = match &operation.reply.body {
            ReplyBody::Fields(fields) => fields.iter().collect(),
            _ => Vec::new(),
        };
        let position_is: fn(&Type) -> bool = match style {
            PaginationStyle::Marker => is_text,
            PaginationStyle::Page | PaginationStyle::Offset => is_whole_number,
        };
        let position_due = match style {
            PaginationStyle::Marker => "text",
            PaginationStyle::Page | PaginationStyle::Offset => "a whole number",
        };
        let position = self.named(
            raw.position.as_ref(),
            &parameters,
            "the request",
            position_due,
            position_is,
        );
        let size = self.named(
            raw.size.as_ref(),
            &parameters,
            "the request",
            "a whole number",
            is_whole_number,
        );
        let items = self.named(
            raw.items.as_ref(),
            &reply,
            "the reply",
            "an array",
            is_array,
        );
        let total = self.named(
            raw.total.as_ref(),
            &reply,
            "the reply",
            "a whole number",
            is_whole_number,
        );
        let next = self.named(raw.next.as_ref(), &reply, "the reply", "text", is_text);
        if let (PaginationStyle::Marker, None, Some(style)) = (style, &raw.next, &raw.style) {
            self.report(
                Diagnostic::new(
                    Code::PaginationField,
                    style.span,
                    "pages by marker need a `next`",
                )
                .help("name the field of the reply that holds the next marker"),
            );
        }
        let first = raw.first.as_ref().map_or(0, |first| first.value);
        let at = parameters
            .iter()
            .find(|it| Some(&it.name.value) == position.as_ref());
        if let (Some(field), Some(style)) = (at, &raw.style)
            && !field.limits.range.allow(first)
        {
            let span = raw.first.as_ref().map_or(style.span, |first| first.span);
            self.report(
                Diagnostic::new(
                    Code::PaginationField,
                    span,
                    format!(
                        "`{}` cannot be {first} for the first page",
                        field.name.value
                    ),
                )
                .related(field.name.span, "this field")
                .help("add the right `first`, or correct the range"),
            );
        }
        Some(Pagination {
            style,
            position: position?,
            size: size?,
            items: items?,
            total,
            next,
            first,
            ceiling: raw.ceiling.as_ref().map(|ceiling| ceiling.value),
        })
    }

    fn named(
        &mut self,
        name: Option<&Text>,
        fields: &[&Field],
        whose: &str,
        due: &str,
        fits: fn(&Type) -> bool,
    ) -> Option<String> {
        let name = name?;
        let field = fields.iter().find(|field| field.name.value == name.value);
        let mut diagnostic = match field {
            None => {
                let diagnostic = Diagnostic::new(
                    Code::PaginationField,
                    name.span,
                    format!("{whose} has no `{}`", name.value),
                );
                let names = fields.iter().map(|field| field.name.value.as_str());
                match near(&name.value, names) {
                    Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                    None => diagnostic.help(format!("name {due} that {whose} has")),
                }
            }
            // A type that is reported already would only be reported again.
            Some(field) if !fits(&field.ty) && !self.has_unresolved(name.span.source) => {
                Diagnostic::new(
                    Code::PaginationField,
                    name.span,
                    format!("`{}` has to be {due}", name.value),
                )
                .help("name another field, or correct its type")
            }
            Some(_) => return Some(name.value.clone()),
        };
        if let Some(field) = field {
            diagnostic = diagnostic.related(field.name.span, "this field");
        }
        self.report(diagnostic);
        None
    }
}

fn is_whole_number(ty: &Type) -> bool {
    matches!(ty, Type::Scalar(ScalarType::Int32 | ScalarType::Int64))
}

fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::Scalar(ScalarType::String))
}

fn is_array(ty: &Type) -> bool {
    matches!(ty, Type::Array(_))
}
