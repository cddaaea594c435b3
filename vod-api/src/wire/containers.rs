//! Optional values, lists, maps, boxes and free-form JSON.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Wire, WireError};

impl<T: Wire> Wire for Option<T> {
    fn absent() -> Option<Self> {
        Some(None)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn read(value: Value) -> Result<Self, WireError> {
        match &value {
            Value::Null => Ok(None),
            Value::String(text) if T::BLANK_IS_ABSENT && text.trim().is_empty() => Ok(None),
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

    fn read(value: Value) -> Result<Self, WireError> {
        match value {
            Value::Null => Ok(Self::new()),
            Value::Array(items) => {
                let read = |(index, item)| T::read(item).map_err(|error| error.at(index));
                items.into_iter().enumerate().map(read).collect()
            }
            other => Err(WireError::unexpected("an array", &other)),
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

    fn read(value: Value) -> Result<Self, WireError> {
        match value {
            Value::Null => Ok(Self::new()),
            Value::Object(members) => {
                let read = |(name, member)| match T::read(member) {
                    Ok(value) => Ok((name, value)),
                    Err(error) => Err(error.inside(name)),
                };
                members.into_iter().map(read).collect()
            }
            other => Err(WireError::unexpected("an object", &other)),
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

    fn read(value: Value) -> Result<Self, WireError> {
        T::read(value).map(Self::new)
    }
}

impl Wire for Value {
    fn read(value: Value) -> Result<Self, WireError> {
        Ok(value)
    }
}
