//! Writes the description as an OpenAPI 3.1 document, for tools that know nothing of this project.
//!
//! Requests are described as in the docs. A constraint between their fields becomes a sentence in a description, an
//! extension and, if all of its fields are in one body or type, JSON Schema.
//!
//! Replies are described as a client has to take them: each field can be absent or `null`, an enum stands beside any
//! other text, and there are no limits, so that what is generated from the document survives a value that is not
//! documented yet. With the status 204 there is no body, whatever the docs say.
//!
//! Events are webhooks, each with the schema `EVENT-Event`: the bare event, without the envelope of a channel. They are
//! described like replies.
//!
//! An object that both directions use therefore has two schemas, `NAME-Sent` and `NAME-Received`; the other types go
//! by their names. Bodies are `OPERATION-Body` and `OPERATION-Reply`. No type has a `-` in its name, so none of these
//! is taken.
//!
//! What OpenAPI has no words for stands in extensions, with the words of `spec/README.md`:
//!
//! | extension | at | meaning |
//! |---|---|---|
//! | `x-vod-query-arrays` | the document | How an array travels in a query, and on what that rests. |
//! | `x-vod-updated` | operations, webhooks | The date of the page that they were checked against. |
//! | `x-vod-permission` | operations | What an IAM user must be allowed to do. |
//! | `x-vod-idempotent` | operations | Whether sending it twice does no more than sending it once. |
//! | `x-vod-rate` | operations | How often it can be called: its group of operations, and calls per minute. |
//! | `x-vod-pagination` | operations | How its list is read page by page. |
//! | `x-vod-wait` | operations | How one learns what became of the tasks that it starts: a list. |
//! | `x-vod-outcome` | operations | How its reply says what came of each of several items. |
//! | `x-vod-constraints` | operations, objects in requests | Constraints between their fields, also of fields in
//! different places. |
//! | `x-vod-flag` | schemas | It is a number or a text, `1` or `0`, that means yes or no. |
//! | `x-vod-time` | schemas | It is a time: its form and zone, and what these are based on. |
//! | `x-vod-min-bytes`, `x-vod-max-bytes` | schemas | Limits of a length in bytes of UTF-8; JSON Schema counts characters. |
//! | `x-vod-sensitive` | fields | The value must stay out of logs. |
//! | `x-vod-batch` | fields | Longer arrays can be sent as several calls. |
//! | `x-vod-aliases` | fields, enums | Other names under which the field comes, or a value, in events. |
//! | `x-vod-absent` | fields | The text that means that there is no value, in events. |
//! | `x-enumDescriptions` | enums | What each value means. Several tools show it. |

mod components;
mod constraints;
mod facts;
mod node;
mod operations;
mod schemas;
mod values;
mod webhooks;

pub use self::node::{Map, Node};

use crate::model::{Api, AuthScheme, Header, PROJECT_ID, Service};

/// Patch releases change no document, and some tools know this one only.
const VERSION: &str = "3.1.0";

/// Makes the document: the same description gives the same one, in the order of the docs.
pub fn document(api: &Api) -> Node {
    let service = &api.service;
    let tags = service.sections.iter().map(|section| {
        Map::new()
            .with("name", &section.title)
            .with("description", &section.doc)
    });
    let project_id = Map::new()
        .with("name", PROJECT_ID)
        .with("in", "path")
        .with("required", true)
        .with("description", &service.project_id)
        .with("schema", Map::new().with("type", "string"));
    let failure =
        operations::error("The request failed, at the service or at the gateway before it.");
    let components = Map::new()
        .with("schemas", components::schemas(api))
        .with("parameters", Map::new().with(PROJECT_ID, project_id))
        .with("responses", Map::new().with("Error", failure))
        .with("securitySchemes", security_schemes(service));
    let query_arrays = Map::new()
        .with("style", "repeat")
        .with("basis", service.query_arrays.as_str());
    Map::new()
        .with("openapi", VERSION)
        .with("info", info(api))
        .with("servers", vec![server(service)])
        .with("tags", tags.collect::<Vec<_>>())
        .with("paths", operations::paths(api))
        .with_filled("webhooks", webhooks::webhooks(api))
        .with("components", components)
        .with("x-vod-query-arrays", query_arrays)
        .into()
}

fn info(api: &Api) -> Map {
    // The docs have no version; the newest page that went into the document says best how recent it is.
    let of_operations = api.operations.iter().map(|it| it.updated.as_deref());
    let of_events = api.events.iter().map(|it| it.updated.as_deref());
    let updated = of_operations.chain(of_events).flatten();
    let license = env!("CARGO_PKG_LICENSE");
    Map::new()
        .with("title", &api.service.title)
        .with(
            "description",
            "Written by hand from the help pages of the vendor; the vendor has no part in it.\n\n\
             In replies any field can be absent or `null`, and an enum can have a value that is not listed. Objects \
             that both requests and replies hold have two schemas, `NAME-Sent` and `NAME-Received`.",
        )
        .with("version", updated.max().unwrap_or("undated"))
        .with("license", Map::new().with("name", license).with("identifier", license))
}

fn server(service: &Service) -> Map {
    let ids: Vec<_> = service.regions.iter().map(|(id, _)| &id.value).collect();
    let names = service
        .regions
        .iter()
        .map(|(id, name)| format!("- `{}`: {name}", id.value));
    let names: Vec<_> = names.collect();
    let region = Map::new()
        .with("description", names.join("\n"))
        .with_some("default", ids.first().copied())
        .with("enum", ids);
    Map::new()
        .with("url", &service.endpoint)
        .with("variables", Map::new().with("region", region))
}

/// The names of a scheme's headers in the document: the first goes by that of the scheme.
fn headers(scheme: &AuthScheme) -> impl Iterator<Item = (String, &Header)> {
    scheme.headers.iter().enumerate().map(|(index, header)| {
        let name = match index {
            0 => scheme.name.clone(),
            _ => format!("{}-{}", scheme.name, header.name),
        };
        (name, header)
    })
}

/// One scheme per header: OpenAPI knows headers only one by one, and an operation asks for all of them together.
fn security_schemes(service: &Service) -> Map {
    let schemes = service.auth.iter().flat_map(|scheme| {
        headers(scheme).map(|(name, header)| {
            let object = Map::new()
                .with("type", "apiKey")
                .with("in", "header")
                .with("name", &header.name)
                .with("description", format!("{}\n\n{}", scheme.doc, header.doc));
            (name, object)
        })
    });
    schemes.collect()
}

fn with_deprecation(doc: &str, deprecated: Option<&str>) -> String {
    let deprecated = deprecated.map(|instead| format!("Deprecated. {instead}"));
    paragraphs([doc, deprecated.as_deref().unwrap_or_default()])
}

/// Texts with an empty line between; those without a word in them are left out.
fn paragraphs<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let mut out = String::new();
    for text in texts {
        let text = text.as_ref();
        if !out.is_empty() && !text.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(text);
    }
    out
}
