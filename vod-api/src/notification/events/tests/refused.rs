//! What is no event, and what of an event does not matter.

use serde_json::json;

use super::{read, refused};
use crate::notification::Event;

#[test]
fn what_is_no_event_is_refused() {
    struct Case {
        json: &'static str,
        why: &'static str,
    }
    for case in [
        Case {
            json: "[]",
            why: "expected an object, found an array",
        },
        Case {
            json: "null",
            why: "expected an object, found null",
        },
        Case {
            json: "{}",
            why: "missing field `event_type`",
        },
        Case {
            json: r#"{"event_type": 1}"#,
            why: "event_type: expected the name of an event, found 1",
        },
        Case {
            json: r#"{"event_type": null}"#,
            why: "event_type: expected the name of an event, found null",
        },
        Case {
            json: r#"{"event_type": " "}"#,
            why: "event_type: expected the name of an event, found other text",
        },
        Case {
            json: r#"{"Event_Type": "other"}"#,
            why: "missing field `event_type`",
        },
        Case {
            json: r#"{"event_type": "other", "event_type": "other"}"#,
            why: "`event_type` is given twice",
        },
        Case {
            json: r#"{"event_type": "other", "event\u005ftype": "transcodeComplete"}"#,
            why: "`event_type` is given twice",
        },
        Case {
            json: r#"{"event_type": "transcodeComplete"}"#,
            why: "missing field `transcode_info`",
        },
        Case {
            json: r#"{"event_type": "transcodeComplete", "thumbnail_info": {}}"#,
            why: "missing field `transcode_info`",
        },
        Case {
            json: r#"{"event_type": "transcodeComplete", "transcode_info": {}, "transcode_info": {}}"#,
            why: "`transcode_info` is given twice",
        },
        Case {
            json: r#"{"event_type": "transcodeComplete", "transcode_info": null}"#,
            why: "transcode_info: expected an object, found null",
        },
        Case {
            json: r#"{"event_type": "transcodeComplete", "transcode_info": "s3cret"}"#,
            why: "transcode_info: expected an object, found other text",
        },
        Case {
            json: r#"{"event_type": "transcodeComplete", "transcode_info": []}"#,
            why: "transcode_info: expected an object, found an array",
        },
        Case {
            json: r#"{"event_type": "other"} {}"#,
            why: "not JSON: trailing characters at line 1 column 25",
        },
        Case {
            json: "",
            why: "not JSON: the text ends too early, at line 1 column 1",
        },
    ] {
        assert_eq!(refused(case.json), case.why, "{}", case.json);
    }
}

#[test]
fn what_is_truncated_is_refused() {
    let whole = r#"{"event_type": "transcodeComplete", "transcode_info": {"asset_id": "a1", "output": [{"encrypted": 0}]}}"#;
    for end in 0..whole.len() {
        let why = refused(&whole[..end]);
        assert!(why.starts_with("not JSON: "), "{end}: {why}");
    }
}

#[test]
fn what_is_nested_without_end_is_refused() {
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let (open, close) = (open.repeat(100_000), close.repeat(100_000));
        let json = format!(r#"{{"event_type": "other", "a": {open}1{close}}}"#);
        assert!(refused(&json).starts_with("not JSON: recursion limit exceeded"));
    }
}

#[test]
fn values_are_read_leniently() {
    let event = read(
        &json!({"event_type": "transcodeComplete", "more": 1, "transcode_info": {
            "asset_id": 17, "status": "PARTLY", "error_code": null, "more": {},
            "output": [null, 1, {"encrypted": "1", "quality": "8K", "meta_data": {"duration": "26", "width": 1.5}}],
        }}),
    );
    assert_eq!(event.asset_id(), Some("17"));
    assert_eq!(event.status().unwrap().as_str(), "PARTLY");
    let Event::TranscodeComplete(body) = event else {
        panic!("{event:?}");
    };
    let [.., last] = &body.outputs[..] else {
        panic!("{body:?}");
    };
    assert_eq!(body.outputs.len(), 3);
    assert_eq!(last.encrypted, Some(true));
    assert_eq!(last.quality.as_ref().unwrap().as_str(), "8K");
    let data = last.meta_data.as_ref().unwrap();
    assert_eq!((data.duration, data.width), (Some(26), None));
}
