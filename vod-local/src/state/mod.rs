//! What the service knows: one document, which is data and nothing else.

mod asset;
mod category;
mod domain;
mod events;
mod moment;
mod project;
mod table;
mod task;
mod template;
mod watermark;

pub(crate) use asset::{Asset, Media, Output, Plan, Stale, Subtitle};
pub(crate) use category::Category;
pub(crate) use domain::Domain;
pub(crate) use moment::Moment;
pub(crate) use project::{Document, Project, StorageScope};
pub(crate) use task::{Task, Work};
pub(crate) use template::{Stream, Template, TemplateKind, TemplateSet};
pub(crate) use watermark::Watermark;
