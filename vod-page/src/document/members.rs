//! Which members the objects of a document have: what is read, and what is not, and why.

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The whole document.
    Root,
    /// What is below a path.
    PathItem,
    Operation,
    /// A parameter that is not the body; in older documents it has the members of a schema itself.
    Parameter,
    /// The body of a request, in newer documents.
    RequestBody,
    /// A body of one media type, in newer documents.
    Content,
    Response,
    /// A header of a reply.
    Header,
    /// A type: of the body, of a field, or of what these are made of.
    Schema,
}

/// What is done with a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Read,
    /// It is not read, for this reason.
    Not(&'static str),
}

impl Kind {
    /// What is done with the member of this name; `None` if it is not known.
    pub(super) fn member(self, name: &str) -> Option<Known> {
        let tables: &[Table] = match self {
            Self::Root => &[ROOT],
            Self::PathItem => &[PATH_ITEM],
            Self::Operation => &[OPERATION, ORIGIN],
            Self::Parameter => &[PARAMETER, SCHEMA, ORIGIN],
            Self::RequestBody => &[REQUEST_BODY],
            Self::Content => &[CONTENT],
            Self::Response => &[RESPONSE, ORIGIN],
            Self::Header | Self::Schema => &[SCHEMA, ORIGIN],
        };
        let rows = tables.iter().copied().flatten();
        rows.filter(|(known, _)| is_name(known, name))
            .map(|(_, known)| *known)
            .next()
    }

    /// What it is called in messages.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Root => "the document",
            Self::PathItem => "a path",
            Self::Operation => "the operation",
            Self::Parameter => "a parameter",
            Self::RequestBody => "the body of the request",
            Self::Content => "a body",
            Self::Response => "a reply",
            Self::Header => "a header",
            Self::Schema => "a type",
        }
    }
}

/// Whether a name is the one of the table, where `#` stands for a number.
fn is_name(known: &str, name: &str) -> bool {
    match known.strip_suffix('#') {
        Some(start) => name
            .strip_prefix(start)
            .is_some_and(|it| !it.is_empty() && it.bytes().all(|c| c.is_ascii_digit())),
        None => known == name,
    }
}

type Table = &'static [(&'static str, Known)];

use Known::{Not, Read};

const COPY: Known = Not("the operation has it");
const DELIVERY: Known = Not("it says how the vendor's gateway knows or delivers the operation");
const AUDIENCE: Known = Not("it says where and to whom the vendor shows it");
const GENERATOR: Known = Not("it is for the vendor's code generators");
const HISTORY: Known = Not("it says when it came into the document");
const VALUE: Known = Not("an example of a single value");
const NO_KEY: Known = Not("the description has no key for it");
const AUTH: Known = Not("who may call is described for the whole service");

const ROOT: Table = &[
    ("paths", Read),
    ("definitions", Read),
    ("parameters", Read),
    ("components", Read),
    ("base_path", Read),
    ("name", Read),
    ("method", Read),
    ("version", Read),
    ("consumes", Read),
    ("description", COPY),
    ("summary", COPY),
    ("tags", COPY),
    ("group_id", DELIVERY),
    ("host", DELIVERY),
    ("id", DELIVERY),
    ("info_version", DELIVERY),
    ("product_short", DELIVERY),
    ("region_id", DELIVERY),
    ("schemes", DELIVERY),
    ("uri", DELIVERY),
    ("security_definitions", AUTH),
];

const PATH_ITEM: Table = &[
    ("get", Read),
    ("put", Read),
    ("post", Read),
    ("delete", Read),
    ("patch", Read),
    ("head", Read),
    ("options", Read),
    ("parameters", Read),
];

const OPERATION: Table = &[
    ("operationId", Read),
    ("summary", Read),
    ("description", Read),
    ("tags", Read),
    ("parameters", Read),
    ("requestBody", Read),
    ("responses", Read),
    ("deprecated", Read),
    ("x-scope", Read),
    ("x-publishpath", Read),
    ("x-action", Read),
    ("x-constraint", Read),
    ("x-request-examples-#", Read),
    ("x-request-examples-text-#", Read),
    ("x-request-examples-url-#", Read),
    (
        "x-request-examples-description-#",
        Not("prose about an example"),
    ),
    ("x-request-description-#", Not("prose about an example")),
    (
        "x-response-example",
        Not("a copy of the example of a reply"),
    ),
    (
        "x-responses-xample",
        Not("a copy of the example of a reply"),
    ),
    ("consumes", Not("the document has it for all")),
    ("produces", Not("replies are read as JSON")),
    ("security", AUTH),
    ("x-huawei-security", AUTH),
    (
        "x-apiErrorCodes",
        Not("codes of errors are described for the whole service"),
    ),
    ("x-interface-frequency", NO_KEY),
    ("x-timeout", NO_KEY),
    ("x-navigation-title", Not("a heading of the console")),
    ("x-name", Not("a heading of the console")),
    ("x-apiexplorer-hide", AUDIENCE),
    ("x-external-api", AUDIENCE),
    ("x-inner-api", AUDIENCE),
    ("x-is-registered", AUDIENCE),
    ("x-support-sdk", AUDIENCE),
    ("x-is-translated", AUDIENCE),
    ("x-is_calling", AUDIENCE),
    ("x-interface-type", AUDIENCE),
    ("x-iftype", AUDIENCE),
    ("x-api_level", AUDIENCE),
    ("x-version", DELIVERY),
    ("x-source", DELIVERY),
    ("x-source_url", DELIVERY),
    ("x-registered_to", DELIVERY),
    ("x-register_relation", DELIVERY),
    ("x-support_json", DELIVERY),
    ("x-api-service-plane", DELIVERY),
    ("x-tenant_flow_time", DELIVERY),
    ("x-first-open-time", HISTORY),
];

const PARAMETER: Table = &[
    ("name", Read),
    ("in", Read),
    ("required", Read),
    ("schema", Read),
    ("collectionFormat", Read),
    ("style", Read),
    ("explode", Read),
    ("allowEmptyValue", NO_KEY),
];

const REQUEST_BODY: Table = &[
    ("$ref", Read),
    ("content", Read),
    ("required", Not("a body with fields is always sent")),
    ("description", Not("prose about the body as a whole")),
];

const CONTENT: Table = &[("schema", Read), ("example", Read), ("examples", Read)];

const RESPONSE: Table = &[
    ("$ref", Read),
    ("description", Read),
    ("schema", Read),
    ("headers", Read),
    ("examples", Read),
    ("content", Read),
    ("x-response-examples-#", Not("a further example of a reply")),
    (
        "x-response-examples-tags-#",
        Not("a further example of a reply"),
    ),
];

const SCHEMA: Table = &[
    ("$ref", Read),
    ("type", Read),
    ("format", Read),
    ("description", Read),
    ("properties", Read),
    ("required", Read),
    ("items", Read),
    ("allOf", Read),
    ("additionalProperties", Read),
    ("enum", Read),
    ("default", Read),
    ("minLength", Read),
    ("maxLength", Read),
    ("minimum", Read),
    ("maximum", Read),
    ("exclusiveMinimum", Read),
    ("exclusiveMaximum", Read),
    ("minItems", Read),
    ("maxItems", Read),
    ("x-annotations", Read),
    ("deprecated", Read),
    ("schema", Read),
    ("pattern", NO_KEY),
    ("uniqueItems", NO_KEY),
    ("readOnly", NO_KEY),
    ("nullable", NO_KEY),
    ("title", Not("prose")),
    ("example", VALUE),
    ("x-example", VALUE),
    ("xml", Not("bodies are JSON")),
    ("x-minLength", Not("a second copy of the limit")),
    ("x-maxLength", Not("a second copy of the limit")),
    ("x-is_inner_param", AUDIENCE),
    ("x-inner-field", AUDIENCE),
    (
        "x-sensitive",
        Not("what must stay out of logs is decided by who describes it"),
    ),
    ("x-ifnull", NO_KEY),
    ("x-data-category", GENERATOR),
    ("x-data-category-db", GENERATOR),
    ("x-huawei-extraAnnotation", GENERATOR),
];

/// What any part of an operation can have.
const ORIGIN: Table = &[
    ("x-since", HISTORY),
    ("x-since-memo", HISTORY),
    ("x-modifier-memo", HISTORY),
    ("x-imports", GENERATOR),
    ("x-order", GENERATOR),
    ("x-admin", AUDIENCE),
    ("x-internal", AUDIENCE),
    ("x-open-region-cloud", AUDIENCE),
    ("x-hybridcloud", AUDIENCE),
    ("x-obc", AUDIENCE),
    ("x-hc", AUDIENCE),
    ("x-hcso", AUDIENCE),
    ("x-hk", AUDIENCE),
    ("x-ctc", AUDIENCE),
    ("x-api-type", AUDIENCE),
    ("x-apiexplorer-hide", AUDIENCE),
    ("x-is-registered", AUDIENCE),
    ("x-support-sdk", AUDIENCE),
    ("x-sec-data-level", AUDIENCE),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_end_in_a_number() {
        let of_operation = |name| Kind::Operation.member(name);
        assert_eq!(of_operation("x-request-examples-1"), Some(Read));
        assert_eq!(of_operation("x-request-examples-url-12"), Some(Read));
        assert_eq!(of_operation("x-request-examples-"), None);
        assert_eq!(of_operation("x-request-examples-a"), None);
        assert_eq!(of_operation("properties"), None);
        assert_eq!(Kind::Schema.member("properties"), Some(Read));
    }
}
