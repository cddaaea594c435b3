//! Checks between the members of an object.

use super::*;

const A: Property = Property::new("a", Schema::STRING);
const B: Property = Property::new("b", Schema::array(&Schema::STRING)).named("bs");
const MODE: Property = Property::new("mode", Schema::INT32);
const FORCED: Property = Property::new("forced", Schema::FLAG);

static PROPERTIES: [Property; 4] = [A, B, MODE, FORCED];

fn together(constraint: Constraint, request: Value) -> String {
    let document = written(&request);
    let slots = fill::<Sending>(PROPERTIES.iter(), document.root().members()).unwrap();
    message(Sending::together(&slots, &[constraint]))
}

#[test]
fn constraints_between_members() {
    const AB: &[&str] = &["a", "b"];
    let one = |demand| Constraint::new(demand, AB);
    let none = json!({});
    let blank = json!({"a": " ", "b": []});
    let first = json!({"a": "x"});
    let both = json!({"a": "x", "b": ["y"]});
    let nothing = "the request needs a or bs (on the wire: b), but none of them is given";
    let several =
        "the request takes only one of a and bs (on the wire: b), got a and bs (on the wire: b)";
    for (case, demand, request, expected) in [
        ("at least one, of none", Demand::AtLeastOne, &none, nothing),
        (
            "at least one, of blank ones",
            Demand::AtLeastOne,
            &blank,
            nothing,
        ),
        ("at least one, of both", Demand::AtLeastOne, &both, ""),
        ("exactly one, of none", Demand::ExactlyOne, &none, nothing),
        ("exactly one, of one", Demand::ExactlyOne, &first, ""),
        ("exactly one, of both", Demand::ExactlyOne, &both, several),
        ("at most one, of none", Demand::AtMostOne, &none, ""),
        ("at most one, of both", Demand::AtMostOne, &both, several),
        ("together, none", Demand::Together, &none, ""),
        ("together, both", Demand::Together, &both, ""),
        (
            "together, one",
            Demand::Together,
            &first,
            "the request takes a and bs (on the wire: b) together, but bs (on the wire: b) is missing",
        ),
    ] {
        assert_eq!(together(one(demand), request.clone()), expected, "{case}");
    }
}

#[test]
fn constraints_with_conditions() {
    const IF_MODE: &[Condition] = &[Condition::new("mode", Test::OneOf(&[Literal::Number(1)]))];
    const IF_DEFAULT: &[Condition] = &[Condition::new(
        "mode",
        Test::OneOfOrAbsent(&[Literal::Number(0), Literal::Number(2)]),
    )];
    const IF_FORCED: &[Condition] = &[Condition::new(
        "forced",
        Test::OneOf(&[Literal::Flag(true)]),
    )];
    const IF_B_AND_NO_MODE: &[Condition] = &[
        Condition::new("b", Test::Present),
        Condition::new("mode", Test::Absent),
    ];
    let required = |when| Constraint::new(Demand::Required, &["a"]).when(when);
    let allowed = |when| Constraint::new(Demand::Allowed, &["a"]).when(when);
    for (case, constraint, request, expected) in [
        (
            "needed",
            required(IF_MODE),
            json!({"mode": 1}),
            "the request needs a if mode is 1",
        ),
        ("not needed", required(IF_MODE), json!({"mode": 0}), ""),
        (
            "needed and there",
            required(IF_MODE),
            json!({"mode": 1, "a": "x"}),
            "",
        ),
        (
            "needed by default",
            required(IF_DEFAULT),
            json!({}),
            "the request needs a if mode is 0 or 2 or not given",
        ),
        (
            "not needed by default",
            required(IF_DEFAULT),
            json!({"mode": 1}),
            "",
        ),
        (
            "flag",
            required(IF_FORCED),
            json!({"forced": 1}),
            "the request needs a if forced is true",
        ),
        (
            "flag as in Rust",
            required(IF_FORCED),
            json!({"forced": true}),
            "the request needs a if forced is true",
        ),
        ("other flag", required(IF_FORCED), json!({"forced": 0}), ""),
        (
            "two conditions",
            required(IF_B_AND_NO_MODE),
            json!({"b": ["x"]}),
            "the request needs a if bs (on the wire: b) is given and mode is not given",
        ),
        (
            "one of two conditions",
            required(IF_B_AND_NO_MODE),
            json!({"b": ["x"], "mode": 1}),
            "",
        ),
        (
            "without effect",
            allowed(IF_MODE),
            json!({"a": "x"}),
            "the request takes a only if mode is 1",
        ),
        (
            "with effect",
            allowed(IF_MODE),
            json!({"a": "x", "mode": 1}),
            "",
        ),
        ("absent", allowed(IF_MODE), json!({}), ""),
    ] {
        assert_eq!(together(constraint, request), expected, "{case}");
    }
}

#[test]
fn constraints_reach_into_objects() {
    const IF_MODE: &[Condition] = &[Condition::new("mode", Test::OneOf(&[Literal::Number(1)]))];
    let needed = Constraint::new(Demand::Required, &["b.url"]).when(IF_MODE);
    let missing = "the request needs b.url if mode is 1";
    for (case, request, expected) in [
        (
            "in each item",
            json!({"mode": 1, "b": [{"url": "x"}, {"url": "y"}]}),
            "",
        ),
        (
            "not in each item",
            json!({"mode": 1, "b": [{"url": "x"}, {"url": " "}]}),
            missing,
        ),
        ("in the object", json!({"mode": 1, "b": {"url": "x"}}), ""),
        (
            "not in the object",
            json!({"mode": 1, "b": {"other": "x"}}),
            missing,
        ),
        ("without the list", json!({"mode": 1}), ""),
        (
            "without the condition",
            json!({"mode": 2, "b": [{"other": 1}]}),
            "",
        ),
    ] {
        assert_eq!(together(needed, request), expected, "{case}");
    }
    let alone = Constraint::new(Demand::AtLeastOne, &["a"]);
    assert_eq!(together(alone, json!({})), "the request needs a");
}
