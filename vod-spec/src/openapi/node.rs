//! The tree of a document: JSON whose members keep the order in which they were added.

use serde::ser::{Serialize, Serializer};

use vod_page::json::{Json, Object};

/// A part of a document. serde writes it, in whatever format.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A text, a number, or a whole value of the description, such as an example.
    Json(Json),
    /// A list.
    List(Vec<Node>),
    /// An object.
    Map(Map),
}

/// The members of an object.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Map(Vec<(String, Node)>);

impl Map {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn add(&mut self, name: impl Into<String>, value: impl Into<Node>) {
        self.0.push((name.into(), value.into()));
    }

    pub(super) fn with(mut self, name: &str, value: impl Into<Node>) -> Self {
        self.add(name, value);
        self
    }

    /// Leaves out what is absent.
    pub(super) fn with_some(self, name: &str, value: Option<impl Into<Node>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Leaves out a list or an object with nothing in it.
    pub(super) fn with_filled(self, name: &str, value: impl Into<Node>) -> Self {
        match value.into() {
            Node::List(items) if items.is_empty() => self,
            Node::Map(members) if members.0.is_empty() => self,
            value => self.with(name, value),
        }
    }

    /// Leaves out `false`.
    pub(super) fn with_flag(self, name: &str, value: bool) -> Self {
        self.with_some(name, value.then_some(true))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// Adds all members of another one.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }
}

impl<N: Into<String>, V: Into<Node>> FromIterator<(N, V)> for Map {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(members: I) -> Self {
        let members = members.into_iter();
        Self(
            members
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

impl From<Map> for Node {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}

impl<T: Into<Self>> From<Vec<T>> for Node {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

impl From<Json> for Node {
    fn from(value: Json) -> Self {
        Self::Json(value)
    }
}

impl From<Object> for Node {
    fn from(members: Object) -> Self {
        Self::Json(Json::Object(members))
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Json(Json::String(text.to_owned()))
    }
}

impl From<&String> for Node {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::Json(Json::String(text))
    }
}

impl From<bool> for Node {
    fn from(value: bool) -> Self {
        Self::Json(Json::Bool(value))
    }
}

impl From<i64> for Node {
    fn from(number: i64) -> Self {
        Self::Json(Json::Int(number))
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Json(value) => Written(value).serialize(serializer),
            Self::List(items) => serializer.collect_seq(items),
            Self::Map(Map(members)) => {
                serializer.collect_map(members.iter().map(|(name, value)| (name, value)))
            }
        }
    }
}

/// A value as serde writes it. The crate of the values does without serde.
struct Written<'v>(&'v Json);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Json::Null => serializer.serialize_unit(),
            Json::Bool(value) => serializer.serialize_bool(*value),
            Json::Int(number) => serializer.serialize_i64(*number),
            Json::Large(number) => serializer.serialize_u64(*number),
            Json::Float(number) => serializer.serialize_f64(*number),
            Json::String(text) => serializer.serialize_str(text),
            Json::Array(items) => serializer.collect_seq(items.iter().map(Written)),
            Json::Object(members) => {
                let members = members.iter().map(|(name, value)| (name, Written(value)));
                serializer.collect_map(members)
            }
        }
    }
}
