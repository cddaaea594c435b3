//! `service.yaml`.

use super::types::Field;
use super::{Values, start_of};
use crate::format;
use crate::source::Spanned;
use crate::yaml::read::{Reader, Text};
use crate::yaml::{Node, NodeKind};

pub(crate) struct Service {
    pub(crate) name: Option<Text>,
    pub(crate) title: Option<Text>,
    pub(crate) endpoint: Option<Text>,
    pub(crate) regions: Vec<(Text, Option<Text>)>,
    pub(crate) project_id: Option<Text>,
    pub(crate) auth: Vec<AuthScheme>,
    pub(crate) query_arrays: Option<QueryArrays>,
    pub(crate) error: Vec<Field>,
    pub(crate) error_codes: Vec<ErrorCode>,
    pub(crate) event: Vec<Field>,
    pub(crate) rates: Vec<Rate>,
    pub(crate) sections: Vec<Section>,
}

pub(crate) struct AuthScheme {
    pub(crate) name: Text,
    pub(crate) doc: Option<Text>,
    pub(crate) headers: Vec<Header>,
}

pub(crate) struct Header {
    pub(crate) name: Text,
    pub(crate) doc: Option<Text>,
    pub(crate) sensitive: bool,
}

pub(crate) struct QueryArrays {
    pub(crate) style: Option<Text>,
    pub(crate) basis: Option<Text>,
    pub(crate) because: Option<Text>,
}

pub(crate) struct ErrorCode {
    pub(crate) code: Text,
    pub(crate) name: Option<Text>,
    pub(crate) kind: Option<Text>,
    pub(crate) status: Option<Spanned<i64>>,
    pub(crate) failure: Option<Spanned<bool>>,
    pub(crate) basis: Option<Text>,
    pub(crate) doc: Option<Text>,
}

pub(crate) struct Rate {
    pub(crate) name: Text,
    pub(crate) per_minute: Option<Spanned<i64>>,
    pub(crate) all_tenants: Option<Spanned<i64>>,
    pub(crate) operations: Vec<Text>,
    pub(crate) basis: Option<Text>,
    pub(crate) doc: Option<Text>,
}

pub(crate) struct Section {
    pub(crate) title: Text,
    pub(crate) doc: Option<Text>,
    pub(crate) order: Vec<Text>,
}

pub(crate) fn service(reader: &mut Reader, root: &Node) -> Option<Service> {
    let mut values = Values::of(reader, root, &format::SERVICE, start_of(root))?;
    let pair = |reader: &mut Reader, name: Text, node: &Node| Some((name, reader.prose(node)));
    Some(Service {
        name: values.text("service"),
        title: values.text("title"),
        endpoint: values.text("endpoint"),
        regions: values.some_named("regions", pair),
        project_id: values.prose("project_id"),
        auth: values.some_named("auth", auth_scheme),
        query_arrays: values.map("query_arrays", &format::QUERY_ARRAYS, query_arrays),
        error: values.fields("error").unwrap_or_default(),
        error_codes: values.named("error_codes", error_code).unwrap_or_default(),
        event: values.fields("event").unwrap_or_default(),
        rates: values.named("rates", rate).unwrap_or_default(),
        sections: values.some_named("sections", section),
    })
}

fn auth_scheme(reader: &mut Reader, name: Text, node: &Node) -> Option<AuthScheme> {
    let mut values = Values::of(reader, node, &format::AUTH_SCHEME, name.span)?;
    Some(AuthScheme {
        doc: values.prose("doc"),
        headers: values.named("headers", header).unwrap_or_default(),
        name,
    })
}

fn header(reader: &mut Reader, name: Text, node: &Node) -> Option<Header> {
    let mut values = Values::of(reader, node, &format::HEADER, name.span)?;
    Some(Header {
        doc: values.prose("doc"),
        sensitive: values.boolean("sensitive").is_some_and(|it| it.value),
        name,
    })
}

fn query_arrays(values: &mut Values<'_, '_>) -> QueryArrays {
    QueryArrays {
        style: values.text("style"),
        basis: values.text("basis"),
        because: values.prose("because"),
    }
}

fn error_code(reader: &mut Reader, code: Text, node: &Node) -> Option<ErrorCode> {
    let mut values = Values::of(reader, node, &format::ERROR_CODE, code.span)?;
    Some(ErrorCode {
        name: values.text("name"),
        kind: values.text("kind"),
        status: values.integer("status"),
        failure: values.boolean("failure"),
        basis: values.text("basis"),
        doc: values.prose("doc"),
        code,
    })
}

fn rate(reader: &mut Reader, name: Text, node: &Node) -> Option<Rate> {
    let mut values = Values::of(reader, node, &format::RATE, name.span)?;
    Some(Rate {
        per_minute: values.integer("per_minute"),
        all_tenants: values.integer("all_tenants"),
        operations: values.some_texts("operations"),
        basis: values.text("basis"),
        doc: values.prose("doc"),
        name,
    })
}

/// A section is its text alone, or a map where there is more to say.
fn section(reader: &mut Reader, title: Text, node: &Node) -> Option<Section> {
    if matches!(node.kind, NodeKind::Scalar(_)) {
        return Some(Section {
            doc: reader.prose(node),
            order: Vec::new(),
            title,
        });
    }
    let mut values = Values::of(reader, node, &format::SECTION, title.span)?;
    Some(Section {
        doc: values.prose("doc"),
        order: values.some_texts("order"),
        title,
    })
}
