//! Which operations were compared at all, and with what.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};

use vod_page::Source;

use crate::diagnostic::one_line;
use crate::model::{Api, Operation};

/// Which operations have pages and documents among those that were read, and which files are of none.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    /// All operations: name, address of the page, and the sources that were compared.
    operations: BTreeMap<String, (Option<String>, BTreeSet<Source>)>,
    /// Files that are no page of an operation, and why.
    strangers: Vec<(String, String)>,
}

impl Coverage {
    /// Nothing was compared yet.
    pub(super) fn new(api: &Api) -> Self {
        let of = |it: &Operation| {
            let sources = BTreeSet::new();
            (it.name.value.clone(), (it.page.clone(), sources))
        };
        Self {
            operations: api.operations.iter().map(of).collect(),
            strangers: Vec::new(),
        }
    }

    /// A page of an operation was compared.
    pub(super) fn add(&mut self, operation: &str, source: Source) {
        if let Some((_, sources)) = self.operations.get_mut(operation) {
            sources.insert(source);
        }
    }

    /// A file is no page of an operation.
    pub fn add_stranger(&mut self, path: String, why: String) {
        self.strangers.push((path, why));
    }

    /// The operations that were compared with nothing, and the addresses of their pages.
    pub fn missing(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        let missing = self.operations.iter().filter(|(_, (_, it))| it.is_empty());
        missing.map(|(name, (address, _))| (name.as_str(), address.as_deref()))
    }

    /// The files that are no page of an operation, and why.
    pub fn strangers(&self) -> impl Iterator<Item = (&str, &str)> {
        let strangers = self.strangers.iter();
        strangers.map(|(path, why)| (path.as_str(), why.as_str()))
    }

    /// How many operations were compared with this source.
    pub fn count(&self, source: Source) -> usize {
        let operations = self.operations.values();
        operations.filter(|(_, it)| it.contains(&source)).count()
    }

    /// A list for an issue or a pull request.
    pub(super) fn markdown(&self) -> String {
        let mut out = format!("{self}\n");
        let mut list = |title: &str, items: Vec<String>| {
            if !items.is_empty() {
                let _ = writeln!(out, "\n{title}\n\n{}", items.join("\n"));
            }
        };
        let missing = self.missing().map(|(name, address)| match address {
            Some(address) => format!("- `{name}` ({address})"),
            None => format!("- `{name}`, whose description names no page"),
        });
        list(
            "Operations that nothing was compared with:",
            missing.collect(),
        );
        let strangers = self
            .strangers()
            .map(|(path, why)| format!("- `{}`: {}", plain(path), plain(why)));
        list(
            "Files that are no page of an operation:",
            strangers.collect(),
        );
        out
    }

    /// For people.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        for (name, address) in self.missing() {
            let address = address.unwrap_or("the description names no page");
            let _ = writeln!(out, "nothing was compared with {name} ({address})");
        }
        for (path, why) in self.strangers() {
            let (path, why) = (plain(path), plain(why));
            let _ = writeln!(out, "{path} is no page of an operation: {why}");
        }
        let _ = writeln!(out, "{self}");
        out
    }
}

fn plain(text: &str) -> String {
    one_line(text.to_owned())
}

/// One line: how many operations were compared, and with what.
impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.operations.len();
        write!(
            f,
            "{} of {all} operations compared: {} with pages in English, {} with pages in Chinese, \
             {} with documents of the API Explorer",
            all - self.missing().count(),
            self.count(Source::EnglishPage),
            self.count(Source::ChinesePage),
            self.count(Source::ApiExplorer),
        )
    }
}
