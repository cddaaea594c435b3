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
    struct Case {
        name: &'static str,
        body: Value,
    }

    let cases = [
        Case {
            name: "nothing",
            body: json!(null),
        },
        Case {
            name: "no members",
            body: json!({}),
        },
        Case {
            name: "null for no value",
            body: json!({"state": null, "nodes": null}),
        },
        Case {
            name: "blank for no value",
            body: json!({"state": "", "at": " "}),
        },
        Case {
            name: "values of all types",
            body: json!({"state": "READY", "at": "20260320", "count": 1, "names": {"a": "b"}}),
        },
        // Limits and constraints are those of requests.
        Case {
            name: "beyond a limit",
            body: json!({"count": 10}),
        },
        Case {
            name: "longer than in a request, and two of one group",
            body: json!({"nodes": [{"name": "longer", "task_id": "t", "children": []}]}),
        },
        Case {
            name: "a required member is missing",
            body: json!({"nodes": [{}]}),
        },
    ];
    for Case { name, body } in cases {
        assert_eq!(judge(Some(Schema::object::<Page>()), &body), "", "{name}");
    }
    for body in [json!(null), json!({})] {
        assert_eq!(judge(None, &body), "");
    }
}

#[test]
fn what_it_cannot_send_is_named_as_in_json() {
    struct Case {
        name: &'static str,
        body: Value,
        message: &'static str,
    }

    let cases = [
        Case {
            name: "unknown member",
            body: json!({"nodes": [{}, {"nam": "a"}]}),
            message: "nodes[1].nam is not known here: did you mean name?",
        },
        Case {
            name: "name in Rust",
            body: json!({"nodes": [{"task": "t1"}]}),
            message: "nodes[0].task is not known here: it is the name in Rust; the name in JSON is task_id",
        },
        Case {
            name: "type of a member with another name in Rust",
            body: json!({"nodes": [{"task_id": 7}]}),
            message: "nodes[0].task_id must be text, got a number",
        },
        Case {
            name: "value that is not listed",
            body: json!({"state": "REDY"}),
            message: "state must be one of READY, FAILED, got \"REDY\": did you mean READY?",
        },
        Case {
            name: "value that is like none",
            body: json!({"state": "GONE"}),
            message: "state must be one of READY, FAILED, got \"GONE\"",
        },
        Case {
            name: "form of a time",
            body: json!({"at": "2026-03-20"}),
            message: "at must be a time of the form yyyymmdd, such as 20260320, got \"2026-03-20\"",
        },
        Case {
            name: "null in a list",
            body: json!({"nodes": [null]}),
            message: "nodes[0] must be an object, got null",
        },
        Case {
            name: "value of a map",
            body: json!({"names": {"a": 1}}),
            message: "names.a must be text, got a number",
        },
        Case {
            name: "list",
            body: json!([]),
            message: "the body must be an object, got a list",
        },
    ];
    for Case {
        name,
        body,
        message,
    } in cases
    {
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
