//! What two requests that should be the same differ in.

use std::collections::BTreeSet;

use serde_json::Value;
use vod_api::http::HeaderName;
use vod_local::ReceivedRequest;

/// One thing that is not the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Where, such as `query`, `header accept` or `body.tags[]`.
    pub(crate) at: String,
    /// What vod-api sends there.
    pub(crate) ours: String,
    /// What the official SDK sends there.
    pub(crate) official: String,
}

impl Difference {
    pub(crate) fn new(
        at: impl Into<String>,
        ours: impl Into<String>,
        official: impl Into<String>,
    ) -> Self {
        Self {
            at: at.into(),
            ours: ours.into(),
            official: official.into(),
        }
    }
}

/// Stands for what one side does not send.
const NOTHING: &str = "nothing";

/// Depend on the second in which a request is signed.
const TIMED: [&str; 2] = ["authorization", "x-sdk-date"];

/// Everything but the signatures, which each side has to check for the other.
pub(crate) fn compare(ours: &ReceivedRequest, official: &ReceivedRequest) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut same = |at: &str, ours: &str, official: &str| {
        if ours != official {
            found.push(Difference::new(at, ours, official));
        }
    };
    same("method", ours.method().as_str(), official.method().as_str());
    same("path", ours.path(), official.path());
    same("query", ours.raw_query(), official.raw_query());
    let names = ours.headers().keys().chain(official.headers().keys());
    let names: BTreeSet<_> = names.map(HeaderName::as_str).collect();
    for name in names.into_iter().filter(|name| !TIMED.contains(name)) {
        let values = |request: &ReceivedRequest| {
            let all = request.headers().get_all(name).iter();
            let all: Vec<_> = all
                .map(|it| String::from_utf8_lossy(it.as_bytes()))
                .collect();
            if all.is_empty() {
                NOTHING.to_owned()
            } else {
                all.join(", ")
            }
        };
        same(&format!("header {name}"), &values(ours), &values(official));
    }
    match (ours.json(), official.json()) {
        (Ok(ours), Ok(official)) => bodies("body", Some(&ours), Some(&official), &mut found),
        _ if ours.body() == official.body() => {}
        _ => {
            let text =
                |request: &ReceivedRequest| String::from_utf8_lossy(request.body()).into_owned();
            found.push(Difference::new("body", text(ours), text(official)));
        }
    }
    found
}

fn bodies(at: &str, ours: Option<&Value>, official: Option<&Value>, found: &mut Vec<Difference>) {
    match (ours, official) {
        (Some(Value::Object(ours)), Some(Value::Object(official))) => {
            let names: BTreeSet<_> = ours.keys().chain(official.keys()).collect();
            for name in names {
                let at = format!("{at}.{name}");
                bodies(&at, ours.get(name), official.get(name), found);
            }
        }
        (Some(Value::Array(ours)), Some(Value::Array(official))) => {
            let at = format!("{at}[]");
            for index in 0..ours.len().max(official.len()) {
                bodies(&at, ours.get(index), official.get(index), found);
            }
        }
        _ if ours == official => {}
        _ => {
            let text =
                |value: Option<&Value>| value.map_or_else(|| NOTHING.to_owned(), Value::to_string);
            found.push(Difference::new(at, text(ours), text(official)));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn finds_what_differs_in_bodies() {
        let ours = json!({"a": [{"b": 1}, {"b": 2}, 3], "c": "1", "d": 1, "same": [null, "x"]});
        let official = json!({"a": [{"b": 1}, {"b": 2.0}], "c": 1, "e": [], "same": [null, "x"]});
        let mut found = Vec::new();
        bodies("body", Some(&ours), Some(&official), &mut found);
        let expected = [
            Difference::new("body.a[].b", "2", "2.0"),
            Difference::new("body.a[]", "3", NOTHING),
            Difference::new("body.c", "\"1\"", "1"),
            Difference::new("body.d", "1", NOTHING),
            Difference::new("body.e", NOTHING, "[]"),
        ];
        assert_eq!(found, expected);
    }
}
