//! What takes several calls, or tells of several items: pages, tasks, outcomes.

use std::collections::BTreeMap;

use vod_spec::model::Wait;

use super::operations::{Both, Facts, part};
use super::part::written;
use super::{Differ, Rule, Subject};

impl Differ<'_> {
    /// A list that is read page by page.
    pub(super) fn compare_pages(
        &mut self,
        subject: Subject<'_>,
        item: &str,
        (old, new): (Facts<'_>, Facts<'_>),
    ) {
        let (rule, at, what) = match (&old.model.pagination, &new.model.pagination) {
            (None, Some(_)) => {
                let what = "can be read page by page";
                (Rule::PaginationAdded, "pagination", what.to_owned())
            }
            (Some(_), None) => {
                let what = "cannot be read page by page";
                (Rule::PaginationRemoved, "pagination", what.to_owned())
            }
            (Some(before), Some(after)) if before.window.is_some() != after.window.is_some() => {
                let (rule, what) = match after.window {
                    Some(_) => (Rule::PaginationAdded, "can be read by time"),
                    None => (Rule::PaginationRemoved, "cannot be read by time"),
                };
                (rule, "pagination.window", what.to_owned())
            }
            (before, after) if before != after => match self.other_item((old, new)) {
                Some((was, is)) => {
                    let what = format!("has items of type `{is}`, not `{was}`");
                    (Rule::TypeChanged, "pagination.items", what)
                }
                None => {
                    let what = "has other pages";
                    (Rule::PaginationChanged, "pagination", what.to_owned())
                }
            },
            _ => return,
        };
        let message = format!("the list of {item} {what}");
        self.report(
            rule,
            part(subject, at, (old.model, new.model)).at(at),
            message,
        );
    }

    /// The types of an item before and after, where they differ because the list is another field; what became of one
    /// and the same field, the reply tells.
    fn other_item(&self, (old, new): (Facts<'_>, Facts<'_>)) -> Option<(String, String)> {
        let (old, new) = (old.rust.pagination.as_ref()?, new.rust.pagination.as_ref()?);
        let was = written(&old.item, &self.type_names);
        let is = written(&new.item, &BTreeMap::new());
        (old.items.wire != new.items.wire && was != is).then_some((was, is))
    }

    /// What goes on after the reply.
    pub(super) fn compare_tasks(&mut self, subject: Subject<'_>, item: &str, both: Both<'_>) {
        let (rule, at, what) = match (&both.0.wait, &both.1.wait) {
            (None, Some(_)) => (Rule::WaitAdded, "wait", "can be waited for".to_owned()),
            (Some(_), None) => {
                let what = "cannot be waited for";
                (Rule::WaitRemoved, "wait", what.to_owned())
            }
            (Some(old), Some(new)) if old.operation.value != new.operation.value => {
                let (is, was) = (&new.operation.value, &old.operation.value);
                let what = format!("has its state from `{is}`, not from `{was}`");
                (Rule::TypeChanged, "wait.operation", what)
            }
            (Some(old), Some(new)) if watch(old) != watch(new) => {
                let what = "is watched in another way";
                (Rule::WaitChanged, "wait", what.to_owned())
            }
            _ => return,
        };
        let message = format!("the task of {item} {what}");
        self.report(rule, part(subject, at, both).at(at), message);
    }

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

/// A [`Wait`] without the places where it is written.
fn watch(wait: &Wait) -> [Vec<&String>; 4] {
    let pass = wait.pass.iter().flat_map(|(to, from)| [to, from]);
    [
        vec![&wait.operation.value, &wait.state.value],
        pass.map(|it| &it.value).collect(),
        wait.done.iter().map(|it| &it.value).collect(),
        wait.failed.iter().map(|it| &it.value).collect(),
    ]
}
