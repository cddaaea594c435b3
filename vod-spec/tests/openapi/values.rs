//! Flags, times, units, and values that can be sent.

use serde_json::{Value, json};

use super::schema::violations;
use super::{Described, fixtures, schemas};

fn parameter<'d>(document: &'d Value, path: &str, name: &str) -> &'d Value {
    let parameters = document["paths"][path]["post"]["parameters"].as_array();
    let mut parameters = parameters.unwrap().iter();
    &parameters.find(|it| it["name"] == *name).unwrap()["schema"]
}

fn member<'d>(document: &'d Value, schema: &str, name: &str) -> &'d Value {
    &schemas(document)[schema]["properties"][name]
}

/// Holds values against a schema.
fn assert_fits(document: &Value, schema: &Value, fitting: &[Value], others: &[Value]) {
    for (values, due) in [(fitting, true), (others, false)] {
        for value in values {
            let fits = violations(document, schema, value).is_empty();
            assert_eq!(fits, due, "{value} and {schema}");
        }
    }
}

#[test]
fn flags_are_one_or_zero() {
    let Described { document, .. } = fixtures();
    let path = "/v1/{project_id}/set-flags";
    let number = parameter(&document, path, "verbose");
    assert_eq!(
        *number,
        json!({"type": "integer", "format": "int32", "enum": [0, 1], "x-vod-flag": true})
    );
    let text = parameter(&document, path, "dry_run");
    assert_eq!(
        *text,
        json!({"type": "string", "enum": ["0", "1"], "default": "0", "x-vod-flag": true})
    );
    let review = member(&document, "SetFlags-Body", "review");
    assert_eq!(
        (&review["enum"], &review["default"]),
        (&json!([0, 1]), &json!(1))
    );
    assert_eq!(review.get("minimum"), None);
    let sent = member(&document, "FlagRule-Sent", "kept");
    assert_fits(
        &document,
        sent,
        &[json!("1")],
        &[json!(1), json!(true), json!("2")],
    );
    let received = member(&document, "FlagRule-Received", "kept");
    assert_eq!(received["x-vod-flag"], true);
    assert_fits(
        &document,
        received,
        &[json!("1"), json!(null), json!("yes")],
        &[],
    );
}

#[test]
fn times_have_their_form() {
    let Described { document, .. } = fixtures();
    let path = "/v1/{project_id}/set-times";
    let start = parameter(&document, path, "start_time");
    assert_eq!(
        start["x-vod-time"],
        json!({"form": "yyyymmddhhmmss", "zone": "utc", "basis": "documented"})
    );
    assert_fits(
        &document,
        start,
        &[json!("20260320081500")],
        &[json!("2026-03-20"), json!(20_260_320_081_500_i64)],
    );
    let month = parameter(&document, path, "month");
    assert_fits(
        &document,
        month,
        &[json!("20260301000000")],
        &[json!("20260301000001")],
    );
    let day = member(&document, "SetTimes-Body", "day");
    assert_eq!(
        day["x-vod-time"],
        json!({"form": "yyyymmdd", "basis": "documented"})
    );
    assert_fits(
        &document,
        day,
        &[json!("20260320")],
        &[json!("20260320000000"), json!("")],
    );
    let local = member(&document, "SetTimes-Body", "local");
    assert_eq!(
        local["x-vod-time"],
        json!({"form": "yyyy-mm-dd hh:mm:ss", "zone": "utc+8", "basis": "inferred"})
    );
    assert_fits(
        &document,
        local,
        &[json!("2026-03-20 08:15:00")],
        &[json!("2026-03-20T08:15:00")],
    );
    let exact = member(&document, "SetTimes-Body", "exact");
    assert_eq!(exact["format"], "date-time");
    let of_rfc3339 = ["2026-03-20T08:15:00Z", "2026-03-20T16:15:00.250+08:00"];
    assert_fits(
        &document,
        exact,
        &of_rfc3339.map(|it| json!(it)),
        &[json!("2026-03-20 08:15:00")],
    );
    let since = member(&document, "SetTimes-Body", "since");
    assert_fits(
        &document,
        since,
        &[json!(1_773_994_500)],
        &[json!(-1), json!("1773994500")],
    );
    for received in ["day", "since"] {
        let received = member(&document, "SetTimes-Reply", received);
        assert!(received["x-vod-time"].is_object());
        assert_eq!(
            (received.get("pattern"), received.get("minimum")),
            (None, None)
        );
    }
}

#[test]
fn limits_count_in_their_unit_and_belong_to_items() {
    let Described { document, .. } = fixtures();
    let label = parameter(&document, "/v1/{project_id}/set-limits", "label");
    assert_eq!(
        *label,
        json!({"type": "string", "minLength": 1, "maxLength": 6, "x-vod-min-bytes": 2, "x-vod-max-bytes": 6})
    );
    let member = |name| member(&document, "SetLimits-Body", name);
    assert_fits(
        &document,
        member("words"),
        &[json!(["ab", "abc"])],
        &[json!(["a"]), json!(["ab", "abcd"])],
    );
    assert_fits(
        &document,
        member("words"),
        &[],
        &[json!(["ab", "ab", "ab"])],
    );
    assert_fits(
        &document,
        member("sizes"),
        &[json!([1, 9])],
        &[json!([0]), json!([10])],
    );
    assert_eq!(member("titles")["items"]["x-vod-max-bytes"], 6);
    let received = &schemas(&document)["LimitPart-Received"]["properties"]["title"];
    assert_eq!(
        (received.get("maxLength"), received.get("x-vod-max-bytes")),
        (None, None)
    );
}

#[test]
fn blank_text_and_other_values_are_refused() {
    let Described { document, .. } = fixtures();
    let member = |name| member(&document, "SetLimits-Body", name);
    assert_fits(
        &document,
        member("comment"),
        &[json!("a b")],
        &[json!(""), json!(" \n")],
    );
    assert_fits(&document, member("folder_id"), &[json!("a")], &[json!("")]);
    assert_fits(&document, member("suffix"), &[json!(""), json!(" ")], &[]);
    assert_fits(&document, member("words"), &[], &[json!(["  "])]);
    assert_fits(
        &document,
        member("next"),
        &[json!("READY")],
        &[json!("NOT_READY")],
    );
    assert_eq!(member("next")["default"], "READY");
    let states = parameter(&document, "/v1/{project_id}/set-limits", "state");
    assert_fits(
        &document,
        states,
        &[json!(["READY", "3GP"])],
        &[json!(["NOT_READY"])],
    );
    let received = &schemas(&document)["LimitPart-Received"]["properties"];
    assert_fits(
        &document,
        &received["state"],
        &[json!("UNKNOW"), json!("NEW")],
        &[],
    );
    assert_fits(&document, &received["comment"], &[json!("")], &[]);
}
