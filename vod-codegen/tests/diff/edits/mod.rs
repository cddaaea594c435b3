//! The edits, by what they change.

mod constraints;
mod events;
mod operations;
mod parameters;
mod replies;
mod service;
mod types;
mod values;

use super::Spec;

pub(super) struct Edit {
    pub(super) what: &'static str,
    pub(super) apply: fn(&mut Spec),
    /// `level rule at` of each change.
    pub(super) forwards: &'static [&'static str],
    pub(super) backwards: &'static [&'static str],
}

const MADE: &str = "notifications/thing-made.yaml";
const SERVICE: &str = "service.yaml";
const SHARED: &str = "types/shared.yaml";
const FIND: &str = "things/find-things.yaml";
const LIST: &str = "things/list-things.yaml";
const MAKE: &str = "things/make-thing.yaml";
const PING: &str = "things/ping.yaml";
const SHOW: &str = "things/show-thing.yaml";

pub(super) fn all() -> impl Iterator<Item = &'static Edit> {
    [
        operations::EDITS,
        parameters::EDITS,
        replies::EDITS,
        types::EDITS,
        service::EDITS,
        constraints::EDITS,
        events::EDITS,
        values::EDITS,
    ]
    .into_iter()
    .flatten()
}
