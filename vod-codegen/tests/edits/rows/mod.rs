//! The edits: their names, what is edited, and the findings that are due.

mod document;
mod limits;
mod operation;
mod same;
mod shape;
mod template;
mod values;

use vod_spec::Rule;

/// An edit of a page.
pub(crate) struct Edit {
    pub(crate) name: &'static str,
    /// The page, by the name of its file.
    pub(crate) page: &'static str,
    /// What it has once.
    pub(crate) from: &'static str,
    /// What it has instead.
    pub(crate) to: &'static str,
    /// Rules and addresses.
    pub(crate) due: &'static [(Rule, &'static str)],
}

pub(crate) const EDITS: &[&[Edit]] = &[
    limits::EDITS,
    template::EDITS,
    shape::EDITS,
    values::EDITS,
    operation::EDITS,
    document::EDITS,
    same::EDITS,
];
