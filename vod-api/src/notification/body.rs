//! The body of a notification: one JSON object, of which a few members count.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::notification::MAX_BODY;
use crate::notification::error::{BodyError, ReadEventError};

/// The members that count, as they are written.
pub(super) struct Body<'a>(Vec<(&'static str, &'a RawValue)>);

impl<'a> Body<'a> {
    /// Reads the members of these names. None of them may be there twice, as others could read the
    /// one that was not checked.
    pub(super) fn read(bytes: &'a [u8], names: &'static [&'static str]) -> Result<Self, BodyError> {
        let length = bytes.len();
        if length > MAX_BODY {
            return Err(BodyError::TooLong { length });
        }
        let mut reader = serde_json::Deserializer::from_slice(bytes);
        let read = Reader(names).deserialize(&mut reader);
        let members = read.and_then(|members| reader.end().map(|()| members))?;
        for (index, (name, _)) in members.iter().enumerate() {
            if members.iter().take(index).any(|earlier| earlier.0 == *name) {
                return Err(BodyError::RepeatedMember { name });
            }
        }
        Ok(Self(members))
    }

    /// A member as it is written.
    pub(super) fn raw(&self, name: &str) -> Option<&'a str> {
        let member = self.0.iter().find(|member| member.0 == name);
        member.map(|(_, value)| value.get())
    }

    /// The text of `message`: what is in the string, or the object as it is written.
    pub(super) fn message(&self) -> Result<Cow<'a, str>, ReadEventError> {
        let raw = self.raw("message").ok_or(ReadEventError::NoMessage)?;
        if raw.starts_with('{') {
            return Ok(raw.into());
        }
        let text: Result<String, _> = serde_json::from_str(raw);
        text.map(Cow::from).map_err(|_| ReadEventError::MessageForm)
    }
}

/// Reads an object, and of it only the members of these names. What is in the others is skipped,
/// without recursion.
struct Reader(&'static [&'static str]);

type Members<'de> = Vec<(&'static str, &'de RawValue)>;

impl<'de> DeserializeSeed<'de> for Reader {
    type Value = Members<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Reader {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut known = Vec::new();
        while let Some(given) = members.next_key::<String>()? {
            match self.0.iter().find(|name| **name == given) {
                // Once more is enough to see that a name is there twice.
                Some(name) if known.len() <= self.0.len() => {
                    known.push((*name, members.next_value()?));
                }
                _ => drop(members.next_value::<IgnoredAny>()?),
            }
        }
        Ok(known)
    }
}
