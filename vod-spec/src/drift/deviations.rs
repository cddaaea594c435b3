//! Differences that the description knows of: they are acknowledged, and those that are gone are reported.

use vod_page::Source;

use crate::format::rule::Rule;
use crate::model::{Deviation, DeviationSource};

use super::{Comparer, Difference, Direction};

impl Comparer<'_, '_> {
    pub(super) fn deviations(&mut self) {
        let operation = self.operation;
        for deviation in &operation.deviations {
            if !applies(deviation, self.page.source) {
                continue;
            }
            let at = &deviation.at.value;
            let known = |it: &&mut super::Finding| it.rule == deviation.rule && it.at == *at;
            let mut is_there = false;
            for finding in self.findings.iter_mut().filter(known) {
                finding.acknowledged = true;
                is_there = true;
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
                });
            }
        }
    }
}

/// Whether a deviation shows in `source`.
fn applies(deviation: &Deviation, source: Source) -> bool {
    match deviation.source {
        DeviationSource::Page => source != Source::ApiExplorer,
        DeviationSource::EnglishPage => source == Source::EnglishPage,
        DeviationSource::ChinesePage => source == Source::ChinesePage,
        DeviationSource::ApiExplorer => source == Source::ApiExplorer,
        DeviationSource::Other => false,
    }
}
