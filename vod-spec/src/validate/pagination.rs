//! Pagination: the fields that it names exist and can do what they have to.

use super::{BASIS, Choice, Validator};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Field, Pagination, PaginationStyle, Parameter, Reply, ScalarType, TimeForm, TimeZone, Type,
    TypeDef, TypeKind, Window,
};
use crate::near::near;
use crate::raw;
use crate::source::Span;
use crate::yaml::read::Text;

/// What a field has to be.
#[derive(Clone, Copy)]
struct Due {
    what: &'static str,
    fits: fn(&Field) -> bool,
}

const WHOLE_NUMBER: Due = Due {
    what: "a whole number",
    fits: |it| matches!(it.ty, Type::Scalar(ScalarType::Int32 | ScalarType::Int64)),
};

const TEXT: Due = Due {
    what: "text",
    fits: |it| {
        let is_plain = it.time.is_none() && !it.flag;
        is_plain && matches!(it.ty, Type::Scalar(ScalarType::String))
    },
};

const ARRAY: Due = Due {
    what: "an array",
    fits: |it| matches!(it.ty, Type::Array(_)),
};

const TIME: Due = Due {
    what: "a time of the form `yyyymmddhhmmss` in UTC",
    fits: |it| {
        it.time
            .is_some_and(|time| time.form == TimeForm::Compact && time.zone == Some(TimeZone::Utc))
    },
};

const STYLE: Choice<PaginationStyle> = Choice {
    what: "a style of pagination",
    all: PaginationStyle::ALL,
    as_str: PaginationStyle::as_str,
};

/// What a list is made of.
#[derive(Clone, Copy)]
pub(super) struct Listing<'l> {
    pub(super) parameters: &'l [Parameter],
    pub(super) reply: &'l Reply,
    pub(super) types: &'l [TypeDef],
}

/// The request, the reply or an item, and its fields.
struct Owner<'o> {
    name: &'static str,
    fields: Vec<&'o Field>,
}

impl Validator<'_> {
    pub(super) fn pagination(
        &mut self,
        raw: &raw::Pagination,
        listing: Listing<'_>,
    ) -> Option<Pagination> {
        let style = self.word(raw.style.as_ref()?, STYLE)?;
        let position_due = match style {
            PaginationStyle::Marker => TEXT,
            PaginationStyle::Page | PaginationStyle::Offset => WHOLE_NUMBER,
        };
        let request = listing.request();
        let mut sent = |name: &Option<Text>, due| self.named(name.as_ref()?, &request, due);
        let position = sent(&raw.position, position_due);
        let size = sent(&raw.size, WHOLE_NUMBER);
        let reply = Owner {
            name: "the reply",
            fields: listing.reply.fields().iter().collect(),
        };
        let mut received = |name: &Option<Text>, due| self.named(name.as_ref()?, &reply, due);
        let items = received(&raw.items, ARRAY);
        let total = received(&raw.total, WHOLE_NUMBER);
        let next = received(&raw.next, TEXT);
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
        if let (Some(position), Some(text)) = (&position, &raw.size)
            && *position == text.value
        {
            self.misfit_of_page(
                text.span,
                "the parameter for the position cannot be that for the size",
                "name the parameter that says how long a page is",
            );
        }
        if let Some(first) = raw
            .first
            .as_ref()
            .filter(|_| style == PaginationStyle::Marker)
        {
            self.misfit_of_page(
                first.span,
                "the first page by marker is sent without a position",
                "drop `first`",
            );
        }
        if let Some(ceiling) = raw.ceiling.as_ref().filter(|it| it.value < 1) {
            self.misfit_of_page(
                ceiling.span,
                "a list of which nothing can be reached",
                "write how many items can be reached, or drop the key",
            );
        }
        let window = raw.window.as_ref();
        let window = window.and_then(|it| self.window(it, raw, listing));
        let first = raw.first.as_ref().map_or(0, |first| first.value);
        let at = request
            .fields
            .iter()
            .find(|it| Some(&it.name.value) == position.as_ref());
        if let (Some(field), Some(style)) = (at, &raw.style)
            && !(field.limits.range.allow(first) && holds(&field.ty, first))
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
            window,
        })
    }

    /// The parameters and the field by which more of the list can be reached.
    fn window(
        &mut self,
        raw: &raw::Window,
        list: &raw::Pagination,
        listing: Listing<'_>,
    ) -> Option<Window> {
        let request = listing.request();
        let from = raw.from.as_ref()?;
        let to = raw.to.as_ref()?;
        let (found_from, found_to) = (
            self.named(from, &request, TIME),
            self.named(to, &request, TIME),
        );
        if from.value == to.value {
            self.misfit_of_page(
                to.span,
                "the end of a period cannot be its start",
                "name the parameter for the end of the period",
            );
        }
        for (key, is_missing) in [
            ("ceiling", list.ceiling.is_none()),
            ("total", list.total.is_none()),
        ] {
            if is_missing {
                self.misfit_of_page(
                    from.span,
                    &format!("a list is read by periods only if it has a `{key}`"),
                    &format!("add `{key}`, or drop `window`"),
                );
            }
        }
        let basis = raw.basis.as_ref().and_then(|it| self.word(it, BASIS));
        let items = list.items.as_ref()?;
        let id = self.named(raw.id.as_ref()?, &listing.item(items)?, TEXT);
        Some(Window {
            from: found_from?,
            to: found_to?,
            id: id?,
            basis: basis?,
        })
    }

    fn misfit_of_page(&mut self, span: Span, message: &str, help: &str) {
        self.report(Diagnostic::new(Code::PaginationField, span, message).help(help));
    }

    fn named(&mut self, name: &Text, owner: &Owner<'_>, due: Due) -> Option<String> {
        let Owner {
            name: whose,
            fields,
        } = owner;
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
                    None => diagnostic.help(format!("name {} that {whose} has", due.what)),
                }
            }
            // A type that is reported already would only be reported again.
            Some(field) if !(due.fits)(field) && !self.has_unresolved(name.span.source) => {
                Diagnostic::new(
                    Code::PaginationField,
                    name.span,
                    format!("`{}` must be {}", name.value, due.what),
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

impl<'l> Listing<'l> {
    fn request(self) -> Owner<'l> {
        Owner {
            name: "the request",
            fields: self.parameters.iter().map(|it| &it.field).collect(),
        }
    }

    /// An item of the list; it has no fields unless it is an object. `None` if there is no such list.
    fn item(self, items: &Text) -> Option<Owner<'l>> {
        let mut fields = self.reply.fields().iter();
        let list = fields.find(|field| field.name.value == items.value)?;
        let Type::Array(item) = &list.ty else {
            return None;
        };
        let ty = match &**item {
            Type::Named(id) => self.types.get(id.index()),
            _ => None,
        };
        let fields = match ty.map(|ty| &ty.kind) {
            Some(TypeKind::Object(fields)) => fields.iter().collect(),
            _ => Vec::new(),
        };
        Some(Owner {
            name: "an item",
            fields,
        })
    }
}

/// Whether `value` has as many bits as a position of this type at most.
fn holds(ty: &Type, value: i64) -> bool {
    *ty != Type::Scalar(ScalarType::Int32) || i32::try_from(value).is_ok()
}
