//! Media assets: found, shown, changed and deleted.

mod change;
mod delete;
mod detail;
mod list;
mod meta;
mod publication;
mod search;
mod tasks;

pub(crate) use change::change;
pub(crate) use delete::delete;
pub(crate) use detail::show_detail;
pub(crate) use list::list;
pub(crate) use meta::show_meta;
pub(crate) use publication::{publish, unpublish};
pub(crate) use tasks::list_tasks;
