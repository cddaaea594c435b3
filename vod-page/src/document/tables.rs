//! Types with fields.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{Row, Stated, TypeTable};
use crate::json::Json;
use crate::{Address, Subject};

use super::members::Kind;
use super::reader::Reader;
use super::rows::Entry;
use super::tree::{Member, Node};

/// How many types one type can be made of; more than any document has.
const MAX_PARTS: usize = 64;

/// A type with fields that something refers to.
pub(super) struct Due<'d> {
    pub(super) name: Stated<String>,
    pub(super) node: Node<'d>,
}

/// Which way the fields of a type travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// In a request, perhaps in replies as well: whether they are mandatory matters.
    Sent,
    /// In replies alone.
    Received,
}

const RECEIVED: &str = "what a reply always has is not described";

/// The fields of a type while its parts are put together.
#[derive(Default)]
struct Parts<'d> {
    fields: Vec<Member<'d>>,
    names: BTreeSet<&'d str>,
    /// What must be there, and where that stands.
    required: BTreeMap<String, usize>,
    /// Where the types stand that were put together.
    seen: BTreeSet<usize>,
}

impl<'d> Reader<'d> {
    /// Takes up that something refers to a type.
    pub(super) fn is_due(&mut self, name: &str, target: Member<'d>) {
        if self.named.insert(name.to_owned()) {
            let name = Stated {
                value: name.to_owned(),
                line: self.line(target.key),
            };
            let node = target.value;
            self.due.push_back(Due { name, node });
        }
    }

    /// Reads the types that something refers to, and those that these refer to.
    pub(super) fn tables(&mut self, way: Way) {
        while let Some(Due { name, node }) = self.due.pop_front() {
            let at = Address::of(Subject::Type, &name.value);
            let fields = self.fields(node, &at, &name.value, way);
            self.page.types.push(TypeTable { name, fields });
        }
    }

    /// The fields of an object; `at` is the address of the object, `owner` its name.
    pub(super) fn fields(
        &mut self,
        node: Node<'d>,
        at: &Address,
        owner: &str,
        way: Way,
    ) -> Vec<Row> {
        let mut parts = Parts::default();
        self.part(node, at, way, &mut parts);
        let Parts {
            fields,
            names,
            required,
            ..
        } = parts;
        if way == Way::Sent {
            for (name, place) in &required {
                if !names.contains(name.as_str()) {
                    let message = format!("`required` names `{name}`, which is no field");
                    self.note(*place, at, message);
                }
            }
        }
        let mut rows = Vec::new();
        for field in fields {
            let place = required.get(field.name).copied();
            rows.extend(self.row(Entry {
                name: Stated {
                    value: field.name.to_owned(),
                    line: self.line(field.key),
                },
                node: field.value,
                kind: Kind::Schema,
                mandatory: (way == Way::Sent).then(|| Stated {
                    value: place.is_some(),
                    line: self.line(place.unwrap_or(field.key)),
                }),
                at: &at.member(field.name),
                owner,
            }));
        }
        rows
    }

    /// Collects the fields of an object and of those that it is made of.
    fn part(&mut self, node: Node<'d>, at: &Address, way: Way, parts: &mut Parts<'d>) {
        if !parts.seen.insert(node.start()) || parts.seen.len() > MAX_PARTS {
            self.note(
                node.start(),
                at,
                "a type that is made of itself, or of too many",
            );
            return;
        }
        if let (Way::Received, Some(required)) = (way, node.member("required")) {
            self.skip_if_new(required, RECEIVED);
        }
        let opened = self.open(node, Kind::Schema, at);
        if let Some(reference) = opened.get("$ref")
            && let Some(target) = self.follow(reference, at)
        {
            self.part(target.value, at, way, parts);
        }
        let made_of = opened.get("allOf").map(|it| it.value.items());
        for item in made_of.into_iter().flatten() {
            self.part(item, at, way, parts);
        }
        if let Some(properties) = opened.get("properties") {
            for field in self.entries(*properties, at) {
                // Of a name that several parts have, the last one holds.
                if !parts.names.insert(field.name) {
                    parts.fields.retain(|it| it.name != field.name);
                }
                parts.fields.push(field);
            }
        }
        if let (Way::Sent, Some(required)) = (way, opened.get("required")) {
            self.mark(*required);
            for item in required.value.items() {
                if let Json::String(name) = item.json {
                    parts.required.insert(name.clone(), item.start());
                }
            }
        }
        self.beside(&opened, at);
    }

    /// What a type has besides its fields.
    fn beside(&mut self, opened: &super::reader::Opened<'d>, at: &Address) {
        let ty = self.text(opened.get("type"), at);
        if let (Some(ty), Some(member)) = (ty, opened.get("type"))
            && ty.value != "object"
        {
            let message = format!("it has fields, and the type `{}`", ty.value);
            self.note(member.key, at, message);
        }
        for (name, member) in opened {
            match *name {
                "description" => self.skip(*member, "prose about a type as a whole"),
                "default" => self.skip(*member, "a default that is no single value"),
                "additionalProperties" if member.value.is_object() => {
                    let message =
                        "it has other fields than those that it names, which are not read";
                    self.note(member.key, at, message);
                    self.skip(*member, "fields without names beside fields with names");
                }
                "items" | "enum" => {
                    let message = format!("it has fields, and `{name}`");
                    self.note(member.key, at, message);
                    self.skip(*member, "it does not fit an object with fields");
                }
                _ => {}
            }
        }
    }
}
