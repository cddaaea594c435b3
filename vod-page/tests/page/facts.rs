//! What a page states, and on which lines.

use vod_page::{Page, Row, Stated, read};

use super::{CHINESE, ENGLISH, Form, PLAIN, rows};

#[test]
fn the_facts_of_a_page() {
    insta::assert_snapshot!(outline(&read(PLAIN)));
    let chinese = read(CHINESE.plain);
    assert_eq!(chinese.title.unwrap().value, "重命名书架");
    assert_eq!(chinese.operation.unwrap().value, "RenameShelf");
}

/// The facts of a page, a line each, behind the lines on which they stand.
pub(super) fn outline(page: &Page) -> String {
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
        if let Some(http) = &example.http {
            add(
                http.line,
                format!("example {} {}", http.value.0, http.value.1),
            );
        }
        if let Some(body) = &example.body {
            add(
                body.line,
                format!("example {}", body.value.replace('\n', " ")),
            );
        }
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
    for Form { name: form, text } in ENGLISH.all().into_iter().chain(CHINESE.all()) {
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
        let requests = page.example_requests.iter();
        for body in requests.filter_map(|example| example.body.as_ref()) {
            stands(body.line, "{");
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
