//! JSON as the service writes it: read leniently, written exactly.
//!
//! Everything is read from parsed [`Json`] and written to the same, so the code per type is a list
//! of names and the rules sit here, once.

mod containers;
mod count;
#[cfg(feature = "notification")]
mod event;
mod json;
mod open_enum;
mod scalars;
mod text;
mod time;

pub(crate) use count::ValueCount;
#[cfg(feature = "notification")]
pub(crate) use event::read_text_of;
#[cfg(feature = "notification")]
pub use event::{EventParts, UnknownEvent, write_event};
pub use json::{Document, Json, Members};
pub use open_enum::{UnrecognizedValue, unlisted, unrecognized};
pub(crate) use text::{parse, parse_with};

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

/// A type that can be a field of a request or a reply.
pub trait Wire: Sized {
    /// Whether blank text in an optional field of this type means that there is no value.
    const BLANK_IS_ABSENT: bool = false;

    /// What a missing or `null` field means; `None` if there must be a value.
    fn absent() -> Option<Self> {
        None
    }

    /// Whether the field is left out when written.
    fn is_absent(&self) -> bool {
        false
    }

    /// Reads the value of a field.
    fn read(value: Json<'_>) -> Result<Self, WireError>;

    /// Writes the value.
    fn write<'a>(&'a self, document: &mut Document<'a>);
}

/// A type whose fields are the members of one JSON object.
pub trait Record: Sized {
    /// Reads the known members and ignores the others.
    fn read_fields(members: Members<'_>) -> Result<Self, WireError>;

    /// Writes one member per field that has a value.
    fn write_fields<'a>(&'a self, object: &mut Document<'a>);
}

/// Reads one field, `None` if there is no such member. A value that the field cannot hold counts as
/// absent: it must not make the rest of a reply unreadable.
pub fn read_field<T: Wire>(name: &'static str, member: Option<Json<'_>>) -> Result<T, WireError> {
    match member {
        None => T::absent().ok_or_else(|| WireError::new(format!("missing field `{name}`"))),
        Some(Json::Null) => {
            T::absent().ok_or_else(|| WireError::unexpected("a value", Json::Null).inside(name))
        }
        Some(value) => {
            T::read(value).or_else(|error| T::absent().ok_or_else(|| error.inside(name)))
        }
    }
}

/// The member of a field that comes under several names: the one that was found, if it has a value,
/// or else the one called `alias`.
pub fn or_alias<'a>(
    found: Option<Json<'a>>,
    members: Members<'a>,
    alias: &str,
) -> Option<Json<'a>> {
    match found {
        None | Some(Json::Null) => {
            let found = members.filter(|(name, _)| *name == alias).last();
            found.map(|(_, value)| value)
        }
        found => found,
    }
}

/// The member of a field, unless it is the text that means that there is no value.
pub fn unless_text<'a>(found: Option<Json<'a>>, absent: &str) -> Option<Json<'a>> {
    found.filter(|value| !matches!(value, Json::String(text) if *text == absent))
}

/// Writes one field, if it has a value.
pub fn write_field<'a, T: Wire>(object: &mut Document<'a>, name: &'static str, value: &'a T) {
    if !value.is_absent() {
        object.text(name);
        value.write(object);
    }
}

/// Writes a record as an object.
pub fn write_record<'a, T: Record>(record: &'a T, document: &mut Document<'a>) {
    document.object(|object| record.write_fields(object));
}

/// Reads a record from an object; `null` is an object without members.
pub fn read_record<T: Record>(value: Json<'_>) -> Result<T, WireError> {
    match value {
        Json::Object(members) => T::read_fields(members),
        Json::Null => T::read_fields(Members::default()),
        other => Err(WireError::unexpected("an object", other)),
    }
}

/// Reads text, without a copy where there is one already.
pub(crate) fn read_text(value: Json<'_>) -> Result<Cow<'_, str>, WireError> {
    match value {
        Json::String(text) | Json::Unlisted(text) => Ok(text.into()),
        Json::Number(number) => Ok(number.to_string().into()),
        Json::Bool(value) => Ok(value.to_string().into()),
        other => Err(WireError::unexpected("text", other)),
    }
}

/// Reads a value of an enum, with the conversion for its kind of text.
pub fn read_enum<T>(
    value: Json<'_>,
    from: fn(&str) -> T,
    unlisted: fn(&str) -> T,
) -> Result<T, WireError> {
    match value {
        Json::Unlisted(text) => Ok(unlisted(text)),
        other => read_text(other).map(|text| from(&text)),
    }
}

/// Writes text.
pub fn write_text<'a>(text: &'a str, document: &mut Document<'a>) {
    document.text(text);
}

/// Writes a value of an enum that this version does not know.
pub fn write_unrecognized<'a>(value: &'a UnrecognizedValue, document: &mut Document<'a>) {
    if value.is_on_purpose() {
        document.unlisted(value.as_str());
    } else {
        document.text(value.as_str());
    }
}

/// Writes one field that is a flag, if it has a value: as a number.
pub fn write_flag<'a>(object: &mut Document<'a>, name: &'static str, value: &'a impl Flag) {
    if let Some(value) = value.get() {
        object.text(name);
        object.number(u8::from(value).into());
    }
}

/// The same as text.
pub fn write_text_flag<'a>(object: &mut Document<'a>, name: &'static str, value: &'a impl Flag) {
    if let Some(value) = value.get() {
        object.text(name);
        object.text(if value { "1" } else { "0" });
    }
}

/// The type of a field that is a flag.
pub trait Flag {
    /// Its value, if it has one.
    fn get(&self) -> Option<bool>;
}

impl Flag for bool {
    fn get(&self) -> Option<bool> {
        Some(*self)
    }
}

impl Flag for Option<bool> {
    fn get(&self) -> Option<bool> {
        *self
    }
}

/// Checks the body of a reply that has no content.
pub fn read_nothing(value: Json<'_>) -> Result<(), WireError> {
    match value {
        Json::Object(_) | Json::Null => Ok(()),
        other => Err(WireError::unexpected("nothing or an object", other)),
    }
}

/// Writes the body of a reply that has no content.
pub fn write_nothing(document: &mut Document<'_>) {
    document.null();
}

/// `Serialize` for every type that is written to a document.
pub fn serialize<T: Wire, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    written(value).root().serialize(serializer)
}

/// What `value` is on the wire.
pub(crate) fn written<T: Wire>(value: &T) -> Document<'_> {
    let mut document = Document::new();
    value.write(&mut document);
    document
}

/// Reads a value as a `T` and writes it again: what an absent, blank or loosely written value
/// becomes is decided by the type alone.
pub fn normalize<T: Wire>(value: Json<'_>) -> Result<Document<'static>, WireError> {
    Ok(written(&T::read(value)?).into_owned())
}

/// `Deserialize` for every type that is read from a parsed value.
pub fn deserialize<'de, T: Wire, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::read(Document::deserialize(deserializer)?.root()).map_err(D::Error::custom)
}

/// Why a value could not be read, and where it is.
#[derive(Debug)]
pub struct WireError {
    /// From the inside out.
    path: Vec<Step>,
    message: String,
}

#[derive(Debug)]
enum Step {
    Member(Cow<'static, str>),
    Item(usize),
}

impl WireError {
    fn new(message: impl Into<String>) -> Self {
        Self {
            path: Vec::new(),
            message: message.into(),
        }
    }

    fn unexpected(expected: &str, found: Json<'_>) -> Self {
        let found = match found {
            Json::Null => "null".to_owned(),
            Json::Bool(value) => value.to_string(),
            Json::Number(value) => value.to_string(),
            // Not the text itself: it could be a key.
            Json::String(_) | Json::Unlisted(_) => "other text".to_owned(),
            Json::Array(_) => "an array".to_owned(),
            Json::Object(_) => "an object".to_owned(),
        };
        Self::new(format!("expected {expected}, found {found}"))
    }

    fn inside(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.path.push(Step::Member(name.into()));
        self
    }

    fn at(mut self, index: usize) -> Self {
        self.path.push(Step::Item(index));
        self
    }
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (depth, step) in self.path.iter().rev().enumerate() {
            match step {
                Step::Member(name) if depth == 0 => f.write_str(name)?,
                Step::Member(name) => write!(f, ".{name}")?,
                Step::Item(index) => write!(f, "[{index}]")?,
            }
        }
        if !self.path.is_empty() {
            f.write_str(": ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for WireError {}
