//! JSON as the service writes it: read leniently, written exactly.
//!
//! Everything is read from a [`Reader`] and written to a [`Document`], so the code per type is a list
//! of names and the rules sit here, once.

mod containers;
mod count;
#[cfg(feature = "notification")]
mod event;
mod json;
mod open_enum;
mod reader;
mod scalars;
mod text;
mod time;

pub(crate) use count::ValueCount;
#[cfg(feature = "notification")]
pub use event::{EventParts, UnknownEvent, write_event};
pub use json::{Document, Json, Members};
pub use open_enum::{UnrecognizedValue, unlisted, unrecognized};
pub(crate) use reader::Token;
pub use reader::{Open, Reader};
use text::parse_with;
pub(crate) use text::{look, parse};

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
    fn read(reader: &mut Reader<'_>) -> Result<Self, WireError>;

    /// Writes the value.
    fn write<'a>(&'a self, document: &mut Document<'a>);
}

/// A type whose fields are the members of one JSON object.
pub trait Record: Sized {
    /// Reads the known members and passes over the others.
    fn read_fields(reader: &mut Reader<'_>, object: Open) -> Result<Self, WireError>;

    /// Writes one member per field that has a value.
    fn write_fields<'a>(&'a self, object: &mut Document<'a>);
}

/// The member that a field is.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    name: &'static str,
    /// Other names, each of which counts if there is no value under the ones before it.
    aliases: &'static [&'static str],
    /// The text that means that there is no value.
    without: Option<&'static str>,
}

impl Member {
    /// One of this name, and of other names.
    pub const fn new(name: &'static str, aliases: &'static [&'static str]) -> Self {
        Self {
            name,
            aliases,
            without: None,
        }
    }

    /// The same with a text that means that there is no value.
    pub const fn without(self, text: &'static str) -> Self {
        Self {
            without: Some(text),
            ..self
        }
    }

    /// Which of its names this is, counted from 0.
    fn rank(self, name: &str) -> usize {
        let found = self.aliases.iter().position(|alias| *alias == name);
        found.map_or(0, |at| at + 1)
    }
}

/// A field while its object is read.
#[derive(Debug)]
pub struct Field<T> {
    value: Option<T>,
    /// Which of its names the value came under.
    rank: usize,
}

impl<T> Default for Field<T> {
    fn default() -> Self {
        let (value, rank) = (None, 0);
        Self { value, rank }
    }
}

/// Reads the value of a member into its field: of several of one name the last one counts. A value
/// that the field cannot hold counts as absent: it must not make the rest of a reply unreadable.
pub fn read_member<T: Wire>(
    reader: &mut Reader<'_>,
    name: &str,
    member: Member,
    field: &mut Field<T>,
) -> Result<(), WireError> {
    let rank = member.rank(name);
    if field.value.is_some() && field.rank < rank {
        return reader.skip();
    }
    let is_null = reader.is_null();
    let is_none = |without: &str| reader.text().is_some_and(|text| text == without);
    if is_null || member.without.is_some_and(is_none) {
        if is_null && member.aliases.is_empty() && T::absent().is_none() {
            return Err(WireError::unexpected("a value", &Token::Null).inside(member.name));
        }
        // A value under another name stays.
        if field.rank == rank {
            *field = Field::default();
        }
        return reader.skip();
    }
    let value = match reader.value()? {
        Ok(value) => Some(value),
        Err(error) => match T::absent() {
            Some(absent) => Some(absent),
            None => return Err(error.inside(member.name)),
        },
    };
    *field = Field { value, rank };
    Ok(())
}

/// The value of a field, after all members are read.
pub fn or_absent<T: Wire>(field: Field<T>, name: &str) -> Result<T, WireError> {
    let value = field.value.or_else(T::absent);
    value.ok_or_else(|| WireError::new(format!("missing field `{name}`")))
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
pub fn read_record<T: Record>(reader: &mut Reader<'_>) -> Result<T, WireError> {
    match reader.token()? {
        Token::Object(object) => T::read_fields(reader, object),
        Token::Null => T::read_fields(reader, Open::nothing()),
        other => Err(WireError::unexpected("an object", &other)),
    }
}

/// Reads text, without a copy where there is one already.
pub(crate) fn read_text<'a>(reader: &mut Reader<'a>) -> Result<Cow<'a, str>, WireError> {
    match reader.token()? {
        Token::Text(text) => Ok(text),
        Token::Unlisted(text) => Ok(text.into()),
        Token::Number(number) => Ok(number.to_string().into()),
        Token::Bool(value) => Ok(value.to_string().into()),
        other => Err(WireError::unexpected("text", &other)),
    }
}

/// Reads a value of an enum, with the conversion for its kind of text.
pub fn read_enum<T>(
    reader: &mut Reader<'_>,
    from: fn(&str) -> T,
    unlisted: fn(&str) -> T,
) -> Result<T, WireError> {
    match reader.unlisted() {
        Some(text) => Ok(unlisted(text)),
        None => read_text(reader).map(|text| from(&text)),
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
pub fn read_nothing(reader: &mut Reader<'_>) -> Result<(), WireError> {
    let start = *reader;
    match reader.token()? {
        Token::Object(_) | Token::Null => {
            *reader = start;
            reader.skip()
        }
        other => Err(WireError::unexpected("nothing or an object", &other)),
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
pub fn normalize<T: Wire>(value: &Document<'_>) -> Result<Document<'static>, WireError> {
    Ok(written(&value.read::<T>()?).into_owned())
}

/// `Deserialize` for every type that is read from JSON.
pub fn deserialize<'de, T: Wire, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    Document::deserialize(deserializer)?
        .read()
        .map_err(D::Error::custom)
}

/// Reads JSON from outside, with repairs; see [`parse_with`].
pub(crate) fn read_bytes<T: Wire>(body: &[u8]) -> Result<T, WireError> {
    parse_with(body, read_json)
}

/// Reads JSON as it is.
pub(crate) fn read_json<T: Wire>(text: &str) -> Result<T, WireError> {
    let mut reader = Reader::of_text(text);
    let value = T::read(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Why a value could not be read, and where it is.
#[derive(Debug)]
pub struct WireError(Box<Why>);

// Behind a pointer, as nearly everything that is read could have one and does not.
#[derive(Debug)]
struct Why {
    /// From the inside out.
    path: Vec<Step>,
    message: String,
    /// Whether it is no JSON at all.
    is_syntax: bool,
}

#[derive(Debug)]
enum Step {
    Member(Cow<'static, str>),
    Item(usize),
}

impl WireError {
    fn new(message: impl Into<String>) -> Self {
        Self(Box::new(Why {
            path: Vec::new(),
            message: message.into(),
            is_syntax: false,
        }))
    }

    fn syntax(message: impl fmt::Display) -> Self {
        let mut error = Self::new(format!("not JSON: {message}"));
        error.0.is_syntax = true;
        error
    }

    fn is_syntax(&self) -> bool {
        self.0.is_syntax
    }

    fn unexpected(expected: &str, found: &Token<'_>) -> Self {
        let found = match found {
            Token::Null => "null".to_owned(),
            Token::Bool(value) => value.to_string(),
            Token::Number(value) => value.to_string(),
            // Not the text itself: it could be a key.
            Token::Text(_) | Token::Unlisted(_) => "other text".to_owned(),
            Token::Array(_) => "an array".to_owned(),
            Token::Object(_) => "an object".to_owned(),
        };
        Self::new(format!("expected {expected}, found {found}"))
    }

    fn inside(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.0.path.push(Step::Member(name.into()));
        self
    }

    fn at(mut self, index: usize) -> Self {
        self.0.path.push(Step::Item(index));
        self
    }
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Why { path, message, .. } = &*self.0;
        for (depth, step) in path.iter().rev().enumerate() {
            match step {
                Step::Member(name) if depth == 0 => f.write_str(name)?,
                Step::Member(name) => write!(f, ".{name}")?,
                Step::Item(index) => write!(f, "[{index}]")?,
            }
        }
        if !path.is_empty() {
            f.write_str(": ")?;
        }
        f.write_str(message)
    }
}

impl std::error::Error for WireError {}
