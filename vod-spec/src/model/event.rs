//! An event: what the service sends when something has happened.

use vod_page::json::Object;

use super::{Deviation, Field};
use crate::source::Spanned;

/// The member of an event that says which one it is.
pub const EVENT_TYPE: &str = "event_type";

/// An event that the service tells of: one page of the docs, or a part of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The value of [`EVENT_TYPE`], such as `transcodeComplete`. Its case does not count.
    pub name: Spanned<String>,
    /// The file it stands in, below `spec/`.
    pub file: String,
    /// The page's title.
    pub title: String,
    /// The date of the page, `YYYY-MM-DD`; unknown for pages without one.
    pub updated: Option<String>,
    /// The page's address.
    pub page: String,
    /// One sentence: when it comes.
    pub summary: String,
    /// More than that.
    pub description: Option<String>,
    /// The member that holds its body.
    pub member: Spanned<String>,
    /// The fields of its body, besides those that [all events have](super::Service::event).
    pub fields: Vec<Field>,
    /// Examples of the whole event.
    pub examples: Vec<EventExample>,
    /// Where the description differs from the page on purpose.
    pub deviations: Vec<Deviation>,
}

/// An example of an event.
#[derive(Debug, Clone, PartialEq)]
pub struct EventExample {
    /// The text, as its author laid it out.
    pub text: String,
    /// The event.
    pub value: Object,
}
