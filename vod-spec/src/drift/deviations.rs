//! Differences that the description knows of: they are acknowledged, and those that are gone are reported.

use vod_page::Source;

use crate::format::rule::Rule;
use crate::model::Origin;

use super::{Comparer, Difference, Direction, Finding};

impl Comparer<'_, '_> {
    pub(super) fn deviations(&mut self) {
        let operation = self.operation;
        for deviation in &operation.deviations {
            if !shows_in(deviation.source, self.page.source) {
                continue;
            }
            let at = &deviation.at.value;
            let states = deviation.states.as_ref().map(|it| it.value.as_str());
            let known = |it: &&mut Finding| it.rule == deviation.rule && it.at == *at;
            let mut is_there = false;
            for finding in self.findings.iter_mut().filter(known) {
                is_there = true;
                if same_value(finding.states.as_deref(), states) {
                    finding.acknowledged = true;
                } else {
                    finding.pinned = states.map(str::to_owned);
                }
            }
            if !is_there && !self.reach.is_cut() && !self.reach.is_doubtful(at) {
                let message = format!(
                    "the page no longer shows this deviation, `{}`: drop it from `deviations`, or correct it",
                    deviation.rule
                );
                let line = self.top();
                let place = deviation.at.span;
                self.report(Difference {
                    rule: Rule::StaleDeviation,
                    direction: Direction::Request,
                    at: at.clone(),
                    line,
                    spec: place,
                    message,
                    states: None,
                    fix: None,
                });
            }
        }
    }
}

/// Whether a deviation acknowledges what the page states; where the space between words is means nothing.
fn same_value(page: Option<&str>, acknowledged: Option<&str>) -> bool {
    match (page, acknowledged) {
        (Some(page), Some(ours)) => page.split_whitespace().eq(ours.split_whitespace()),
        (page, ours) => page.is_none() && ours.is_none(),
    }
}

/// Whether what an entry of the description speaks of shows in `source`.
pub(super) fn shows_in(origin: Origin, source: Source) -> bool {
    match origin {
        Origin::Page => source != Source::ApiExplorer,
        Origin::EnglishPage => source == Source::EnglishPage,
        Origin::ChinesePage => source == Source::ChinesePage,
        Origin::ApiExplorer => source == Source::ApiExplorer,
        Origin::Other => false,
    }
}
