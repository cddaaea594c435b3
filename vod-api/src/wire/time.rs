//! Times: text, or a number where the form is one.

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::{Document, Json, Wire, WireError, deserialize, serialize};
use crate::time::{Time, TimeForm, TimeFormat, Zone};

impl<F: TimeForm, Z: Zone> Wire for Time<F, Z> {
    const BLANK_IS_ABSENT: bool = true;

    fn read(value: Json<'_>) -> Result<Self, WireError> {
        match value {
            Json::String(text) => Ok(text.into()),
            Json::Number(number) => Ok(number.to_string().into()),
            other => Err(WireError::unexpected("a time", other)),
        }
    }

    fn write<'a>(&'a self, document: &mut Document<'a>) {
        let text = self.as_str();
        match F::FORMAT {
            TimeFormat::Seconds => match whole(text) {
                Some(number) => document.number(number.into()),
                None => document.text(text),
            },
            _ => document.text(text),
        }
    }
}

/// The number that is written like this and not otherwise: all others would not come back as they were.
fn whole(text: &str) -> Option<i64> {
    let number: i64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

impl<F: TimeForm, Z: Zone> Serialize for Time<F, Z> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

impl<'de, F: TimeForm, Z: Zone> Deserialize<'de> for Time<F, Z> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}
