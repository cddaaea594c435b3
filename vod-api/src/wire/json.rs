//! JSON between the text and the types: parsed but not read yet, or written but not sent. It is one
//! list, and it borrows its text from the input or the request where it can: replies are large, and
//! a `serde_json::Value` would cost more than all the rest of a call, only to be taken apart.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::{Number, Value};

use super::{Reader, Wire, WireError};

/// One JSON value with all that is in it.
#[derive(Debug)]
pub struct Document<'a>(Vec<Node<'a>>);

#[derive(Debug)]
pub(super) enum Node<'a> {
    Null,
    Bool(bool),
    Number(Number),
    String(Cow<'a, str>),
    Unlisted(Cow<'a, str>),
    /// How many of the nodes that follow are inside.
    Array(usize),
    /// The same; names and values alternate.
    Object(usize),
}

/// A JSON value.
#[derive(Debug, Clone, Copy)]
pub enum Json<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(&'a Number),
    /// Text.
    String(&'a str),
    /// Text of an enum that the caller sends as `unlisted`. Written, but never read.
    Unlisted(&'a str),
    /// A list.
    Array(Items<'a>),
    /// An object.
    Object(Members<'a>),
}

/// The values in a list.
#[derive(Debug, Clone, Copy, Default)]
pub struct Items<'a>(&'a [Node<'a>]);

/// The members of an object, in the order of the text; of those with the same name the last one
/// counts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Members<'a>(Items<'a>);

impl<'a> Document<'a> {
    /// An empty one, with room for a small request or reply.
    pub(super) fn new() -> Self {
        Self(Vec::with_capacity(16))
    }

    pub(crate) fn root(&self) -> Json<'_> {
        Items(&self.0).next().unwrap_or(Json::Null)
    }

    /// Reads it as a type.
    pub(crate) fn read<T: Wire>(&self) -> Result<T, WireError> {
        T::read(&mut Reader::of_nodes(&self.0))
    }

    /// The same with owned text.
    pub(super) fn into_owned(self) -> Document<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        let nodes = self.0.into_iter().map(|node| match node {
            Node::Null => Node::Null,
            Node::Bool(value) => Node::Bool(value),
            Node::Number(number) => Node::Number(number),
            Node::String(text) => Node::String(owned(text)),
            Node::Unlisted(text) => Node::Unlisted(owned(text)),
            Node::Array(size) => Node::Array(size),
            Node::Object(size) => Node::Object(size),
        });
        Document(nodes.collect())
    }

    pub(super) fn null(&mut self) {
        self.0.push(Node::Null);
    }

    pub(super) fn bool(&mut self, value: bool) {
        self.0.push(Node::Bool(value));
    }

    pub(super) fn number(&mut self, number: Number) {
        self.0.push(Node::Number(number));
    }

    /// JSON cannot represent other numbers: they become text, which is refused when the request is
    /// checked.
    pub(super) fn float(&mut self, number: f64) {
        self.0.push(match Number::from_f64(number) {
            Some(number) => Node::Number(number),
            None => Node::String(number.to_string().into()),
        });
    }

    /// Text, or the name of the member whose value comes next.
    pub(super) fn text(&mut self, text: impl Into<Cow<'a, str>>) {
        self.0.push(Node::String(text.into()));
    }

    /// Text of an enum that the caller sends as `unlisted`.
    pub(super) fn unlisted(&mut self, text: &'a str) {
        self.0.push(Node::Unlisted(text.into()));
    }

    /// A list of what `inside` writes.
    pub(super) fn array<T>(&mut self, inside: impl FnOnce(&mut Self) -> T) -> T {
        self.nest(Node::Array, inside)
    }

    /// An object; `inside` writes names and values in turns.
    pub(super) fn object<T>(&mut self, inside: impl FnOnce(&mut Self) -> T) -> T {
        self.nest(Node::Object, inside)
    }

    /// A value that was read or written before.
    fn json(&mut self, json: Json<'a>) {
        match json {
            Json::Null => self.null(),
            Json::Bool(value) => self.bool(value),
            Json::Number(number) => self.number(number.clone()),
            Json::String(text) => self.text(text),
            Json::Unlisted(text) => self.unlisted(text),
            Json::Array(mut items) => {
                self.array(|array| items.by_ref().for_each(|it| array.json(it)))
            }
            Json::Object(mut members) => self.object(|object| {
                for (name, value) in members.by_ref() {
                    object.text(name);
                    object.json(value);
                }
            }),
        }
    }

    fn nest<T>(&mut self, node: fn(usize) -> Node<'a>, inside: impl FnOnce(&mut Self) -> T) -> T {
        let at = self.0.len();
        self.0.push(node(0));
        let result = inside(self);
        let size = self.0.len() - at - 1;
        self.0[at] = node(size);
        result
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = Json<'a>;

    fn next(&mut self) -> Option<Json<'a>> {
        let (node, rest) = self.0.split_first()?;
        let (json, rest) = match node {
            Node::Null => (Json::Null, rest),
            Node::Bool(value) => (Json::Bool(*value), rest),
            Node::Number(number) => (Json::Number(number), rest),
            Node::String(text) => (Json::String(text), rest),
            Node::Unlisted(text) => (Json::Unlisted(text), rest),
            Node::Array(size) => {
                let (inside, rest) = rest.split_at_checked(*size)?;
                (Json::Array(Items(inside)), rest)
            }
            Node::Object(size) => {
                let (inside, rest) = rest.split_at_checked(*size)?;
                (Json::Object(Members(Items(inside))), rest)
            }
        };
        self.0 = rest;
        Some(json)
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, Json<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        match self.0.next()? {
            Json::String(name) => Some((name, self.0.next()?)),
            _ => None,
        }
    }
}

impl<'a> Json<'a> {
    /// The members of an object; nothing else has any.
    pub(crate) fn members(self) -> Members<'a> {
        match self {
            Self::Object(members) => members,
            _ => Members::default(),
        }
    }
}

impl<'a> Members<'a> {
    /// The same members, with another value for the one of that name.
    pub(crate) fn with<T: Wire>(self, name: &'a str, value: &'a T) -> Document<'a> {
        let mut document = Document::new();
        document.object(|object| {
            for (known, value) in self.filter(|(known, _)| *known != name) {
                object.text(known);
                object.json(value);
            }
            object.text(name);
            value.write(object);
        });
        document
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(value),
            Self::Number(number) => number.serialize(serializer),
            Self::String(text) | Self::Unlisted(text) => serializer.serialize_str(text),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(members) => serializer.collect_map(members),
        }
    }
}

impl From<Json<'_>> for Value {
    fn from(json: Json<'_>) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(value),
            Json::Number(number) => Self::Number(number.clone()),
            Json::String(text) | Json::Unlisted(text) => Self::from(text),
            Json::Array(items) => items.map(Self::from).collect(),
            Json::Object(members) => members
                .map(|(name, member)| (name.to_owned(), Self::from(member)))
                .collect(),
        }
    }
}

impl<'de> Deserialize<'de> for Document<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut document = Self::new();
        Appender(&mut document).deserialize(deserializer)?;
        Ok(document)
    }
}

/// Appends one value.
struct Appender<'w, 'de>(&'w mut Document<'de>);

impl<'de> DeserializeSeed<'de> for Appender<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Appender<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.0.null();
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.0.null();
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.0.bool(value);
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.0.number(number.into());
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.0.number(number.into());
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.0.float(number);
        Ok(())
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<(), E> {
        self.0.text(text);
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.0.text(text.to_owned());
        Ok(())
    }

    fn visit_string<E>(self, text: String) -> Result<(), E> {
        self.0.text(text);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.0.array(|document| {
            while items.next_element_seed(Appender(document))?.is_some() {}
            Ok(())
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let at = self.0.0.len();
        let number = self.0.object(|document| {
            while members.next_key_seed(Appender(document))?.is_some() {
                match document.0.last() {
                    Some(Node::String(name)) if name == EXACT_NUMBER => {
                        return members.next_value::<String>().map(Some);
                    }
                    Some(Node::String(_)) => members.next_value_seed(Appender(document))?,
                    _ => return Err(A::Error::custom("a member has a name that is not text")),
                }
            }
            Ok(None)
        })?;
        if let Some(digits) = number {
            self.0.0.truncate(at);
            self.0.number(digits.parse().map_err(A::Error::custom)?);
        }
        Ok(())
    }
}

/// The name of the one member that stands for a number, if a program turns on `arbitrary_precision`
/// of serde_json.
const EXACT_NUMBER: &str = "$serde_json::private::Number";

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parse(text: &str) -> Document<'_> {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn becomes_the_value_that_serde_json_reads() {
        let text = r#"{"a": [null, true, -1, [], {}, 18446744073709551615, 1.5], "b\n": {"c": "视\t"}, "b\n": "", "c": {}}"#;
        let value: Value = serde_json::from_str(text).unwrap();
        assert_eq!(Value::from(parse(text).root()), value);
        let copy = Document::deserialize(value.clone()).unwrap();
        assert_eq!(Value::from(copy.root()), value);
        assert_eq!(serde_json::to_value(copy.root()).unwrap(), value);
    }

    #[test]
    fn borrows_text_without_escapes() {
        let nodes = parse(r#"{"a": "b", "\n": "\n"}"#).0;
        let copies = |node: &&Node<'_>| matches!(node, Node::String(Cow::Owned(_)));
        assert_eq!(nodes.len(), 5);
        assert_eq!(nodes.iter().filter(copies).count(), 2);
    }

    #[test]
    fn exact_numbers_are_numbers() {
        let numbers = parse(r#"[{"$serde_json::private::Number": "12"}, 1]"#);
        assert_eq!(Value::from(numbers.root()), json!([12, 1]));
    }
}
