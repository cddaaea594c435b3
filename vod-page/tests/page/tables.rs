//! Tables, columns, rows and cells that cannot be read become notes.

use vod_page::read;

use super::{PLAIN, messages};

/// What stands below the head of a table of parameters, and a note on it.
struct Below {
    name: &'static str,
    section: &'static str,
    text: &'static str,
    note: &'static str,
}

#[test]
fn rows_and_tables_that_cannot_be_read_are_noted() {
    let parameters = "| Parameter | Mandatory | Type | Description |\n|---|---|---|---|\n";
    for case in [
        Below {
            name: "a row without a name",
            section: "URI",
            text: "| | Yes | String | Something |",
            note: "query: this row has no name",
        },
        Below {
            name: "a name of two words",
            section: "URI",
            text: "| a b | Yes | String | Something |",
            note: "query.a b: `a b` is not the name of a parameter",
        },
        Below {
            name: "a word that is neither yes nor no",
            section: "URI",
            text: "| a | Perhaps | String | Something |",
            note: "query.a: `Perhaps` is neither yes nor no",
        },
        Below {
            name: "an empty type",
            section: "URI",
            text: "| a | Yes | | Something |",
            note: "query.a: the cell of the type is empty",
        },
        Below {
            name: "a table without rows",
            section: "URI",
            text: "",
            note: "page: the table `Parameter, Mandatory, Type, Description` has no rows",
        },
        Below {
            name: "a text after the table",
            section: "URI",
            text: "| a | Yes | String | A |\n\nMore is said here",
            note: "page: not read: More is said here",
        },
        Below {
            name: "a table of something else",
            section: "URI",
            text: "| a | Yes | String | A |\n\n| Colour |\n|---|\n| red |",
            note: "page: not read: the table `Colour`",
        },
        Below {
            name: "a table in a section without tables",
            section: "Function",
            text: "| a | Yes | String | A |",
            note: "page: it is not known what this table lists: a",
        },
        Below {
            name: "a table in place of a status",
            section: "Example Responses",
            text: "| a | Yes | String | A |\n\n```\n{}\n```",
            note: "page: an example reply without a status",
        },
        Below {
            name: "a section that is not known",
            section: "URI",
            text: "| a | Yes | String | A |\n\n#### History\n\nOf old.",
            note: "page: the section `History` is not read; it may be another name of a section that is missing: `Request Parameters`, `Response Parameters`, `Status Codes`",
        },
        Below {
            name: "a table below an unknown heading",
            section: "URI",
            text: "| a | Yes | String | A |\n\n##### More\n\n| Parameter | Type |\n|---|---|\n| b | String |",
            note: "query: a table below `More` is not read: Parameter, Type",
        },
    ] {
        let page = read(&format!(
            "#### {}\n{parameters}{}\n\n#### Error Codes\n",
            case.section, case.text
        ));
        let found = messages(&page);
        let is_noted = found.iter().any(|it| it == case.note);
        assert!(is_noted, "{}: {found:?}", case.name);
    }
    let page = read(
        "#### Status Codes\n| Status Code | Description |\n|---|---|\n| twice | What |\n\n#### Error Codes\n",
    );
    assert_eq!(messages(&page), ["page: `twice` is not an HTTP status"]);
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

/// A table of one row, and all notes on it, behind their lines.
struct Table<'t> {
    name: &'static str,
    section: &'static str,
    header: &'t str,
    row: &'static str,
    notes: &'static [&'static str],
}

#[test]
fn columns_and_cells_that_are_not_read_are_noted() {
    let all = "Parameter | Mandatory | Type | Description";
    for case in [
        Table {
            name: "another word for mandatory",
            section: "Request Parameters",
            header: "Parameter | Needed | Type | Description",
            row: "a | No | String | A",
            notes: &[
                "3 body.Needed: the column `Needed` is not read",
                "3 body: no column says what is mandatory",
            ][..],
        },
        Table {
            name: "no column for mandatory",
            section: "URI",
            header: "Parameter | Type | Description",
            row: "a | String | A",
            notes: &["3 query: no column says what is mandatory"],
        },
        Table {
            name: "a column of ranges",
            section: "URI",
            header: &format!("{all} | Value Range"),
            row: "a | No | Integer | A | 0~5",
            notes: &["3 query.Value Range: the column `Value Range` is not read"],
        },
        Table {
            name: "a column of aliases",
            section: "URI",
            header: &format!("{all} | Alias"),
            row: "a | No | Integer | A | b",
            notes: &["3 query.Alias: the column `Alias` is not read"],
        },
        Table {
            name: "two columns of descriptions",
            section: "URI",
            header: &format!("{all} | Description"),
            row: "a | No | Integer | A | B",
            notes: &["3 query.Description: the column `Description` is not read"],
        },
        Table {
            name: "another word for the description",
            section: "Request Parameters",
            header: "Parameter | Mandatory | Type | Meaning",
            row: "a | No | String | A",
            notes: &["3 body.Meaning: the column `Meaning` is not read"],
        },
        Table {
            name: "a cell too many",
            section: "Request Parameters",
            header: all,
            row: "a | No | Integer | A | Value range: 1 to 5",
            notes: &["5 body.a: a cell without a column: Value range: 1 to 5"],
        },
        Table {
            name: "a column that permissions do not have",
            section: "Authorization Information",
            header: "Action | Access Level | Scope",
            row: "a:b:c | Read | All",
            notes: &["3 permission.Scope: the column `Scope` is not read"],
        },
        Table {
            name: "a reply",
            section: "Response Parameters",
            header: "Parameter | Type | Description",
            row: "a | String | A",
            notes: &[],
        },
    ] {
        let Table {
            name,
            section,
            header,
            row,
            notes,
        } = case;
        let dashes = header
            .split('|')
            .map(|_| "---")
            .collect::<Vec<_>>()
            .join("|");
        let head = format!("#### {section}\nStatus code: 200\n");
        let markdown = format!("{head}| {header} |\n|{dashes}|\n| {row} |\n\n#### Error Codes\n");
        assert_eq!(located(&markdown), notes, "{name}");

        let cells = |text: &str| -> String {
            let cells = text.split(" | ").map(|cell| format!("<td>{cell}</td>"));
            format!("<tr>{}</tr>", cells.collect::<String>())
        };
        let html = format!(
            "<h4>{section}</h4>\n<p>Status code: 200</p>\n<table>{}\n\n{}</table><h4>Error Codes</h4>",
            cells(header),
            cells(row)
        );
        assert_eq!(located(&html), notes, "{name}, as HTML");
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
        let page = read(&format!(
            "#### {section}\nStatus code: 200\n\n{table}\n#### Error Codes\n"
        ));
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
