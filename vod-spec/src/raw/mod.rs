//! The files as they are written: every value with its place, nothing resolved.

mod constraints;
mod event;
mod operation;
mod service;
mod types;

pub(crate) use self::constraints::{Condition, Constraint};
pub(crate) use self::event::{Event, event};
pub(crate) use self::operation::{
    Deviation, Operation, Outcome, Pagination, Permission, Response, Upload, Wait, Window,
    operation,
};
pub(crate) use self::service::{
    AuthScheme, ErrorCode, QueryArrays, Rate, Section, Service, service,
};
pub(crate) use self::types::{Field, Limit, Type, Value, shared_types};

use crate::diagnostic::{Code, Diagnostic};
use crate::format::Keys;
use crate::source::{SourceId, Span, Spanned};
use crate::yaml::read::{Due, MapReader, Reader, Text};
use crate::yaml::{Node, NodeKind, Scalar, Style};

/// Everything that the files say.
#[derive(Default)]
pub(crate) struct Parts {
    pub(crate) service: Option<(SourceId, Service)>,
    pub(crate) shared_types: Vec<(SourceId, Type)>,
    pub(crate) operations: Vec<(SourceId, Operation)>,
    pub(crate) events: Vec<(SourceId, Event)>,
    /// Whether there is a file of shared types that is not YAML.
    pub(crate) lost_types: bool,
}

/// JSON text, and whether its lines are lines of the file.
pub(crate) struct Example {
    /// The span is that of the whole block: problems inside it are shown by line.
    pub(crate) text: Text,
    pub(crate) literal: bool,
}

/// The place just before the first key of a file.
fn start_of(root: &Node) -> Span {
    Span {
        end: root.span.start,
        ..root.span
    }
}

/// Reads the values of a map, key by key; each may be absent.
struct Values<'r, 'n> {
    reader: &'r mut Reader,
    entries: MapReader<'n>,
}

impl<'r, 'n> Values<'r, 'n> {
    /// A map with the keys of `keys`; keys that it lacks are reported at `whole`.
    fn of(reader: &'r mut Reader, node: &'n Node, keys: &Keys, whole: Span) -> Option<Self> {
        let entries = reader.map(node, keys, whole)?;
        Some(Self { reader, entries })
    }

    fn node(&self, key: &str) -> Option<&'n Node> {
        self.entries.get(key)
    }

    fn text(&mut self, key: &str) -> Option<Text> {
        self.node(key).and_then(|node| self.reader.text(node))
    }

    fn prose(&mut self, key: &str) -> Option<Text> {
        self.node(key).and_then(|node| self.reader.prose(node))
    }

    fn texts(&mut self, key: &str) -> Vec<Text> {
        self.node(key)
            .map_or_else(Vec::new, |node| self.reader.texts(node))
    }

    /// A list of texts that has at least one.
    fn some_texts(&mut self, key: &str) -> Vec<Text> {
        if matches!(self.node(key), Some(Node { kind: NodeKind::List(items), .. }) if items.is_empty())
        {
            self.nothing(key);
        }
        self.texts(key)
    }

    fn boolean(&mut self, key: &str) -> Option<Spanned<bool>> {
        self.node(key).and_then(|node| self.reader.boolean(node))
    }

    fn integer(&mut self, key: &str) -> Option<Spanned<i64>> {
        self.node(key).and_then(|node| self.reader.integer(node))
    }

    fn scalar(&mut self, key: &str) -> Option<Spanned<Scalar>> {
        let node = self.node(key)?;
        let scalar = self.reader.scalar(node, Due::Scalar)?;
        Some(Spanned::new(scalar.clone(), node.span))
    }

    /// A map with keys of its own.
    fn map<T>(
        &mut self,
        key: &str,
        keys: &Keys,
        read: impl FnOnce(&mut Values<'_, 'n>) -> T,
    ) -> Option<T> {
        let whole = self.entries.key_span(key);
        let mut values = Values::of(self.reader, self.entries.get(key)?, keys, whole)?;
        Some(read(&mut values))
    }

    /// A map whose keys are names of the author's choice.
    fn named<T>(
        &mut self,
        key: &str,
        read: impl Fn(&mut Reader, Text, &Node) -> Option<T>,
    ) -> Option<Vec<T>> {
        let node = self.node(key)?;
        let entries = self.reader.entries(node).unwrap_or_default();
        let items = entries.iter().filter_map(|entry| {
            let name = Spanned::new(entry.key.clone(), entry.key_span);
            read(self.reader, name, &entry.value)
        });
        Some(items.collect())
    }

    /// The same, and it has at least one.
    fn some_named<T>(
        &mut self,
        key: &str,
        read: impl Fn(&mut Reader, Text, &Node) -> Option<T>,
    ) -> Vec<T> {
        if self.is_empty_map(key) {
            self.nothing(key);
        }
        self.named(key, read).unwrap_or_default()
    }

    fn fields(&mut self, key: &str) -> Option<Vec<Field>> {
        self.named(key, types::field)
    }

    fn constraints(&mut self, key: &str) -> Vec<Constraint> {
        let Some(node) = self.node(key) else {
            return Vec::new();
        };
        let items = self.reader.list(node).iter();
        items
            .filter_map(|item| constraints::constraint(self.reader, item))
            .collect()
    }

    /// A value, or a list of at least one.
    fn one_or_more<T>(
        &mut self,
        key: &str,
        read: impl Fn(&mut Reader, &Node) -> Option<T>,
    ) -> Vec<T> {
        let nodes = match self.node(key) {
            Some(Node {
                kind: NodeKind::List(items),
                ..
            }) if items.is_empty() => {
                self.nothing(key);
                return Vec::new();
            }
            Some(Node {
                kind: NodeKind::List(items),
                ..
            }) => items,
            one => one.map_or(&[][..], std::slice::from_ref),
        };
        let nodes = nodes.iter();
        nodes.filter_map(|node| read(self.reader, node)).collect()
    }

    fn is_empty_map(&self, key: &str) -> bool {
        matches!(self.node(key), Some(Node { kind: NodeKind::Map(entries), .. }) if entries.is_empty())
    }

    fn nothing(&mut self, key: &str) {
        self.reader.report(
            Diagnostic::new(
                Code::BadValue,
                self.entries.key_span(key),
                format!("`{key}` is empty"),
            )
            .help("list at least one"),
        );
    }

    fn example(&mut self, key: &str) -> Option<Example> {
        let node = self.node(key)?;
        let help = "write `example: |`, and the JSON indented on the lines below";
        example(self.reader, node, help)
    }

    /// An example, or a list of at least one.
    fn examples(&mut self, key: &str) -> Vec<Example> {
        let help = "write `- |`, and the JSON indented on the lines below";
        self.one_or_more(key, |reader, node| example(reader, node, help))
    }
}

fn example(reader: &mut Reader, node: &Node, help: &str) -> Option<Example> {
    let NodeKind::Scalar(scalar) = &node.kind else {
        reader.report(
            Diagnostic::new(
                Code::WrongType,
                node.span,
                format!("an example is text that holds JSON, not {}", node.what()),
            )
            .help(help),
        );
        return None;
    };
    Some(Example {
        text: reader.text(node)?,
        literal: scalar.style == Style::Literal,
    })
}
