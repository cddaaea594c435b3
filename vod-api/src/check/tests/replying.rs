//! The checks of replies that tests have written.

use serde_json::{Value, json};

use super::Node;
use crate::check::reply;
use crate::facts::{Described, Property, Schema};
use crate::time::TimeFormat;
use crate::wire::written;

struct Page;

impl Described for Page {
    const PROPERTIES: &'static [Property] = &[
        Property::new("state", Schema::one_of(&["READY", "FAILED"])),
        Property::new("at", Schema::time(TimeFormat::Day)),
        Property::new("count", Schema::INT32.range(0, 9)),
        Property::new("nodes", Schema::array(&Schema::object::<Node>())),
        Property::new("names", Schema::map(&Schema::STRING)),
    ];
}

fn judge(schema: Option<Schema>, body: &Value) -> String {
    let judged = reply(schema.as_ref(), written(body).root());
    judged.map_or_else(|misfit| misfit.in_body(), |()| String::new())
}

#[test]
fn what_the_service_can_send_is_right() {
    for (name, body) in [
        ("nothing", json!(null)),
        ("no members", json!({})),
        ("null for no value", json!({"state": null, "nodes": null})),
        ("blank for no value", json!({"state": "", "at": " "})),
        (
            "all",
            json!({"state": "READY", "at": "20260320", "count": 1, "names": {"a": "b"}}),
        ),
        // Limits and constraints are those of requests.
        ("beyond a limit", json!({"count": 10})),
        (
            "longer than a request's, and two of one group",
            json!({"nodes": [{"name": "longer", "task_id": "t", "children": []}]}),
        ),
        ("a required member is missing", json!({"nodes": [{}]})),
    ] {
        assert_eq!(judge(Some(Schema::object::<Page>()), &body), "", "{name}");
    }
    for body in [json!(null), json!({})] {
        assert_eq!(judge(None, &body), "");
    }
}

#[test]
fn what_it_cannot_send_is_named_as_in_json() {
    for (name, body, message) in [
        (
            "unknown member",
            json!({"nodes": [{}, {"nam": "a"}]}),
            "nodes[1].nam is not known here: did you mean name?",
        ),
        (
            "name in Rust",
            json!({"nodes": [{"task": "t1"}]}),
            "nodes[0].task is not known here: it is the name in Rust; the name in JSON is task_id",
        ),
        (
            "type of a member with another name in Rust",
            json!({"nodes": [{"task_id": 7}]}),
            "nodes[0].task_id must be text, got a number",
        ),
        (
            "value that is not listed",
            json!({"state": "REDY"}),
            "state must be one of READY, FAILED, got \"REDY\": did you mean READY?",
        ),
        (
            "value that is like none",
            json!({"state": "GONE"}),
            "state must be one of READY, FAILED, got \"GONE\"",
        ),
        (
            "form of a time",
            json!({"at": "2026-03-20"}),
            "at must be a time of the form yyyymmdd, such as 20260320, got \"2026-03-20\"",
        ),
        (
            "null in a list",
            json!({"nodes": [null]}),
            "nodes[0] must be an object, got null",
        ),
        (
            "value of a map",
            json!({"names": {"a": 1}}),
            "names.a must be text, got a number",
        ),
        ("list", json!([]), "the body must be an object, got a list"),
    ] {
        let schema = Some(Schema::object::<Page>());
        assert_eq!(judge(schema, &body), message, "{name}");
    }
    assert_eq!(
        judge(None, &json!({"a": 1})),
        "a is not known here: the object has no members"
    );
    assert_eq!(
        judge(None, &json!([])),
        "the body must be empty, got a list"
    );
}
