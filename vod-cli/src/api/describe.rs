//! `vod api describe OPERATION`: all that is known of an operation.

use std::fmt::Write;

use serde_json::{Map, Value, json};
use vod_api::operation::{
    OperationMeta, PageStyle, Parameter, Place, Property, Schema, SchemaKind, Success,
};

use crate::api::{members, words};
use crate::catalog::{Catalog, Docs};
use crate::exit::{Exit, Failure};
use crate::names::kebab;
use crate::output::{Format, Shape};
use crate::session::Session;

/// Describes an operation, as text unless the flags name another form.
pub(crate) fn describe(
    session: &Session<'_>,
    meta: &'static OperationMeta,
) -> Result<Exit, Failure> {
    let output = &session.settings.output;
    if output.format.is_some() || output.query.is_some() {
        let value = as_json(&session.catalog, meta);
        session
            .printer(Format::Json)?
            .print(&value, Shape::default())?;
    } else {
        session.io.stdout.write(&as_text(&session.catalog, meta))?;
    }
    Ok(Exit::Done)
}

fn as_json(catalog: &Catalog, meta: &OperationMeta) -> Value {
    let docs = catalog.docs(meta.name);
    let parameters = meta
        .parameters
        .iter()
        .map(|it| parameter(catalog, &docs, it));
    let said = |name: &str| docs.value(name).cloned().unwrap_or(Value::Null);
    json!({
        "operation": meta.name,
        "command": kebab(meta.name),
        "section": meta.section,
        "title": meta.title,
        "summary": meta.summary,
        "description": said("description"),
        "deprecated": meta.deprecated,
        "method": meta.method.as_str(),
        "path": meta.path,
        "page": meta.docs,
        "updated": said("updated"),
        "permission": said("permission"),
        "idempotent": meta.idempotent,
        "parameters": parameters.collect::<Vec<_>>(),
        "constraints": said("constraints"),
        "example": said("example"),
        "success": meta.success,
        "reply": said("reply"),
        "reply_fields": said("reply_fields"),
        "reply_example": meta.example.and_then(|text| serde_json::from_str::<Value>(text).ok()),
        "errors": said("errors"),
        "pagination": meta.pagination.map(|facts| json!({
            "style": match facts.style {
                PageStyle::Page => "page",
                PageStyle::Offset => "offset",
                _ => "marker",
            },
            "position": facts.position,
            "size": facts.size,
            "items": facts.items,
            "ceiling": facts.ceiling,
        })),
        "batch": meta.batch.map(|facts| json!({"values": facts.values, "size": facts.size})),
        "outcome": meta.outcome.map(|facts| json!({
            "items": facts.items,
            "told_by": facts.told_by,
            "ok": match facts.success {
                Success::States(states) => json!(states),
                _ => Value::Null,
            },
        })),
        "tasks": meta.tasks.iter().map(|facts| json!({
            "asked_by": facts.asked_by,
            "status": facts.status.name,
            "done": facts.done,
            "failed": facts.failed,
        })).collect::<Vec<_>>(),
        "rate": meta.rate.map(|rate| json!({
            "group": rate.group,
            "per_minute": rate.per_minute,
            "all_tenants": rate.all_tenants,
        })),
    })
}

fn parameter(catalog: &Catalog, docs: &Docs, parameter: &Parameter) -> Value {
    let property = &parameter.property;
    let said = docs.inner("parameters", property.name);
    let mut object = Map::new();
    let mut set = |name: &str, value: Value| object.insert(name.to_owned(), value);
    set("name", property.name.into());
    set("flag", format!("--{}", kebab(property.name)).into());
    set("place", place(parameter.place).into());
    set("required", property.required.into());
    set("sensitive", property.sensitive.into());
    set("limits", words::limits(&property.schema).into());
    for name in ["type", "doc", "default", "deprecated"] {
        set(name, said.value(name).cloned().unwrap_or(Value::Null));
    }
    let listed = words::listed(&property.schema);
    if !listed.is_empty() {
        let kind = catalog.type_docs(said.text("type"));
        let docs: Vec<_> = kind.pairs("values").collect();
        let doc = |value: &str| docs.iter().find(|(name, _)| *name == value).map(|it| it.1);
        let values = listed
            .iter()
            .map(|value| json!({"value": value, "doc": doc(value)}));
        set("values", values.collect::<Vec<_>>().into());
    }
    Value::Object(object)
}

fn place(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Body => "body",
    }
}

fn as_text(catalog: &Catalog, meta: &OperationMeta) -> String {
    let docs = catalog.docs(meta.name);
    let mut page = Page(String::new());
    page.line(&format!("{}: {}", meta.name, meta.summary));
    page.line(&format!("{} {}", meta.method, meta.path));
    if let Some(instead) = meta.deprecated {
        page.line(&format!("Deprecated: {instead}"));
    }
    page.paragraph(&docs.text("description").replace('\n', "\n\n"));
    page.section("Parameters");
    for parameter in meta.parameters {
        page.parameter(catalog, &docs, parameter);
    }
    page.list("Together", docs.list("constraints").map(str::to_owned));
    page.list("What can be done", abilities(meta).into_iter());
    page.paragraph(&format!(
        "Reply (HTTP {}): {}",
        meta.success,
        docs.text("reply")
    ));
    for (name, doc) in field_docs(&docs, "reply_fields") {
        page.line(&format!("  {name}: {doc}"));
    }
    let errors = docs.pairs("errors");
    page.list(
        "Errors",
        errors.map(|(status, doc)| format!("HTTP {status}: {doc}")),
    );
    if let Some(permission) = docs.value("permission") {
        let action = permission["action"].as_str().unwrap_or_default();
        let access = permission["access"].as_str().unwrap_or_default();
        page.paragraph(&format!("Permission: {action} ({access})"));
    }
    if let Some(rate) = meta.rate {
        page.line(&format!(
            "Calls per minute: {} (group {})",
            rate.per_minute, rate.group
        ));
    }
    if let Some(example) = docs.value("example") {
        page.section("Example of a request");
        page.0.push_str(&members::text(meta, example));
    }
    if let Some(docs) = meta.docs {
        page.paragraph(docs);
    }
    page.0
}

/// What calls of the operation can do beside being sent.
fn abilities(meta: &OperationMeta) -> Vec<String> {
    let mut abilities = Vec::new();
    if let Some(facts) = meta.pagination {
        let most = facts
            .ceiling
            .map(|most| format!("; one list has {most} at most"));
        abilities.push(format!(
            "--all reads all {}, page by page{}",
            facts.items,
            most.unwrap_or_default()
        ));
    }
    if let Some(facts) = meta.batch {
        abilities.push(format!(
            "--batch sends more than {} values of {} in several calls",
            facts.size, facts.values
        ));
    }
    if let Some(facts) = meta.tasks.first() {
        abilities.push(format!(
            "--wait waits for the task: {} tells when it is {}",
            facts.status.name,
            facts.done.join(" or ")
        ));
    }
    if meta.outcome.is_some() {
        abilities.push("It can fail for some of its items: the exit code is 6 then".to_owned());
    }
    abilities
}

/// Names and docs of the fields in an object of the docs.
fn field_docs<'d>(docs: &'d Docs, name: &str) -> Vec<(&'d str, &'d str)> {
    let fields = docs.value(name).and_then(Value::as_object);
    let fields = fields.into_iter().flatten();
    fields
        .map(|(name, field)| (name.as_str(), field["doc"].as_str().unwrap_or_default()))
        .collect()
}

/// The type of a value, and what else is to be known at once.
fn about(property: &Property, said: &Docs) -> String {
    let kind = match property.schema.kind() {
        SchemaKind::Flag | SchemaKind::TextFlag => "true or false",
        _ => said.text("type"),
    };
    let mut about = vec![kind];
    about.extend(property.required.then_some("required"));
    about.extend(property.sensitive.then_some("secret"));
    about.join(", ")
}

struct Page(String);

impl Page {
    fn line(&mut self, text: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "{text}");
    }

    fn paragraph(&mut self, text: &str) {
        if !text.is_empty() {
            self.line(&format!("\n{text}"));
        }
    }

    fn section(&mut self, title: &str) {
        self.line(&format!("\n{title}:"));
    }

    fn list(&mut self, title: &str, items: impl Iterator<Item = String>) {
        let mut items = items.peekable();
        if items.peek().is_some() {
            self.section(title);
            items.for_each(|item| self.line(&format!("  {item}")));
        }
    }

    fn parameter(&mut self, catalog: &Catalog, docs: &Docs, parameter: &Parameter) {
        let property = &parameter.property;
        let said = docs.inner("parameters", property.name);
        let about = about(property, &said);
        let flag = kebab(property.name);
        self.line(&format!("  --{flag} ({about}): {}", said.text("doc")));
        for limit in words::limits(&property.schema) {
            self.line(&format!("      {limit}"));
        }
        if let Some(default) = said.value("default") {
            let default = words::default(&property.schema, default);
            self.line(&format!("      Default: {default}."));
        }
        self.kind(
            catalog,
            (said.text("type"), &property.schema),
            &mut Vec::new(),
        );
    }

    /// The values or members of a type; `inside` are the types around it.
    fn kind(
        &mut self,
        catalog: &Catalog,
        (name, schema): (&str, &Schema),
        inside: &mut Vec<&'static [Property]>,
    ) {
        let kind = catalog.type_docs(name);
        let indent = "  ".repeat(inside.len() + 3);
        let values: Vec<_> = kind.pairs("values").collect();
        for value in words::listed(schema) {
            let doc = values.iter().find(|(name, _)| name == value);
            self.line(&format!("{indent}{value}: {}", doc.map_or("", |it| it.1)));
        }
        let Some(members) = words::members(schema) else {
            return;
        };
        if inside.iter().any(|outer| std::ptr::eq(*outer, members)) {
            return;
        }
        inside.push(members);
        for property in members {
            let said = kind.inner("fields", property.name);
            let about = about(property, &said);
            let name = property.name;
            self.line(&format!("{indent}{name} ({about}): {}", said.text("doc")));
            for limit in words::limits(&property.schema) {
                self.line(&format!("{indent}    {limit}"));
            }
            self.kind(catalog, (said.text("type"), &property.schema), inside);
        }
        for constraint in kind.list("constraints") {
            self.line(&format!("{indent}{constraint}"));
        }
        inside.pop();
    }
}
