//! How data and messages are written. Data goes to standard output, all else to standard error.

mod cells;
mod column;
mod columns;
mod format;
mod json;
mod listing;
mod message;
mod options;
mod printer;
mod query;
mod table;

pub(crate) use self::cells::visible;
pub(crate) use self::column::{Column, Show, bytes, seconds};
pub(crate) use self::format::Format;
pub(crate) use self::json::{Indented, ordered, to_text};
pub(crate) use self::listing::Listing;
pub(crate) use self::message::Messages;
pub(crate) use self::options::{Color, Options};
pub(crate) use self::printer::{Printer, Shape};
