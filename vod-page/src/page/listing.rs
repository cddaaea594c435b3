//! What a table of parameters or fields lists, by its caption, its section, its columns and its names.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::Subject;
use crate::facts::{Place, Row};
use crate::page::words::{Caption, Section};

/// What a table lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Listed {
    Parameters(Place),
    Fields,
    ResponseHeaders,
    Type(String),
    Unknown,
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parameters(place) => write!(f, "{} parameters", Subject::from(*place)),
            Self::Fields => f.write_str("the body of a reply"),
            Self::ResponseHeaders => f.write_str("the headers of a reply"),
            Self::Type(name) => write!(f, "the type `{name}`"),
            Self::Unknown => f.write_str("something else"),
        }
    }
}

/// What is known of a table besides its rows.
pub(super) struct Clues<'c> {
    pub(super) section: Section,
    pub(super) caption: Option<&'c Caption>,
    /// Whether it has a column "Mandatory", as only tables of requests have.
    pub(super) mandatory: bool,
    /// The path of the request line.
    pub(super) path: &'c str,
    /// Whether the body that the table would belong to has rows already.
    pub(super) has_body: bool,
    /// The type that is most likely described next, if that is certain enough.
    pub(super) next_type: Option<String>,
}

impl Clues<'_> {
    /// What the table lists; and what its caption claims, if that is outvoted.
    pub(super) fn listed(&self, rows: &[Row]) -> (Listed, bool) {
        if let Some(Caption::Type(name)) = self.caption {
            return (Listed::Type(name.clone()), false);
        }
        let reply = self.is_reply();
        let headers = !rows.is_empty() && rows.iter().all(is_header);
        let in_path = !rows.is_empty() && rows.iter().all(|row| self.in_path(row));
        let listed = match self.caption {
            Some(Caption::Parameters(Place::Path | Place::Query)) if !reply => {
                let named_path = self.caption == Some(&Caption::Parameters(Place::Path));
                let none = !rows.iter().any(|row| self.in_path(row));
                let path = in_path || (named_path && !none) || (named_path && self.path.is_empty());
                Listed::Parameters(if path { Place::Path } else { Place::Query })
            }
            Some(Caption::Parameters(Place::Header) | Caption::ResponseHeader) => {
                if reply {
                    Listed::ResponseHeaders
                } else {
                    Listed::Parameters(Place::Header)
                }
            }
            Some(Caption::Parameters(Place::Body) | Caption::ResponseBody) => {
                match (reply, headers) {
                    (true, true) => Listed::ResponseHeaders,
                    // One status has one body.
                    (true, false) if self.has_body => Listed::Unknown,
                    (true, false) => Listed::Fields,
                    (false, true) => Listed::Parameters(Place::Header),
                    (false, false) => Listed::Parameters(Place::Body),
                }
            }
            _ if self.section < Section::Uri || self.section > Section::Response => Listed::Unknown,
            _ if self.section == Section::Uri && in_path => Listed::Parameters(Place::Path),
            _ if self.section == Section::Uri => Listed::Parameters(Place::Query),
            _ if headers && reply => Listed::ResponseHeaders,
            _ if headers => Listed::Parameters(Place::Header),
            _ if !self.has_body && reply => Listed::Fields,
            _ if !self.has_body => Listed::Parameters(Place::Body),
            _ => match &self.next_type {
                Some(name) => Listed::Type(name.clone()),
                None => Listed::Unknown,
            },
        };
        let outvoted = match self.caption {
            _ if listed == Listed::Unknown => false,
            Some(Caption::Parameters(place)) => listed != Listed::Parameters(*place),
            Some(Caption::ResponseBody) => listed != Listed::Fields,
            Some(Caption::ResponseHeader) => listed != Listed::ResponseHeaders,
            _ => false,
        };
        (listed, outvoted)
    }

    /// Whether the table belongs to a reply: the majority of caption, section and columns.
    fn is_reply(&self) -> bool {
        let section = self.section == Section::Response;
        let caption = match self.caption {
            Some(Caption::ResponseBody | Caption::ResponseHeader) => true,
            Some(Caption::Parameters(_)) => false,
            _ => return section,
        };
        [section, caption, !self.mandatory]
            .iter()
            .filter(|reply| **reply)
            .count()
            >= 2
    }

    fn in_path(&self, row: &Row) -> bool {
        self.path.contains(&format!("{{{}}}", row.name.value))
    }
}

/// Whether a name is one of a header: `X-Sdk-Date`.
fn is_header(row: &Row) -> bool {
    let name = &row.name.value;
    matches!(
        name.as_str(),
        "Authorization" | "Host" | "Date" | "Location"
    ) || (name.contains('-') && name.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// The types that rows name and that no table has described yet.
#[derive(Debug, Default)]
pub(super) struct Pending {
    /// In the order in which they were named: the number of the table that did, and their own number.
    waiting: BTreeMap<(usize, usize), String>,
    /// Where each type waits, or nothing if it was described.
    types: BTreeMap<String, Option<(usize, usize)>>,
    /// The fields of types that were described in earlier parts of the page, for the request, say.
    earlier: BTreeMap<String, BTreeSet<String>>,
    /// Those of them that were named since: they may be described again, or not.
    again: Vec<String>,
    /// The fields of types that were described in this part of the page.
    described: BTreeMap<String, BTreeSet<String>>,
    tables: usize,
    /// Whether a table came whose type could not be told: then the next ones cannot be told either.
    lost: bool,
    /// The first table whose type was told by the order alone, and its line.
    guessed: Option<usize>,
}

impl Pending {
    /// The type of a table without a caption: it is certain only if it is the next one whether the tables go down into
    /// each type at once or finish a table first.
    pub(super) fn next(&self, rows: &[Row]) -> Option<String> {
        // A type that was described before is known by its fields.
        let fields = names(rows);
        let is_it = |name: &&String| {
            let earlier = self.earlier.get(*name);
            earlier
                .is_some_and(|it| it.intersection(&fields).count() * 2 > it.union(&fields).count())
        };
        if let Some(name) = self.again.iter().find(is_it) {
            return Some(name.clone());
        }
        if let (true, [one]) = (self.waiting.is_empty(), self.again.as_slice()) {
            return Some(one.clone()).filter(|_| !self.lost);
        }
        let (_, first) = self.waiting.first_key_value()?;
        let ((latest, _), _) = self.waiting.last_key_value()?;
        let (_, deepest) = self.waiting.range((*latest, 0)..).next()?;
        (first == deepest && !self.lost).then(|| first.clone())
    }

    /// Whether a type waits to be described.
    pub(super) fn has(&self, name: &str) -> bool {
        self.types.get(name).is_some_and(Option::is_some)
    }

    /// Forgets the types that wait. A type may have no table; so if some still wait, a type that was told by the order
    /// of the tables may be another one of them: then gives the line of that table, and what to say.
    pub(super) fn restart(&mut self) -> Option<(usize, String)> {
        let waiting: Vec<String> = std::mem::take(&mut self.waiting).into_values().collect();
        for name in &waiting {
            self.types.remove(name);
        }
        // What was described stays known; whether it is described again is open.
        self.earlier.append(&mut self.described);
        self.again.clear();
        self.lost = false;
        let line = self.guessed.take()?;
        (!waiting.is_empty()).then(|| {
            let waiting = waiting.join("`, `");
            let message =
                format!("tables from here on have no captions, and there is none for `{waiting}`");
            (line, message)
        })
    }

    /// A table was read: the type that it described, and those that its rows name. Its line is given if its type was
    /// told by its place alone.
    pub(super) fn read(&mut self, listed: &Listed, rows: &[Row], guessed: Option<usize>) {
        match listed {
            Listed::Type(name) => {
                self.again.retain(|it| it != name);
                self.described.insert(name.clone(), names(rows));
                // Its fields tell which type it is, rather than its place.
                let by_fields = self.earlier.get(name).is_some_and(|it| *it == names(rows));
                self.guessed = self.guessed.or(guessed.filter(|_| !by_fields));
                if let Some(Some(place)) = self.types.insert(name.clone(), None) {
                    self.waiting.remove(&place);
                }
            }
            Listed::Unknown => self.lost = true,
            _ => {}
        }
        self.tables += 1;
        for name in rows
            .iter()
            .filter_map(|row| row.ty.as_ref()?.value.object())
        {
            let is_known = self.earlier.contains_key(name) && !self.described.contains_key(name);
            if is_known && !self.again.iter().any(|it| it == name) {
                self.again.push(name.to_owned());
            }
            if !self.types.contains_key(name) {
                let place = (self.tables, self.waiting.len());
                self.types.insert(name.to_owned(), Some(place));
                self.waiting.insert(place, name.to_owned());
            }
        }
    }
}

fn names(rows: &[Row]) -> BTreeSet<String> {
    rows.iter().map(|row| row.name.value.clone()).collect()
}
