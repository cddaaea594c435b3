//! Operations: request, reply, method of the client, facts for the run time.

use vod_spec::json::Json;
use vod_spec::model::{self, Limits, ReplyBody};
use vod_spec::{Code, Diagnostic};

use super::constraints::constraints;
use super::docs::{link_to_field, link_to_method};
use super::example::Method;
use super::scope::{Naming, Scope};
use super::sentences::{enumerated, lower_first};
use super::types::Owner;
use super::{Lowering, example, series};
use crate::names;
use crate::rust::{
    ClientMethod, Field, Meta, Operation, RateLimit, Reply, RustType, Schema, SchemaKind, Struct,
};

impl Lowering<'_> {
    /// An operation, whose method must be free among the `methods` of the client.
    pub(super) fn operation(
        &mut self,
        operation: &model::Operation,
        methods: &mut Scope,
    ) -> Operation {
        let method_name = self.claim(methods, Naming::of(&operation.name, names::snake));
        let request = self.request(operation, &method_name);
        let reply = self.reply(operation, &method_name);
        Operation {
            method: ClientMethod {
                docs: self.method_docs(Method {
                    operation,
                    name: &method_name,
                    request: &request,
                    reply: &reply,
                }),
                deprecated: operation.deprecated.as_ref().map(|it| self.docs.note(it)),
                aliases: operation.search.iter().map(|it| it.value.clone()).collect(),
                name: method_name,
            },
            meta: self.meta(operation),
            pagination: series::pagination(self.api, operation, &reply),
            batch: series::batch(operation, &request),
            tasks: operation.waits.iter().map(series::task).collect(),
            outcome: series::outcome(self.api, operation, &reply),
            upload: self.upload(operation, &request),
            request,
            reply,
        }
    }

    fn request(&mut self, operation: &model::Operation, method: &str) -> Struct {
        let intro = format!(
            "Request of {}: {}",
            link_to_method(method),
            lower_first(&operation.summary)
        );
        let reply = &operation.reply;
        let reply = match &reply.body {
            ReplyBody::Empty if reply.headers.is_empty() => String::new(),
            _ => format!("Reply: [`{}Response`].", operation.name.value),
        };
        let name = format!("{}Request", operation.name.value);
        Struct {
            docs: self.docs.paragraphs([intro, reply]),
            fields: self.fields(
                operation.parameters.iter().map(|it| &it.field),
                Owner::Request,
                &name,
            ),
            name,
            constructed: true,
            received: false,
            properties: None,
            constraints: Vec::new(),
        }
    }

    fn reply(&mut self, operation: &model::Operation, method: &str) -> Reply {
        let reply = &operation.reply;
        let intro = format!("Reply to {}.", link_to_method(method));
        let docs = self.docs.paragraphs([intro]);
        let name = format!("{}Response", operation.name.value);
        let plain = |fields: Vec<Field>| Struct {
            name: name.clone(),
            docs: docs.clone(),
            fields,
            constructed: false,
            received: true,
            properties: None,
            constraints: Vec::new(),
        };
        match &reply.body {
            ReplyBody::Empty if reply.headers.is_empty() => Reply::Empty(plain(Vec::new())),
            ReplyBody::Whole(ty) => {
                if let Some(header) = reply.headers.first() {
                    let message = "the one value of this reply leaves no room for a header";
                    self.diagnostics.push(
                        Diagnostic::new(Code::BadValue, header.name.span, message)
                            .help("drop `headers`, or write down the body as `fields`"),
                    );
                }
                let ty = match self.rust_type(ty) {
                    // Replies start from an empty value, and no value of an enum is one.
                    ty @ RustType::Enum(_) => RustType::Option(Box::new(ty)),
                    ty => ty,
                };
                Reply::Whole(plain(vec![Field {
                    name: "items".to_owned(),
                    wire: String::new(),
                    docs: self.docs.paragraphs([reply.doc.clone()]),
                    setter: Vec::new(),
                    search: Vec::new(),
                    aliases: Vec::new(),
                    absent: None,
                    ty,
                    required: false,
                    sensitive: false,
                    flag: None,
                    deprecated: None,
                }]))
            }
            _ => {
                let in_body = reply.fields();
                let fields = self.fields(in_body.iter().chain(&reply.headers), Owner::Reply, &name);
                let properties = in_body.iter().map(|field| self.property(field, false));
                Reply::Fields {
                    headers: fields.iter().skip(in_body.len()).cloned().collect(),
                    body: Struct {
                        properties: Some(properties.collect()),
                        ..plain(fields)
                    },
                }
            }
        }
    }

    fn method_docs(&self, method: Method<'_>) -> Vec<String> {
        let operation = method.operation;
        let shape = [sent(method.request), received(method.reply)];
        let mut lines = self.docs.of_operation(operation, shape);
        let errors = self.docs.of_errors(operation);
        if !errors.is_empty() {
            lines.extend([String::new(), "# Errors".to_owned(), String::new()]);
            lines.extend(errors);
        }
        lines.extend([String::new(), "# Examples".to_owned(), String::new()]);
        lines.extend(example::of_method(self, method));
        lines
    }

    fn meta(&self, operation: &model::Operation) -> Meta {
        Meta {
            name: operation.name.value.clone(),
            section: self.api.service.sections[operation.section].title.clone(),
            title: operation.title.clone(),
            summary: operation.summary.clone(),
            deprecated: operation.deprecated.clone(),
            method: operation.method,
            path: operation.path.clone(),
            docs: operation.page.clone(),
            idempotent: operation.idempotent,
            body: operation.body,
            parameters: operation
                .parameters
                .iter()
                .map(|parameter| (parameter.place, self.property(&parameter.field, true)))
                .collect(),
            constraints: {
                let fields: Vec<_> = operation.parameters.iter().map(|it| &it.field).collect();
                constraints(&operation.constraints, &fields)
            },
            success: operation.reply.status,
            reply: match &operation.reply.body {
                ReplyBody::Empty => None,
                ReplyBody::Whole(ty) => Some(self.schema(ty)),
                ReplyBody::Fields(_) => Some(Schema {
                    kind: SchemaKind::Object(format!("{}Response", operation.name.value)),
                    limits: Limits::default(),
                    blank: true,
                }),
            },
            example: operation.reply.example.as_ref().map(Json::to_string),
            rate: self.rate(&operation.name.value),
        }
    }

    fn rate(&self, operation: &str) -> Option<RateLimit> {
        let mut rates = self.api.service.rates.iter();
        let rate = rates.find(|rate| rate.operations.iter().any(|it| it.value == operation))?;
        Some(RateLimit {
            group: rate.name.value.clone(),
            per_minute: rate.per_minute,
            all_tenants: rate.all_tenants,
        })
    }
}

/// The parameters of a method, with links to what is said of them.
fn sent(request: &Struct) -> String {
    let name = &request.name;
    let sorts = [
        ("Required", links(name, request.required())),
        ("Can be set", links(name, request.optional())),
    ];
    let sorts = sorts.into_iter().filter(|(_, links)| !links.is_empty());
    let sentences: Vec<_> = sorts
        .map(|(sort, links)| format!("{sort}: {links}."))
        .collect();
    sentences.join(" ")
}

/// The reply to a method, and the fields in it.
fn received(reply: &Reply) -> String {
    let body = reply.body();
    let name = &body.name;
    let link = format!("[`{name}`]");
    match reply {
        Reply::Empty(_) => format!("Reply: {link}, which is empty."),
        Reply::Fields { .. } | Reply::Whole(_) => {
            format!("Reply: {link} with {}.", links(name, body.fields.iter()))
        }
    }
}

fn links<'f>(owner: &str, fields: impl Iterator<Item = &'f Field>) -> String {
    let links: Vec<_> = fields
        .map(|field| link_to_field(&format!("{owner}::{}", field.name)))
        .collect();
    enumerated(&links)
}
