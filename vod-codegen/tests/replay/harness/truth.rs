//! What changed between two copies of a document: a structural comparison of the JSON, which knows
//! nothing of how documents are read.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::change::{Change, Kind};
use super::schema::{Cell, Used};

/// Members that are compared one by one.
const COMPARED: &[&str] = &[
    "$ref",
    "type",
    "format",
    "properties",
    "required",
    "items",
    "allOf",
    "additionalProperties",
    "enum",
    "default",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "x-annotations",
    "deprecated",
    "schema",
    "name",
    "in",
];

/// Texts, examples and what the vendor's tools write; they are no facts.
const ASIDE: &[&str] = &[
    "description",
    "example",
    "x-example",
    "x-since",
    "x-modifier-memo",
    "x-imports",
    "x-order",
    "xml",
    "title",
];

/// The headers that prove who calls.
const AUTH: &[&str] = &["x-auth-token", "authorization", "x-sdk-date"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
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
    let paired: BTreeSet<_> = truth.pairs.iter().map(|(_, new)| new.clone()).collect();
    let added = std::mem::take(&mut truth.added);
    for name in added.keys().filter(|it| !paired.contains(*it)) {
        truth.add(format!("type.{name}"), Kind::TypeAdded, "");
    }
    truth.changes.into_iter().collect()
}

struct Truth<'d> {
    old: &'d Value,
    new: &'d Value,
    changes: BTreeSet<Change>,
    /// Names of types that were compared.
    pairs: BTreeSet<(String, String)>,
    /// Types that something new refers to.
    added: BTreeMap<String, ()>,
}

/// A parameter or a field of both copies.
struct Both<'d> {
    at: String,
    old: Used<'d>,
    new: Used<'d>,
    /// The names of types that have none of their own.
    names: (String, String),
    way: Way,
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
    fn add(&mut self, at: impl Into<String>, kind: Kind, what: impl Into<String>) {
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
                        names: (inline.clone(), inline),
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
            old_body.map(|it| Used::new(self.old, it)),
            new_body.map(|it| Used::new(self.new, it)),
            (name.to_owned(), name.to_owned()),
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
                body(old).map(|it| Used::new(self.old, it)),
                body(new).map(|it| Used::new(self.new, it)),
                (format!("{name}Reply"), format!("{name}Reply")),
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
                    names: (String::new(), String::new()),
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

    fn leads_to(&mut self, used: Used<'d>, inline: &str) {
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
        old: Option<Used<'d>>,
        new: Option<Used<'d>>,
        names: (String, String),
        way: Way,
    ) {
        let is_plain = |it: &Option<Used<'_>>| it.is_some_and(|it| !it.has_fields());
        if is_plain(&old) || is_plain(&new) {
            let cell = |it: Option<Used<'_>>| it.map(|it| it.cell());
            if cell(old) != cell(new) {
                self.add(at, Kind::Type, "the body");
            } else if let (Some(old), Some(new)) = (old, new) {
                self.inner(old, new, names, way);
            }
            return;
        }
        let list = |it: Option<Used<'d>>| it.map(|it| it.fields()).unwrap_or_default();
        self.each(&at, (list(old), list(new)), names, way);
    }

    fn each(
        &mut self,
        at: &str,
        (olds, news): (Fields<'d>, Fields<'d>),
        owners: (String, String),
        way: Way,
    ) {
        for (name, (new, is_required)) in &news {
            let at = format!("{at}.{name}");
            let names = (
                format!("{}{}", owners.0, pascal(name)),
                format!("{}{}", owners.1, pascal(name)),
            );
            let Some((old, was_required)) = olds.get(name) else {
                self.appeared(at, *new, &names.1);
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
                old: *old,
                new: *new,
                names,
                way,
            });
        }
        for name in olds.keys().filter(|it| !news.contains_key(*it)) {
            self.add(format!("{at}.{name}"), Kind::Removed, "");
        }
    }

    fn value(&mut self, both: Both<'d>) {
        let Both { old, new, .. } = both;
        let at = both.at.as_str();
        if old.get("description") != new.get("description") {
            self.add(at, Kind::Text, "");
        }
        let cells = (old.cell(), new.cell());
        if cells.0 != cells.1 {
            let what = format!("{:?} -> {:?}", cells.0, cells.1);
            self.add(at, Kind::Type, what);
            self.leads_to(new, &both.names.1);
            return;
        }
        self.others(at, old, new);
        let deprecated = |it: Used<'_>| *it.get("deprecated") == true;
        if deprecated(old) != deprecated(new) {
            self.add(at, Kind::Deprecated, "");
        }
        self.default(at, old, new);
        self.limits(at, at, old, new);
        let inner = |it: Used<'d>| it.items().unwrap_or(it);
        self.enums(at, inner(old), inner(new));
        if let (Some(old), Some(new)) = (old.items(), new.items()) {
            self.limits(&format!("{at}.[]"), at, old, new);
        }
        self.inner(old, new, both.names, both.way);
    }

    /// The objects that a value is made of.
    fn inner(&mut self, old: Used<'d>, new: Used<'d>, names: (String, String), way: Way) {
        if old.has_fields() && new.has_fields() {
            let name = |it: Used<'d>, inline: String| it.name.map_or(inline, str::to_owned);
            let names = (name(old, names.0), name(new, names.1));
            if self.pairs.insert(names.clone()) {
                let at = format!("type.{}", names.0);
                self.each(&at, (old.fields(), new.fields()), names, way);
            }
            return;
        }
        let parts = |it: Used<'d>| it.items().or(it.values_of_map());
        if let (Some(old), Some(new)) = (parts(old), parts(new)) {
            self.inner(old, new, names, way);
        }
    }

    /// Members that the description has no key for.
    fn others(&mut self, at: &str, old: Used<'d>, new: Used<'d>) {
        let members = |it: &'d Value| it.as_object().into_iter().flatten().map(|(name, _)| name);
        for name in members(old.own).chain(members(new.own)) {
            let is_other = !COMPARED.contains(&name.as_str()) && !ASIDE.contains(&name.as_str());
            if is_other && old.own[name] != new.own[name] {
                self.add(at, Kind::Outside("no key"), name.as_str());
            }
        }
    }

    fn default(&mut self, at: &str, old: Used<'d>, new: Used<'d>) {
        let default = |it: Used<'d>| match it.get("default") {
            Value::String(text) if text.is_empty() => None,
            Value::String(text) => Some(text.to_ascii_lowercase()),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
            other => Some(other.to_string()),
        };
        let (was, is) = (default(old), default(new));
        if was != is {
            let kind = match (&was, &is) {
                (Some(_), None) if says(new, was.as_deref()) => Kind::Outside("the text has it"),
                (None, Some(_)) if says(old, is.as_deref()) => Kind::Outside("the text had it"),
                _ => Kind::Default,
            };
            self.add(at, kind, format!("{was:?} -> {is:?}"));
        }
    }

    fn enums(&mut self, at: &str, old: Used<'d>, new: Used<'d>) {
        let values = |it: Used<'d>| -> BTreeSet<String> {
            let values = it.get("enum").as_array().into_iter().flatten();
            let values = values.filter(|it| !it.is_null());
            values
                .map(|it| it.as_str().map_or_else(|| it.to_string(), str::to_owned))
                .collect()
        };
        let (was, is) = (values(old), values(new));
        for value in is.difference(&was) {
            let kind = match says(old, Some(value)) && was.is_empty() {
                true => Kind::Outside("the text had it"),
                false => Kind::ValueAdded,
            };
            self.add(format!("{at}.{value}"), kind, "");
        }
        for value in was.difference(&is) {
            let kind = match says(new, Some(value)) && is.is_empty() {
                true => Kind::Outside("the text has it"),
                false => Kind::ValueRemoved,
            };
            self.add(format!("{at}.{value}"), kind, "");
        }
    }

    fn limits(&mut self, at: &str, of: &str, old: Used<'d>, new: Used<'d>) {
        let (least, most) = match old.cell() {
            Cell::Plain("string") if old.get("enum").is_array() => return,
            Cell::Plain("string") => ("minLength", "maxLength"),
            Cell::Plain("int32" | "int64") => ("minimum", "maximum"),
            Cell::Array(_) if at == of => ("minItems", "maxItems"),
            _ => return,
        };
        let none = if least == "minimum" { None } else { Some(0) };
        let ends = [(least, "min", none), (most, "max", None)];
        for (member, short, idle) in ends {
            let end = |it: Used<'d>| {
                let own = it.get(member).as_f64().map(|it| it as i64);
                own.filter(|it| Some(*it) != idle).or(annotated(it, short))
            };
            let (was, is) = (end(old), end(new));
            let text = |it: Option<i64>| it.map(|it| it.to_string());
            if was != is {
                let kind = match (was, is) {
                    (Some(_), None) if says(new, text(was).as_deref()) => {
                        Kind::Outside("the text has it")
                    }
                    (None, Some(_)) if says(old, text(is).as_deref()) => {
                        Kind::Outside("the text had it")
                    }
                    _ => Kind::Limit,
                };
                self.add(at, kind, format!("{member} {was:?} -> {is:?}"));
            }
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

/// A limit that an annotation states: `@Range(min = 1)`.
fn annotated(used: Used<'_>, key: &str) -> Option<i64> {
    let notes = used.get("x-annotations").as_array().into_iter().flatten();
    notes.filter_map(Value::as_str).find_map(|note| {
        if key == "min" && (note == "@NotEmpty" || note == "@NotBlank") {
            return Some(1);
        }
        let (_, rest) = note.split_once('(')?;
        let pairs = rest.trim_end_matches(')').split(',');
        let mut pairs = pairs.filter_map(|it| it.split_once('='));
        let (_, value) = pairs.find(|(name, _)| name.trim() == key)?;
        value.trim().parse().ok()
    })
}

/// Whether a description has a word.
fn says(used: Used<'_>, word: Option<&str>) -> bool {
    let in_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let text = used.get("description").as_str().unwrap_or_default();
    word.is_some_and(|word| {
        text.split(|c| !in_word(c) && c != '-')
            .any(|it| it.eq_ignore_ascii_case(word))
    })
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
