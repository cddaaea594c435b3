//! Compares pages of the vendor's docs with the description: what a page says, and what we say it
//! says.

mod added;
mod coverage;
mod deviations;
mod examples;
mod fixes;
mod hash;
mod identify;
mod level;
mod listed;
mod overview;
mod parameters;
mod permission;
mod reach;
mod repair;
mod replies;
mod report;
mod rows;
mod types;
mod units;
mod values;
mod wording;

use std::collections::{BTreeMap, BTreeSet};

use vod_page::{Address, Note, Page};

use crate::fix::Fix;
use crate::format::rule::Rule;
use crate::model::{Api, Operation, Origin, TypeId};
use crate::source::Span;

use self::reach::Reach;
use self::wording::Hashes;

pub(crate) use self::values::{closed_range, stated_default, stated_limit};

pub use self::coverage::Coverage;
pub use self::level::Level;
pub use self::repair::{Check, Fixed, Left, Why, fix};
pub use self::report::{Report, Reported};
pub use self::wording::{Texts, Wordings};
pub use crate::model::Direction;

/// A difference between a page and its operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule that it comes from.
    pub rule: Rule,
    /// How much it matters.
    pub level: Level,
    /// What it concerns, such as `query.task_id`.
    pub at: Address,
    /// What differs, and what to do about it.
    pub message: String,
    /// Line of the page, from 1: where it says so, or the nearest one where it does not.
    pub line: usize,
    /// Where the description says otherwise, or the place nearest to what it lacks.
    pub spec: Option<Span>,
    /// What the page states, where the rule reports a value; `nothing` if it states nothing. A deviation that
    /// acknowledges the finding holds this value.
    pub states: Option<String>,
    /// Whether a deviation of the operation knows it.
    pub acknowledged: bool,
    /// The other value that a deviation acknowledges here.
    pub pinned: Option<String>,
    /// The edits that make the description say what the page states, where that is a fact and certain.
    pub fix: Option<Fix>,
}

/// What a comparison comes to.
#[derive(Debug, Clone)]
pub struct Comparison<'a> {
    /// The operation that the page is of.
    pub operation: Option<&'a Operation>,
    /// The differences, from the top of the page to its end.
    pub findings: Vec<Finding>,
    /// The texts of the page by what they describe, to be recorded; none of a page that breaks off.
    pub texts: Option<Texts>,
}

/// The operation that a page is of, if the description has it.
pub(crate) fn operation_of<'a>(api: &'a Api, page: &Page) -> Option<&'a Operation> {
    identify::operation(api, page).ok()
}

/// Compares a page with the operation that it is of.
pub fn compare<'a>(api: &'a Api, page: &Page, wordings: &Wordings) -> Comparison<'a> {
    let operation = match identify::operation(api, page) {
        Ok(operation) => operation,
        Err(unknown) => {
            let finding = unknown.finding();
            let notes = page.notes.iter().map(|it| unreadable(it, &it.at, None));
            let mut findings: Vec<_> = std::iter::once(finding).chain(notes).collect();
            sort(&mut findings);
            return Comparison {
                operation: None,
                findings,
                texts: None,
            };
        }
    };
    let mut comparer = Comparer {
        api,
        operation,
        page,
        reach: Reach::new(page),
        recorded: wordings.page(&operation.name.value, page.source),
        findings: Vec::new(),
        texts: Texts::default(),
        pairs: Vec::new(),
        paired: BTreeSet::new(),
        type_names: BTreeMap::new(),
    };
    comparer.overview();
    comparer.permission();
    comparer.parameters();
    comparer.replies();
    comparer.types();
    comparer.examples();
    comparer.notes();
    comparer.deviations();
    comparer.wording();
    comparer.keep_certain_fixes();
    let Comparer {
        mut findings,
        texts,
        reach,
        ..
    } = comparer;
    sort(&mut findings);
    Comparison {
        operation: Some(operation),
        findings,
        texts: Some(texts).filter(|_| !reach.is_cut()),
    }
}

/// From the top of the page to its end, each finding once.
fn sort(findings: &mut Vec<Finding>) {
    findings.sort_by(|a, b| (a.line, &a.at, a.rule).cmp(&(b.line, &b.at, b.rule)));
    findings.dedup();
}

/// What the page reader could not read, as a finding.
fn unreadable(note: &Note, at: &Address, spec: Option<Span>) -> Finding {
    Finding {
        rule: Rule::Unreadable,
        level: Level::of(Rule::Unreadable, Direction::Request),
        at: at.clone(),
        message: note.message.clone(),
        line: note.line,
        spec,
        states: Some(hash::fingerprint(&note.message)),
        fix: None,
        acknowledged: false,
        pinned: None,
    }
}

/// Collects findings while it goes through a page.
struct Comparer<'a, 'p> {
    api: &'a Api,
    operation: &'a Operation,
    page: &'p Page,
    reach: Reach<'p>,
    /// Hashes of the texts of the page, as they were when it was read before.
    recorded: Option<&'p Hashes>,
    findings: Vec<Finding>,
    texts: Texts,
    /// Tables of the page and the types that they stand for, still to be compared.
    pairs: Vec<(usize, TypeId)>,
    /// All pairs that were ever found.
    paired: BTreeSet<(usize, TypeId)>,
    /// Names of types of the page that the description has under a name of its own.
    type_names: BTreeMap<&'p str, TypeId>,
}

/// What a rule found, before its level is known.
struct Difference {
    rule: Rule,
    direction: Direction,
    at: Address,
    line: usize,
    spec: Span,
    message: String,
    /// What the page states; see [`Finding::states`].
    states: Option<String>,
    fix: Option<Fix>,
}

/// What a page states that states nothing.
const NOTHING: &str = "nothing";

impl Difference {
    /// With the value that the page states.
    fn stating(self, states: impl Into<String>) -> Self {
        Self {
            states: Some(states.into()),
            ..self
        }
    }

    /// With the edits that follow from it, if some do.
    fn fixed_by(self, fix: Option<Fix>) -> Self {
        Self { fix, ..self }
    }
}

impl Comparer<'_, '_> {
    fn report(&mut self, found: Difference) {
        let level = Level::of(found.rule, found.direction);
        self.report_at(level, found);
    }

    /// Reports that the page is silent about something at `at`. That is no contradiction, as the
    /// description can have it from elsewhere, and no finding if it says so; unless the page had
    /// another text there when it was recorded.
    fn report_silence(&mut self, at: &Address, stated_in: Option<Origin>, found: Difference) {
        if stated_in.is_some_and(|it| !deviations::shows_in(it, self.page.source)) {
            return;
        }
        let level = Level::of(found.rule, found.direction);
        let level = if self.texts.differ(self.recorded, at) {
            level
        } else {
            level.min(Level::Warning)
        };
        self.report_at(level, found);
    }

    fn report_at(&mut self, level: Level, found: Difference) {
        self.findings.push(Finding {
            rule: found.rule,
            level,
            at: found.at,
            message: found.message,
            line: found.line,
            spec: Some(found.spec),
            states: found.states,
            fix: found.fix,
            acknowledged: false,
            pinned: None,
        });
    }

    /// What the page reader could not read.
    fn notes(&mut self) {
        let place = Some(self.operation.name.span);
        let notes = self.reach.notes().iter();
        self.findings
            .extend(notes.map(|(note, at)| unreadable(note, at, place)));
    }
}
