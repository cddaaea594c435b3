//! What a request is made of.

use crate::facts::{Place, Stated};
use crate::{Address, Subject};

use super::members::Kind;
use super::reader::{Reader, whole};
use super::rows::Entry;
use super::schema::has_fields;
use super::tables::Way;
use super::tree::{Member, Node};

impl<'d> Reader<'d> {
    /// A list of parameters, or references to parameters.
    pub(super) fn parameters(&mut self, list: Member<'d>) {
        let items = list.value.items();
        if items.is_empty() && !matches!(list.value.json, crate::json::Json::Array(_)) {
            self.note(list.key, &whole(), "`parameters` is no list");
        }
        for item in items {
            match item.member("$ref") {
                Some(reference) => {
                    self.mark(reference);
                    if let Some(target) = self.follow(&reference, &whole()) {
                        self.parameter(target.value);
                    }
                }
                None => self.parameter(item),
            }
        }
        self.tables(Way::Sent);
    }

    fn parameter(&mut self, node: Node<'d>) {
        let name = node.member("name");
        let place = node.member("in").and_then(|it| it.value.json.as_str());
        let subject = match place {
            Some("path") => Place::Path,
            Some("query") => Place::Query,
            Some("header") => Place::Header,
            Some("body") => return self.body(node),
            _ => {
                let at = whole();
                self.open(node, Kind::Parameter, &at);
                let message = match place {
                    Some(place) => format!("a parameter in `{place}`, where none is read"),
                    None => "a parameter that does not say where it travels".to_owned(),
                };
                self.note(node.start(), &at, message);
                return;
            }
        };
        let Some(name) = self.text(name.as_ref(), &Subject::from(subject).into()) else {
            let message = "a parameter without a name";
            self.note(node.start(), &Subject::from(subject).into(), message);
            return;
        };
        let at = Address::of(subject.into(), &name.value);
        let required = node.member("required");
        let mandatory = self.truth(required.as_ref(), &at).unwrap_or(Stated {
            value: subject == Place::Path,
            line: name.line,
        });
        self.joined(node, &at);
        let owner = self.page.operation.as_ref().map(|it| it.value.clone());
        let row = self.row(Entry {
            name,
            node,
            kind: Kind::Parameter,
            mandatory: Some(mandatory),
            at: &at,
            owner: owner.as_deref().unwrap_or_default(),
        });
        self.page.parameters.extend(row.map(|row| (subject, row)));
    }

    /// How an array travels in a query: where that is not stated, its key is repeated.
    fn joined(&mut self, node: Node<'d>, at: &Address) {
        let format = node.member("collectionFormat");
        let explode = node.member("explode");
        let is_joined = format.is_some_and(|it| it.value.json.as_str() != Some("multi"))
            || explode.is_some_and(|it| *it.value.json == crate::json::Json::Bool(false));
        if let (true, Some(member)) = (is_joined, format.or(explode)) {
            let message = format!(
                "the items of the array are joined, `{}: {}`, where the client repeats the key",
                member.name, member.value.json
            );
            self.note(member.key, at, message);
        }
    }

    /// The parameter that is the body.
    fn body(&mut self, node: Node<'d>) {
        let at = Address::from(Subject::Body);
        let opened = self.open(node, Kind::Parameter, &at);
        for name in ["name", "description", "required"] {
            if let Some(member) = opened.get(name) {
                self.skip(*member, "it concerns the body as a whole");
            }
        }
        match opened.get("schema") {
            Some(schema) => self.body_fields(schema.value),
            None => self.note(node.start(), &at, "a body without `schema`"),
        }
    }

    /// The body in newer documents.
    pub(super) fn request_body(&mut self, member: Member<'d>) {
        let at = Address::from(Subject::Body);
        let mut opened = self.open(member.value, Kind::RequestBody, &at);
        if let Some(reference) = opened.get("$ref")
            && let Some(target) = self.follow(reference, &at)
        {
            opened = self.open(target.value, Kind::RequestBody, &at);
        }
        if let Some(content) = opened.get("content")
            && let Some(content) = self.json_content(*content, &at)
        {
            let examples = self.content_examples(&content);
            let known: Vec<_> = self
                .page
                .example_requests
                .iter()
                .map(|it| it.body.clone())
                .collect();
            for body in examples
                .into_iter()
                .map(Some)
                .filter(|it| !known.contains(it))
            {
                let http = None;
                let example = crate::facts::ExampleRequest { http, body };
                self.page.example_requests.push(example);
            }
            if let Some(schema) = content.get("schema") {
                self.body_fields(schema.value);
            }
        }
    }

    fn body_fields(&mut self, schema: Node<'d>) {
        let at = Address::from(Subject::Body);
        let mut node = schema;
        for _ in 0..4 {
            let Some(reference) = node.member("$ref") else {
                break;
            };
            self.open(node, Kind::Schema, &at);
            match self.follow(&reference, &at) {
                Some(target) => node = target.value,
                None => return,
            }
        }
        let owner = self.page.operation.as_ref().map(|it| it.value.clone());
        let owner = owner.unwrap_or_default();
        if has_fields(node) {
            let rows = self.fields(node, &at, &owner, Way::Sent);
            let rows = rows.into_iter().map(|row| (Place::Body, row));
            self.page.parameters.extend(rows);
        } else {
            let is_empty = node
                .member("type")
                .is_none_or(|it| it.value.json.as_str() == Some("object"));
            let name = format!("{owner}Body");
            self.shape(super::schema::Spot {
                node,
                kind: Kind::Schema,
                at: &at,
                name: &name,
                depth: 0,
            });
            if !is_empty || node.member("additionalProperties").is_some() {
                let message = "the body is no object with fields, and is not read";
                self.note(node.start(), &at, message);
            }
        }
        self.tables(Way::Sent);
    }
}
