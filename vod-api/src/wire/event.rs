//! Events: an object with the name of the event, and a member that holds its body.

use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

use super::{Document, Reader, Record, Token, Wire, WireError, write_record};

/// The member that says which event it is.
const EVENT_TYPE: &str = "event_type";

/// An event that this version does not know, as it came.
///
/// `Debug` shows only the name: there may be signed URLs in the rest.
#[derive(Clone, PartialEq)]
pub struct UnknownEvent {
    event_type: String,
    json: Value,
}

impl UnknownEvent {
    /// The value of `event_type`.
    pub fn event_type(&self) -> &str {
        &self.event_type
    }

    /// The whole event.
    pub fn json(&self) -> &Value {
        &self.json
    }

    /// The whole event, without a copy.
    pub fn into_json(self) -> Value {
        self.json
    }
}

impl fmt::Debug for UnknownEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnknownEvent")
            .field("event_type", &self.event_type)
            .finish_non_exhaustive()
    }
}

/// An event of which only the name was read.
#[derive(Debug)]
pub struct EventParts<'a> {
    name: Cow<'a, str>,
    /// At its start.
    event: Reader<'a>,
}

impl<'a> EventParts<'a> {
    /// Reads the name, of which there is one, and passes over the rest.
    pub fn read(reader: &mut Reader<'a>) -> Result<Self, WireError> {
        let event = *reader;
        match reader.token()? {
            Token::Object(_) => *reader = event,
            other => return Err(WireError::unexpected("an object", &other)),
        }
        reader.skip()?;
        let mut name = only(event, EVENT_TYPE)?;
        match name.token()? {
            Token::Text(name) if !name.trim().is_empty() => Ok(Self { name, event }),
            other => Err(WireError::unexpected("the name of an event", &other).inside(EVENT_TYPE)),
        }
    }

    /// Whether it is the event of this name, in whatever case it is written.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The body, in the member of this name.
    pub fn body<T: Record>(&self, member: &'static str) -> Result<T, WireError> {
        let mut body = only(self.event, member)?;
        let read = match body.token()? {
            Token::Object(object) => T::read_fields(&mut body, object),
            other => Err(WireError::unexpected("an object", &other)),
        };
        read.map_err(|error| error.inside(member))
    }

    /// The event as one that is not known.
    pub fn unknown(mut self) -> Result<UnknownEvent, WireError> {
        Ok(UnknownEvent {
            json: Value::read(&mut self.event)?,
            event_type: self.name.into_owned(),
        })
    }
}

/// The value of the one member of this name. Of several, another reader could take another one.
fn only<'a>(mut event: Reader<'a>, name: &'static str) -> Result<Reader<'a>, WireError> {
    let mut found = None;
    if let Token::Object(mut members) = event.token()? {
        while let Some(known) = event.member(&mut members)? {
            if known == name && found.replace(event).is_some() {
                return Err(WireError::new(format!("`{name}` is given twice")));
            }
            event.skip()?;
        }
    }
    found.ok_or_else(|| WireError::new(format!("missing field `{name}`")))
}

/// Writes an event.
pub fn write_event<'a, T: Record>(
    name: &'a str,
    member: &'a str,
    body: &'a T,
    document: &mut Document<'a>,
) {
    document.object(|object| {
        object.text(EVENT_TYPE);
        object.text(name);
        object.text(member);
        write_record(body, object);
    });
}
