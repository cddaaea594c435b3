//! Documents of the API Explorer, of an invented service, read.

use std::collections::BTreeMap;

use serde_json::Value;
use vod_page::{Page, Source, read};

use super::facts::outline;
use super::{facts, messages, rows};

const LOAN: &str = include_str!("../documents/create-loan.json");

/// In the newer form.
const FINE: &str = include_str!("../documents/pay-fine.json");

#[test]
fn the_facts_of_a_document() {
    insta::assert_snapshot!(shown(&read(LOAN)));
}

#[test]
fn the_facts_of_a_document_in_the_newer_form() {
    insta::assert_snapshot!(shown(&read(FINE)));
}

fn shown(page: &Page) -> String {
    assert_eq!(page.source, Source::ApiExplorer);
    assert_eq!(page.trouble(), None);
    let name = |it: &Option<vod_page::Stated<String>>| it.as_ref().map(|it| it.value.clone());
    let bodies = page.responses.iter().filter_map(|it| it.body.as_ref());
    let bodies: Vec<_> = bodies.map(|it| &it.value).collect();
    format!(
        "operation {:?}, help page {:?}, deprecated {:?}, bodies {bodies:?}\n{}\n{}\n{:#?}",
        name(&page.operation),
        name(&page.help_page),
        page.deprecated,
        outline(page),
        messages(page).join("\n"),
        page.members.unread,
    )
}

/// All members of all objects, by their names.
fn members(json: &Value, counts: &mut BTreeMap<String, usize>) {
    for (name, value) in json.as_object().into_iter().flatten() {
        *counts.entry(name.clone()).or_default() += 1;
        members(value, counts);
    }
    for item in json.as_array().into_iter().flatten() {
        members(item, counts);
    }
}

#[test]
fn every_member_is_read_or_named_with_a_reason() {
    for text in [LOAN, FINE] {
        let mut due = BTreeMap::new();
        members(&serde_json::from_str(text).unwrap(), &mut due);
        let read = read(text).members;
        let mut counted = read.read;
        for (unread, count) in read.unread {
            *counted.entry(unread.name).or_default() += count;
        }
        assert_eq!(counted, due);
    }
}

#[test]
fn a_document_on_one_line_states_the_same() {
    let json: Value = serde_json::from_str(LOAN).unwrap();
    let short = json.to_string();
    let page = read(&short);
    assert!(rows(&page).all(|row| row.name.line == 1));
    let plain = |mut page: Page| {
        page.example_requests.clear();
        page.example_responses.clear();
        facts(&page)
    };
    // The order of members means nothing, and serde_json sorts them.
    let sorted = serde_json::to_string_pretty(&json).unwrap();
    assert_eq!(plain(page), plain(read(&sorted)));
}

#[test]
fn what_does_not_fit_together_is_noted_where_it_stands() {
    struct Case {
        name: &'static str,
        from: &'static str,
        to: &'static str,
        note: &'static str,
    }
    let cases = [
        Case {
            name: "a limit of the text",
            from: "最多20个字符",
            to: "最多30个字符",
            note: "type.Book.isbn: the description says 30, a member 20",
        },
        Case {
            name: "values of the text",
            from: "- ROOM:阅览室",
            to: "- HALL:大厅",
            note: "body.kind: the description lists HALL, which `enum` does not; `enum` lists ROOM, \
                   which the description does not",
        },
        Case {
            name: "a default of the text",
            from: "默认0",
            to: "默认1",
            note: "query.dry_run: the description says that the default is `1`, a member `0`",
        },
        Case {
            name: "an annotation",
            from: "@Range(min = 1, max = 3)",
            to: "@Range(min = 1, max = 4)",
            note: "type.Book.copies: `@Range(min = 1, max = 4)` is not the limit 3 of the member",
        },
        Case {
            name: "an annotation that is not known",
            from: "@Size(max = 5)",
            to: "@Most(5)",
            note: "query.tag: the annotation \"@Most(5)\" is not known",
        },
        Case {
            name: "a member that is not known",
            from: "\"x-since\"",
            to: "\"x-until\"",
            note: "type.Book: the member `x-until` of a type is not known",
        },
        Case {
            name: "a reference to nowhere",
            from: "#/definitions/ShelfName",
            to: "#/definitions/Shelf",
            note: "body.shelves: `#/definitions/Shelf` is not in the document",
        },
        Case {
            name: "a required field that is none",
            from: "\"isbn\"\n      ],\n      \"x-since\"",
            to: "\"title\"\n      ],\n      \"x-since\"",
            note: "type.Book.title: `required` names `title`, which is no field",
        },
        Case {
            name: "a list that is joined",
            from: "\"multi\"",
            to: "\"csv\"",
            note: "query.tag: the items of the array are joined, `collectionFormat: \"csv\"`, \
                   where the client repeats the key",
        },
        Case {
            name: "a limit that is no number",
            from: "\"maxItems\": 10",
            to: "\"maxItems\": \"10\"",
            note: "body.books: `maxItems` is \"10\", no number",
        },
        Case {
            name: "a type that is not known",
            from: "\"type\": \"boolean\"",
            to: "\"type\": \"bit\"",
            note: "type.CreateLoanOptions.quiet: the type `bit` is not known",
        },
        Case {
            name: "a status that is none",
            from: "\"204\"",
            to: "\"default\"",
            note: "page: `default` is no status",
        },
        Case {
            name: "two names",
            from: "\"operationId\": \"CreateLoan\"",
            to: "\"operationId\": \"MakeLoan\"",
            note: "title: `name` is `CreateLoan`, and `operationId` is `MakeLoan`",
        },
        Case {
            name: "two methods",
            from: "\"method\": \"post\"",
            to: "\"method\": \"put\"",
            note: "http.method: `method` is `put` here, below the path `post`",
        },
        Case {
            name: "a form that is not known",
            from: "\"version\": \"2.0\"",
            to: "\"version\": \"4.0\"",
            note: "page: the version `4.0` of the form is not known",
        },
    ];
    for Case {
        name,
        from,
        to,
        note,
    } in cases
    {
        let text = LOAN.replacen(from, to, 1);
        assert_ne!(text, LOAN, "{name}");
        let page = read(&text);
        assert!(
            messages(&page).iter().any(|it| it == note),
            "{name}: {:?}",
            messages(&page)
        );
        let stands = page.notes.iter().find(|it| note.ends_with(&it.message));
        assert!(stands.unwrap().line > 1, "{name}");
    }
}

#[test]
fn a_text_that_is_no_document_says_so() {
    for (text, why) in [
        (
            "{",
            "it begins as JSON does, and is not: line 1: it ends too early",
        ),
        (
            "{\n\"a\": 1,\n\"a\": 2}",
            "it begins as JSON does, and is not: line 3: `a` is given twice",
        ),
        (
            "{}",
            "it is JSON, but has no `paths` with an operation: no document of the API Explorer",
        ),
        (
            "{\"paths\": {\"/v1\": {}}}",
            "it is JSON, but has no `paths` with an operation: no document of the API Explorer",
        ),
    ] {
        assert_eq!(read(text).trouble(), Some(why), "{text}");
    }
    for (at, _) in LOAN.char_indices().step_by(97).skip(1) {
        assert!(read(&LOAN[..at]).trouble().is_some());
    }
}
