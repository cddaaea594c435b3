//! Documents of the API Explorer: one operation each, in a dialect of Swagger 2.0 or of OpenAPI 3.
//!
//! Nothing of a document is an error, as nothing of a page is: what cannot be read becomes a
//! [`Note`]. Every object is opened by its kind, which says of each member whether it is read or why
//! not; one that is not known is a note.

mod bounds;
mod examples;
mod members;
mod operation;
mod parameters;
mod reader;
mod replies;
mod rows;
mod schema;
mod tables;
mod tree;

#[cfg(test)]
mod tests;

use crate::facts::{Note, Page, Source};
use crate::json::{self, Problem};
use crate::{Subject, document::tree::Lines};

use self::reader::Reader;
use self::tree::Node;

/// Reads a text that begins with `{`.
pub(crate) fn read(text: &str) -> Page {
    let lines = Lines::of(text);
    match json::parse(text) {
        Ok((json, place)) => {
            let root = Node {
                json: &json,
                place: &place,
            };
            let mut reader = Reader::new(text, lines, root);
            reader.document(root);
            reader.finish()
        }
        Err(error) => {
            let why = match error.problem {
                Problem::Syntax(message) => message.to_owned(),
                Problem::Duplicate { name, .. } => format!("`{name}` is given twice"),
            };
            let line = lines.line(error.place.start);
            Page {
                source: Source::ApiExplorer,
                notes: vec![Note {
                    line,
                    at: Subject::Page.into(),
                    message: format!("it begins as JSON does, and is not: line {line}: {why}"),
                }],
                ..Page::default()
            }
        }
    }
}
