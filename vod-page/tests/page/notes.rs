//! What cannot be read becomes a note.

use vod_page::read;

use super::{ENGLISH, PLAIN, messages, rows};

/// Reads what is left of a page when it is cut off at every so many characters.
fn cut(form: usize, every: usize) {
    let (form, text) = ENGLISH[form];
    let whole = rows(&read(text)).count();
    let last_section = text.find("Status Codes").unwrap_or_default();
    assert!(last_section > 0);
    for (end, _) in text.char_indices().step_by(every) {
        let page = read(&text[..end]);
        assert!(rows(&page).count() <= whole, "{form}, cut at {end}");
        if end < last_section {
            let notes = messages(&page);
            let says = |note: &String| {
                note.contains("the page ends inside") || note.contains("no section")
            };
            assert!(notes.iter().any(says), "{form}, cut at {end}: {notes:?}");
        }
    }
}

#[test]
fn a_text_that_is_cut_off_gives_what_is_there_and_a_note() {
    cut(0, 1);
}

#[test]
fn markdown_that_is_cut_off_gives_what_is_there_and_a_note() {
    cut(1, 3);
    cut(2, 2);
}

#[test]
fn html_that_is_cut_off_gives_what_is_there_and_a_note() {
    cut(3, 7);
}

/// The notes on the plain page after a change of it.
fn notes(from: &str, to: &str) -> Vec<String> {
    assert!(PLAIN.contains(from), "{from}");
    messages(&read(&PLAIN.replacen(from, to, 1)))
}

#[test]
fn what_cannot_be_read_is_noted() {
    for (from, to, expected) in [
        (
            "Boolean\n",
            "Tristate\n",
            "query.dry_run: `Tristate` is no known type",
        ),
        (
            "shelf_id\n\nYes\n\nString",
            "shelf_id\n\nString",
            "path: whether these are mandatory is missing in this copy: shelf_id",
        ),
        (
            "labels\n\nNo\n",
            "labels\n\n-\n",
            "body.labels: `-` is neither yes nor no",
        ),
        (
            "labels\n\nNo\n",
            "labels\n\nConditional\n",
            "body.labels: `Conditional` is neither yes nor no",
        ),
        (
            "Value range: 0 to 99",
            "Value range: 0.5 to 99",
            "body.position: a limit that is not understood: Value range: 0.5 to 99",
        ),
        (
            "  • ON: The lamp is lit.\n\n  • OFF: The lamp is dark.\n\n",
            "",
            "type.Lamp.state: the values that are announced here are missing in this copy",
        ),
        (
            "  • OFF: The lamp is dark.",
            "  • Nothing but darkness",
            "type.Lamp.state: a list of values that are not all values on the wire",
        ),
        ("Table 5 Lamp\n", "Table 5 What the lamp can do\n", ""),
        (
            "Status code: 200\n\nTable 6",
            "Table 6",
            "response: the status of this reply is not given: 200 is assumed",
        ),
        (
            "Table 7 Response body parameters",
            "Table 7 Request body parameters",
            "page: the caption `Request body parameters` does not fit the table, which stands for the body of a reply",
        ),
        ("Error Codes\n\nSee", "Appendix\n\nSee", ""),
    ] {
        let found = notes(from, to);
        match expected {
            "" => assert_eq!(found, [""; 0], "{to}"),
            _ => assert_eq!(found, [expected], "{to}"),
        }
    }
}

#[test]
fn rows_and_tables_that_cannot_be_read_are_noted() {
    let parameters = "| Parameter | Mandatory | Type | Description |\n|---|---|---|---|\n";
    for (section, text, expected) in [
        (
            "URI",
            "| | Yes | String | Something |",
            "query: this row has no name",
        ),
        (
            "URI",
            "| a b | Yes | String | Something |",
            "query.a b: `a b` is no name of a parameter",
        ),
        (
            "URI",
            "| a | Perhaps | String | Something |",
            "query.a: `Perhaps` is neither yes nor no",
        ),
        (
            "URI",
            "| a | Yes | | Something |",
            "query.a: the cell of the type is empty",
        ),
        (
            "URI",
            "",
            "page: the table `Parameter, Mandatory, Type, Description` has no rows",
        ),
        (
            "URI",
            "| a | Yes | String | A |\n\nMore is said here",
            "page: not read: More is said here",
        ),
        (
            "URI",
            "| a | Yes | String | A |\n\n| Colour |\n|---|\n| red |",
            "page: not read: the table `Colour`",
        ),
        (
            "Function",
            "| a | Yes | String | A |",
            "page: it cannot be told what this table lists: a",
        ),
        (
            "Example Responses",
            "| a | Yes | String | A |\n\n```\n{}\n```",
            "page: an example reply without a status",
        ),
        (
            "URI",
            "| a | Yes | String | A |\n\n#### History\n\nOf old.",
            "page: the section `History` is not read",
        ),
        (
            "URI",
            "| a | Yes | String | A |\n\n##### More\n\n| Parameter | Type |\n|---|---|\n| b | String |",
            "query: a table below `More` is not read: Parameter, Type",
        ),
    ] {
        let page = read(&format!(
            "#### {section}\n{parameters}{text}\n\n#### Error Codes\n"
        ));
        let found = messages(&page);
        assert!(found.contains(&expected.to_owned()), "{text}: {found:?}");
    }
    let page = read(
        "#### Status Codes\n| Status Code | Description |\n|---|---|\n| twice | What |\n\n#### Error Codes\n",
    );
    assert_eq!(messages(&page), ["page: `twice` is no HTTP status"]);
    let page = read(
        "#### URI\n| Action | Access Level | Alias | Dependencies |\n|---|---|---|---|\n\
         | | Read | - | - |\n| a:b:c | Read | a:b:d | |\n\n#### Error Codes\n",
    );
    assert_eq!(
        messages(&page),
        [
            "permission: this row has no action",
            "permission: the cell of the dependencies is empty: these may be dependencies instead of aliases",
        ]
    );
}

#[test]
fn columns_and_cells_that_are_not_read_are_noted() {
    let all = "Parameter | Mandatory | Type | Description";
    for (section, header, row, expected) in [
        (
            "Request Parameters",
            "Parameter | Needed | Type | Description",
            "a | No | String | A",
            &[
                "3 body.Needed: the column `Needed` is not read",
                "3 body: no column says what is mandatory",
            ][..],
        ),
        (
            "URI",
            "Parameter | Type | Description",
            "a | String | A",
            &["3 query: no column says what is mandatory"],
        ),
        (
            "URI",
            &format!("{all} | Value Range"),
            "a | No | Integer | A | 0~5",
            &["3 query.Value Range: the column `Value Range` is not read"],
        ),
        (
            "URI",
            &format!("{all} | Alias"),
            "a | No | Integer | A | b",
            &["3 query.Alias: the column `Alias` is not read"],
        ),
        (
            "URI",
            &format!("{all} | Description"),
            "a | No | Integer | A | B",
            &["3 query.Description: the column `Description` is not read"],
        ),
        (
            "Request Parameters",
            "Parameter | Mandatory | Type | Meaning",
            "a | No | String | A",
            &["3 body.Meaning: the column `Meaning` is not read"],
        ),
        (
            "Request Parameters",
            all,
            "a | No | Integer | A | Value range: 1 to 5",
            &["5 body.a: a cell without a column: Value range: 1 to 5"],
        ),
        (
            "Authorization Information",
            "Action | Access Level | Scope",
            "a:b:c | Read | All",
            &["3 permission.Scope: the column `Scope` is not read"],
        ),
        (
            "Response Parameters",
            "Parameter | Type | Description",
            "a | String | A",
            &[],
        ),
    ] {
        let dashes = header
            .split('|')
            .map(|_| "---")
            .collect::<Vec<_>>()
            .join("|");
        let head = format!("#### {section}\nStatus code: 200\n");
        let markdown = format!("{head}| {header} |\n|{dashes}|\n| {row} |\n\n#### Error Codes\n");
        assert_eq!(located(&markdown), expected, "{header}, {row}");

        let cells = |text: &str| -> String {
            let cells = text.split(" | ").map(|cell| format!("<td>{cell}</td>"));
            format!("<tr>{}</tr>", cells.collect::<String>())
        };
        let html = format!(
            "<h4>{section}</h4>\n<p>Status code: 200</p>\n<table>{}\n\n{}</table><h4>Error Codes</h4>",
            cells(header),
            cells(row)
        );
        assert_eq!(located(&html), expected, "{html}");
    }
    // A table of a type, in a request.
    let parameters = "| Parameter | Mandatory | Type |\n|---|---|---|\n| a | No | A object |\n";
    let ty = "\nTable 2 A\n| Parameter | Type |\n|---|---|\n| b | String |\n\n#### Error Codes\n";
    assert_eq!(
        located(&format!("#### Request Parameters\n{parameters}{ty}")),
        ["7 type.A: no column says what is mandatory"]
    );
}

#[test]
fn a_table_that_is_not_read_may_list_what_is_missed() {
    let table = |header: &str| {
        format!(
            "Table 2 Query parameters\n\n{}\n\n",
            header.replace(", ", "\n\n")
        )
    };
    let known = table("Parameter, Mandatory, Type, Description");
    let start = PLAIN.find(&known).unwrap();
    let first = PLAIN[..start].lines().count() + 3;
    let with = |header: &str| located(&PLAIN.replace(&known, &table(header)));
    for header in [
        "Parameter, Mandatory, Format, Description",
        "Name, Mandatory, Type, Description",
    ] {
        let (name, _) = header.split_once(',').unwrap();
        let last = first + 14;
        let note = format!("not read: lines {first} to {last}, from `{name}` on");
        let due = ["path", "query"].map(|at| format!("{first} {at}: {note}"));
        assert_eq!(with(header), due);
    }
    // A column more or less still leaves a table.
    let line = first + 6;
    for header in [
        "Parameter, Mandatory, Type, Remarks",
        "Parameter, Mandatory, Type, Remarks, Description",
    ] {
        let due = [format!(
            "{line} query.Remarks: the column `Remarks` is not read"
        )];
        assert_eq!(with(header), due);
    }
    let line = line + 2;
    let due = [format!(
        "{line} query.Remarks: the column `Remarks` is not read"
    )];
    assert_eq!(
        with("Parameter, Mandatory, Type, Description, Remarks"),
        due
    );

    for (section, places) in [
        ("URI", &["path", "query"][..]),
        ("Request Parameters", &["header", "body", "type"]),
        ("Response Parameters", &["response", "type"]),
    ] {
        let table = "| Name | Type | Description |\n|---|---|---|\n| a | String | A |\n";
        let page = read(&format!("#### {section}\n{table}\n#### Error Codes\n"));
        let due = places
            .iter()
            .map(|at| format!("{at}: not read: the table `Name, Type, Description`"));
        assert_eq!(messages(&page), due.collect::<Vec<_>>());
    }
}

/// The notes on a page, behind their lines.
fn located(text: &str) -> Vec<String> {
    let notes = read(text).notes;
    notes
        .iter()
        .map(|note| format!("{} {}: {}", note.line, note.at, note.message))
        .collect()
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
