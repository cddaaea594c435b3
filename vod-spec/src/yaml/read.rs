//! Nodes to plain values, with a diagnostic for whatever does not fit; reading always goes on.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::format::Keys;
use crate::near::near;
use crate::source::{Span, Spanned};

use super::{Entry, Node, NodeKind, Scalar, entry};

/// Text and its place.
pub(crate) type Text = Spanned<String>;

/// What a node has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    Text,
    Bool,
    Number,
    List,
    Map,
    /// Text, a number or a truth value.
    Scalar,
    /// One of these, or a list of them.
    ScalarOrList,
}

impl Due {
    /// As messages have it.
    fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Bool => "true or false",
            Self::Number => "a whole number",
            Self::List => "a list",
            Self::Map => "a map",
            Self::Scalar => "a single value",
            Self::ScalarOrList => "one value or a list of values",
        }
    }
}

/// Collects what is wrong while values are read.
#[derive(Default)]
pub(crate) struct Reader {
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Where nothing stands behind a key that has to be there.
    left_open: BTreeSet<Span>,
}

/// A map whose keys have been held against their table.
pub(crate) struct MapReader<'n> {
    span: Span,
    entries: &'n [Entry],
}

impl<'n> MapReader<'n> {
    pub(crate) fn get(&self, key: &str) -> Option<&'n Node> {
        entry(self.entries, key).map(|entry| &entry.value)
    }

    pub(crate) fn key_span(&self, key: &str) -> Span {
        entry(self.entries, key).map_or(self.span, |entry| entry.key_span)
    }
}

impl Reader {
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub(crate) fn wrong_type(&mut self, node: &Node, due: Due) {
        let help = match (due, &node.kind) {
            (Due::Text, NodeKind::Scalar(scalar)) if !scalar.is_null() => {
                format!("put it in quotes: \"{}\"", scalar.text)
            }
            (_, NodeKind::Scalar(scalar)) if scalar.is_null() => {
                if self.left_open.contains(&node.span) {
                    "write it: the key is required".to_owned()
                } else {
                    "write it, or drop the key".to_owned()
                }
            }
            (Due::Bool, _) => "write `true` or `false`, small and without quotes".to_owned(),
            (Due::Number, _) => "write it in digits, without quotes".to_owned(),
            (Due::List, NodeKind::Scalar(scalar)) => {
                format!("put it in brackets: [{}]", scalar.text)
            }
            (Due::List, _) => "begin each item with `- `".to_owned(),
            (Due::Map, _) => "write `key: value` pairs; spec/README.md says which".to_owned(),
            (Due::Text | Due::Scalar | Due::ScalarOrList, _) => {
                "write one value, in quotes if it begins with a bracket".to_owned()
            }
        };
        self.report(
            Diagnostic::new(
                Code::WrongType,
                node.span,
                format!("expected {}, found {}", due.as_str(), node.what()),
            )
            .help(help),
        );
    }

    /// A map with the keys of `keys`; unknown, repeated and missing keys are reported.
    ///
    /// `whole` stands for the map: missing keys are reported there.
    pub(crate) fn map<'n>(
        &mut self,
        node: &'n Node,
        keys: &Keys,
        whole: Span,
    ) -> Option<MapReader<'n>> {
        let entries = self.entries(node)?;
        for entry in entries {
            match (keys.get(&entry.key), &entry.value.kind) {
                (None, _) => self.unknown_key(entry, keys),
                (Some(key), NodeKind::Scalar(scalar)) if key.required && scalar.is_null() => {
                    self.left_open.insert(entry.value.span);
                }
                _ => {}
            }
        }
        let missing: Vec<_> = keys
            .keys
            .iter()
            .filter(|key| key.required && !entries.iter().any(|entry| entry.key == key.name))
            .map(|key| format!("`{}`", key.name))
            .collect();
        if !missing.is_empty() {
            let plural = if missing.len() == 1 { "" } else { "s" };
            self.report(
                Diagnostic::new(
                    Code::MissingKey,
                    whole,
                    format!("`{}` lacks the key{plural} {}", keys.of, missing.join(", ")),
                )
                .help(format!(
                    "add what is missing; spec/README.md has the keys of `{}`",
                    keys.of
                )),
            );
        }
        Some(MapReader {
            span: whole,
            entries,
        })
    }

    fn unknown_key(&mut self, entry: &Entry, keys: &Keys) {
        let diagnostic = Diagnostic::new(
            Code::UnknownKey,
            entry.key_span,
            format!("`{}` has no key `{}`", keys.of, entry.key),
        );
        let help = match near(&entry.key, keys.keys.iter().map(|key| key.name)) {
            Some(name) => format!("did you mean `{name}`?"),
            None => {
                let names: Vec<_> = keys.keys.iter().map(|key| key.name).collect();
                let names = names.join(", ");
                // A comma in a text between braces starts another key, which is then several words.
                if entry.key.contains(' ') {
                    format!("its keys are: {names}; text with a comma needs quotes between braces")
                } else {
                    format!("its keys are: {names}")
                }
            }
        };
        self.report(diagnostic.help(help));
    }

    /// The entries of a map whose keys are names of the author's choice; repeated ones are reported.
    pub(crate) fn entries<'n>(&mut self, node: &'n Node) -> Option<&'n [Entry]> {
        let NodeKind::Map(entries) = &node.kind else {
            self.wrong_type(node, Due::Map);
            return None;
        };
        let mut known = BTreeMap::new();
        for entry in entries {
            if let Some(first) = known.get(entry.key.as_str()) {
                self.report(
                    Diagnostic::new(
                        Code::DuplicateKey,
                        entry.key_span,
                        format!("`{}` is given twice", entry.key),
                    )
                    .related(*first, "the first one")
                    .help("keep one of the two"),
                );
            } else {
                known.insert(entry.key.as_str(), entry.key_span);
            }
        }
        Some(entries)
    }

    pub(crate) fn list<'n>(&mut self, node: &'n Node) -> &'n [Node] {
        match &node.kind {
            NodeKind::List(items) => items,
            _ => {
                self.wrong_type(node, Due::List);
                &[]
            }
        }
    }

    pub(crate) fn scalar<'n>(&mut self, node: &'n Node, due: Due) -> Option<&'n Scalar> {
        match &node.kind {
            NodeKind::Scalar(scalar) => Some(scalar),
            _ => {
                self.wrong_type(node, due);
                None
            }
        }
    }

    /// Text; what YAML reads as a truth value or as nothing needs quotes to be text.
    pub(crate) fn text(&mut self, node: &Node) -> Option<Text> {
        let scalar = self.scalar(node, Due::Text)?;
        if scalar.is_null() || scalar.boolean().is_some() {
            self.wrong_type(node, Due::Text);
            return None;
        }
        Some(Spanned::new(scalar.text.trim_end().to_owned(), node.span))
    }

    /// Prose: text that YAML has not cut short at a `#`; what is left of one is not looked at any more.
    pub(crate) fn prose(&mut self, node: &Node) -> Option<Text> {
        let text = self.text(node)?;
        if let NodeKind::Scalar(Scalar {
            comment: Some(comment),
            ..
        }) = &node.kind
        {
            self.report(
                Diagnostic::new(
                    Code::Prose,
                    *comment,
                    "YAML takes this part of the text for a comment",
                )
                .help("put the text in quotes or in a `>-` block"),
            );
            return None;
        }
        Some(text)
    }

    pub(crate) fn texts(&mut self, node: &Node) -> Vec<Text> {
        let items = self.list(node);
        items.iter().filter_map(|item| self.text(item)).collect()
    }

    pub(crate) fn boolean(&mut self, node: &Node) -> Option<Spanned<bool>> {
        let value = self.scalar(node, Due::Bool)?.boolean();
        if value.is_none() {
            self.wrong_type(node, Due::Bool);
        }
        value.map(|value| Spanned::new(value, node.span))
    }

    pub(crate) fn integer(&mut self, node: &Node) -> Option<Spanned<i64>> {
        let value = self.scalar(node, Due::Number)?.integer();
        if value.is_none() {
            self.wrong_type(node, Due::Number);
        }
        value.map(|value| Spanned::new(value, node.span))
    }
}
