//! What a download came to.

mod shown;

use std::collections::BTreeMap;
use std::fmt::Display;

use super::{Address, Kind, Problem};

/// What a download came to.
#[derive(Debug, Default)]
pub struct Report {
    /// What became of each document and page, in the order of the requests.
    pub entries: Vec<Entry>,
    /// What the vendor has added, removed or renamed.
    pub news: Vec<News>,
    /// How many operations the list of the API Explorer has, if it was read.
    pub listed: Option<usize>,
    /// Described operations that the list has never had.
    pub unlisted: Vec<String>,
    /// How many pages of the menus are not those of operations.
    pub others: usize,
    /// Pages that state no date in any form.
    pub undated: Vec<String>,
    /// By language, the newest entry of the *Change History*, and that of the run before.
    pub history: BTreeMap<String, (String, Option<String>)>,
    /// How often it was waited before something was asked for again.
    pub waits: usize,
}

/// What became of a document or page.
#[derive(Debug)]
pub struct Entry {
    /// Where it comes from.
    pub source: Source,
    /// Its name here.
    pub name: String,
    /// Its address.
    pub address: String,
    /// What became of it.
    pub what: What,
}

/// Where something comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The API Explorer.
    ApiExplorer,
    /// The pages of the docs.
    Docs,
}

/// What became of a document or page.
#[derive(Debug)]
pub enum What {
    /// It was not in the folder.
    New,
    /// It differs from what was in the folder.
    Changed,
    /// It is as it was.
    Same,
    /// It was there before, or should be, and is not any more.
    Gone,
    /// It is at another address.
    Moved(Address),
    /// It is not there, and never was.
    Unserved,
    /// It was not got.
    Problem(Problem),
}

impl What {
    /// Whether the folder has it as the vendor does.
    pub fn is_here(&self) -> bool {
        matches!(self, Self::New | Self::Changed | Self::Same)
    }
}

/// What the vendor has added, removed or renamed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// The list has an operation that is not described.
    NewOperation(String),
    /// The list had a described operation, and has it no more.
    GoneOperation(String),
    /// There is a page of an operation that the description does not name.
    NewPage {
        /// The name of the page.
        name: String,
        /// The name of the operation, if the page has it.
        operation: Option<String>,
    },
    /// The page of a described operation has another name.
    RenamedPage {
        /// The operation.
        operation: String,
        /// The name that the description has.
        from: String,
        /// The name that it has now.
        to: String,
    },
    /// The page of a described operation is not there any more, in any language.
    GonePage {
        /// The operation.
        operation: String,
        /// The name of the page.
        name: String,
    },
}

/// What a download came to, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// All was got, and all of it is described.
    Complete,
    /// All was got; something was added, removed or renamed.
    News,
    /// Something was not got.
    Incomplete,
}

impl Report {
    /// What it came to, in a word.
    pub fn verdict(&self) -> Verdict {
        let entries = || self.entries.iter().map(|it| &it.what);
        if entries().any(|it| matches!(it, What::Problem(_))) {
            Verdict::Incomplete
        } else if !self.news.is_empty()
            || entries().any(|it| matches!(it, What::Gone | What::Moved(_)))
        {
            Verdict::News
        } else {
            Verdict::Complete
        }
    }

    /// Adds what became of a document.
    pub(super) fn document(&mut self, name: impl Into<String>, address: impl Display, what: What) {
        let source = Source::ApiExplorer;
        self.entries.push(Entry::new(source, name, address, what));
    }

    /// Adds what became of a page.
    pub(super) fn page(&mut self, name: impl Into<String>, address: impl Display, what: What) {
        let source = Source::Docs;
        self.entries.push(Entry::new(source, name, address, what));
    }

    fn of(&self, source: Source) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |it| it.source == source)
    }

    /// How many there are of each kind, of one source.
    fn tally(&self, source: Source) -> Tally {
        let mut tally = Tally::default();
        for entry in self.of(source) {
            let count = match &entry.what {
                What::New => &mut tally.new,
                What::Changed => &mut tally.changed,
                What::Same => &mut tally.same,
                What::Gone | What::Moved(_) | What::Unserved => &mut tally.gone,
                What::Problem(problem) => match problem.kind() {
                    Kind::Refused => &mut tally.refused,
                    Kind::Failed => &mut tally.failed,
                },
            };
            *count += 1;
        }
        tally
    }
}

impl Entry {
    fn new(source: Source, name: impl Into<String>, address: impl Display, what: What) -> Self {
        Self {
            source,
            name: name.into(),
            address: address.to_string(),
            what,
        }
    }
}

#[derive(Debug, Default)]
struct Tally {
    new: usize,
    changed: usize,
    same: usize,
    gone: usize,
    refused: usize,
    failed: usize,
}

impl Tally {
    fn counts(&self) -> [(&'static str, usize); 6] {
        [
            ("new", self.new),
            ("changed", self.changed),
            ("not modified", self.same),
            ("gone", self.gone),
            ("refused", self.refused),
            ("failed", self.failed),
        ]
    }
}
