//! Makes the edits that the findings of several pages lead to, as far as they agree and the description stays right.

use std::collections::BTreeMap;
use std::fmt;

use vod_page::{Address, Page};

use crate::diagnostic::Diagnostics;
use crate::fix::{self, Placed};
use crate::format::rule::Rule;
use crate::model::Api;
use crate::source::SourceFile;

use super::{Finding, Wordings, compare};

/// Reads the files of a description and checks them, as `check` does.
pub type Check<'c> = dyn Fn(Vec<SourceFile>) -> Result<Api, Diagnostics> + 'c;

/// A description after its edits.
#[derive(Debug, Clone)]
pub struct Fixed {
    /// The description.
    pub api: Api,
    /// The files that were edited, as they are now.
    pub files: Vec<SourceFile>,
    /// The edits that were not made.
    pub left: Vec<Left>,
}

/// An edit that a finding leads to and that was not made.
#[derive(Debug, Clone)]
pub struct Left {
    /// The page.
    pub page: String,
    /// The line of the page, from 1.
    pub line: usize,
    /// The rule of the finding.
    pub rule: Rule,
    /// What the finding is about.
    pub at: Address,
    /// Why it was not made.
    pub why: Why,
}

/// Why an edit was not made.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Why {
    /// The file cannot be edited there without losing something, a comment perhaps.
    NoPlace,
    /// Another page, or another row, states something else.
    Disagreement,
    /// The description would have mistakes: the first of them.
    Mistake(String),
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            page,
            line,
            rule,
            at,
            why,
        } = self;
        write!(f, "{page}:{line}: {rule} at {at} was not fixed: ")?;
        match why {
            Why::NoPlace => f.write_str("the file cannot be edited there without losing a comment"),
            Why::Disagreement => f.write_str("another page or row states something else"),
            Why::Mistake(first) => write!(f, "`check` would report: {first}"),
        }
    }
}

/// Makes the edits that the open findings of `pages` lead to; see [`Finding::fix`]. Texts that are no pages are passed
/// over.
///
/// Edits that disagree are left out, and so are those with which `check` reports a mistake. The date of a page is taken
/// over once nothing else of its operation is open. To do the same with the result changes nothing.
pub fn fix(api: &Api, pages: &[SourceFile], wordings: &Wordings, check: &Check<'_>) -> Fixed {
    let read = |file: &SourceFile| (file.path.clone(), vod_page::read(&file.text));
    let pages: Vec<_> = pages.iter().map(read).collect();
    let files: Vec<_> = api.sources.iter().map(|(_, it)| it.clone()).collect();
    let mut repair = Repair {
        files: &files,
        pages: &pages,
        wordings,
        check,
        api: api.clone(),
        made: Vec::new(),
        left: Vec::new(),
    };
    repair.facts();
    repair.dates();
    repair.finish()
}

/// The edits that a finding leads to.
#[derive(Debug, Clone)]
struct Proposal {
    page: String,
    line: usize,
    rule: Rule,
    at: Address,
    edits: Vec<Placed>,
}

impl Proposal {
    fn any(&self, other: &Self, holds: impl Fn(&Placed, &Placed) -> bool) -> bool {
        let pairs = |it| other.edits.iter().map(move |other| (it, other));
        self.edits.iter().flat_map(pairs).any(|(a, b)| holds(a, b))
    }

    fn disagrees(&self, other: &Self) -> bool {
        self.any(other, Placed::disagrees)
    }

    fn touches(&self, other: &Self) -> bool {
        self.any(other, Placed::touches)
    }
}

struct Repair<'r> {
    /// The files before all edits.
    files: &'r [SourceFile],
    pages: &'r [(String, Page)],
    wordings: &'r Wordings,
    check: &'r Check<'r>,
    /// The description with the edits that were made.
    api: Api,
    made: Vec<Proposal>,
    left: Vec<(Proposal, Why)>,
}

impl Repair<'_> {
    /// Makes edits until the pages lead to no others: with another type, say, a field can have other limits.
    ///
    /// This ends, as each turn makes an edit at a new place or leaves one out for good.
    fn facts(&mut self) {
        loop {
            let new = self.proposals();
            if new.is_empty() {
                return;
            }
            // After an edit, another page may state something else at its place.
            let contested: Vec<_> = (self.made.iter())
                .filter(|made| new.iter().any(|it| it.touches(made)))
                .cloned()
                .collect();
            let (clashing, agreed): (Vec<_>, Vec<_>) = new.iter().cloned().partition(|it| {
                new.iter().any(|other| it.disagrees(other))
                    || contested.iter().any(|other| it.touches(other))
            });
            if clashing.is_empty() {
                self.make(agreed);
                continue;
            }
            let is_contested = |it: &Proposal| contested.iter().any(|other| it.touches(other));
            let (taken_back, kept): (Vec<_>, Vec<_>) = self.made.drain(..).partition(is_contested);
            let left = taken_back.into_iter().chain(clashing);
            self.left.extend(left.map(|it| (it, Why::Disagreement)));
            if let Ok(api) = self.tried(&[]) {
                self.api = api;
            }
            self.make(kept);
        }
    }

    /// The edits that the open findings lead to, but for those that were left out. Pages agree on some.
    fn proposals(&self) -> Vec<Proposal> {
        let mut proposals: Vec<Proposal> = Vec::new();
        for (path, page) in self.pages {
            let findings = compare(&self.api, page, self.wordings).findings;
            let findings = findings.iter().filter(|it| it.rule != Rule::PageNewer);
            for proposal in findings.filter_map(|it| self.proposal(path, it)) {
                let is_same = |it: &Proposal| it.edits == proposal.edits;
                let is_left = self.left.iter().any(|(it, _)| is_same(it));
                if !is_left && !proposals.iter().any(is_same) {
                    proposals.push(proposal);
                }
            }
        }
        proposals
    }

    fn proposal(&self, page: &str, finding: &Finding) -> Option<Proposal> {
        Some(Proposal {
            page: page.to_owned(),
            line: finding.line,
            rule: finding.rule,
            at: finding.at.clone(),
            edits: fix::places(&self.api.sources, finding.fix.as_ref()?)?,
        })
    }

    /// Makes those of the edits that lead to no mistake; some may do so only after others.
    fn make(&mut self, mut proposals: Vec<Proposal>) {
        loop {
            let before = proposals.len();
            let mut failed = Vec::new();
            self.make_some(&proposals, &mut failed);
            if failed.is_empty() || failed.len() == before {
                self.left.append(&mut failed);
                return;
            }
            proposals = failed.into_iter().map(|(it, _)| it).collect();
        }
    }

    /// Makes all of the edits at once, or else those of each half: a check takes long, and few edits fail.
    fn make_some(&mut self, proposals: &[Proposal], failed: &mut Vec<(Proposal, Why)>) {
        match (self.tried(proposals), proposals) {
            (Ok(api), _) => {
                self.api = api;
                self.made.extend_from_slice(proposals);
            }
            (Err(why), [one]) => failed.push((one.clone(), why)),
            (Err(_), _) => {
                let (first, second) = proposals.split_at(proposals.len() / 2);
                self.make_some(first, failed);
                self.make_some(second, failed);
            }
        }
    }

    /// The description with the edits that were made and these.
    fn tried(&self, more: &[Proposal]) -> Result<Api, Why> {
        let edits = self.made.iter().chain(more).flat_map(|it| &it.edits);
        let files = fix::apply(self.files, edits).ok_or(Why::NoPlace)?;
        (self.check)(files).map_err(|mistakes| {
            let first = mistakes.iter().next();
            Why::Mistake(first.map(|it| it.message.clone()).unwrap_or_default())
        })
    }

    /// Takes over the dates of pages: where nothing else is open on the pages of an operation, and they have one date.
    fn dates(&mut self) {
        let mut operations = BTreeMap::<String, Vec<(&String, &Page, Vec<Finding>)>>::new();
        for (path, page) in self.pages {
            let comparison = compare(&self.api, page, self.wordings);
            let findings = comparison.findings.into_iter();
            let open = findings.filter(|it| !it.acknowledged).collect();
            if let Some(operation) = comparison.operation {
                let name = operation.name.value.clone();
                operations.entry(name).or_default().push((path, page, open));
            }
        }
        let (mut due, mut clashing) = (Vec::new(), Vec::new());
        for pages in operations.into_values() {
            let mut open = pages.iter().flat_map(|(_, _, open)| open);
            if open.any(|it| it.rule != Rule::PageNewer) {
                continue;
            }
            let mut dates = pages
                .iter()
                .filter_map(|(_, page, _)| page.updated.as_ref());
            let first = dates.next().map(|it| &it.value);
            let agree = dates.all(|it| Some(&it.value) == first);
            for (path, _, open) in &pages {
                let proposals = open.iter().filter_map(|it| self.proposal(path, it));
                let of_page = if agree { &mut due } else { &mut clashing };
                of_page.extend(proposals);
            }
        }
        let clashing = clashing.into_iter();
        self.left.extend(clashing.map(|it| (it, Why::Disagreement)));
        due.dedup_by(|a, b| a.edits == b.edits);
        if !due.is_empty() {
            self.make(due);
        }
    }

    fn finish(self) -> Fixed {
        let sources = self.api.sources.iter().map(|(_, it)| it);
        let is_edited = |it: &&SourceFile| !self.files.contains(it);
        let files = sources.filter(is_edited).cloned().collect();
        let left = self.left.into_iter().map(|(proposal, why)| {
            let Proposal {
                page,
                line,
                rule,
                at,
                ..
            } = proposal;
            Left {
                page,
                line,
                rule,
                at,
                why,
            }
        });
        Fixed {
            left: left.collect(),
            files,
            api: self.api,
        }
    }
}
