//! What cannot be read becomes a note.

use vod_page::read;

use super::{PLAIN, messages};

/// The notes on the plain page after a change of it.
fn notes(from: &str, to: &str) -> Vec<String> {
    assert!(PLAIN.contains(from), "{from}");
    messages(&read(&PLAIN.replacen(from, to, 1)))
}

/// An edit of the plain page, and the note that it leads to.
struct Edit {
    name: &'static str,
    from: &'static str,
    to: &'static str,
    note: Option<&'static str>,
}

#[test]
fn what_cannot_be_read_is_noted() {
    for edit in [
        Edit {
            name: "an unknown type",
            from: "Boolean\n",
            to: "Tristate\n",
            note: Some("query.dry_run: `Tristate` is not a known type"),
        },
        Edit {
            name: "no cell says what is mandatory",
            from: "shelf_id\n\nYes\n\nString",
            to: "shelf_id\n\nString",
            note: Some(
                "path.shelf_id: whether these are mandatory is missing in this copy: shelf_id",
            ),
        },
        Edit {
            name: "a dash for mandatory",
            from: "labels\n\nNo\n",
            to: "labels\n\n-\n",
            note: Some("body.labels: `-` is neither yes nor no"),
        },
        Edit {
            name: "another word for mandatory",
            from: "labels\n\nNo\n",
            to: "labels\n\nConditional\n",
            note: Some("body.labels: `Conditional` is neither yes nor no"),
        },
        Edit {
            name: "a limit that is not whole",
            from: "Value range: 0 to 99",
            to: "Value range: 0.5 to 99",
            note: Some("body.position: a limit that is not understood: Value range: 0.5 to 99"),
        },
        Edit {
            name: "values that are announced and missing",
            from: "  • ON: The lamp is lit.\n\n  • OFF: The lamp is dark.\n\n",
            to: "",
            note: Some(
                "type.Lamp.state: the values that are announced here are missing in this copy",
            ),
        },
        Edit {
            name: "an item that is no value",
            from: "  • OFF: The lamp is dark.",
            to: "  • Nothing but darkness",
            note: Some("type.Lamp.state: a list of values that are not all values on the wire"),
        },
        Edit {
            name: "a caption that only says what the type does",
            from: "Table 5 Lamp\n",
            to: "Table 5 What the lamp can do\n",
            note: None,
        },
        Edit {
            name: "no status above a reply",
            from: "Status code: 200\n\nTable 6",
            to: "Table 6",
            note: Some("response: the status of this reply is not given: 200 is assumed"),
        },
        Edit {
            name: "a caption of a request in a reply",
            from: "Table 7 Response body parameters",
            to: "Table 7 Request body parameters",
            note: Some(
                "page: the caption `Request body parameters` does not fit the table, which stands for the body of a reply",
            ),
        },
        Edit {
            name: "another heading after the tables",
            from: "Error Codes\n\nSee",
            to: "Appendix\n\nSee",
            note: None,
        },
    ] {
        let found = notes(edit.from, edit.to);
        assert_eq!(found, edit.note.as_slice(), "{}", edit.name);
    }
}

/// Found by the fuzzer: HTML counts a lone carriage return as the end of a line, and people do not.
#[test]
fn notes_of_html_stand_on_lines_of_the_page() {
    for part in [
        "<p>GET /v1/shelf</p>\r\r\r\rnot known<div>",
        "<pre>GET /v1/shelf\r\r\r\rnot known</pre>",
    ] {
        let html = format!("<!DOCTYPE html>\n<h1>Renaming a Shelf</h1>\n<h4>URI</h4>\n{part}");
        let page = read(&html);
        assert!(!page.notes.is_empty());
        for note in &page.notes {
            assert!((1..=4).contains(&note.line), "{note:?}");
        }
    }
}

#[test]
fn a_page_that_is_too_long_is_not_read() {
    let long = "Function\n\nGives a name.\n\n".repeat(200_000);
    assert_eq!(
        messages(&read(&long)),
        ["page: not read: the text is longer than 4194304 bytes"]
    );
}

#[test]
fn other_texts_are_no_pages() {
    for text in [
        "",
        "\n\n",
        "Hello.",
        "<p>",
        "# A title\n\nSome text.",
        "|\n|---|\n|",
    ] {
        assert_eq!(
            messages(&read(text)),
            ["page: no section of a page of an operation was found"],
            "{text}"
        );
    }
}
