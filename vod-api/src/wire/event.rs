//! Events: an object with the name of the event, and a member that holds its body.

use std::fmt;

use serde_json::Value;

use super::{Document, Json, Members, Record, Wire, WireError, write_record};

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
#[derive(Debug, Clone, Copy)]
pub struct EventParts<'a> {
    name: &'a str,
    members: Members<'a>,
}

impl<'a> EventParts<'a> {
    /// Reads the name, of which there is one.
    pub fn read(value: Json<'a>) -> Result<Self, WireError> {
        let Json::Object(members) = value else {
            return Err(WireError::unexpected("an object", value));
        };
        match only(members, EVENT_TYPE)? {
            Json::String(name) if !name.trim().is_empty() => Ok(Self { name, members }),
            other => Err(WireError::unexpected("the name of an event", other).inside(EVENT_TYPE)),
        }
    }

    /// Whether it is the event of this name, in whatever case it is written.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The body, in the member of this name.
    pub fn body<T: Record>(&self, member: &'static str) -> Result<T, WireError> {
        match only(self.members, member)? {
            Json::Object(members) => T::read_fields(members).map_err(|it| it.inside(member)),
            other => Err(WireError::unexpected("an object", other).inside(member)),
        }
    }

    /// The event as one that is not known.
    pub fn unknown(&self) -> UnknownEvent {
        UnknownEvent {
            event_type: self.name.to_owned(),
            json: Json::Object(self.members).into(),
        }
    }
}

/// The one member of this name. Of several, another reader could take another one.
fn only<'a>(members: Members<'a>, name: &'static str) -> Result<Json<'a>, WireError> {
    let mut found = members.filter(|(known, _)| *known == name);
    match (found.next(), found.next()) {
        (Some((_, value)), None) => Ok(value),
        (None, _) => Err(WireError::new(format!("missing field `{name}`"))),
        (Some(_), Some(_)) => Err(WireError::new(format!("`{name}` is given twice"))),
    }
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

/// Reads a value from JSON text.
pub(crate) fn read_text_of<T: Wire>(json: &str) -> Result<T, WireError> {
    let document: Document<'_> =
        serde_json::from_str(json).map_err(|error| WireError::new(format!("not JSON: {error}")))?;
    T::read(document.root())
}
