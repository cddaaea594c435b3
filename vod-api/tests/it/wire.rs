//! The macros for generated types, used from another crate, and how their JSON is read and written.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use vod_api::UnrecognizedValue;
use vod_api::support::{Wire, deserialize, empty_reply, open_enum, record, transparent};

#[derive(Debug, Clone, Default, PartialEq)]
struct Everything {
    text: Option<String>,
    flag: Option<bool>,
    small: Option<i32>,
    large: Option<i64>,
    ratio: Option<f64>,
    free: Option<Value>,
    names: Vec<String>,
    groups: BTreeMap<String, Vec<i32>>,
    state: Option<State>,
    next: Option<Box<Everything>>,
    children: Vec<Everything>,
    given: Option<Vec<String>>,
}

record!(Everything {
    text: "text",
    flag: "flag",
    small: "small",
    large: "large",
    ratio: "ratio",
    free: "free",
    names: "names",
    groups: "groups",
    state: "state",
    next: "next",
    children: "children",
    given: "given",
});

/// Has no `Default`: two fields must be given.
#[derive(Debug, Clone, PartialEq)]
struct Required {
    asset_id: String,
    count: i32,
    tags: Vec<String>,
}

record!(Required {
    asset_id: "assetId",
    count: "count",
    tags: "tags",
});

#[derive(Debug, Clone, Default, PartialEq)]
struct Bare {}

record!(Bare {});

#[derive(Debug, Clone, Default, PartialEq)]
struct Empty {}

empty_reply!(Empty);

#[derive(Debug, Clone, Default, PartialEq)]
struct List {
    items: Vec<Everything>,
}

transparent!(List { items });

#[derive(Debug, Clone, Default, PartialEq)]
struct Numbers {
    items: Vec<i64>,
}

transparent!(Numbers { items });

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum State {
    Done,
    Odd,
    Unrecognized(UnrecognizedValue),
}

open_enum!(State {
    Done: "DONE",
    Odd: "UNKNOW",
});

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn refuse<T: DeserializeOwned + fmt::Debug>(value: Value) -> String {
    serde_json::from_value::<T>(value).unwrap_err().to_string()
}

fn field<T: Wire>(value: Value) -> Result<T, String> {
    deserialize(value).map_err(|error: serde_json::Error| error.to_string())
}

#[test]
fn json_round_trips() {
    let value = json!({
        "text": "视\n", "flag": false, "small": -1, "large": i64::MAX, "ratio": 1.0, "free": {"a": [null, 1.5]},
        "names": ["a", ""], "groups": {"g": [1, 2], "h": []}, "state": "DONE", "next": {"next": {"text": ""}},
        "children": [{}, {"small": 1}], "given": [],
    });
    let read: Everything = read(value.clone());
    assert_eq!(serde_json::to_value(&read).unwrap(), value);
    assert_eq!(read.given, Some(vec![]));
}

#[test]
fn writes_fields_in_their_order_and_only_those_with_a_value() {
    let value = Everything {
        small: Some(1),
        text: Some(String::new()),
        flag: Some(false),
        ..Default::default()
    };
    assert_eq!(
        serde_json::to_string(&value).unwrap(),
        r#"{"text":"","flag":false,"small":1}"#
    );
    assert_eq!(serde_json::to_string(&Everything::default()).unwrap(), "{}");
}

#[test]
fn missing_and_null_are_absent() {
    assert_eq!(read::<Everything>(json!({})), Everything::default());
    assert_eq!(read::<Everything>(json!(null)), Everything::default());
    let nulls = json!({
        "text": null, "flag": null, "small": null, "large": null, "ratio": null, "free": null, "names": null,
        "groups": null, "state": null, "next": null, "children": null, "given": null, "unknown": [1],
    });
    assert_eq!(read::<Everything>(nulls), Everything::default());
    assert_eq!(read::<Bare>(json!({"unknown": 1})), Bare {});
}

#[test]
fn required_fields_are_required() {
    let required: Required = read(json!({"assetId": 12, "count": "3"}));
    assert_eq!(
        required,
        Required {
            asset_id: "12".into(),
            count: 3,
            tags: vec![]
        }
    );
    assert_eq!(
        refuse::<Required>(json!({"count": 1})),
        "missing field `assetId`"
    );
    assert_eq!(
        refuse::<Required>(json!({"assetId": null, "count": 1})),
        "assetId: expected a value, found null"
    );
    assert_eq!(
        refuse::<Required>(json!({"assetId": "", "count": ""})),
        "count: expected an integer of 32 bits, found other text"
    );
}

#[test]
fn the_last_of_repeated_members_counts() {
    let read: Everything = serde_json::from_str(r#"{"small":1,"small":2}"#).unwrap();
    assert_eq!(read.small, Some(2));
}

#[test]
fn reads_text_from_scalars() {
    assert_eq!(field::<String>(json!(12)), Ok("12".into()));
    assert_eq!(
        field::<String>(json!(u64::MAX)),
        Ok("18446744073709551615".into())
    );
    assert_eq!(field::<String>(json!(1.5)), Ok("1.5".into()));
    assert_eq!(field::<String>(json!(true)), Ok("true".into()));
    assert_eq!(
        field::<String>(json!("123456789012345678901234567890")),
        Ok("123456789012345678901234567890".into())
    );
    assert_eq!(
        field::<String>(json!([])).unwrap_err(),
        "expected text, found an array"
    );
}

#[test]
fn reads_integers_from_text_floats_and_booleans() {
    for value in [
        json!(12),
        json!("12"),
        json!(" 12 "),
        json!(12.0),
        json!("12.0"),
        json!("+12"),
    ] {
        assert_eq!(field::<i64>(value.clone()), Ok(12));
        assert_eq!(field::<i32>(value), Ok(12));
    }
    assert_eq!(field::<i32>(json!(true)), Ok(1));
    assert_eq!(field::<i32>(json!(false)), Ok(0));
    assert_eq!(field::<i64>(json!("9223372036854775807")), Ok(i64::MAX));
    assert_eq!(field::<i64>(json!("-9223372036854775808")), Ok(i64::MIN));
    for value in [
        json!(1.5),
        json!("1.5"),
        json!(u64::MAX),
        json!("9223372036854775808"),
        json!(1e30),
        json!("x"),
        json!("NaN"),
        json!({}),
    ] {
        assert!(
            field::<i64>(value)
                .unwrap_err()
                .starts_with("expected an integer of 64 bits, found")
        );
    }
    assert_eq!(
        field::<i32>(json!(1_i64 << 31)).unwrap_err(),
        "expected an integer of 32 bits, found 2147483648"
    );
}

#[test]
fn reads_numbers_from_text() {
    for value in [json!(1.5), json!("1.5"), json!("15e-1")] {
        assert_eq!(field::<f64>(value), Ok(1.5));
    }
    assert_eq!(field::<f64>(json!(2)), Ok(2.0));
    for value in [
        json!("NaN"),
        json!("inf"),
        json!("1e999"),
        json!(true),
        json!("x"),
    ] {
        assert!(field::<f64>(value).is_err());
    }
}

#[test]
fn reads_booleans_from_numbers_and_text() {
    for value in [
        json!(true),
        json!(1),
        json!(1.0),
        json!("1"),
        json!("true"),
        json!("True"),
        json!(" TRUE "),
    ] {
        assert_eq!(field::<bool>(value), Ok(true));
    }
    for value in [
        json!(false),
        json!(0),
        json!("0"),
        json!("false"),
        json!("FALSE"),
    ] {
        assert_eq!(field::<bool>(value), Ok(false));
    }
    for value in [json!(2), json!("yes"), json!([]), json!("")] {
        assert!(field::<bool>(value).is_err());
    }
}

#[test]
fn blank_text_is_no_number() {
    let blank =
        json!({"flag": "", "small": "", "large": " ", "ratio": "", "text": "", "state": ""});
    let read: Everything = read(blank);
    assert_eq!(
        (read.flag, read.small, read.large, read.ratio),
        (None, None, None, None)
    );
    assert_eq!(read.text.as_deref(), Some(""));
    assert_eq!(read.state.unwrap().as_str(), "");
}

#[test]
fn a_value_that_its_field_cannot_hold_is_absent() {
    let rest = json!({"text": "kept", "children": [{"small": 1}]});
    for (name, values) in [
        ("text", vec![json!([]), json!({})]),
        ("flag", vec![json!(2), json!("maybe"), json!([true])]),
        (
            "small",
            vec![
                json!(60.5),
                json!("60.5"),
                json!(1_u64 << 31),
                json!("x"),
                json!({}),
            ],
        ),
        ("large", vec![json!(1e300), json!(-0.5), json!([1])]),
        ("ratio", vec![json!("NaN"), json!(true), json!({})]),
        ("state", vec![json!([]), json!({"a": 1})]),
        (
            "names",
            vec![json!(""), json!("a"), json!({"0": "a"}), json!(7)],
        ),
        ("given", vec![json!(""), json!({}), json!([["a"]])]),
        ("groups", vec![json!(""), json!([]), json!([1])]),
        ("next", vec![json!(""), json!([]), json!(false)]),
    ] {
        for value in values {
            let mut members = rest.clone();
            members[name] = value.clone();
            let read: Everything = read(members.clone());
            let mut due = rest.clone();
            due.as_object_mut().unwrap().remove(name);
            assert_eq!(serde_json::to_value(&read).unwrap(), due, "{name}: {value}");
            // At any depth.
            let deeper = json!({"children": [{"next": members}]});
            let read: Everything = self::read(deeper);
            assert_eq!(
                serde_json::to_value(&read).unwrap(),
                json!({"children": [{"next": due}]})
            );
        }
    }
}

#[test]
fn lists_are_never_shorter_than_they_were() {
    let mixed = json!({"children": [{"small": 1}, "none", 7, [], null, {"small": 2}], "small": 3});
    let mixed: Everything = read(mixed);
    let small: Vec<_> = mixed.children.iter().map(|child| child.small).collect();
    assert_eq!(small, [Some(1), None, None, None, None, Some(2)]);
    assert_eq!(mixed.small, Some(3));
    // Text and numbers have no empty form that could stand for what is missing.
    for names in [json!(["a", null, "b"]), json!(["a", {}]), json!([["a"]])] {
        let read: Everything = read(json!({"names": names, "given": names, "small": 3}));
        assert_eq!(
            (read.names.len(), read.given, read.small),
            (0, None, Some(3))
        );
    }
    let groups = json!({"groups": {"a": [1], "b": [1, null], "c": "", "d": [2.0]}});
    let read: Everything = read(groups);
    let due = json!({"groups": {"a": [1], "d": [2]}});
    assert_eq!(serde_json::to_value(&read).unwrap(), due);
}

#[test]
fn errors_name_the_place() {
    assert_eq!(
        refuse::<Everything>(json!([1])),
        "expected an object, found an array"
    );
    assert_eq!(
        refuse::<List>(json!({"0": 1})),
        "expected an array, found an object"
    );
    assert_eq!(
        refuse::<Required>(json!({"assetId": "secret", "count": "secret"})),
        "count: expected an integer of 32 bits, found other text"
    );
    assert_eq!(
        refuse::<Numbers>(json!([1, "secret"])),
        "[1]: expected an integer of 64 bits, found other text"
    );
}

#[test]
fn deep_nesting_is_an_error_not_a_crash() {
    let deep = r#"{"next":"#.repeat(100_000);
    assert!(serde_json::from_str::<Everything>(&deep).is_err());
}

#[test]
fn replies_without_a_body() {
    for value in [json!(null), json!({}), json!({"a": 1})] {
        assert_eq!(read::<Empty>(value), Empty {});
    }
    assert_eq!(
        refuse::<Empty>(json!([])),
        "expected nothing or an object, found an array"
    );
    assert_eq!(serde_json::to_string(&Empty {}).unwrap(), "null");
}

#[test]
fn replies_that_are_a_list() {
    let list: List = read(json!([{"small": 1}, {}]));
    assert_eq!(list.items.len(), 2);
    assert_eq!(
        serde_json::to_value(&list).unwrap(),
        json!([{"small": 1}, {}])
    );
    assert_eq!(read::<List>(json!(null)), List::default());
    assert_eq!(serde_json::to_string(&List::default()).unwrap(), "[]");
}

#[test]
fn enums_keep_every_value() {
    assert_eq!(State::from("UNKNOW"), State::Odd);
    assert_eq!("DONE".parse(), Ok(State::Done));
    assert_eq!(State::from("DONE".to_owned()).as_ref(), "DONE");
    assert_eq!(State::KNOWN, [State::Done, State::Odd]);
    for text in ["", "done", "NEW ", "视"] {
        let state: State = read(json!(text));
        assert!(state.is_unrecognized());
        assert_eq!(serde_json::to_value(&state).unwrap(), json!(text));
        assert_eq!(state.to_string(), text);
    }
    assert!(!State::Odd.is_unrecognized());
    assert_eq!(read::<State>(json!(3)).as_str(), "3");
    assert_eq!(read::<State>(json!(true)).as_str(), "true");
    assert_eq!(
        format!("{:?} {:>6}", State::from("X"), State::Done),
        r#"Unrecognized("X")   DONE"#
    );
    assert_eq!(refuse::<State>(json!(null)), "expected text, found null");
}
