//! `notifications/<event>.yaml`.

use super::operation::{Deviation, deviations};
use super::types::{Field, Type, ty};
use super::{Example, Values, start_of};
use crate::format;
use crate::source::Span;
use crate::yaml::Node;
use crate::yaml::read::{Reader, Text};

pub(crate) struct Event {
    /// Where the file begins.
    pub(crate) start: Span,
    pub(crate) name: Option<Text>,
    pub(crate) title: Option<Text>,
    pub(crate) updated: Option<Text>,
    pub(crate) page: Option<Text>,
    pub(crate) summary: Option<Text>,
    pub(crate) description: Option<Text>,
    pub(crate) member: Option<Text>,
    pub(crate) fields: Vec<Field>,
    pub(crate) examples: Vec<Example>,
    pub(crate) types: Vec<Type>,
    pub(crate) deviations: Vec<Deviation>,
}

pub(crate) fn event(reader: &mut Reader, root: &Node) -> Option<Event> {
    let start = start_of(root);
    let mut values = Values::of(reader, root, &format::EVENT, start)?;
    Some(Event {
        start,
        name: values.text("event"),
        title: values.text("title"),
        updated: values.text("updated"),
        page: values.text("page"),
        summary: values.prose("summary"),
        description: values.prose("description"),
        member: values.text("member"),
        fields: values.fields("fields").unwrap_or_default(),
        examples: values.examples("examples"),
        types: values.named("types", ty).unwrap_or_default(),
        deviations: deviations(&mut values),
    })
}
