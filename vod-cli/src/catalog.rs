//! The operations that `vod api` has: their facts, from `vod-api`, and what the description says of
//! them beside that. And the events that the service sends.

use std::fmt;

use serde_json::Value;
use vod_api::operation::{self, OperationMeta};

use crate::names;

include!(concat!(env!("OUT_DIR"), "/docs.rs"));

/// Operations and the docs of them.
#[derive(Clone, Copy)]
pub struct Catalog {
    operations: &'static [&'static OperationMeta],
    docs: Texts,
    types: Texts,
}

/// Names, and an object in JSON for each.
type Texts = &'static [(&'static str, &'static str)];

/// What the description says of something: an object that may lack anything.
#[derive(Debug, Clone, Default)]
pub(crate) struct Docs(Value);

impl Catalog {
    /// All operations of the service.
    pub fn of_service() -> Self {
        Self::new(operation::all(), OPERATIONS, TYPES)
    }

    /// Other operations, for tests: with the texts that the build script makes of their
    /// description.
    pub fn new(
        operations: &'static [&'static OperationMeta],
        docs: &'static [(&'static str, &'static str)],
        types: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self {
            operations,
            docs,
            types,
        }
    }

    pub(crate) fn operations(&self) -> &'static [&'static OperationMeta] {
        self.operations
    }

    /// The operation with a name as the docs write it, or as a command.
    pub(crate) fn find(&self, name: &str) -> Option<&'static OperationMeta> {
        let wanted = plain(name);
        let mut operations = self.operations.iter();
        operations.find(|meta| plain(meta.name) == wanted).copied()
    }

    /// The command that was probably meant by a name.
    pub(crate) fn nearest(&self, name: &str) -> Option<String> {
        let commands = self.operations.iter().map(|meta| names::kebab(meta.name));
        let mut known: Vec<_> = commands.collect();
        known.extend(names::COMMANDS.iter().map(|name| (*name).to_owned()));
        let name = names::kebab(name);
        let near = vod_api::support::service::nearest(&name, known.iter().map(String::as_str));
        near.map(str::to_owned)
    }

    /// What is said of an operation.
    pub(crate) fn docs(&self, operation: &str) -> Docs {
        Docs::find(self.docs, operation)
    }

    /// What is said of the type in `array<Type>`, if it has a name.
    pub(crate) fn type_docs(&self, expression: &str) -> Docs {
        let inner = expression.rsplit('<').next().unwrap_or_default();
        Docs::find(self.types, inner.trim_end_matches('>'))
    }
}

/// The names of the events, and a sentence on each.
pub(crate) fn events() -> impl Iterator<Item = (&'static str, String)> {
    let names = EVENTS.iter().map(|(name, _)| *name);
    names.map(|name| (name, event(name).text("summary").to_owned()))
}

/// What is said of an event: its body in `fields`, the member that has it, and `examples`.
pub(crate) fn event(name: &str) -> Docs {
    Docs::find(EVENTS, name)
}

impl Docs {
    fn find(texts: Texts, name: &str) -> Self {
        let text = texts.iter().find(|(known, _)| *known == name);
        // What the build script writes is JSON.
        let read = text.and_then(|(_, json)| serde_json::from_str(json).ok());
        Self(read.unwrap_or_default())
    }

    /// A text; empty if there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// A value.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// The texts of a list.
    pub(crate) fn list(&self, name: &str) -> impl Iterator<Item = &str> {
        let list = self.0.get(name).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str)
    }

    /// The names in an object.
    pub(crate) fn names(&self, object: &str) -> impl Iterator<Item = &str> {
        let object = self.0.get(object).and_then(Value::as_object);
        object.into_iter().flatten().map(|(name, _)| name.as_str())
    }

    /// The names and texts of an object.
    pub(crate) fn pairs(&self, name: &str) -> impl Iterator<Item = (&str, &str)> {
        let object = self.0.get(name).and_then(Value::as_object);
        let pairs = object.into_iter().flatten();
        pairs.filter_map(|(name, text)| Some((name.as_str(), text.as_str()?)))
    }

    /// What is said of a member of one of its objects.
    pub(crate) fn inner(&self, object: &str, member: &str) -> Self {
        let found = self.0.get(object).and_then(|object| object.get(member));
        Self(found.cloned().unwrap_or_default())
    }
}

impl fmt::Debug for Catalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalog")
            .field("operations", &self.operations.len())
            .finish_non_exhaustive()
    }
}

/// A name without what tells its spellings apart.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|letter| !matches!(letter, '-' | '_'));
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}
