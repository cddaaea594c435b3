//! Turns a request into the parts of an HTTP request. From here on, nothing is generic.

pub(crate) mod path;

use std::borrow::Cow;

use bytes::Bytes;
use http::Method;
use serde::Serializer as _;

use crate::check::{self, Misfit, Slot};
use crate::facts::{OperationMeta, Place, Property};
use crate::request::path::Path;
use crate::uri;
use crate::wire::{Json, Members};

/// A request, ready to be signed and sent, as often as needed.
#[derive(Debug)]
pub(crate) struct EncodedCall {
    /// Its name in errors and spans.
    pub(crate) name: Cow<'static, str>,
    /// The operation; `None` for a call with a path of the caller.
    pub(crate) operation: Option<&'static OperationMeta>,
    pub(crate) method: Method,
    /// The path as the docs write it. Spans show this one, because it contains no values.
    #[cfg(feature = "tracing")]
    pub(crate) template: Cow<'static, str>,
    /// Whether sending it twice has the same effect as sending it once.
    pub(crate) idempotent: bool,
    pub(crate) path: Path,
    /// Escaped and sorted, without `?`; empty for none.
    pub(crate) query: String,
    pub(crate) body: Option<Bytes>,
}

/// The largest length of path and query together: HTTP libraries and gateways accept URLs of about
/// 64 KiB.
const LONGEST_URL: usize = 65_000;

/// Puts the members of `request` where `meta` says. With `validate`, the request is checked against
/// the docs first.
pub(crate) fn encode(
    meta: &'static OperationMeta,
    request: Members<'_>,
    validate: bool,
) -> Result<EncodedCall, Misfit> {
    let slots = check::slots(meta, request);
    if validate {
        check::send(meta, &slots)?;
    }
    let mut path_values = Vec::new();
    let mut query = Vec::new();
    for (parameter, slot) in meta.parameters.iter().zip(&slots) {
        let property = slot.property;
        let name = property.name;
        match (parameter.place, slot.value.unwrap_or(Json::Null)) {
            // An empty list that is required, as it is written.
            (Place::Query, Json::Null) if property.required => {
                return Err(Misfit::of(property, "is required, but missing or empty"));
            }
            (_, Json::Null) => {}
            (Place::Path, value) => path_values.push((property, text(property, value)?)),
            (Place::Query, Json::Array(items)) => {
                // An empty list would be sent like one that is left out, which can mean everything.
                if items.count() == 0 {
                    return Err(Misfit::of(
                        property,
                        "is empty: give at least 1 value, or leave it out",
                    ));
                }
                for item in items.filter(|item| !matches!(item, Json::Null)) {
                    query.push((name, text(property, item)?));
                }
            }
            (Place::Query, value) => query.push((name, text(property, value)?)),
            // Written below, without a list in between.
            (Place::Body, _) => {}
        }
    }
    let body = meta.body.then(|| write_body(meta, &slots)).transpose();
    let path = Path::fill(meta.path, &path_values)?;
    let query = uri::query(query);
    if path.len() + query.len() > LONGEST_URL {
        let message = format!(
            "is too long for a URL: path and query have {} bytes together, but only {LONGEST_URL} can be sent",
            path.len() + query.len()
        );
        return Err(match longest_in_url(meta, &slots) {
            Some(property) => Misfit::of(property, message),
            None => Misfit::new(message),
        });
    }
    Ok(EncodedCall {
        name: meta.name.into(),
        operation: Some(meta),
        method: meta.method.clone(),
        #[cfg(feature = "tracing")]
        template: meta.path.into(),
        idempotent: meta.idempotent,
        path,
        query,
        body: body.map_err(|error| Misfit::new(format!("cannot be written as JSON: {error}")))?,
    })
}

/// The parameter that takes the most of a URL.
fn longest_in_url(meta: &OperationMeta, slots: &[Slot<'_>]) -> Option<&'static Property> {
    fn size(value: Json<'_>) -> usize {
        match value {
            Json::String(text) | Json::Unlisted(text) => uri::encode(text).len(),
            Json::Array(items) => items.map(size).sum(),
            _ => 0,
        }
    }
    let in_url = meta
        .parameters
        .iter()
        .zip(slots)
        .filter(|(parameter, _)| parameter.place != Place::Body);
    let longest = in_url.max_by_key(|(_, slot)| slot.value.map_or(0, size));
    longest.map(|(_, slot)| slot.property)
}

fn write_body(meta: &OperationMeta, slots: &[Slot<'_>]) -> serde_json::Result<Bytes> {
    let parameters = meta.parameters.iter().zip(slots);
    let members = parameters.filter_map(|(parameter, slot)| {
        let value = slot.value.filter(|value| !matches!(value, Json::Null))?;
        (parameter.place == Place::Body).then_some((slot.property.name, value))
    });
    // Space for a small request.
    let mut text = Vec::with_capacity(256);
    serde_json::Serializer::new(&mut text).collect_map(members)?;
    Ok(text.into())
}

fn text<'a>(property: &'static Property, value: Json<'a>) -> Result<Cow<'a, str>, Misfit> {
    match value {
        Json::String(text) | Json::Unlisted(text) => Ok(text.into()),
        Json::Bool(value) => Ok(if value { "true" } else { "false" }.into()),
        Json::Number(number) => Ok(number.to_string().into()),
        _ => Err(Misfit::of(property, "cannot be sent in a URL")),
    }
}

#[cfg(test)]
mod tests {
    use http::Method;
    use reqwest::Url;
    use serde_json::{Value, json};

    use super::*;
    use crate::facts::{Parameter, Schema};
    use crate::wire::written;

    static META: OperationMeta = OperationMeta {
        name: "Test",
        method: Method::POST,
        path: "/v1/{project_id}/asset/{asset_id}/x",
        section: "Tests",
        title: "Test",
        summary: "Is a test.",
        deprecated: None,
        docs: None,
        idempotent: false,
        body: true,
        parameters: &[
            Parameter::path("asset_id", Schema::STRING).required(),
            Parameter::query("flag", Schema::BOOL),
            Parameter::query("ids", Schema::array(&Schema::STRING)),
            Parameter::query("count", Schema::INT32),
            Parameter::body("tags", Schema::map(&Schema::array(&Schema::STRING))),
        ],
        constraints: &[],
        success: 200,
        reply: None,
        example: None,
        pagination: None,
        batch: None,
        outcome: None,
        tasks: &[],
        rate: None,
        normalize: crate::wire::normalize::<serde_json::Value>,
    };

    fn encoded(request: Value) -> Result<EncodedCall, String> {
        let document = written(&request);
        let encoded = encode(&META, document.root().members(), false);
        encoded.map_err(|error| error.to_string())
    }

    #[test]
    fn puts_values_where_they_travel() {
        let call = encoded(json!({
            "asset_id": "a b/c", "flag": true, "ids": ["z", "a", null], "count": 7, "tags": {"k": ["视"]}, "other": 1,
        }))
        .unwrap();
        assert_eq!(call.path.of_project("p1"), "/v1/p1/asset/a%20b%2Fc/x");
        assert_eq!(call.query, "count=7&flag=true&ids=a&ids=z");
        assert_eq!(call.body.unwrap(), r#"{"tags":{"k":["视"]}}"#);
    }

    #[test]
    fn leaves_out_what_is_absent() {
        let call = encoded(json!({"asset_id": "a", "flag": null, "ids": null})).unwrap();
        assert_eq!(call.query, "");
        assert_eq!(call.body.unwrap(), "{}");
    }

    #[test]
    fn an_empty_list_is_not_one_that_is_left_out() {
        let call = encoded(json!({"asset_id": "a", "tags": {}})).unwrap();
        assert_eq!(call.body.unwrap(), r#"{"tags":{}}"#);
        assert_eq!(
            encoded(json!({"asset_id": "a", "ids": []})).unwrap_err(),
            "ids is empty: give at least 1 value, or leave it out"
        );
    }

    #[test]
    fn refuses_structures_in_the_url() {
        let error = encoded(json!({"asset_id": "a", "count": {}})).unwrap_err();
        assert_eq!(error, "count cannot be sent in a URL");
    }

    #[test]
    fn what_makes_a_url_too_long_is_named() {
        let long = "视".repeat(8000);
        let error = encoded(json!({"asset_id": "a", "flag": true, "ids": ["b", long]}));
        assert_eq!(
            error.unwrap_err(),
            "ids is too long for a URL: path and query have 72034 bytes together, but only 65000 can be sent"
        );
        let error = encoded(json!({"asset_id": "a".repeat(65_000)})).unwrap_err();
        assert!(error.starts_with("asset_id is too long"), "{error}");
        let in_body = json!({"asset_id": "a", "tags": {"k": ["v".repeat(100_000)]}});
        assert!(encoded(in_body).is_ok());
    }

    #[test]
    fn urls_survive_parsing_byte_for_byte() {
        let hard = "%2e%2E/..\\ \t\n\"'<>^`{|}~:;,@!$()*+[]#?&=视频😀\u{7f}\u{0}";
        let call = encoded(json!({"asset_id": hard, "ids": [hard, "%2e"]})).unwrap();
        let path = call.path.of_project("p1");
        let url = format!("https://vod.example.com{path}?{}", call.query);
        assert_eq!(Url::parse(&url).unwrap().as_str(), url);
    }
}
