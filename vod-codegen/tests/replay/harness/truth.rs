//! What changed between two copies of a document: a structural comparison of the JSON, which knows
//! nothing of how documents are read.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::change::{Change, Kind};
use super::schema::Used;
use super::value::Both;

/// The headers that prove who calls.
const AUTH: &[&str] = &["x-auth-token", "authorization", "x-sdk-date"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Sent,
    Received,
}

/// What changed, by the names of the older document.
pub(crate) fn changes(old: &Value, new: &Value) -> Vec<Change> {
    let mut truth = Truth {
        old,
        new,
        changes: BTreeSet::new(),
        pairs: BTreeSet::new(),
        added: BTreeMap::new(),
    };
    truth.operation();
    let paired: BTreeSet<_> = truth.pairs.iter().map(|it| it.new.clone()).collect();
    let added = std::mem::take(&mut truth.added);
    for name in added.keys().filter(|it| !paired.contains(*it)) {
        truth.add(format!("type.{name}"), Kind::TypeAdded, "");
    }
    truth.changes.into_iter().collect()
}

pub(super) struct Truth<'d> {
    old: &'d Value,
    new: &'d Value,
    changes: BTreeSet<Change>,
    /// Names of types that were compared.
    pub(super) pairs: BTreeSet<Pair<String>>,
    /// Types that something new refers to.
    added: BTreeMap<String, ()>,
}

/// Something of the older copy, and the same of the newer one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair<T> {
    pub(super) old: T,
    pub(super) new: T,
}

impl<T> Pair<T> {
    pub(super) fn new(old: T, new: T) -> Self {
        Self { old, new }
    }
}

/// The method, the path and the operation of a document.
fn operation(document: &Value) -> Option<(&str, &str, &Value)> {
    let (path, item) = document["paths"].as_object()?.iter().next()?;
    let methods = ["get", "put", "post", "delete", "patch", "head", "options"];
    let mut members = item.as_object()?.iter();
    let (method, operation) = members.find(|(name, _)| methods.contains(&name.as_str()))?;
    Some((method, path, operation))
}

impl<'d> Truth<'d> {
    pub(super) fn add(&mut self, at: impl Into<String>, kind: Kind, what: impl Into<String>) {
        let (at, what) = (at.into(), what.into());
        self.changes.insert(Change { at, kind, what });
    }

    fn operation(&mut self) {
        let (Some(old), Some(new)) = (operation(self.old), operation(self.new)) else {
            return;
        };
        if old.0 != new.0 {
            self.add("http.method", Kind::Method, new.0);
        }
        if old.1 != new.1 {
            self.add("http.path", Kind::Path, new.1);
        }
        let name = new.2["operationId"].as_str().unwrap_or_default().to_owned();
        let deprecated = |it: &Value| it["deprecated"] == true || it["x-scope"] == "Deprecated";
        if deprecated(old.2) != deprecated(new.2) {
            self.add("description", Kind::Deprecated, "");
        }
        for (member, value) in new.2.as_object().into_iter().flatten() {
            if member.starts_with("x-request-examples") && old.2[member] != *value {
                self.add("example.request", Kind::Text, "");
            }
        }
        for member in ["summary", "description", "x-constraint", "x-action", "tags"] {
            if old.2[member] != new.2[member] {
                self.add("description", Kind::Text, member);
            }
        }
        self.parameters(old.2, new.2, &name);
        self.replies(&old.2["responses"], &new.2["responses"], &name);
    }

    fn parameters(&mut self, old: &'d Value, new: &'d Value, name: &str) {
        let (mut olds, old_body) = parameters(self.old, old);
        let (news, new_body) = parameters(self.new, new);
        for ((place, wire), new) in news {
            let at = format!("{place}.{wire}");
            let is_auth = place == "header" && AUTH.contains(&wire.to_ascii_lowercase().as_str());
            let new = Used::new(self.new, new);
            match olds.remove(&(place, wire)) {
                None if is_auth => self.add(at, Kind::Outside("service.yaml has it"), ""),
                None => self.appeared(at, new, &format!("{name}{}", pascal(wire))),
                Some(old) => {
                    let required = [&old["required"], &new.own["required"]].map(|it| *it == true);
                    if required[0] != required[1] {
                        self.add(&at, Kind::Required, "");
                    }
                    if is_auth {
                        if old != new.own {
                            self.add(at, Kind::Outside("service.yaml has it"), "");
                        }
                        continue;
                    }
                    let inline = format!("{name}{}", pascal(wire));
                    self.value(Both {
                        at,
                        old: Used::new(self.old, old),
                        new,
                        names: Pair::new(inline.clone(), inline),
                        way: Way::Sent,
                    });
                }
            }
        }
        for (place, wire) in olds.into_keys() {
            let is_auth = place == "header" && AUTH.contains(&wire.to_ascii_lowercase().as_str());
            let kind = if is_auth {
                Kind::Outside("service.yaml has it")
            } else {
                Kind::Removed
            };
            self.add(format!("{place}.{wire}"), kind, "");
        }
        self.fields(
            "body".to_owned(),
            Pair::new(
                old_body.map(|it| Used::new(self.old, it)),
                new_body.map(|it| Used::new(self.new, it)),
            ),
            Pair::new(name.to_owned(), name.to_owned()),
            Way::Sent,
        );
    }

    fn replies(&mut self, old: &'d Value, new: &'d Value, name: &str) {
        let statuses = |it: &'d Value| -> BTreeMap<&'d str, &'d Value> {
            let members = it.as_object().into_iter().flatten();
            let members = members.filter(|(name, _)| name.parse::<u16>().is_ok());
            members
                .map(|(name, reply)| (name.as_str(), reply))
                .collect()
        };
        let (olds, news) = (statuses(old), statuses(new));
        for status in news.keys().filter(|it| !olds.contains_key(*it)) {
            self.add(format!("response.{status}"), Kind::StatusAdded, "");
        }
        for (status, old) in &olds {
            let same = news.get(status);
            let worked = |it: &&str| it.starts_with('2');
            let other = || news.iter().find(|(it, _)| worked(it)).map(|(_, it)| it);
            let new = same.or_else(|| worked(status).then(other).flatten());
            if same.is_none() {
                self.add(format!("response.{status}"), Kind::StatusRemoved, "");
            }
            let Some(new) = new else { continue };
            let at = format!("response.{status}");
            if old["description"] != new["description"] {
                self.add(&at, Kind::Text, "");
            }
            if old["examples"] != new["examples"] {
                self.add(format!("example.{status}"), Kind::Text, "");
            }
            self.headers(&at, &old["headers"], &new["headers"]);
            let body = |it: &'d Value| {
                let newer = it["content"].as_object().and_then(|it| it.values().next());
                let schema = newer.map_or(&it["schema"], |it| &it["schema"]);
                (!schema.is_null()).then_some(schema)
            };
            self.fields(
                at,
                Pair::new(
                    body(old).map(|it| Used::new(self.old, it)),
                    body(new).map(|it| Used::new(self.new, it)),
                ),
                Pair::new(format!("{name}Reply"), format!("{name}Reply")),
                Way::Received,
            );
        }
    }

    fn headers(&mut self, at: &str, old: &'d Value, new: &'d Value) {
        let names = |it: &'d Value| -> BTreeMap<&'d str, &'d Value> {
            let members = it.as_object().into_iter().flatten();
            members.map(|(name, it)| (name.as_str(), it)).collect()
        };
        let (olds, news) = (names(old), names(new));
        for (name, new) in &news {
            let at = format!("{at}.{name}");
            match olds.get(name) {
                None => self.add(at, Kind::Added, ""),
                Some(old) => self.value(Both {
                    at,
                    old: Used::new(self.old, old),
                    new: Used::new(self.new, new),
                    names: Pair::new(String::new(), String::new()),
                    way: Way::Received,
                }),
            }
        }
        for name in olds.keys().filter(|it| !news.contains_key(*it)) {
            self.add(format!("{at}.{name}"), Kind::Removed, "");
        }
    }

    /// A field that is new, and the types that it leads to.
    fn appeared(&mut self, at: String, new: Used<'d>, inline: &str) {
        self.add(at, Kind::Added, "");
        self.leads_to(new, inline);
    }

    pub(super) fn leads_to(&mut self, used: Used<'d>, inline: &str) {
        if used.has_fields() {
            let name = used.name.unwrap_or(inline).to_owned();
            if self.added.insert(name.clone(), ()).is_none() {
                for (field, (inner, _)) in used.fields() {
                    self.leads_to(inner, &format!("{name}{}", pascal(field)));
                }
            }
        } else if let Some(inner) = used.items().or(used.values_of_map()) {
            self.leads_to(inner, inline);
        }
    }

    /// The fields of a body.
    fn fields(
        &mut self,
        at: String,
        bodies: Pair<Option<Used<'d>>>,
        names: Pair<String>,
        way: Way,
    ) {
        let Pair { old, new } = bodies;
        let is_plain = |it: &Option<Used<'_>>| it.is_some_and(|it| !it.has_fields());
        if is_plain(&old) || is_plain(&new) {
            let cell = |it: Option<Used<'_>>| it.map(|it| it.cell());
            if cell(old) != cell(new) {
                self.add(at, Kind::Type, "the body");
            } else if let (Some(old), Some(new)) = (old, new) {
                self.inner(Pair::new(old, new), names, way);
            }
            return;
        }
        let list = |it: Option<Used<'d>>| it.map(|it| it.fields()).unwrap_or_default();
        self.each(&at, Pair::new(list(old), list(new)), names, way);
    }

    pub(super) fn each(
        &mut self,
        at: &str,
        Pair { old, new }: Pair<Fields<'d>>,
        owners: Pair<String>,
        way: Way,
    ) {
        for (name, (is, is_required)) in &new {
            let at = format!("{at}.{name}");
            let names = Pair::new(
                format!("{}{}", owners.old, pascal(name)),
                format!("{}{}", owners.new, pascal(name)),
            );
            let Some((was, was_required)) = old.get(name) else {
                self.appeared(at, *is, &names.new);
                continue;
            };
            if was_required != is_required {
                let kind = match way {
                    Way::Sent => Kind::Required,
                    Way::Received => Kind::Outside("what a reply always has is not described"),
                };
                self.add(&at, kind, if *is_required { "yes" } else { "no" });
            }
            self.value(Both {
                at,
                old: *was,
                new: *is,
                names,
                way,
            });
        }
        for name in old.keys().filter(|it| !new.contains_key(*it)) {
            self.add(format!("{at}.{name}"), Kind::Removed, "");
        }
    }
}

type Fields<'d> = BTreeMap<&'d str, (Used<'d>, bool)>;

/// The parameters by place and name, and the type of the body.
type Parameters<'d> = (BTreeMap<(&'d str, &'d str), &'d Value>, Option<&'d Value>);

fn parameters<'d>(root: &'d Value, operation: &'d Value) -> Parameters<'d> {
    let mut found = BTreeMap::new();
    let content = operation["requestBody"]["content"].as_object();
    let mut body = content
        .and_then(|it| it.values().next())
        .map(|it| &it["schema"]);
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let reference = parameter["$ref"].as_str();
        let target = reference.and_then(|it| root.pointer(it.trim_start_matches('#')));
        let parameter = target.unwrap_or(parameter);
        match (parameter["in"].as_str(), parameter["name"].as_str()) {
            (Some("body"), _) => body = Some(&parameter["schema"]),
            (Some(place), Some(name)) => {
                found.insert((place, name), parameter);
            }
            _ => {}
        }
    }
    (found, body)
}

/// `task_id` as a part of the name of a type.
pub(super) fn pascal(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let capital = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    words.map(capital).collect()
}
