//! `<section>/<operation>.yaml`.

use super::types::{Field, Type, ty};
use super::{Constraint, Example, Values, start_of};
use crate::diagnostic::{Code, Diagnostic};
use crate::format;
use crate::source::{Span, Spanned};
use crate::yaml::read::{Reader, Text};
use crate::yaml::{Entry, Node, NodeKind, Scalar};

pub(crate) struct Operation {
    /// Where the file begins.
    pub(crate) start: Span,
    pub(crate) name: Option<Text>,
    pub(crate) title: Option<Text>,
    pub(crate) section: Option<Text>,
    pub(crate) updated: Option<Text>,
    pub(crate) page: Option<Text>,
    pub(crate) summary: Option<Text>,
    pub(crate) description: Option<Text>,
    pub(crate) deprecated: Option<Text>,
    pub(crate) search: Vec<Text>,
    pub(crate) http: Option<Text>,
    pub(crate) auth: Vec<Text>,
    pub(crate) permission: Option<Permission>,
    pub(crate) idempotent: Option<Idempotent>,
    pub(crate) path: Vec<Field>,
    pub(crate) query: Vec<Field>,
    pub(crate) body: Option<Vec<Field>>,
    pub(crate) example: Option<Example>,
    pub(crate) constraints: Vec<Constraint>,
    pub(crate) pagination: Option<Pagination>,
    pub(crate) waits: Vec<Wait>,
    pub(crate) upload: Option<Upload>,
    pub(crate) outcome: Option<Outcome>,
    pub(crate) responses: Vec<Response>,
    pub(crate) responses_key: Span,
    pub(crate) types: Vec<Type>,
    pub(crate) deviations: Vec<Deviation>,
}

pub(crate) struct Permission {
    pub(crate) action: Option<Text>,
    pub(crate) access: Option<Text>,
    pub(crate) resource: Option<Text>,
    pub(crate) condition_keys: Vec<Text>,
    pub(crate) alias: Vec<Text>,
    pub(crate) dependencies: Vec<Text>,
    pub(crate) from: Option<Text>,
}

pub(crate) struct Idempotent {
    pub(crate) value: Option<Spanned<bool>>,
    pub(crate) basis: Option<Text>,
}

pub(crate) struct Pagination {
    pub(crate) style: Option<Text>,
    pub(crate) position: Option<Text>,
    pub(crate) size: Option<Text>,
    pub(crate) items: Option<Text>,
    pub(crate) total: Option<Text>,
    pub(crate) next: Option<Text>,
    pub(crate) first: Option<Spanned<i64>>,
    pub(crate) ceiling: Option<Spanned<i64>>,
    pub(crate) window: Option<Window>,
}

pub(crate) struct Window {
    pub(crate) from: Option<Text>,
    pub(crate) to: Option<Text>,
    pub(crate) id: Option<Text>,
    pub(crate) basis: Option<Text>,
}

pub(crate) struct Wait {
    pub(crate) asked_by: Option<Text>,
    pub(crate) operation: Option<Text>,
    pub(crate) pass: Vec<(Text, Option<Text>)>,
    pub(crate) set: Vec<(Text, Option<Text>)>,
    pub(crate) since: Option<Text>,
    pub(crate) state: Option<Text>,
    pub(crate) done: Vec<Text>,
    pub(crate) failed: Vec<Text>,
    pub(crate) earlier: Option<Text>,
    pub(crate) together: Option<Text>,
    pub(crate) reason: Option<Text>,
    pub(crate) reason_part: Option<Text>,
    pub(crate) explained_by: Option<Text>,
}

pub(crate) struct Upload {
    pub(crate) own: Vec<Text>,
}

pub(crate) struct Outcome {
    pub(crate) items: Option<Text>,
    pub(crate) state: Option<Text>,
    pub(crate) ok: Vec<Text>,
    pub(crate) error: Option<Text>,
    pub(crate) basis: Option<Text>,
}

pub(crate) struct Response {
    pub(crate) status: Text,
    pub(crate) doc: Option<Text>,
    pub(crate) error: Option<Spanned<bool>>,
    pub(crate) headers: Vec<Field>,
    pub(crate) fields: Option<Vec<Field>>,
    pub(crate) ty: Option<Text>,
    pub(crate) example: Option<Example>,
}

pub(crate) struct Deviation {
    pub(crate) rule: Option<Text>,
    pub(crate) at: Option<Text>,
    pub(crate) source: Option<Text>,
    pub(crate) states: Option<Spanned<Scalar>>,
    pub(crate) because: Option<Text>,
}

pub(crate) fn operation(reader: &mut Reader, root: &Node) -> Option<Operation> {
    let start = start_of(root);
    let mut values = Values::of(reader, root, &format::OPERATION, start)?;
    Some(Operation {
        start,
        name: values.text("operation"),
        title: values.text("title"),
        section: values.text("section"),
        updated: values.text("updated"),
        page: values.text("page"),
        summary: values.prose("summary"),
        description: values.prose("description"),
        deprecated: values.prose("deprecated"),
        search: values.some_texts("search"),
        http: values.text("http"),
        auth: values.some_texts("auth"),
        permission: values.map("permission", &format::PERMISSION, permission),
        idempotent: values.map("idempotent", &format::IDEMPOTENT, idempotent),
        path: values.fields("path").unwrap_or_default(),
        query: values.fields("query").unwrap_or_default(),
        body: values.fields("body"),
        example: values.example("example"),
        constraints: values.constraints("constraints"),
        pagination: values.map("pagination", &format::PAGINATION, pagination),
        waits: values.one_or_more("wait", wait),
        upload: values.map("upload", &format::UPLOAD, upload),
        outcome: values.map("outcome", &format::OUTCOME, outcome),
        responses: values.some_named("responses", response),
        responses_key: values.entries.key_span("responses"),
        types: values.named("types", ty).unwrap_or_default(),
        deviations: deviations(&mut values),
    })
}

/// Where the description differs from the docs, which events have as well.
pub(super) fn deviations(values: &mut Values<'_, '_>) -> Vec<Deviation> {
    values.node("deviations").map_or_else(Vec::new, |node| {
        let items = values.reader.list(node);
        items
            .iter()
            .filter_map(|item| deviation(values.reader, item))
            .collect()
    })
}

fn permission(values: &mut Values<'_, '_>) -> Permission {
    Permission {
        action: values.text("action"),
        access: values.text("access"),
        resource: values.text("resource"),
        condition_keys: values.texts("condition_keys"),
        alias: values.texts("alias"),
        dependencies: values.texts("dependencies"),
        from: values.text("from"),
    }
}

fn idempotent(values: &mut Values<'_, '_>) -> Idempotent {
    Idempotent {
        value: values.boolean("value"),
        basis: values.text("basis"),
    }
}

fn pagination(values: &mut Values<'_, '_>) -> Pagination {
    Pagination {
        style: values.text("style"),
        position: values.text("position"),
        size: values.text("size"),
        items: values.text("items"),
        total: values.text("total"),
        next: values.text("next"),
        first: values.integer("first"),
        ceiling: values.integer("ceiling"),
        window: values.map("window", &format::WINDOW, window),
    }
}

fn window(values: &mut Values<'_, '_>) -> Window {
    Window {
        from: values.text("from"),
        to: values.text("to"),
        id: values.text("id"),
        basis: values.text("basis"),
    }
}

fn wait(reader: &mut Reader, node: &Node) -> Option<Wait> {
    let pair = |reader: &mut Reader, name: Text, node: &Node| Some((name, reader.text(node)));
    let mut values = Values::of(reader, node, &format::WAIT, node.span)?;
    Some(Wait {
        asked_by: values.text("asked_by"),
        operation: values.text("operation"),
        pass: values.some_named("pass", pair),
        set: values.named("set", pair).unwrap_or_default(),
        since: values.text("since"),
        state: values.text("state"),
        done: values.some_texts("done"),
        failed: values.texts("failed"),
        earlier: values.text("earlier"),
        together: values.text("together"),
        reason: values.text("reason"),
        reason_part: values.text("reason_part"),
        explained_by: values.text("explained_by"),
    })
}

fn upload(values: &mut Values<'_, '_>) -> Upload {
    Upload {
        own: values.some_texts("own"),
    }
}

fn outcome(values: &mut Values<'_, '_>) -> Outcome {
    Outcome {
        items: values.text("items"),
        state: values.text("state"),
        ok: values.texts("ok"),
        error: values.text("error"),
        basis: values.text("basis"),
    }
}

fn response(reader: &mut Reader, status: Text, node: &Node) -> Option<Response> {
    let mut values = Values::of(reader, node, &format::RESPONSE, status.span)?;
    Some(Response {
        doc: values.prose("doc"),
        error: values.boolean("error"),
        headers: values.fields("headers").unwrap_or_default(),
        fields: values.fields("fields"),
        ty: values.text("type"),
        example: values.example("example"),
        status,
    })
}

fn deviation(reader: &mut Reader, node: &Node) -> Option<Deviation> {
    // The reason has a code of its own: to leave it out is not a slip, since the list is there for the reasons. To spell
    // its key wrongly is one.
    let lacks_reason = |entries: &[Entry]| {
        let is_known = |it: &Entry| format::DEVIATION.get(&it.key).is_some();
        entries.iter().all(|it| it.key != "because" && is_known(it))
    };
    if matches!(&node.kind, NodeKind::Map(entries) if lacks_reason(entries)) {
        reader.report(
            Diagnostic::new(
                Code::DeviationReason,
                node.span,
                "this deviation does not say why it is one",
            )
            .help("add `because:` with what the page says and why the description differs"),
        );
        return None;
    }
    let mut values = Values::of(reader, node, &format::DEVIATION, node.span)?;
    Some(Deviation {
        rule: values.text("rule"),
        at: values.text("at"),
        source: values.text("source"),
        states: values.scalar("states"),
        because: values.prose("because"),
    })
}
