//! Events as the docs have them for examples, with other values.

use serde_json::{Map, Value};
use vod_api::notification::read_unverified;
use vod_api::support::service::nearest;

use crate::api::{Assignment, Step};
use crate::catalog::{self, Catalog, Docs};
use crate::exit::Failure;

/// The example of an event, with what the assignments say in its body.
///
/// # Errors
///
/// A path leads nowhere, or a value is of another type.
pub(super) fn event<'a>(
    catalog: &Catalog,
    name: &str,
    assignments: impl Iterator<Item = &'a str>,
) -> Result<Value, Failure> {
    let docs = catalog::event(name);
    let examples = docs.value("examples").and_then(Value::as_array);
    let example = examples.and_then(|them| them.first()).cloned();
    let mut event = example.unwrap_or_default();
    let body = event.get_mut(docs.text("member"));
    if let Some(body) = body {
        for text in assignments {
            set(catalog, (&docs, &mut *body), text)
                .map_err(|why| Failure::usage(format!("--set {text}: {why}")))?;
        }
    }
    // What cannot be read is no event of the service.
    read_unverified(event.to_string().as_bytes())
        .map_err(|error| Failure::usage(format!("--set: {error}")))?;
    Ok(event)
}

/// Sets what is at a path in a body.
fn set(catalog: &Catalog, (docs, body): (&Docs, &mut Value), text: &str) -> Result<(), String> {
    let assignment = Assignment::parse(text).map_err(|error| error.to_string())?;
    let mut place = Place {
        value: body,
        docs: docs.clone(),
        kind: String::new(),
    };
    for step in &assignment.steps {
        place = match step {
            Step::Member(name) => place.member(catalog, name)?,
            Step::Item(index) => place.item(catalog, *index)?,
        };
    }
    *place.value = place.read(assignment.value)?;
    Ok(())
}

/// A value in a body, and what the docs say of it.
struct Place<'v> {
    value: &'v mut Value,
    /// Its members are in `fields`, if it can have any.
    docs: Docs,
    /// Its type, as the description writes it; empty for the body.
    kind: String,
}

impl Place<'_> {
    fn member(self, catalog: &Catalog, name: &str) -> Result<Self, String> {
        if self.kind.starts_with("array<") {
            return Err(format!("it is a list: name an item, as [0].{name}"));
        }
        let known = || self.docs.names("fields");
        if known().next().is_none() {
            return Err(format!("there is nothing inside for {name:?}"));
        }
        if !known().any(|it| it == name) {
            return Err(match nearest(name, known()) {
                Some(near) => format!("there is no {name:?}: did you mean {near}?"),
                None => format!(
                    "there is no {name:?}: there are {}",
                    known().collect::<Vec<_>>().join(", ")
                ),
            });
        }
        let kind = self.docs.inner("fields", name).text("type").to_owned();
        if !self.value.is_object() {
            *self.value = Value::Object(Map::new());
        }
        let members = self.value.as_object_mut();
        let value = members.map(|members| members.entry(name).or_insert(Value::Null));
        Ok(Self {
            value: value.ok_or("it is no object")?,
            docs: catalog.type_docs(&kind),
            kind,
        })
    }

    fn item(self, catalog: &Catalog, index: usize) -> Result<Self, String> {
        let kind = self
            .kind
            .strip_prefix("array<")
            .and_then(|it| it.strip_suffix('>'));
        let kind = kind.ok_or("it is no list")?.to_owned();
        if !self.value.is_array() {
            *self.value = Value::Array(Vec::new());
        }
        let items = self.value.as_array_mut().ok_or("it is no list")?;
        let count = items.len();
        if index == count {
            items.push(Value::Null);
        }
        Ok(Self {
            value: items.get_mut(index).ok_or(format!(
                "the list has {count} so far: the next is [{count}]"
            ))?,
            docs: catalog.type_docs(&kind),
            kind,
        })
    }

    /// A text as a value of this type.
    fn read(&self, text: &str) -> Result<Value, String> {
        let is_object = self.docs.names("fields").next().is_some();
        match self.kind.as_str() {
            "int32" | "int64" => {
                let number = text.parse::<i64>();
                Ok(number.map_err(|_| "it must be a whole number")?.into())
            }
            kind if kind.starts_with("array<") || is_object => {
                serde_json::from_str(text).map_err(|error| format!("it must be JSON: {error}"))
            }
            _ => Ok(text.into()),
        }
    }
}
