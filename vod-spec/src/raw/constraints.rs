//! Constraints between the fields of a request.

use super::Values;
use crate::format;
use crate::source::{Span, Spanned};
use crate::yaml::read::{Due, Reader, Text};
use crate::yaml::{Node, NodeKind, Scalar};

pub(crate) struct Constraint {
    pub(crate) span: Span,
    /// The keys that say what is demanded, each with its fields; a correct constraint has one.
    pub(crate) demands: Vec<(&'static str, Vec<Text>)>,
    pub(crate) conditions: Option<Vec<Condition>>,
    pub(crate) basis: Option<Text>,
    pub(crate) doc: Option<Text>,
}

/// A field, and the values that it is compared with.
pub(crate) struct Condition {
    pub(crate) field: Text,
    pub(crate) values: Vec<Spanned<Scalar>>,
}

pub(super) fn constraint(reader: &mut Reader, node: &Node) -> Option<Constraint> {
    let mut values = Values::of(reader, node, &format::CONSTRAINT, node.span)?;
    let mut demands = Vec::new();
    for key in format::DEMANDS {
        if values.node(key).is_some() {
            demands.push((*key, values.some_texts(key)));
        }
    }
    Some(Constraint {
        span: node.span,
        demands,
        conditions: values.named("if", condition),
        basis: values.text("basis"),
        doc: values.prose("doc"),
    })
}

/// One value, or a list of them.
fn condition(reader: &mut Reader, field: Text, node: &Node) -> Option<Condition> {
    let nodes = match &node.kind {
        NodeKind::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let mut values = Vec::new();
    for node in nodes {
        let scalar = reader.scalar(node, Due::ScalarOrList)?;
        values.push(Spanned::new(scalar.clone(), node.span));
    }
    Some(Condition { field, values })
}
