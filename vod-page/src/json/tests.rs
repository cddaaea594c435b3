use super::*;

/// Texts that are JSON.
const VALID: &[&str] = &[
    "null",
    " true\t",
    "\r\nfalse\n",
    "0",
    "-0",
    "-0.0",
    "0e0",
    "7",
    "-12",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "0.1",
    "1.0",
    "-2.50",
    "1e5",
    "1E+2",
    "12e-1",
    "1e15",
    "1e16",
    "123456789012345680.0",
    "1e17",
    "1e21",
    "1.5e300",
    "-1e-7",
    "1.5e-7",
    "0.00001",
    "0.000012",
    "-0.000099",
    "0.0001",
    "0.001",
    "0.000001",
    "5e-324",
    "1e-400",
    "\"\"",
    "\"käse 日本 🧀\"",
    r#""\" \\ \/ \b \f \n \r \t \u0000 \u001F \u007f é \u00E9 \u2028 \ud83e\uddc0""#,
    "\"\u{7f}\u{2028}\"",
    "[]",
    " [ ] ",
    "[1 , [2], {}, \"\"]",
    "{}",
    r#"{ "b" : 1, "a":{"d":[{}],"c":null}, "":[], "\u0062\n": "x" }"#,
];

/// Texts that are not.
const INVALID: &[&str] = &[
    "",
    " \n ",
    "nul",
    "nullx",
    "True",
    "NaN",
    "Infinity",
    "+1",
    "01",
    "-",
    "-a",
    "1.",
    ".5",
    "1.e1",
    "1e",
    "1e+",
    "0x1",
    "1_0",
    "1e400",
    "-1e400",
    "'a'",
    "\"",
    "\"a",
    "\"\\",
    "\"\\x\"",
    "\"\\u12\"",
    "\"\\u12g4\"",
    "\"\\u+123\"",
    "\"\\ud800\"",
    "\"\\ud800x\"",
    "\"\\ud800\\n\"",
    "\"\\ud800\\u0041\"",
    "\"\\udc00\"",
    "\"\\ud800\\ud800\"",
    "\"\\u12é4\"",
    "\"\\é\"",
    "\"a\nb\"",
    "\"\u{0}\"",
    "\"\u{1f}\"",
    "[",
    "[1",
    "[1,",
    "[1,]",
    "[,1]",
    "[1 2]",
    "[1}",
    "]",
    "{",
    "{]",
    "{\"a\"",
    "{\"a\":",
    "{\"a\":1",
    "{\"a\":1,",
    "{\"a\":1,}",
    "{a:1}",
    "{1:2}",
    "{\"a\" 1}",
    "{\"a\":1 \"b\":2}",
    "{,}",
    "{\"a\":}",
    "1 2",
    "[] é",
    "\u{feff}1",
    "\u{a0}1",
    "// a\n1",
    "é",
];

fn from_serde(value: &serde_json::Value) -> Json {
    match value {
        serde_json::Value::Null => Json::Null,
        serde_json::Value::Bool(value) => Json::Bool(*value),
        serde_json::Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(number), _) => Json::Int(number),
            (None, Some(number)) => Json::Large(number),
            (None, None) => Json::Float(number.as_f64().unwrap()),
        },
        serde_json::Value::String(text) => Json::String(text.clone()),
        serde_json::Value::Array(items) => Json::Array(items.iter().map(from_serde).collect()),
        serde_json::Value::Object(members) => {
            let members = members.iter();
            Json::Object(
                members
                    .map(|(name, it)| (name.clone(), from_serde(it)))
                    .collect(),
            )
        }
    }
}

#[test]
fn values_and_their_text_are_as_serde_json_has_them() {
    for text in VALID {
        let (value, _) = parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        let due: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(value, from_serde(&due), "{text}");
        assert_eq!(value.to_string(), due.to_string(), "{text}");
        assert_eq!(value.as_f64(), due.as_f64(), "{text}");
        assert_eq!(value.as_str(), due.as_str(), "{text}");
    }
}

#[test]
fn what_is_no_json_has_a_place_of_whole_characters() {
    for text in INVALID {
        let error = parse(text).expect_err(text);
        assert!(
            serde_json::from_str::<serde_json::Value>(text).is_err(),
            "{text}"
        );
        assert!(
            text.get(error.place.clone()).is_some(),
            "{text:?}: {error:?}"
        );
    }
}

#[test]
fn every_part_and_every_small_change_of_a_text_is_read_alike() {
    for text in VALID.iter().chain(INVALID) {
        for (at, c) in text.char_indices() {
            let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
            let mut changed = vec![before.to_owned(), format!("{before}{after}")];
            changed.extend(
                "\"\\{}[],:-0.e u\n\u{1}é"
                    .chars()
                    .map(|c| format!("{before}{c}{after}")),
            );
            for text in changed {
                let due = serde_json::from_str::<serde_json::Value>(&text);
                match (parse(&text), due) {
                    (Ok((value, _)), Ok(due)) => {
                        let (ours, theirs) = (value.to_string(), due.to_string());
                        if ours == theirs {
                            continue;
                        }
                        // serde_json rounds long fractions carelessly.
                        let (value, due) = (value.as_f64().unwrap(), due.as_f64().unwrap());
                        assert!((value - due).abs() <= due.abs() * 1e-15, "{text:?}");
                        assert_eq!(value, text.trim().parse::<f64>().unwrap(), "{text:?}");
                    }
                    (Ok(_), Err(error)) => panic!("{text:?} is none: {error}"),
                    (Err(error), Ok(_)) => assert!(
                        matches!(error.problem, Problem::Duplicate { .. }),
                        "{text:?}: {error:?}"
                    ),
                    (Err(error), Err(_)) => assert!(text.get(error.place).is_some(), "{text:?}"),
                }
            }
        }
    }
}

#[test]
fn places_are_exact() {
    let text = r#" { "b" : [1, "é"] ,"a":{} } "#;
    let (_, place) = parse(text).unwrap();
    let at = |range: &std::ops::Range<usize>| &text[range.clone()];
    assert_eq!(at(&place.value), r#"{ "b" : [1, "é"] ,"a":{} }"#);
    let members: Vec<_> = place
        .inner
        .iter()
        .map(|it| (at(&it.key), at(&it.value)))
        .collect();
    assert_eq!(members, [(r#""a""#, "{}"), (r#""b""#, r#"[1, "é"]"#)]);
    let items: Vec<_> = place.inner[1]
        .inner
        .iter()
        .map(|it| at(&it.value))
        .collect();
    assert_eq!(items, ["1", r#""é""#]);
}

#[test]
fn names_stand_once_and_nesting_ends() {
    let error = parse(r#"{"a":1,"\u0061":2}"#).unwrap_err();
    assert_eq!(error.place, 7..15);
    assert!(
        matches!(error.problem, Problem::Duplicate { name, first } if name == "a" && first == (1..4))
    );

    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(parse(&nested(64)).is_ok());
    assert_eq!(parse(&nested(65)).unwrap_err().place, 64..65);
    assert!(parse(&"{\"a\":".repeat(1_000_000)).is_err());
}
