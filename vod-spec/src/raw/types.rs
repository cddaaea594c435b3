//! Fields and types, which all kinds of files have.

use super::{Constraint, Values, start_of};
use crate::diagnostic::{Code, Diagnostic};
use crate::format::{self, Keys};
use crate::source::{Span, Spanned};
use crate::yaml::read::{Reader, Text};
use crate::yaml::{Node, NodeKind, Scalar};

pub(crate) struct Field {
    pub(crate) name: Text,
    pub(crate) ty: Option<Text>,
    pub(crate) doc: Option<Text>,
    pub(crate) required: Option<Spanned<bool>>,
    pub(crate) default: Option<Spanned<Scalar>>,
    pub(crate) flag: Option<Spanned<bool>>,
    pub(crate) time: Option<Time>,
    pub(crate) only: Option<Vec<Text>>,
    pub(crate) range: Option<Limit>,
    pub(crate) length: Option<Limit>,
    pub(crate) blank: Option<Spanned<bool>>,
    pub(crate) min_items: Option<Spanned<i64>>,
    pub(crate) max_items: Option<Spanned<i64>>,
    pub(crate) from: Option<From>,
    pub(crate) batch: Option<Spanned<bool>>,
    pub(crate) aliases: Vec<Text>,
    pub(crate) absent: Option<Text>,
    pub(crate) sensitive: Option<Spanned<bool>>,
    pub(crate) deprecated: Option<Text>,
    pub(crate) rust: Option<Text>,
}

pub(crate) struct Limit {
    /// Where `range` or `length` stands.
    pub(crate) key: Span,
    pub(crate) min: Option<Spanned<i64>>,
    pub(crate) max: Option<Spanned<i64>>,
    /// The unit of a length.
    pub(crate) unit: Option<Text>,
}

pub(crate) struct Time {
    /// Where `time` stands.
    pub(crate) key: Span,
    pub(crate) form: Option<Text>,
    pub(crate) zone: Option<Text>,
    pub(crate) basis: Option<Text>,
}

/// Sources of facts.
pub(crate) struct From {
    pub(crate) limits: Option<Text>,
    pub(crate) default: Option<Text>,
    pub(crate) values: Option<Text>,
}

pub(crate) struct Type {
    pub(crate) name: Text,
    pub(crate) doc: Option<Text>,
    pub(crate) rust: Option<Text>,
    pub(crate) fields: Option<Vec<Field>>,
    pub(crate) constraints: Vec<Constraint>,
    pub(crate) values: Option<Vec<Value>>,
}

pub(crate) struct Value {
    pub(crate) name: Text,
    pub(crate) doc: Option<Text>,
    pub(crate) aliases: Vec<Text>,
    pub(crate) rust: Option<Text>,
    pub(crate) deprecated: Option<Text>,
}

/// `types/*.yaml`.
pub(crate) fn shared_types(reader: &mut Reader, root: &Node) -> Vec<Type> {
    let values = Values::of(reader, root, &format::SHARED_TYPES, start_of(root));
    values
        .and_then(|mut values| values.named("types", ty))
        .unwrap_or_default()
}

pub(super) fn ty(reader: &mut Reader, name: Text, node: &Node) -> Option<Type> {
    let mut values = Values::of(reader, node, &format::TYPE, name.span)?;
    Some(Type {
        doc: values.prose("doc"),
        rust: values.text("rust"),
        fields: values.fields("fields"),
        constraints: values.constraints("constraints"),
        values: values.named("values", value),
        name,
    })
}

/// A value is its meaning alone, or a map where there is more to say.
fn value(reader: &mut Reader, name: Text, node: &Node) -> Option<Value> {
    if matches!(node.kind, NodeKind::Scalar(_)) {
        return Some(Value {
            doc: reader.prose(node),
            aliases: Vec::new(),
            rust: None,
            deprecated: None,
            name,
        });
    }
    let mut values = Values::of(reader, node, &format::VALUE, name.span)?;
    Some(Value {
        doc: values.prose("doc"),
        aliases: values.some_texts("aliases"),
        rust: values.text("rust"),
        deprecated: values.prose("deprecated"),
        name,
    })
}

pub(super) fn field(reader: &mut Reader, name: Text, node: &Node) -> Option<Field> {
    let mut values = Values::of(reader, node, &format::FIELD, name.span)?;
    Some(Field {
        ty: values.text("type"),
        doc: values.prose("doc"),
        required: values.boolean("required"),
        default: values.scalar("default"),
        flag: values.boolean("flag"),
        time: time(&mut values),
        only: values.node("only").map(|_| values.some_texts("only")),
        range: limit(&mut values, "range", &format::LIMIT),
        length: limit(&mut values, "length", &format::LENGTH),
        blank: values.boolean("blank"),
        min_items: values.integer("min_items"),
        max_items: values.integer("max_items"),
        from: values.map("from", &format::FROM, |from| From {
            limits: from.text("limits"),
            default: from.text("default"),
            values: from.text("values"),
        }),
        batch: values.boolean("batch"),
        aliases: values.some_texts("aliases"),
        absent: values.text("absent"),
        sensitive: values.boolean("sensitive"),
        deprecated: values.prose("deprecated"),
        rust: values.text("rust"),
        name,
    })
}

fn time(values: &mut Values<'_, '_>) -> Option<Time> {
    let key = values.entries.key_span("time");
    values.map("time", &format::TIME, |time| Time {
        key,
        form: time.text("form"),
        zone: time.text("zone"),
        basis: time.text("basis"),
    })
}

fn limit(values: &mut Values<'_, '_>, name: &str, keys: &Keys) -> Option<Limit> {
    let key = values.entries.key_span(name);
    if values.is_empty_map(name) {
        values.reader.report(
            Diagnostic::new(Code::LimitMisfit, key, format!("`{name}` sets no limit"))
                .help("add `min`, `max` or both"),
        );
    }
    values.map(name, keys, |limit| Limit {
        key,
        min: limit.integer("min"),
        max: limit.integer("max"),
        unit: limit.text("unit"),
    })
}
