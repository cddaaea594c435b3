//! Optional values, lists, maps, boxes and free-form JSON.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Json, Wire, WireError};

impl<T: Wire> Wire for Option<T> {
    fn absent() -> Option<Self> {
        Some(None)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn read(value: Json<'_>) -> Result<Self, WireError> {
        match value {
            Json::Null => Ok(None),
            Json::String(text) if T::BLANK_IS_ABSENT && text.trim().is_empty() => Ok(None),
            _ => T::read(value).map(Some),
        }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn absent() -> Option<Self> {
        Some(Self::new())
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn read(value: Json<'_>) -> Result<Self, WireError> {
        match value {
            Json::Null => Ok(Self::new()),
            Json::Array(items) => {
                let read = |(index, item)| T::read(item).map_err(|error| error.at(index));
                items.enumerate().map(read).collect()
            }
            other => Err(WireError::unexpected("an array", other)),
        }
    }
}

impl<T: Wire> Wire for BTreeMap<String, T> {
    fn absent() -> Option<Self> {
        Some(Self::new())
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn read(value: Json<'_>) -> Result<Self, WireError> {
        match value {
            Json::Null => Ok(Self::new()),
            Json::Object(members) => {
                let read = |(name, member): (&str, _)| match T::read(member) {
                    Ok(value) => Ok((name.to_owned(), value)),
                    Err(error) => Err(error.inside(name.to_owned())),
                };
                members.map(read).collect()
            }
            other => Err(WireError::unexpected("an object", other)),
        }
    }
}

impl<T: Wire> Wire for Box<T> {
    const BLANK_IS_ABSENT: bool = T::BLANK_IS_ABSENT;

    fn absent() -> Option<Self> {
        T::absent().map(Self::new)
    }

    fn is_absent(&self) -> bool {
        T::is_absent(self)
    }

    fn read(value: Json<'_>) -> Result<Self, WireError> {
        T::read(value).map(Self::new)
    }
}

impl Wire for Value {
    fn read(value: Json<'_>) -> Result<Self, WireError> {
        Ok(value.into())
    }
}
