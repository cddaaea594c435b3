//! Documents that nobody means well with: nothing panics, hangs or grows without bounds.

use crate::Page;
use crate::document::read;
use crate::facts::CellType;

/// A document whose body is the type `Body`, with these definitions.
fn document(definitions: &str) -> String {
    format!(
        r##"{{ "version": "2.0", "name": "Go", "definitions": {{ {definitions} }},
        "paths": {{ "/v1/go": {{ "post": {{ "operationId": "Go",
        "parameters": [{{ "in": "body", "name": "b", "schema": {{ "$ref": "#/definitions/Body" }} }}],
        "responses": {{ "200": {{ "description": "Ok.", "schema": {{ "$ref": "#/definitions/Body" }} }} }} }} }} }} }}"##
    )
}

fn notes(page: &Page) -> Vec<String> {
    let notes = page.notes.iter();
    notes
        .map(|it| format!("{}: {}", it.at, it.message))
        .collect()
}

#[test]
fn types_that_lead_to_themselves() {
    let object = r##""Body": { "properties": { "next": { "$ref": "#/definitions/Body" } } }"##;
    let page = read(&document(object));
    assert_eq!(notes(&page), [""; 0]);
    assert_eq!(page.types.len(), 1);

    let list = r##""Body": { "properties": { "a": { "$ref": "#/definitions/List" } } },
        "List": { "type": "array", "items": { "$ref": "#/definitions/List" } }"##;
    let page = read(&document(list));
    let why = "a type that leads to itself, or too deeply";
    assert_eq!(
        notes(&page),
        [format!("body.a: {why}"), format!("response.200.a: {why}")]
    );

    let alias = r##""Body": { "$ref": "#/definitions/Body" }"##;
    assert!(read(&document(alias)).is_page);

    let parts = r##""Body": { "allOf": [{ "$ref": "#/definitions/Body" }, { "$ref": "#/definitions/Body" },
        { "properties": { "a": { "type": "string" } } }] }"##;
    let page = read(&document(parts));
    assert_eq!(page.parameters.len(), 1);
    assert_eq!(
        notes(&page),
        [
            "body: a type that is made of itself, or of too many",
            "response.200: a type that is made of itself, or of too many"
        ]
    );
}

#[test]
fn values_of_the_wrong_kind() {
    let members = [
        "type",
        "format",
        "description",
        "properties",
        "required",
        "items",
        "allOf",
        "enum",
        "default",
        "minLength",
        "maximum",
        "x-annotations",
        "$ref",
        "additionalProperties",
    ];
    let values = [
        "null",
        "1",
        "-1e300",
        "18446744073709551615",
        "\"x\"",
        "[]",
        "[null]",
        "[[1]]",
        "{}",
        "true",
    ];
    for member in members {
        for value in values {
            let field = format!(
                r#""Body": {{ "properties": {{ "a": {{ "type": "string", "{member}": {value} }} }} }}"#
            );
            let field = match member {
                "type" => field.replacen("\"type\": \"string\", ", "", 1),
                _ => field,
            };
            let page = read(&document(&field));
            assert!(page.is_page, "{member}: {value}");
            let body = format!(r#""Body": {{ "{member}": {value} }}"#);
            assert!(read(&document(&body)).is_page, "{member}: {value}");
        }
    }
    for root in [
        "paths",
        "definitions",
        "parameters",
        "components",
        "name",
        "version",
        "consumes",
    ] {
        for value in values {
            let text = document(r#""Body": {}"#);
            let text = text.replacen('{', &format!("{{ \"x\": 0, \"{root}\": {value}, "), 1);
            read(&text);
        }
    }
}

#[test]
fn what_a_document_repeats_is_bounded() {
    let fields: Vec<_> = (0..6_000)
        .map(|at| format!(r#""f{at}": {{ "type": "string" }}"#))
        .collect();
    let body = format!(r#""Body": {{ "properties": {{ {} }} }}"#, fields.join(", "));
    let page = read(&document(&body));
    assert_eq!(page.parameters.len(), 5_000);
    assert_eq!(notes(&page).len(), 1);
    assert_eq!(page.responses.first().map(|it| it.fields.len()), Some(0));
}

#[test]
fn an_object_within_is_a_type_with_a_name_that_is_free() {
    let text = r##""Body": { "properties": { "a_b": { "type": "object", "properties": { "c": { "type": "string" } } },
        "d": { "$ref": "#/definitions/GoAB" } } }, "GoAB": { "properties": { "e": { "type": "string" } } }"##;
    let page = read(&document(text));
    let names: Vec<_> = page.types.iter().map(|it| it.name.value.as_str()).collect();
    assert_eq!(names, ["GoAB2", "GoAB"]);
    let first = page.parameters.first().and_then(|(_, row)| row.ty.as_ref());
    assert_eq!(
        first.map(|it| &it.value),
        Some(&CellType::Object("GoAB2".to_owned()))
    );
}
