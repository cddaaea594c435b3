//! Whether texts of a page are worded as they were when somebody read them last.
//!
//! Texts are the vendor's, so not they are kept but hashes of them, in `spec/pages.lock`.

use std::collections::BTreeMap;
use std::fmt;

use vod_page::{Address, Source, Subject};

use crate::format::rule::Rule;

use super::{Comparer, Difference, Direction};

/// The texts of a page by the address of what they describe.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    texts: BTreeMap<Address, Described>,
}

#[derive(Debug, Clone)]
struct Described {
    line: usize,
    hash: u64,
}

impl Texts {
    /// Adds a text; several texts of one address count as one.
    pub(super) fn add(&mut self, at: &Address, line: usize, text: &str) {
        let described = self
            .texts
            .entry(at.clone())
            .or_insert(Described { line, hash: START });
        described.hash = hash(described.hash, text);
    }

    /// Whether the text at `at` is known to have been another one.
    pub(super) fn differ(&self, recorded: Option<&Hashes>, at: &Address) -> bool {
        let recorded = recorded.and_then(|it| it.get(at));
        let text = self.texts.get(at).map(|it| short(it.hash));
        recorded
            .zip(text)
            .is_some_and(|(recorded, text)| *recorded != text)
    }
}

/// Where FNV-1a starts.
const START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a over letters and digits alone: copies of one page differ in space, punctuation, bullets and capitals.
fn hash(start: u64, text: &str) -> u64 {
    let letters = text
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase);
    letters.fold(start, |hash, c| {
        let mut bytes = [0; 4];
        c.encode_utf8(&mut bytes).bytes().fold(hash, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    })
}

/// Eight digits are enough: nobody words a text so that it keeps its hash.
fn short(hash: u64) -> String {
    format!("{:08x}", (hash >> 32) ^ (hash & 0xffff_ffff))
}

/// A text that stands for another one, where that must not be kept or is too long.
pub(super) fn fingerprint(text: &str) -> String {
    short(hash(START, text))
}

/// Hashes of the texts of a page by address.
pub(super) type Hashes = BTreeMap<Address, String>;

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
            // An address may have spaces of its own: pages list names that are none on the wire.
            let parts = line.split_once(' ').and_then(|(operation, rest)| {
                let (source, rest) = rest.split_once(' ')?;
                let (at, hash) = rest.rsplit_once(' ')?;
                Some((operation, source, at, hash))
            });
            let Some((operation, source, at, hash)) = parts else {
                return Err(format!(
                    "line {}: not an operation, a source, an address and a hash",
                    index + 1
                ));
            };
            let known = [
                Source::EnglishPage,
                Source::ChinesePage,
                Source::ApiExplorer,
            ]
            .into_iter()
            .map(code);
            let Some(source) = known.into_iter().find(|it| *it == source) else {
                return Err(format!("line {}: `{source}` is not a source", index + 1));
            };
            let page = wordings
                .pages
                .entry((operation.to_owned(), source))
                .or_default();
            page.insert(Address::from_printed(at), hash.to_owned());
        }
        Ok(wordings)
    }

    /// Takes the texts of a page in place of those that it had.
    pub fn record(&mut self, operation: &str, source: Source, texts: &Texts) {
        let hashes = texts
            .texts
            .iter()
            .map(|(at, it)| (at.clone(), short(it.hash)));
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
            });
            return;
        };
        let is_reported = |at: &Address| {
            let mut findings = self.findings.iter().filter(|it| !it.acknowledged);
            findings.any(|it| it.at.is_within(at) || at.is_within(&it.at))
        };
        let mut changed = Vec::new();
        for (at, text) in &self.texts.texts {
            if recorded.get(at) != Some(&short(text.hash)) && !is_reported(at) {
                changed.push((Some(text.line), at.to_string()));
            }
        }
        for at in recorded.keys() {
            if !self.texts.texts.contains_key(at) && !is_reported(at) {
                changed.push((None, format!("{at} (gone)")));
            }
        }
        if changed.is_empty() {
            return;
        }
        let line = changed
            .iter()
            .find_map(|(line, _)| *line)
            .unwrap_or_else(|| self.top());
        let names: Vec<_> = changed.into_iter().map(|(_, at)| at).collect();
        let message = format!(
            "worded differently than when it was recorded: {}; read it, adapt `doc` where the meaning changed, \
             and run `drift --record`",
            names.join(", ")
        );
        self.report(Difference {
            rule: Rule::WordingChanged,
            direction: Direction::Request,
            at: Subject::Description.into(),
            line,
            spec: place,
            message,
            states: None,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_one_text_hash_equal() {
        let hash = |text| short(hash(START, text));
        assert_eq!(hash("Options:\n- A_b\n- C"), hash("options:  A\\_b • c."));
        assert_ne!(hash("At most 10."), hash("At most 11."));
    }

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
