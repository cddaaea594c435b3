//! Saved pages of the docs, read: one invented page in every form and language.

use std::fmt::Debug;

use vod_spec::page::{Language, Page, Place, Row, Stated, read};

/// The page, as `(form, text)`.
const ENGLISH: [(&str, &str); 4] = [
    ("plain", include_str!("pages/plain.en.txt")),
    ("markdown", include_str!("pages/markdown.en.md")),
    ("converted", include_str!("pages/converted.en.md")),
    ("html", include_str!("pages/html.en.html")),
];

const CHINESE: [(&str, &str); 4] = [
    ("plain", include_str!("pages/plain.zh.txt")),
    ("markdown", include_str!("pages/markdown.zh.md")),
    ("converted", include_str!("pages/converted.zh.md")),
    ("html", include_str!("pages/html.zh.html")),
];

const PLAIN: &str = ENGLISH[0].1;

/// All facts without their lines.
fn facts(page: &impl Debug) -> String {
    let text = format!("{page:#?}");
    let kept = |line: &&str| !line.trim_start().starts_with("line: ");
    text.lines().filter(kept).collect::<Vec<_>>().join("\n")
}

fn rows(page: &Page) -> impl Iterator<Item = &Row> {
    let replies = page
        .responses
        .iter()
        .flat_map(|reply| reply.headers.iter().chain(&reply.fields));
    let types = page.types.iter().flat_map(|table| &table.fields);
    page.parameters
        .iter()
        .map(|(_, row)| row)
        .chain(replies)
        .chain(types)
}

fn messages(page: &Page) -> Vec<String> {
    page.notes
        .iter()
        .map(|note| format!("{}: {}", note.at, note.message))
        .collect()
}

#[test]
fn every_form_states_the_same() {
    for pages in [ENGLISH, CHINESE] {
        let expected = read(pages[0].1);
        assert_eq!(messages(&expected), [""; 0]);
        for (form, text) in pages {
            let mut page = read(text);
            if matches!(form, "markdown" | "converted") {
                // These forms have nothing above the title.
                assert_eq!((&page.section, &page.updated), (&None, &None), "{form}");
                page.section = expected.section.clone();
                page.updated = expected.updated.clone();
            }
            similar(&facts(&expected), &facts(&page), form);
        }
    }
}

/// Two long texts are equal; shows the first lines that differ.
fn similar(expected: &str, found: &str, form: &str) {
    let differs = expected
        .lines()
        .zip(found.lines())
        .position(|(a, b)| a != b);
    let around = |text: &str| {
        let from = differs.unwrap_or_default().saturating_sub(8);
        text.lines()
            .skip(from)
            .take(20)
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert!(
        expected == found,
        "{form}\nexpected\n{}\nfound\n{}",
        around(expected),
        around(found)
    );
}

#[test]
fn both_languages_state_the_same() {
    let structure = |page: &Page| {
        rows(page)
            .map(|row| {
                let mandatory = row.mandatory.as_ref().map(|cell| cell.value);
                let ty = row.ty.as_ref().map(|cell| cell.value.clone());
                let states: Vec<_> = row.states.iter().map(|state| state.value.clone()).collect();
                let values: Vec<_> = row.values.iter().map(|value| value.value.clone()).collect();
                (row.name.value.clone(), mandatory, ty, states, values)
            })
            .collect::<Vec<_>>()
    };
    let (english, chinese) = (read(PLAIN), read(CHINESE[0].1));
    assert_eq!(structure(&english), structure(&chinese));
    assert_eq!(
        (english.language, chinese.language),
        (Language::English, Language::Chinese)
    );
    assert_eq!(facts(&english.permissions), facts(&chinese.permissions));
    assert_eq!(
        facts(&english.example_requests),
        facts(&chinese.example_requests)
    );
}

#[test]
fn the_facts_of_a_page() {
    insta::assert_snapshot!(outline(&read(PLAIN)));
    let chinese = read(CHINESE[0].1);
    assert_eq!(chinese.title.unwrap().value, "重命名书架");
    assert_eq!(chinese.operation.unwrap().value, "RenameShelf");
}

/// The facts of a page, a line each, behind the lines on which they stand.
fn outline(page: &Page) -> String {
    let mut lines = Vec::new();
    let mut add = |line: usize, text: String| lines.push(format!("{line:>4}  {text}"));
    for (name, fact) in [
        ("title", &page.title),
        ("section", &page.section),
        ("updated", &page.updated),
    ] {
        if let Some(fact) = fact {
            add(fact.line, format!("{name} {}", fact.value));
        }
    }
    for text in &page.function {
        add(text.line, format!("function {}", text.value));
    }
    for text in &page.constraints {
        add(text.line, format!("constraint {}", text.value));
    }
    if let Some(http) = &page.http {
        add(http.line, format!("http {} {}", http.value.0, http.value.1));
    }
    for permission in &page.permissions {
        let text = |fact: &Stated<String>| fact.value.clone();
        add(
            permission.action.line,
            format!(
                "permission {} {:?} {:?} {:?} {:?} {:?}",
                permission.action.value,
                permission.access.as_ref().map(text),
                permission.resource.as_ref().map(text),
                permission
                    .condition_keys
                    .iter()
                    .map(text)
                    .collect::<Vec<_>>(),
                permission.alias.iter().map(text).collect::<Vec<_>>(),
                permission.dependencies.iter().map(text).collect::<Vec<_>>(),
            ),
        );
    }
    for (place, row) in &page.parameters {
        add_row(&mut add, &format!("{place:?}"), row);
    }
    for reply in &page.responses {
        add(reply.status.line, format!("reply {}", reply.status.value));
        reply
            .headers
            .iter()
            .for_each(|row| add_row(&mut add, "Header", row));
        reply
            .fields
            .iter()
            .for_each(|row| add_row(&mut add, "Field", row));
    }
    for table in &page.types {
        add(table.name.line, format!("type {}", table.name.value));
        table
            .fields
            .iter()
            .for_each(|row| add_row(&mut add, "Field", row));
    }
    for example in &page.example_requests {
        add(
            example.line,
            format!("example {}", example.value.replace('\n', " ")),
        );
    }
    for (status, example) in &page.example_responses {
        add(
            example.line,
            format!("example {status} {}", example.value.replace('\n', " ")),
        );
    }
    for (status, meaning) in &page.statuses {
        add(status.line, format!("status {} {meaning}", status.value));
    }
    lines.join("\n")
}

fn add_row(add: &mut impl FnMut(usize, String), place: &str, row: &Row) {
    let mandatory = match &row.mandatory {
        Some(cell) if cell.value => "mandatory ",
        Some(_) => "optional ",
        None => "",
    };
    let ty = row
        .ty
        .as_ref()
        .map_or(String::new(), |cell| format!("{:?}", cell.value));
    add(
        row.name.line,
        format!("  {place} {mandatory}{}: {ty}", row.name.value),
    );
    for state in &row.states {
        add(state.line, format!("    {:?}", state.value));
    }
    for value in &row.values {
        add(value.line, format!("    value {}", value.value));
    }
    add(
        row.description.line,
        format!("    {}", row.description.value.replace('\n', " | ")),
    );
}

#[test]
fn facts_stand_on_their_lines() {
    for (form, text) in ENGLISH.into_iter().chain(CHINESE) {
        let page = read(text);
        let lines: Vec<&str> = text.lines().collect();
        let stands = |line: usize, fact: &str| {
            let line = lines[line - 1];
            assert!(
                line.replace('\\', "").contains(fact),
                "{form}: {line} has no {fact}"
            );
        };
        for row in rows(&page) {
            stands(row.name.line, &row.name.value);
            stands(
                row.description.line,
                row.description.value.lines().next().unwrap(),
            );
            row.values
                .iter()
                .for_each(|value| stands(value.line, &value.value));
        }
        for (status, _) in &page.statuses {
            stands(status.line, &status.value.to_string());
        }
        for reply in &page.responses {
            stands(reply.status.line, &reply.status.value.to_string());
        }
        for (_, example) in &page.example_responses {
            stands(example.line, "{");
        }
        stands(
            page.title.unwrap().line,
            &page
                .operation
                .map_or_else(|| "Renaming a Shelf".to_owned(), |name| name.value),
        );
        stands(page.http.unwrap().line, "PUT");
        stands(page.permissions[0].action.line, "library:shelf:rename");
    }
}

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

#[test]
fn cells_that_span_rows_count_for_each_of_them() {
    let page = read(
        "<h4>URI</h4><table><tr><th>Action</th><th>Access Level</th><th>Resource Type</th></tr>\
         <tr><td rowspan=\"2\">a:b:c</td><td rowspan=\"2\">Read</td><td>shelves *</td></tr>\
         <tr><td>books</td></tr></table>",
    );
    let resources: Vec<_> = page
        .permissions
        .iter()
        .map(|row| {
            (
                row.action.value.as_str(),
                row.resource.as_ref().unwrap().value.as_str(),
            )
        })
        .collect();
    assert_eq!(resources, [("a:b:c", "shelves *"), ("a:b:c", "books")]);
}

#[test]
fn an_empty_block_of_code_says_nothing() {
    let page = read("# Renaming a Shelf\n\n#### Function\n\n```\n```\n\nRenames a shelf.\n");
    let notes: Vec<_> = page.notes.iter().map(|it| it.line).collect();
    assert_eq!(notes, [8], "{:?}", page.notes);
}

#[test]
fn a_menu_above_the_page_is_no_part_of_it() {
    let page = read(&format!(
        "API Overview\n\nStatus Codes\n\nError Codes\n\n{PLAIN}"
    ));
    assert_eq!(messages(&page), [""; 0]);
    assert_eq!(page.parameters.len(), read(PLAIN).parameters.len());
}

#[test]
fn a_description_that_reads_like_a_heading_is_none() {
    for description in ["Error Code", "Status Codes", "Request Parameters"] {
        let page = read(&PLAIN.replacen("Error code.", description, 1));
        assert_eq!(messages(&page), [""; 0], "{description}");
        assert_eq!(page.responses[1].fields[0].description.value, description);
    }
}

#[test]
fn a_name_can_occur_twice() {
    let page = read(PLAIN);
    let tokens: Vec<_> = page
        .parameters
        .iter()
        .filter(|(place, row)| *place == Place::Header && row.name.value == "X-Auth-Token")
        .map(|(_, row)| row.mandatory.as_ref().map(|cell| cell.value))
        .collect();
    assert_eq!(tokens, [Some(false), Some(true)]);
}

#[test]
fn tables_without_captions_are_told_by_the_types_that_wait() {
    let page = |types: &str| {
        let head =
            "# T\n#### Response Parameters\nStatus code: 200\n\n| Parameter | Type |\n|---|---|\n";
        let tables = "\n| Parameter | Type |\n|---|---|\n| x | String |\n\n#### Error Codes\n";
        read(&format!("{head}{types}{tables}"))
    };
    let certain = page("| a | A object |\n");
    assert_eq!(certain.types[0].name.value, "A");
    assert_eq!(messages(&certain), [""; 0]);
    // Which of the two has no table?
    let uncertain = page("| a | A object |\n| b | B object |\n");
    assert_eq!(uncertain.types[0].name.value, "A");
    assert_eq!(
        messages(&uncertain),
        ["page: tables from here on have no captions, and there is none for `B`"]
    );
    let unknown = page("| a | String |\n");
    assert_eq!(
        messages(&unknown),
        ["page: it cannot be told what this table lists: x"]
    );
}
