//! Reads saved pages of the vendor's docs: what they state, and on which line.
//!
//! A page comes as plain text, as Markdown or as HTML, in English or in Chinese. One module per form takes it apart
//! into headings, paragraphs and tables; what these mean is read by one reader for all forms. Nothing of a page is
//! an error: what cannot be read becomes a [`Note`].

mod cell_type;
mod document;
mod facts;
mod loose;
mod plain;
mod reader;
mod rows;
mod statements;
mod words;

pub use self::facts::{
    CellType, Language, Note, Page, Permission, Place, Response, Row, Stated, Statement, TypeTable,
};

/// Longer texts are no pages of the docs.
const MAX_LENGTH: usize = 4 * 1024 * 1024;

/// Reads a saved page, whatever its form and language.
pub fn read(text: &str) -> Page {
    if text.len() > MAX_LENGTH {
        let mut page = Page::default();
        page.notes.push(Note {
            line: 1,
            at: "page".to_owned(),
            message: format!("not read: the text is longer than {MAX_LENGTH} bytes"),
        });
        return page;
    }
    reader::read(&loose::gather(plain::extract(text)))
}
