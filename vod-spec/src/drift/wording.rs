//! Whether texts of a page are worded as they were when somebody read them last.
//!
//! Texts are the vendor's, so not they are kept but hashes of them, in `spec/pages.lock`.

use std::collections::BTreeMap;
use std::fmt;

use vod_page::{Address, Source, Subject};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::format::rule::Rule;
use crate::model::Api;
use crate::source::{SourceFile, Span};

use super::hash::{Hash, fingerprint};
use super::{Comparer, Difference, Direction};

/// The texts of a page by the address of what they describe.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    texts: BTreeMap<Address, Described>,
}

#[derive(Debug, Clone)]
struct Described {
    line: usize,
    text: String,
}

impl Texts {
    /// Adds a text; several texts of one address count as one.
    pub(super) fn add(&mut self, at: &Address, line: usize, text: &str) {
        let described = self.texts.entry(at.clone()).or_insert(Described {
            line,
            text: String::new(),
        });
        described.text.push_str(text);
        described.text.push('\n');
    }

    /// Whether the text at `at` is known to have been another one, or to be gone.
    pub(super) fn differ(&self, recorded: Option<&Hashes>, at: &Address) -> bool {
        let recorded = recorded.and_then(|it| it.get(at));
        let text = self.texts.get(at).map(|it| fingerprint(&it.text));
        recorded.is_some_and(|recorded| Some(&recorded.whole) != text.as_ref())
    }
}

/// Hashes of the texts of a page by address.
pub(super) type Hashes = BTreeMap<Address, Hash>;

/// Hashes of the texts of pages that were read before: the content of `spec/pages.lock`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wordings {
    /// By operation and source, then by address.
    pages: BTreeMap<(String, &'static str), Hashes>,
}

const HEAD: &str = "\
# Hashes of the texts of pages, written by `vod-codegen drift --record`: operation, source, address, hash.
# They only tell that a text is worded differently than when it was read; see README.md.
";

impl Wordings {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// The first line that is none of such a file.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut wordings = Self::default();
        for (index, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let recorded = Line::parse(line).map_err(|why| format!("line {}: {why}", index + 1))?;
            let page = wordings
                .pages
                .entry((recorded.operation.to_owned(), recorded.source))
                .or_default();
            page.insert(Address::from_printed(recorded.at), recorded.hash);
        }
        Ok(wordings)
    }

    /// What of the file cannot have been written for this description: lines that are none of such a file, and
    /// operations that are not described.
    pub fn check(api: &Api, file: SourceFile) -> Diagnostics {
        let mut sources = api.sources.clone();
        let source = sources.add(file);
        let mut list = Vec::new();
        let mut start = 0;
        for line in sources.file(source).text.split_inclusive('\n') {
            let text = line.trim_end();
            let span = Span {
                source,
                start,
                end: start + text.len(),
            };
            start += line.len();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let mistake = match Line::parse(text) {
                Err(why) => Some((why, "record the page again with `drift --record`")),
                Ok(it)
                    if !api
                        .operations
                        .iter()
                        .any(|op| op.name.value == it.operation) =>
                {
                    let why = format!("the description has no operation `{}`", it.operation);
                    Some((why, "drop the lines of the operation"))
                }
                Ok(_) => None,
            };
            if let Some((why, help)) = mistake {
                list.push(Diagnostic::new(Code::PagesLock, span, why).help(help));
            }
        }
        Diagnostics::new(sources, list)
    }

    /// Takes the texts of a page in place of those that it had.
    pub fn record(&mut self, operation: &str, source: Source, texts: &Texts) {
        let hashes = texts
            .texts
            .iter()
            .map(|(at, it)| (at.clone(), Hash::of(&it.text)));
        self.pages
            .insert((operation.to_owned(), code(source)), hashes.collect());
    }

    pub(super) fn page(&self, operation: &str, source: Source) -> Option<&Hashes> {
        self.pages.get(&(operation.to_owned(), code(source)))
    }
}

impl fmt::Display for Wordings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEAD)?;
        for ((operation, source), page) in &self.pages {
            for (at, hash) in page {
                writeln!(f, "{operation} {source} {at} {hash}")?;
            }
        }
        Ok(())
    }
}

/// A line of the file. The address can have spaces of its own: pages list names that are none on the wire.
struct Line<'l> {
    operation: &'l str,
    source: &'static str,
    at: &'l str,
    hash: Hash,
}

impl<'l> Line<'l> {
    fn parse(line: &'l str) -> Result<Self, String> {
        let parts = line.split_once(' ').and_then(|(operation, rest)| {
            let (source, rest) = rest.split_once(' ')?;
            let (at, hash) = rest.rsplit_once(' ')?;
            Some((operation, source, at, Hash::parse(hash)?))
        });
        let Some((operation, source, at, hash)) = parts else {
            return Err("not an operation, a source, an address and a hash".to_owned());
        };
        let all = [
            Source::EnglishPage,
            Source::ChinesePage,
            Source::ApiExplorer,
        ];
        let Some(source) = all.into_iter().map(code).find(|it| *it == source) else {
            return Err(format!(
                "`{source}` is not a source; it is `en`, `zh` or `api`"
            ));
        };
        Ok(Self {
            operation,
            source,
            at,
            hash,
        })
    }
}

fn code(source: Source) -> &'static str {
    match source {
        Source::EnglishPage => "en",
        Source::ChinesePage => "zh",
        Source::ApiExplorer => "api",
    }
}

impl Comparer<'_, '_> {
    /// Texts with a finding of their own are left out: that they changed is what the finding says. Of a page that
    /// breaks off none is compared.
    pub(super) fn wording(&mut self) {
        if self.reach.is_cut() {
            return;
        }
        let operation = self.operation;
        let place = operation.name.span;
        let Some(recorded) = self.recorded else {
            let message =
                "the texts of this page were never recorded, so changes of wording do not show: \
                           run `drift --record` with the page"
                    .to_owned();
            let line = self.top();
            self.report(Difference {
                rule: Rule::WordingUnrecorded,
                direction: Direction::Request,
                at: Subject::Description.into(),
                line,
                spec: place,
                message,
                states: None,
                fix: None,
            });
            return;
        };
        let is_reported = |at: &Address| {
            let mut findings = self.findings.iter().filter(|it| !it.acknowledged);
            findings.any(|it| it.at.is_within(at) || at.is_within(&it.at))
        };
        let mut changed = Vec::new();
        for (at, text) in &self.texts.texts {
            let message = match recorded.get(at) {
                _ if is_reported(at) => continue,
                Some(hash) if hash.whole == fingerprint(&text.text) => continue,
                Some(hash) => change(hash, &text.text),
                None => format!(
                    "there was no text when it was recorded; now {}",
                    shown(&text.text)
                ),
            };
            changed.push((at.clone(), Some(text.line), message));
        }
        for at in recorded.keys() {
            if !self.texts.texts.contains_key(at) && !is_reported(at) {
                let message = "the text that was recorded is gone".to_owned();
                changed.push((at.clone(), None, message));
            }
        }
        for (at, line, message) in changed {
            let message = format!(
                "{message}; adapt `doc` where the meaning changed, and run `drift --record`"
            );
            let line = line.unwrap_or_else(|| self.top());
            self.report(Difference {
                rule: Rule::WordingChanged,
                direction: Direction::Request,
                at,
                line,
                spec: place,
                message,
                states: None,
                fix: None,
            });
        }
    }
}

/// How a text differs from the one that was recorded.
fn change(recorded: &Hash, text: &str) -> String {
    let (added, gone) = recorded.changes(text);
    let gone = match gone {
        0 => String::new(),
        1 => ", and one sentence is gone".to_owned(),
        gone => format!(", and {gone} sentences are gone"),
    };
    if added.is_empty() {
        format!("worded differently than when it was recorded: no sentence is new{gone}")
    } else {
        let added: Vec<_> = added.into_iter().map(shown).collect();
        format!(
            "worded differently than when it was recorded: new is {}{gone}",
            added.join(", ")
        )
    }
}

/// The beginning of a text, on one line.
fn shown(text: &str) -> String {
    const LONGEST: usize = 120;
    let words: Vec<_> = text.split_whitespace().collect();
    let text = words.join(" ");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", text.get(..end).unwrap_or_default()),
        None => format!("`{text}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_recorded_is_read_again() {
        let mut texts = Texts::default();
        let at = Address::of(Subject::Query, "a");
        texts.add(&at, 3, "One.");
        texts.add(&at, 4, "Two.");
        texts.add(&Address::of(Subject::Query, "media id (new)"), 5, "Three.");
        let mut wordings = Wordings::default();
        wordings.record("ListThings", Source::ChinesePage, &texts);
        let text = wordings.to_string();
        assert_eq!(Wordings::parse(&text), Ok(wordings));
        assert_eq!(
            text.lines()
                .filter(|line| line.starts_with("ListThings zh query.a "))
                .count(),
            1
        );
        assert!(Wordings::parse("ListThings zh query.a").is_err());
        assert!(Wordings::parse("ListThings fr query.a 00000000").is_err());
    }
}
