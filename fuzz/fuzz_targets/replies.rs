//! Any JSON as a reply or a stored request: what can be read is written the same way from then on,
//! and a reply is read from its text as from a value.
//!
//! An input is the name of an operation, a space, and JSON.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use vod_api::support::Wire;
use vod_api::support::bench::read_reply;
use vod_api::{Operation, model, operation};

include!(concat!(env!("OUT_DIR"), "/with_operation.rs"));

fuzz_target!(|text: &str| -> Corpus {
    let (name, json) = text.split_once(' ').unwrap_or(("", text));
    let Ok(value) = serde_json::from_str::<Value>(json) else {
        return Corpus::Reject;
    };
    with_operation!(known(name), Request => {
        comes_back::<Request>(&value);
        comes_back::<<Request as Operation>::Response>(&value);
        is_read_from_text::<<Request as Operation>::Response>(json, &value);
    });
    Corpus::Keep
});

/// A name that is none stands for some operation.
fn known(name: &str) -> &'static str {
    let all = operation::all();
    operation::find(name)
        .unwrap_or(all[name.len() % all.len()])
        .name
}

fn comes_back<T: Serialize + DeserializeOwned + std::fmt::Debug>(value: &Value) {
    match T::deserialize(value) {
        Ok(read) => {
            let text = serde_json::to_string(&read).unwrap();
            let again: T = serde_json::from_str(&text).unwrap();
            assert_eq!(serde_json::to_string(&again).unwrap(), text);
            let _ = format!("{read:?}");
        }
        Err(error) => drop(error.to_string()),
    }
}

/// A reply is read from its text as from a value.
fn is_read_from_text<T: Wire + Serialize + DeserializeOwned>(json: &str, value: &Value) {
    let written = |reply: &T| serde_json::to_string(reply).unwrap();
    let from_text = read_reply::<T>(json.as_bytes()).ok();
    let from_value = T::deserialize(value).ok();
    assert_eq!(
        from_text.as_ref().map(written),
        from_value.as_ref().map(written)
    );
}
