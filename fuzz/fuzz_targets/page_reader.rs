//! Any text as a page of the docs: it is read, and every note points into it.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let page = vod_page::read(text);
    let lines = text.lines().count().max(1);
    for note in &page.notes {
        assert!(
            (1..=lines).contains(&note.line),
            "{note:?}, but there are {lines} lines"
        );
    }
});
