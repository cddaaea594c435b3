//! The files as they are written: every value with its place, nothing resolved.

use crate::diagnostic::{Code, Diagnostic};
use crate::format;
use crate::read::{MapReader, Reader, Text};
use crate::source::{Span, Spanned};
use crate::yaml::{Node, NodeKind, Scalar, Style};

/// `<section>/<operation>.yaml`.
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
    pub(crate) http: Option<Text>,
    pub(crate) auth: Vec<Text>,
    pub(crate) permission: Option<Permission>,
    pub(crate) idempotent: Option<Idempotent>,
    pub(crate) path: Vec<Field>,
    pub(crate) query: Vec<Field>,
    pub(crate) body: Option<Vec<Field>>,
    pub(crate) example: Option<Example>,
    pub(crate) pagination: Option<Pagination>,
    pub(crate) wait: Option<Wait>,
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
}

pub(crate) struct Idempotent {
    pub(crate) value: Option<Spanned<bool>>,
    pub(crate) basis: Option<Text>,
}

pub(crate) struct Field {
    pub(crate) name: Text,
    pub(crate) ty: Option<Text>,
    pub(crate) doc: Option<Text>,
    pub(crate) required: Option<Spanned<bool>>,
    pub(crate) default: Option<Spanned<Scalar>>,
    pub(crate) range: Option<Limit>,
    pub(crate) length: Option<Limit>,
    pub(crate) min_items: Option<Spanned<i64>>,
    pub(crate) max_items: Option<Spanned<i64>>,
    pub(crate) batch: Option<Spanned<bool>>,
    pub(crate) sensitive: Option<Spanned<bool>>,
    pub(crate) deprecated: Option<Text>,
    pub(crate) rust: Option<Text>,
}

pub(crate) struct Limit {
    /// Where `range` or `length` stands.
    pub(crate) key: Span,
    pub(crate) min: Option<Spanned<i64>>,
    pub(crate) max: Option<Spanned<i64>>,
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
}

pub(crate) struct Wait {
    pub(crate) operation: Option<Text>,
    pub(crate) pass: Vec<(Text, Option<Text>)>,
    pub(crate) state: Option<Text>,
    pub(crate) done: Vec<Text>,
    pub(crate) failed: Vec<Text>,
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

/// JSON text, and whether its lines are lines of the file.
pub(crate) struct Example {
    /// The span is that of the whole block: problems inside it are shown by line.
    pub(crate) text: Text,
    pub(crate) literal: bool,
}

pub(crate) struct Type {
    pub(crate) name: Text,
    pub(crate) doc: Option<Text>,
    pub(crate) rust: Option<Text>,
    pub(crate) fields: Option<Vec<Field>>,
    pub(crate) values: Option<Vec<Value>>,
}

pub(crate) struct Value {
    pub(crate) name: Text,
    pub(crate) doc: Option<Text>,
    pub(crate) rust: Option<Text>,
    pub(crate) deprecated: Option<Text>,
}

pub(crate) struct Deviation {
    pub(crate) rule: Option<Text>,
    pub(crate) at: Option<Text>,
    pub(crate) source: Option<Text>,
    pub(crate) because: Option<Text>,
}

/// `service.yaml`.
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
    pub(crate) sections: Vec<(Text, Option<Text>)>,
}

pub(crate) struct ErrorCode {
    pub(crate) code: Text,
    pub(crate) status: Option<Spanned<i64>>,
    pub(crate) doc: Option<Text>,
    pub(crate) failure: Option<Spanned<bool>>,
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

/// Reads the optional values of a map, key by key.
struct Values<'r, 'n> {
    reader: &'r mut Reader,
    map: MapReader<'n>,
}

impl<'n> Values<'_, 'n> {
    fn node(&self, key: &str) -> Option<&'n Node> {
        self.map.get(key)
    }

    fn text(&mut self, key: &str) -> Option<Text> {
        self.node(key).and_then(|node| self.reader.text(node))
    }

    fn prose(&mut self, key: &str) -> Option<Text> {
        self.node(key).and_then(|node| self.reader.prose(node))
    }

    fn texts(&mut self, key: &str) -> Vec<Text> {
        self.node(key)
            .map_or_else(Vec::new, |node| self.reader.texts(node))
    }

    fn boolean(&mut self, key: &str) -> Option<Spanned<bool>> {
        self.node(key).and_then(|node| self.reader.boolean(node))
    }

    fn integer(&mut self, key: &str) -> Option<Spanned<i64>> {
        self.node(key).and_then(|node| self.reader.integer(node))
    }

    fn fields(&mut self, key: &str) -> Option<Vec<Field>> {
        self.node(key).map(|node| named(self.reader, node, field))
    }

    /// A map of names of the author's choice that has at least one.
    fn some_named<T>(
        &mut self,
        key: &str,
        read: impl Fn(&mut Reader, Text, &Node) -> Option<T>,
    ) -> Vec<T> {
        let Some(node) = self.node(key) else {
            return Vec::new();
        };
        if matches!(&node.kind, NodeKind::Map(entries) if entries.is_empty()) {
            self.nothing(key);
        }
        named(self.reader, node, read)
    }

    fn nothing(&mut self, key: &str) {
        self.reader.report(
            Diagnostic::new(
                Code::BadValue,
                self.map.key_span(key),
                format!("`{key}` is empty"),
            )
            .help("list at least one"),
        );
    }

    fn example(&mut self, key: &str) -> Option<Example> {
        let node = self.node(key)?;
        let NodeKind::Scalar(scalar) = &node.kind else {
            self.reader.report(
                Diagnostic::new(
                    Code::WrongType,
                    node.span,
                    format!("an example is text that holds JSON, not {}", node.what()),
                )
                .help("write `example: |`, and the JSON indented on the lines below"),
            );
            return None;
        };
        Some(Example {
            text: self.reader.text(node)?,
            literal: scalar.style == Style::Literal,
        })
    }
}

/// The place just before the first key of a file.
fn start_of(root: &Node) -> Span {
    Span {
        end: root.span.start,
        ..root.span
    }
}

/// Reads a map of names of the author's choice.
fn named<T>(
    reader: &mut Reader,
    node: &Node,
    read: impl Fn(&mut Reader, Text, &Node) -> Option<T>,
) -> Vec<T> {
    let entries = reader.entries(node).unwrap_or_default();
    entries
        .iter()
        .filter_map(|entry| {
            let name = Spanned::new(entry.key.clone(), entry.key_span);
            read(reader, name, &entry.value)
        })
        .collect()
}

pub(crate) fn operation(reader: &mut Reader, root: &Node) -> Option<Operation> {
    let start = start_of(root);
    let map = reader.map(root, &format::OPERATION, start)?;
    let mut values = Values { reader, map };
    let auth = values.texts("auth");
    if matches!(values.node("auth"), Some(Node { kind: NodeKind::List(items), .. }) if items.is_empty())
    {
        values.nothing("auth");
    }
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
        http: values.text("http"),
        auth,
        permission: values.node("permission").and_then(|node| {
            let whole = values.map.key_span("permission");
            permission(values.reader, node, whole)
        }),
        idempotent: values.node("idempotent").and_then(|node| {
            let whole = values.map.key_span("idempotent");
            let map = values.reader.map(node, &format::IDEMPOTENT, whole)?;
            let mut values = Values {
                reader: values.reader,
                map,
            };
            Some(Idempotent {
                value: values.boolean("value"),
                basis: values.text("basis"),
            })
        }),
        path: values.fields("path").unwrap_or_default(),
        query: values.fields("query").unwrap_or_default(),
        body: values.fields("body"),
        example: values.example("example"),
        pagination: values.node("pagination").and_then(|node| {
            let whole = values.map.key_span("pagination");
            pagination(values.reader, node, whole)
        }),
        wait: values.node("wait").and_then(|node| {
            let whole = values.map.key_span("wait");
            wait(values.reader, node, whole)
        }),
        responses: values.some_named("responses", response),
        responses_key: values.map.key_span("responses"),
        types: values
            .node("types")
            .map_or_else(Vec::new, |node| named(values.reader, node, ty)),
        deviations: values.node("deviations").map_or_else(Vec::new, |node| {
            let items = values.reader.list(node);
            items
                .iter()
                .filter_map(|item| deviation(values.reader, item))
                .collect()
        }),
    })
}

/// `types/*.yaml`.
pub(crate) fn shared_types(reader: &mut Reader, root: &Node) -> Vec<Type> {
    let Some(map) = reader.map(root, &format::SHARED_TYPES, start_of(root)) else {
        return Vec::new();
    };
    map.get("types")
        .map_or_else(Vec::new, |node| named(reader, node, ty))
}

fn permission(reader: &mut Reader, node: &Node, whole: Span) -> Option<Permission> {
    let map = reader.map(node, &format::PERMISSION, whole)?;
    let mut values = Values { reader, map };
    Some(Permission {
        action: values.text("action"),
        access: values.text("access"),
        resource: values.text("resource"),
        condition_keys: values.texts("condition_keys"),
        alias: values.texts("alias"),
        dependencies: values.texts("dependencies"),
    })
}

fn wait(reader: &mut Reader, node: &Node, whole: Span) -> Option<Wait> {
    let map = reader.map(node, &format::WAIT, whole)?;
    let mut values = Values { reader, map };
    let pair = |reader: &mut Reader, name: Text, node: &Node| Some((name, reader.text(node)));
    Some(Wait {
        operation: values.text("operation"),
        pass: values.some_named("pass", pair),
        state: values.text("state"),
        done: values.texts("done"),
        failed: values.texts("failed"),
    })
}

fn pagination(reader: &mut Reader, node: &Node, whole: Span) -> Option<Pagination> {
    let map = reader.map(node, &format::PAGINATION, whole)?;
    let mut values = Values { reader, map };
    Some(Pagination {
        style: values.text("style"),
        position: values.text("position"),
        size: values.text("size"),
        items: values.text("items"),
        total: values.text("total"),
        next: values.text("next"),
        first: values.integer("first"),
        ceiling: values.integer("ceiling"),
    })
}

fn field(reader: &mut Reader, name: Text, node: &Node) -> Option<Field> {
    let map = reader.map(node, &format::FIELD, name.span)?;
    let mut values = Values { reader, map };
    Some(Field {
        ty: values.text("type"),
        doc: values.prose("doc"),
        required: values.boolean("required"),
        default: values.node("default").and_then(|node| {
            let scalar = values.reader.scalar(node, "a single value")?;
            Some(Spanned::new(scalar.clone(), node.span))
        }),
        range: limit(&mut values, "range"),
        length: limit(&mut values, "length"),
        min_items: values.integer("min_items"),
        max_items: values.integer("max_items"),
        batch: values.boolean("batch"),
        sensitive: values.boolean("sensitive"),
        deprecated: values.prose("deprecated"),
        rust: values.text("rust"),
        name,
    })
}

fn limit(values: &mut Values<'_, '_>, key: &str) -> Option<Limit> {
    let node = values.node(key)?;
    let span = values.map.key_span(key);
    if matches!(&node.kind, NodeKind::Map(entries) if entries.is_empty()) {
        values.reader.report(
            Diagnostic::new(Code::LimitMisfit, span, format!("`{key}` sets no limit"))
                .help("add `min`, `max` or both"),
        );
    }
    let map = values.reader.map(node, &format::LIMIT, span)?;
    let mut values = Values {
        reader: values.reader,
        map,
    };
    Some(Limit {
        key: span,
        min: values.integer("min"),
        max: values.integer("max"),
    })
}

fn response(reader: &mut Reader, status: Text, node: &Node) -> Option<Response> {
    let map = reader.map(node, &format::RESPONSE, status.span)?;
    let mut values = Values { reader, map };
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

fn ty(reader: &mut Reader, name: Text, node: &Node) -> Option<Type> {
    let map = reader.map(node, &format::TYPE, name.span)?;
    let mut values = Values { reader, map };
    Some(Type {
        doc: values.prose("doc"),
        rust: values.text("rust"),
        fields: values.fields("fields"),
        values: values
            .node("values")
            .map(|node| named(values.reader, node, value)),
        name,
    })
}

/// A value is its meaning alone, or a map where there is more to say.
fn value(reader: &mut Reader, name: Text, node: &Node) -> Option<Value> {
    if matches!(node.kind, NodeKind::Scalar(_)) {
        return Some(Value {
            doc: reader.prose(node),
            rust: None,
            deprecated: None,
            name,
        });
    }
    let map = reader.map(node, &format::VALUE, name.span)?;
    let mut values = Values { reader, map };
    Some(Value {
        doc: values.prose("doc"),
        rust: values.text("rust"),
        deprecated: values.prose("deprecated"),
        name,
    })
}

fn deviation(reader: &mut Reader, node: &Node) -> Option<Deviation> {
    // The reason has a code of its own: to leave it out is not a slip, since the list is there for the reasons.
    if matches!(node.kind, NodeKind::Map(_)) && node.entry("because").is_none() {
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
    let map = reader.map(node, &format::DEVIATION, node.span)?;
    let mut values = Values { reader, map };
    Some(Deviation {
        rule: values.text("rule"),
        at: values.text("at"),
        source: values.text("source"),
        because: values.prose("because"),
    })
}

pub(crate) fn service(reader: &mut Reader, root: &Node) -> Option<Service> {
    let map = reader.map(root, &format::SERVICE, start_of(root))?;
    let mut values = Values { reader, map };
    let pair = |reader: &mut Reader, name: Text, node: &Node| Some((name, reader.prose(node)));
    Some(Service {
        name: values.text("service"),
        title: values.text("title"),
        endpoint: values.text("endpoint"),
        regions: values.some_named("regions", pair),
        project_id: values.prose("project_id"),
        auth: values.some_named("auth", auth_scheme),
        query_arrays: values.node("query_arrays").and_then(|node| {
            let whole = values.map.key_span("query_arrays");
            let map = values.reader.map(node, &format::QUERY_ARRAYS, whole)?;
            let mut values = Values {
                reader: values.reader,
                map,
            };
            Some(QueryArrays {
                style: values.text("style"),
                basis: values.text("basis"),
                because: values.prose("because"),
            })
        }),
        error: values.fields("error").unwrap_or_default(),
        error_codes: values
            .node("error_codes")
            .map_or_else(Vec::new, |node| named(values.reader, node, error_code)),
        sections: values.some_named("sections", pair),
    })
}

fn error_code(reader: &mut Reader, code: Text, node: &Node) -> Option<ErrorCode> {
    let map = reader.map(node, &format::ERROR_CODE, code.span)?;
    let mut values = Values { reader, map };
    Some(ErrorCode {
        status: values.integer("status"),
        doc: values.prose("doc"),
        failure: values.boolean("failure"),
        code,
    })
}

fn auth_scheme(reader: &mut Reader, name: Text, node: &Node) -> Option<AuthScheme> {
    let map = reader.map(node, &format::AUTH_SCHEME, name.span)?;
    let mut values = Values { reader, map };
    Some(AuthScheme {
        doc: values.prose("doc"),
        headers: values
            .node("headers")
            .map_or_else(Vec::new, |node| named(values.reader, node, header)),
        name,
    })
}

fn header(reader: &mut Reader, name: Text, node: &Node) -> Option<Header> {
    let map = reader.map(node, &format::HEADER, name.span)?;
    let mut values = Values { reader, map };
    Some(Header {
        doc: values.prose("doc"),
        sensitive: values.boolean("sensitive").is_some_and(|it| it.value),
        name,
    })
}
