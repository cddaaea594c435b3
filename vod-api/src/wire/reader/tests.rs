//! The same texts as serde_json, and positions.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::text::{DEEPEST, end_of_plain};
use super::*;
use crate::model::AssetSummary;
use crate::wire::{read_json, written};

#[test]
fn reads_what_serde_json_reads_and_refuses_what_it_refuses() {
    for text in [
        r#" {"a": [null, true, -1, [], {}, 18446744073709551615, 1.5], "b\n": {"c": "视\t\u89c6"}} "#,
        r#"[0, -0, 0.0, 1e3, 1E-2, -0.5e+7, 12345678901234567890123]"#,
        r#""\"\\\/\b\f\n\r\t\ud83d\ude00""#,
        r#"{"a": 1, "a": 2}"#,
        "",
        "[",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1}",
        "{",
        r#"{"a"}"#,
        r#"{"a": }"#,
        r#"{"a": 1,}"#,
        r#"{a: 1}"#,
        r#"{"a" 1}"#,
        r#"{1: 1}"#,
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "+1",
        "1e999",
        "NaN",
        "nul",
        "nulls",
        "true false",
        r#"""#,
        r#""\"#,
        r#""\x""#,
        r#""\视""#,
        r#""\u12""#,
        r#""\ud800""#,
        "\"a\tb\"",
        "\u{feff}1",
        "\u{a0}1",
    ] {
        let expected: Option<Value> = serde_json::from_str(text).ok();
        assert_eq!(read_json::<Value>(text).ok(), expected, "{text}");
        // What nobody reads has to be JSON as well.
        let unread = format!(r#"{{"unread": {text}}}"#);
        let is_json = serde_json::from_str::<Value>(&unread).is_ok();
        let mut reader = Reader::of_text(&unread);
        let read = reader.skip().and_then(|()| reader.end());
        assert_eq!(read.is_ok(), is_json, "{text}");
    }
}

#[test]
fn a_string_ends_at_a_quote_an_escape_or_a_control_character_wherever_it_stands() {
    for length in 0..20 {
        for end in ['"', '\\', '\n', '\u{1f}'] {
            for filling in ["a", "é", "視", "😀", "\u{7f}", "!", "[", " ", "]", "#"] {
                let plain = filling.repeat(length);
                let text = format!("{plain}{end}\"aaaaaaaa");
                assert_eq!(end_of_plain(&text), plain.len(), "{text:?}");
            }
        }
        let plain = "a".repeat(length);
        assert_eq!(end_of_plain(&plain), length);
    }
}

#[test]
fn says_where_the_mistake_is() {
    for (text, expected) in [
        (
            "[1,\n 2 3]",
            "not JSON: expected a comma or the end of a list or an object at line 2 column 4",
        ),
        (
            "{\"视\": x}",
            "not JSON: expected a value at line 1 column 9",
        ),
        (
            "[true",
            "not JSON: the text ends too early, at line 1 column 6",
        ),
    ] {
        let error = read_json::<Value>(text).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn is_nested_as_deep_as_in_serde_json() {
    for depth in [DEEPEST - 1, DEEPEST] {
        let text = "[".repeat(depth) + &"]".repeat(depth);
        let is_read = serde_json::from_str::<Value>(&text).is_ok();
        assert_eq!(read_json::<Value>(&text).is_ok(), is_read, "{depth}");
    }
    let endless = "{\"a\":[".repeat(100_000);
    assert!(read_json::<Value>(&endless).is_err());
    assert!(Reader::of_text(&endless).skip().is_err());
}

#[test]
fn text_and_documents_are_read_alike() {
    let value = json!({"a": [1, {"b": [], "c": "x"}, null], "d": {}, "e": "视"});
    assert_eq!(written(&value).read::<Value>().unwrap(), value);
    assert_eq!(read_json::<Value>(&value.to_string()).unwrap(), value);
}

#[test]
fn what_cannot_be_read_is_passed_over() {
    let text = r#"{"a": {"b": [1, 2]}, "b": 7}"#;
    let mut reader = Reader::of_text(text);
    let Token::Object(mut object) = reader.token().unwrap() else {
        panic!("this is an object")
    };
    assert_eq!(reader.member(&mut object).unwrap().as_deref(), Some("a"));
    assert!(reader.value::<i64>().unwrap().is_err());
    assert_eq!(reader.member(&mut object).unwrap().as_deref(), Some("b"));
    assert_eq!(reader.value::<i64>().unwrap().unwrap(), 7);
    assert!(reader.member(&mut object).unwrap().is_none());
}

/// As a value holds one member of a name, the last: what is read from text must not differ.
#[test]
fn the_last_member_of_a_name_counts() {
    for (text, left) in [
        (r#"{"k": 1, "k": 2}"#, json!({"k": 2})),
        (r#"{"k": [], "k": 2}"#, json!({"k": 2})),
        (r#"{"k": 1, "l": 3, "k": []}"#, json!({"l": 3})),
    ] {
        let map: BTreeMap<String, i64> = read_json(text).unwrap();
        assert_eq!(serde_json::to_value(&map).unwrap(), left, "{text}");
    }
    for text in [
        r#"{"title": "a", "title": "b"}"#,
        r#"{"title": [], "title": "b"}"#,
        r#"{"title": "a", "duration": 3, "title": []}"#,
        r#"{"duration": 3, "duration": {}}"#,
        r#"{"size": 3, "size": null}"#,
    ] {
        let value: Value = serde_json::from_str(text).unwrap();
        let from_text: AssetSummary = read_json(text).unwrap();
        let from_value: AssetSummary = written(&value).read().unwrap();
        assert_eq!(
            format!("{from_text:?}"),
            format!("{from_value:?}"),
            "{text}"
        );
    }
}
