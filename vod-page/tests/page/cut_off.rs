//! Pages of which the end is missing.

use vod_page::read;

use super::{ENGLISH, messages, rows};

/// Reads what is left of a page when it is cut off, at one character of so many.
fn cut_at_every(step: usize, text: &str) {
    let whole = rows(&read(text)).count();
    let last_section = text.find("Status Codes").unwrap_or_default();
    assert!(last_section > 0);
    for (end, _) in text.char_indices().step_by(step) {
        let page = read(&text[..end]);
        assert!(rows(&page).count() <= whole, "cut at {end}");
        if end < last_section {
            let notes = messages(&page);
            let says = |note: &String| {
                note.contains("the page ends inside") || note.contains("no section")
            };
            assert!(notes.iter().any(says), "cut at {end}: {notes:?}");
        }
    }
}

#[test]
fn a_text_that_is_cut_off_gives_what_is_there_and_a_note() {
    cut_at_every(1, ENGLISH.plain);
}

#[test]
fn markdown_that_is_cut_off_gives_what_is_there_and_a_note() {
    cut_at_every(3, ENGLISH.markdown);
}

#[test]
fn converted_markdown_that_is_cut_off_gives_what_is_there_and_a_note() {
    cut_at_every(2, ENGLISH.converted);
}

#[test]
fn html_that_is_cut_off_gives_what_is_there_and_a_note() {
    cut_at_every(7, ENGLISH.html);
}
