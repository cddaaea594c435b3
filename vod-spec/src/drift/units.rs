//! What a length counts.

use vod_page::{Source, Stated, Statement};

use crate::format::rule::Rule;
use crate::model::LengthUnit;

use super::Comparer;
use super::values::Match;

impl<'p> Comparer<'_, 'p> {
    /// Compares what the length of a text counts. Pages in English count characters whatever the others say, so that
    /// is no difference.
    pub(super) fn unit(&mut self, both: Match<'_, 'p>) {
        let Match { field, row, .. } = both;
        let ours = field.limits.unit;
        let is_chinese = self.page.source == Source::ChinesePage;
        let differing = |it: &&Stated<Statement>| match it.value {
            Statement::Bytes(..) => ours != LengthUnit::Bytes,
            Statement::Length(..) => is_chinese && ours == LengthUnit::Bytes,
            _ => false,
        };
        let counts = |it: &Stated<Statement>| matches!(it.value, Statement::Bytes(..));
        // A page that counts both has what the description has.
        let mut lengths = row.states.iter();
        let agrees = lengths.any(|it| counts(it) && ours == LengthUnit::Bytes);
        let Some(found) = row.states.iter().find(differing).filter(|_| !agrees) else {
            return;
        };
        let (states, message) = if counts(found) {
            (
                "bytes",
                "the page counts bytes, the description characters: add `unit: bytes`",
            )
        } else {
            (
                "characters",
                "the page counts characters, the description bytes: drop `unit: bytes`",
            )
        };
        let found = both.differs(Rule::LimitChanged, found.line, message.to_owned());
        self.report(found.stating(states));
    }
}
