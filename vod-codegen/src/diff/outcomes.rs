//! What a reply tells of each of several items.

use super::operations::Both;
use super::{Differ, Rule, Subject};

impl Differ<'_> {
    /// What failed inside a call that succeeded.
    pub(super) fn compare_outcomes(&mut self, subject: Subject<'_>, item: &str, both: Both<'_>) {
        let (rule, at, what) = match (&both.0.outcome, &both.1.outcome) {
            (None, Some(_)) => {
                let what = "says which items failed";
                (Rule::OutcomeAdded, "outcome", what.to_owned())
            }
            (Some(_), None) => {
                let what = "does not say which items failed";
                (Rule::OutcomeRemoved, "outcome", what.to_owned())
            }
            (Some(old), Some(new)) if old.items != new.items => {
                let (is, was) = (&new.items, &old.items);
                let what = format!("has failed items in `{is}`, not in `{was}`");
                (Rule::TypeChanged, "outcome.items", what)
            }
            (Some(old), Some(new)) if old.success != new.success => {
                let what = "counts other items as failed";
                (Rule::OutcomeChanged, "outcome", what.to_owned())
            }
            _ => return,
        };
        let message = format!("the reply to {item} {what}");
        self.report(rule, subject.at(at), message);
    }
}
