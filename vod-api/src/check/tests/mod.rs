//! The checks of values; those between members are in [`constraints`], those of replies in
//! [`replying`].

mod constraints;
mod replying;

use serde_json::{Value, json};

use super::*;
use crate::facts::{Condition, Demand, Described, Literal, Test};
use crate::time::TimeFormat;
use crate::wire::{Document, written};

struct Node;

impl Described for Node {
    const PROPERTIES: &'static [Property] = &[
        Property::new("name", Schema::STRING.length(1, 3)).required(),
        Property::new("task_id", Schema::STRING).named("task"),
        Property::new(
            "children",
            Schema::array(&Schema::object::<Node>()).items(0, 2),
        ),
    ];
    const CONSTRAINTS: &'static [Constraint] =
        &[Constraint::new(Demand::AtMostOne, &["task_id", "children"])];
}

/// What is wrong with the member `x` of an object that has nothing else.
fn read(schema: Schema, value: Value) -> String {
    message(walk_one::<Reading>(Property::new("x", schema), &value))
}

fn sent(schema: Schema, value: Value) -> String {
    message(walk_one::<Sending>(Property::new("x", schema), &value))
}

fn walk_one<C: Check>(property: Property, value: &Value) -> Result<(), Misfit> {
    let property: &'static Property = Box::leak(Box::new(property));
    let object = json!({ "x": value });
    let document = written(&object);
    let slots = fill::<C>(std::iter::once(property), document.root().members())?;
    walk_members::<C>(&slots, &[])
}

/// Empty if nothing is wrong.
fn message(result: Result<(), Misfit>) -> String {
    result
        .err()
        .map(|misfit| misfit.to_string())
        .unwrap_or_default()
}

#[test]
fn the_json_type_has_to_be_right() {
    static NUMBERS: Schema = Schema::INT32;
    let node = Schema::object::<Node>();
    let seconds = Schema::time(TimeFormat::Seconds);
    let day = Schema::time(TimeFormat::Day);
    let cases = [
        ("text", Schema::STRING, json!("a"), ""),
        (
            "number for text",
            Schema::STRING,
            json!(7),
            "x must be text, got a number",
        ),
        (
            "text for a number",
            Schema::INT64,
            json!("7"),
            "x must be a whole number of 64 bits, got text",
        ),
        (
            "fraction",
            Schema::INT32,
            json!(1.5),
            "x must be a whole number of 32 bits, got 1.5",
        ),
        (
            "too large",
            Schema::INT32,
            json!(2_147_483_648_i64),
            "x must be a whole number of 32 bits, got 2147483648",
        ),
        ("float", Schema::NUMBER, json!(1), ""),
        (
            "text for a bool",
            Schema::BOOL,
            json!("true"),
            "x must be true or false, got text",
        ),
        ("flag as documented", Schema::FLAG, json!(1), ""),
        ("flag as in Rust", Schema::FLAG, json!(false), ""),
        (
            "flag of another number",
            Schema::FLAG,
            json!(2),
            "x must be 1, 0, true or false, got 2",
        ),
        (
            "flag as text",
            Schema::FLAG,
            json!("1"),
            "x must be 1, 0, true or false, got text",
        ),
        ("text flag as documented", Schema::TEXT_FLAG, json!("0"), ""),
        ("text flag as in Rust", Schema::TEXT_FLAG, json!(true), ""),
        (
            "text flag as a number",
            Schema::TEXT_FLAG,
            json!(1),
            "x must be \"1\", \"0\", true or false, got 1",
        ),
        ("seconds", seconds, json!(1_773_994_500), ""),
        ("day", day, json!("20260320"), ""),
        (
            "day as a number",
            day,
            json!(20_260_320),
            "x must be text, got a number",
        ),
        (
            "one for a list",
            Schema::array(&NUMBERS),
            json!(1),
            "x must be a list, got 1",
        ),
        (
            "null for a list",
            Schema::array(&NUMBERS),
            json!(null),
            "x must be a list, got null: leave it out, or give it values",
        ),
        (
            "null in a list",
            Schema::array(&NUMBERS),
            json!([1, null]),
            "x[1] must be a whole number of 32 bits, got null",
        ),
        (
            "null for a map",
            Schema::map(&NUMBERS),
            json!(null),
            "x must be an object, got null: leave it out, or give it values",
        ),
        (
            "list for an object",
            node,
            json!([]),
            "x must be an object, got a list",
        ),
        (
            "blank time",
            day,
            json!(" "),
            "x is blank: leave it out, or give it a value",
        ),
        ("anything", Schema::ANY, json!([null, {"a": "b"}]), ""),
        ("null for a number", Schema::INT32, json!(null), ""),
    ];
    for (case, schema, value, expected) in cases {
        assert_eq!(read(schema, value), expected, "{case}");
    }
}

#[test]
fn members_have_to_be_known() {
    let node = Schema::object::<Node>();
    for (case, value, expected) in [
        ("known", json!({"name": "a", "task_id": "t"}), ""),
        (
            "name in Rust",
            json!({"task": "t"}),
            "x.task is not known here: it is the name in Rust; the name in JSON is task_id",
        ),
        (
            "misspelt",
            json!({"nmae": "a"}),
            "x.nmae is not known here: did you mean name?",
        ),
        (
            "near to the name in Rust",
            json!({"tasks": "a"}),
            "x.tasks is not known here: did you mean task_id?",
        ),
        (
            "far away",
            json!({"colour": 1}),
            "x.colour is not known here: the members are name, task_id, children",
        ),
        (
            "deep inside",
            json!({"children": [{"children": [{"nam": ""}]}]}),
            "x.children[0].children[0].nam is not known here: did you mean name?",
        ),
        (
            "null in a constraint",
            json!({"task_id": null}),
            "x.task (on the wire: x.task_id) is null: leave it out, or give it a value",
        ),
        (
            "null where something is required",
            json!({"name": null}),
            "x.name is required, but null: give it a value",
        ),
    ] {
        assert_eq!(read(node, value), expected, "{case}");
    }
}

#[test]
fn members_are_given_once() {
    let twice = |text: &str, schema: Schema| {
        let document: Document<'_> = serde_json::from_str(text).unwrap();
        message(read_value(&schema, document.root()))
    };
    assert_eq!(
        twice(r#"{"name": "a", "name": "b"}"#, Schema::object::<Node>()),
        "name is given twice: keep one of the two"
    );
    assert_eq!(
        twice(r#"{"a": 1, "b": 2, "a": 1}"#, Schema::map(&Schema::INT32)),
        "a is given twice: keep one of the two"
    );
}

#[test]
fn limits_are_named() {
    static TEXT: Schema = Schema::STRING.bytes(0, 3).not_blank();
    let many = Schema::array(&Schema::STRING).items(0, 2);
    let short = Schema::STRING.length(2, 3);
    let both = Schema::INT32.range(1, 100);
    let cases = [
        ("few", many, json!(["a", "b"]), ""),
        (
            "many",
            many,
            json!(["a", "b", "c"]),
            "x takes at most 2 values, got 3",
        ),
        (
            "none",
            Schema::map(&Schema::ANY).items(1, usize::MAX),
            json!({}),
            "x takes at least 1 value, got 0",
        ),
        ("characters, not bytes", short, json!("视频"), ""),
        (
            "too many characters",
            short,
            json!("视频ab"),
            "x takes at most 3 characters, got 4",
        ),
        (
            "too few characters",
            short,
            json!("😀"),
            "x takes at least 2 characters, got 1",
        ),
        (
            "bytes, not characters",
            Schema::STRING.bytes(0, 6),
            json!("视频"),
            "",
        ),
        (
            "too many bytes",
            Schema::STRING.bytes(0, 5),
            json!("视频"),
            "x takes at most 5 bytes, got 6",
        ),
        (
            "an item that is too long",
            Schema::array(&TEXT),
            json!(["abc", "视频"]),
            "x[1] takes at most 3 bytes, got 6",
        ),
        (
            "a blank item",
            Schema::array(&TEXT),
            json!([" "]),
            "x[0] is blank: give it a value",
        ),
        (
            "an empty item",
            Schema::array(&TEXT),
            json!([""]),
            "x[0] is empty: give it a value",
        ),
        ("blank where it can be", Schema::STRING, json!(""), ""),
        (
            "NUL",
            Schema::STRING,
            json!("a\0"),
            "x contains a NUL character: remove it",
        ),
        ("smallest", both, json!(1), ""),
        (
            "too small",
            both,
            json!(0),
            "x must be from 1 to 100, got 0",
        ),
        (
            "between whole numbers",
            both,
            json!(100.5),
            "x must be from 1 to 100, got 100.5",
        ),
        (
            "lower end alone",
            Schema::NUMBER.range(0, i64::MAX),
            json!(-0.5),
            "x must be at least 0, got -0.5",
        ),
        (
            "large",
            Schema::INT64.range(i64::MIN, 9_007_199_254_740_992),
            json!(9_007_199_254_740_993_i64),
            "x must be at most 9007199254740992, got 9007199254740993",
        ),
    ];
    for (case, schema, value, expected) in cases {
        assert_eq!(sent(schema, value), expected, "{case}");
    }
}

#[test]
fn values_of_enums_are_the_documented_ones() {
    let state = Schema::one_of(&["CREATED", "FAILED"]);
    for (case, value, expected) in [
        ("documented", json!("FAILED"), ""),
        (
            "misspelt",
            json!("CREATD"),
            "x must be one of CREATED, FAILED, got \"CREATD\": did you mean CREATED?",
        ),
        (
            "in small letters",
            json!("created"),
            "x must be one of CREATED, FAILED, got \"created\": did you mean CREATED?",
        ),
        (
            "another",
            json!("GONE"),
            "x must be one of CREATED, FAILED, got \"GONE\"; `unlisted` sends a value that the docs do not list",
        ),
    ] {
        assert_eq!(sent(state, value), expected, "{case}");
    }
    let long = sent(Schema::one_of(&["A"]), json!("é\n".repeat(50)));
    assert!(long.starts_with("x must be A, got \"é\\né"), "{long}");
    assert!(long.len() < 250, "{long}");
}

#[test]
fn times_have_their_form() {
    let compact = Schema::time(TimeFormat::Compact);
    assert_eq!(sent(compact, json!("20250101000000")), "");
    assert_eq!(
        sent(compact, json!("2025-01-01")),
        "x must be a time of the form yyyymmddhhmmss, such as 20260320081500, got \"2025-01-01\""
    );
    assert_eq!(
        sent(Schema::time(TimeFormat::Day), json!("20250230")),
        "x must be a time of the form yyyymmdd, such as 20260320, got \"20250230\""
    );
}

#[test]
fn types_that_hold_themselves_are_walked() {
    let tree = json!({"name": "a", "children": [
        {"name": "b"}, {"name": "c", "children": [{"name": "long"}]},
    ]});
    assert_eq!(
        sent(Schema::object::<Node>(), tree),
        "x.children[1].children[0].name takes at most 3 characters, got 4"
    );
    assert_eq!(
        sent(Schema::object::<Node>(), json!({})),
        "x.name is required, but missing"
    );
    let both = json!({"name": "a", "task_id": "t", "children": [{"name": "b"}]});
    assert_eq!(
        sent(Schema::object::<Node>(), both),
        "x takes only one of task (on the wire: task_id) and children, got task (on the wire: task_id) and children"
    );
}

#[test]
fn numbers_that_json_does_not_have_are_refused() {
    for (number, expected) in [
        (f64::NAN, "x must be a finite number, got NaN"),
        (f64::INFINITY, "x must be a finite number, got inf"),
        (0.5, ""),
    ] {
        let property: &'static Property = Box::leak(Box::new(Property::new("x", Schema::NUMBER)));
        let object = std::collections::BTreeMap::from([("x".to_owned(), number)]);
        let document = written(&object);
        let slots = fill::<Sending>(std::iter::once(property), document.root().members());
        let result = walk_members::<Sending>(&slots.unwrap(), &[]);
        assert_eq!(message(result), expected);
    }
}
