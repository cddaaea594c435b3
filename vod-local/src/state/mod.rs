//! What the service knows: one document, which is data and nothing else.

mod asset;
mod category;
mod moment;
mod project;
mod table;
mod task;
mod watermark;

pub(crate) use asset::{Asset, Media, Output, Plan, Stale, Subtitle};
pub(crate) use category::Category;
pub(crate) use moment::Moment;
pub(crate) use project::{Document, Project};
pub(crate) use task::{Task, Work};
pub(crate) use watermark::Watermark;
