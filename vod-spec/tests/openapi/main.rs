//! The OpenAPI document: all of the description is in it, its schemas and examples fit, and so do recorded requests.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod constraints;
mod every;
mod recorded;
mod schema;
mod values;

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use vod_spec::load_dir;
use vod_spec::model::{Api, Operation};
use vod_spec::openapi::document;

use self::schema::violations;

fn from_root(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

/// A description and the document of it.
struct Described {
    api: Api,
    document: Value,
}

fn load(spec: &str) -> Described {
    let api = load_dir(&from_root(spec)).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    let document = serde_json::to_value(document(&api)).unwrap();
    Described { api, document }
}

/// An operation for each feature of the format.
fn fixtures() -> Described {
    load("vod-codegen/fixtures/spec")
}

fn schemas(document: &Value) -> &Map<String, Value> {
    document["components"]["schemas"].as_object().unwrap()
}

fn operation<'d>(document: &'d Value, operation: &Operation) -> &'d Value {
    &document["paths"][&operation.path][operation.method.as_str().to_lowercase()]
}

#[test]
fn requests_are_strict_and_replies_are_not() {
    let Described { document, .. } = fixtures();
    let fits = |name: &str, value: &Value| {
        violations(&document, &schemas(&document)[name], value).is_empty()
    };
    let takes = |name: &str, value: Value| assert!(fits(name, &value), "{name}: {value}");
    let refuses = |name: &str, value: Value| assert!(!fits(name, &value), "{name}: {value}");
    takes("Thing-Sent", json!({"name": "a", "state": "READY"}));
    refuses("Thing-Sent", json!({"name": "a", "state": "NEW"}));
    refuses("Thing-Sent", json!({"name": "a", "state": null}));
    refuses("Thing-Sent", json!({"state": "READY"}));
    takes("Thing-Received", json!({"state": "READY"}));
    takes("Thing-Received", json!({"name": null, "state": "NEW"}));
    takes("Thing-Received", json!({"state": null}));
    refuses("Thing-Received", json!({"state": 1}));
    takes("CreateThing-Reply", json!({"thing": null}));
    refuses("CreateThing-Reply", json!({"thing": {"name": 1}}));
    takes(
        "CreateThing-Body",
        json!({"title": "a", "state": "READY", "tags": ["a", "b"]}),
    );
    refuses(
        "CreateThing-Body",
        json!({"title": "a", "state": "READY", "tags": ["a", "b", "c"]}),
    );
    refuses("CreateThing-Body", json!({"title": "a", "tags": []}));
    takes(
        "SetNumbers-Body",
        json!({"small": -5, "large": 1, "rate": 0.5}),
    );
    refuses("SetNumbers-Body", json!({"small": -6}));
    refuses("SetNumbers-Body", json!({"small": 5, "large": 0}));
    refuses("SetNumbers-Body", json!({"small": 0.5}));
    takes(
        "PutMaps-Body",
        json!({"labels": {"a": "b"}, "anything": [null]}),
    );
    refuses("PutMaps-Body", json!({"labels": {"a": 1}}));
    takes(
        "PutTree-Body",
        json!({"tree": {"label": "a", "children": [{"label": "b"}]}}),
    );
    refuses(
        "PutTree-Body",
        json!({"tree": {"label": "a", "children": [{}]}}),
    );
    takes("ListThingNames-Reply", json!([{"name": "a"}]));
    refuses("ListThingNames-Reply", json!(null));
    takes(
        "Service-Error",
        json!({"error_code": "FIX.0001", "error_msg": "m"}),
    );
    takes(
        "Service-Error",
        json!({"error_code": "FIX.9999", "error_msg": null}),
    );
    refuses("LimitPart-Sent", json!({"sizes": [10]}));
    takes("LimitPart-Received", json!({"sizes": [10]}));
}
