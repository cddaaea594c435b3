//! What changed of a value that both copies have.

use std::collections::BTreeSet;

use serde_json::Value;

use super::change::Kind;
use super::schema::{Cell, Used};
use super::truth::{Pair, Truth, Way};

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

/// A parameter or a field of both copies.
pub(super) struct Both<'d> {
    pub(super) at: String,
    pub(super) old: Used<'d>,
    pub(super) new: Used<'d>,
    /// The names of types that have none of their own.
    pub(super) names: Pair<String>,
    pub(super) way: Way,
}

impl<'d> Truth<'d> {
    pub(super) fn value(&mut self, both: Both<'d>) {
        let Both { old, new, .. } = both;
        let at = both.at.as_str();
        if old.get("description") != new.get("description") {
            self.add(at, Kind::Text, "");
        }
        let cells = (old.cell(), new.cell());
        if cells.0 != cells.1 {
            let what = format!("{:?} -> {:?}", cells.0, cells.1);
            self.add(at, Kind::Type, what);
            self.leads_to(new, &both.names.new);
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
        self.inner(Pair::new(old, new), both.names, both.way);
    }

    /// The objects that a value is made of.
    pub(super) fn inner(&mut self, both: Pair<Used<'d>>, names: Pair<String>, way: Way) {
        let Pair { old, new } = both;
        if old.has_fields() && new.has_fields() {
            let name = |it: Used<'d>, inline: String| it.name.map_or(inline, str::to_owned);
            let names = Pair::new(name(old, names.old), name(new, names.new));
            if self.pairs.insert(names.clone()) {
                let at = format!("type.{}", names.old);
                self.each(&at, Pair::new(old.fields(), new.fields()), names, way);
            }
            return;
        }
        let parts = |it: Used<'d>| it.items().or(it.values_of_map());
        if let (Some(old), Some(new)) = (parts(old), parts(new)) {
            self.inner(Pair::new(old, new), names, way);
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
            let values = values.filter(|it| !it.is_null() && *it != "");
            values
                .map(|it| it.as_str().map_or_else(|| it.to_string(), str::to_owned))
                .collect()
        };
        let (was, is) = (values(old), values(new));
        for value in is.difference(&was) {
            let kind = if was.is_empty() && says(old, Some(value)) {
                Kind::Outside("the text had it")
            } else {
                Kind::ValueAdded
            };
            self.add(format!("{at}.{value}"), kind, "");
        }
        for value in was.difference(&is) {
            let kind = if is.is_empty() && says(new, Some(value)) {
                Kind::Outside("the text has it")
            } else {
                Kind::ValueRemoved
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
