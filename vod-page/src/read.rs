//! What a text is: a saved page, or a document of the API Explorer.

use crate::describe::operation;
use crate::facts::{Note, Page};
use crate::{Subject, document, page};

/// Longer texts are neither.
const MAX_LENGTH: usize = 4 * 1024 * 1024;

/// Reads a saved page of the docs, whatever its form and language, or a document of the API
/// Explorer: a text that begins with `{`.
pub fn read(text: &str) -> Page {
    if text.len() > MAX_LENGTH {
        let mut page = Page::default();
        page.notes.push(Note {
            line: 1,
            at: Subject::Page.into(),
            message: format!("not read: the text is longer than {MAX_LENGTH} bytes"),
        });
        return page;
    }
    let text = text.trim_start_matches('\u{feff}');
    let mut page = if text.trim_start().starts_with('{') {
        document::read(text)
    } else {
        page::read(text)
    };
    operation::add(&mut page);
    page
}
