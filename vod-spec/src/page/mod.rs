//! Reads saved pages of the vendor's docs: what they state, and on which line.
//!
//! A page comes as plain text, as Markdown or as HTML, in English or in Chinese. One module per form takes it apart
//! into headings, paragraphs and tables; what these mean is read by one reader for all forms. Nothing of a page is
//! an error: what cannot be read becomes a [`Note`].

mod cell_type;
mod describe;
mod document;
mod facts;
mod html;
mod listing;
mod loose;
mod markdown;
mod plain;
mod reader;
mod rows;
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
    let text = text.trim_start_matches('\u{feff}');
    let blocks = match form(text) {
        Form::Plain => plain::extract(text),
        Form::Markdown => markdown::extract(text),
        Form::Html => html::extract(text, 1),
    };
    reader::read(&loose::gather(blocks), text.lines().count().max(1))
}

/// How a page was saved.
enum Form {
    Plain,
    Markdown,
    Html,
}

/// The form that a text is in, by what only that form has.
fn form(text: &str) -> Form {
    if text.trim_start().starts_with('<') {
        return Form::Html;
    }
    let heading =
        |line: &str| line.starts_with('#') && line.trim_start_matches('#').starts_with(' ');
    if text
        .lines()
        .any(|line| heading(line) || markdown::columns(line).is_some())
    {
        return Form::Markdown;
    }
    match ["</p>", "</td>", "</div>"]
        .iter()
        .any(|tag| text.contains(tag))
    {
        true => Form::Html,
        false => Form::Plain,
    }
}
