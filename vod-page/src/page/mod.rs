//! Saved pages of the docs.
//!
//! A page comes as plain text, as Markdown or as HTML, in English or in Chinese. One module per form takes it apart
//! into headings, paragraphs and tables; what these mean is read by one reader for all forms. Nothing of a page is
//! an error: what cannot be read becomes a [`Note`](crate::Note).

mod cell_type;
mod document;
mod html;
mod listing;
mod loose;
mod markdown;
mod plain;
mod reader;
mod rows;
mod words;

use crate::facts::Page;

/// Reads a saved page, whatever its form and language.
pub(crate) fn read(text: &str) -> Page {
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
    // A comment or an anchor can stand above Markdown as well.
    let start = past_comments(text);
    let begins = |tag: &str| {
        let start = start.get(..tag.len());
        start.is_some_and(|it| it.eq_ignore_ascii_case(tag))
    };
    let has_heading = || (1..=6).any(|level| text.contains(&format!("</h{level}>")));
    if begins("<!doctype") || begins("<html") || begins("<") && has_heading() {
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
    let has_tag = || {
        let mut tags = ["</p>", "</td>", "</div>"].iter();
        tags.any(|tag| text.contains(tag))
    };
    if begins("<") || has_tag() {
        Form::Html
    } else {
        Form::Plain
    }
}

/// The text without comments of HTML at its beginning.
fn past_comments(text: &str) -> &str {
    let mut text = text.trim_start();
    while let Some((_, rest)) = text
        .strip_prefix("<!--")
        .and_then(|it| it.split_once("-->"))
    {
        text = rest.trim_start();
    }
    text
}
