//! Statuses, and what replies hold.

use crate::facts::{Response, Stated};
use crate::{Address, Subject};

use super::members::Kind;
use super::reader::{Opened, Reader};
use super::rows::Entry;
use super::schema::{Spot, has_fields};
use super::tables::Way;
use super::tree::{Member, Node};

impl<'d> Reader<'d> {
    pub(super) fn replies(&mut self, member: Member<'d>) {
        let at = Address::from(Subject::Response);
        for entry in self.entries(member, &at) {
            let status = entry.name.parse::<u16>().ok();
            match status.filter(|it| (100..600).contains(it)) {
                Some(status) => self.reply(status, entry),
                None => {
                    let message = format!("`{}` is no status", entry.name);
                    self.note(entry.key, &at, message);
                    self.skip(entry, "it is no status");
                }
            }
        }
        self.tables(Way::Received);
    }

    fn reply(&mut self, status: u16, entry: Member<'d>) {
        let at = Address::of(Subject::Response, status);
        let line = self.line(entry.key);
        let mut opened = self.open(entry.value, Kind::Response, &at);
        if let Some(reference) = opened.get("$ref")
            && let Some(target) = self.follow(reference, &at)
        {
            opened = self.open(target.value, Kind::Response, &at);
        }
        let meaning = self.text(opened.get("description"), &at);
        let stated = Stated {
            value: status,
            line,
        };
        let meaning = meaning.map(|it| it.value.trim().to_owned());
        self.page
            .statuses
            .push((stated.clone(), meaning.unwrap_or_default()));
        let headers = self.headers(&opened, &at);
        self.page.responses.push(Response {
            status: stated,
            fields: Vec::new(),
            body: None,
            headers,
        });
        if let Some(examples) = opened.get("examples") {
            self.reply_examples(status, *examples);
        }
        if let Some(schema) = opened.get("schema") {
            self.reply_body(schema.value, &at);
        }
        if let Some(content) = opened.get("content")
            && let Some(content) = self.json_content(*content, &at)
        {
            let examples = self.content_examples(&content).into_iter();
            self.page
                .example_responses
                .extend(examples.map(|it| (status, it)));
            if let Some(schema) = content.get("schema") {
                self.reply_body(schema.value, &at);
            }
        }
    }

    fn headers(&mut self, opened: &Opened<'d>, at: &Address) -> Vec<crate::facts::Row> {
        let Some(headers) = opened.get("headers") else {
            return Vec::new();
        };
        let mut rows = Vec::new();
        for header in self.entries(*headers, at) {
            rows.extend(self.row(Entry {
                name: Stated {
                    value: header.name.to_owned(),
                    line: self.line(header.key),
                },
                node: header.value,
                kind: Kind::Header,
                mandatory: None,
                at: &at.member(header.name),
                owner: "",
            }));
        }
        rows
    }

    /// The body of the last reply.
    fn reply_body(&mut self, schema: Node<'d>, at: &Address) {
        let mut node = schema;
        for _ in 0..4 {
            let Some(reference) = node.member("$ref") else {
                break;
            };
            self.open(node, Kind::Schema, at);
            match self.follow(&reference, at) {
                Some(target) => node = target.value,
                None => return,
            }
        }
        let owner = self.page.operation.as_ref().map(|it| it.value.clone());
        let owner = owner.unwrap_or_default();
        if has_fields(node) {
            let fields = self.fields(node, at, &owner, Way::Received);
            if let Some(reply) = self.page.responses.last_mut() {
                reply.fields = fields;
            }
            return;
        }
        let name = format!("{owner}Reply");
        let shape = self.shape(Spot {
            node,
            kind: Kind::Schema,
            at,
            name: &name,
            depth: 0,
        });
        if let Some(reply) = self.page.responses.last_mut() {
            reply.body = shape.ty;
        }
    }

    /// What is said of a body in JSON; of others, that they are not read.
    pub(super) fn json_content(&mut self, content: Member<'d>, at: &Address) -> Option<Opened<'d>> {
        let mut found = None;
        for entry in self.entries(content, at) {
            if entry.name.starts_with("application/json") && found.is_none() {
                found = Some(entry);
            } else {
                let message = format!("a body of the type `{}`, which is not read", entry.name);
                self.note(entry.key, at, message);
                self.skip(entry, "it is not JSON");
            }
        }
        found.map(|it| self.open(it.value, Kind::Content, at))
    }
}
