//! Optional values, lists, maps, boxes and free-form JSON.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Document, Json, Wire, WireError};

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

    fn write<'a>(&'a self, document: &mut Document<'a>) {
        match self {
            Some(value) => value.write(document),
            None => document.null(),
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
                // Allocated with its final size: growing would temporarily take up to three times
                // as much memory.
                let mut list = Self::with_capacity(items.count());
                for (index, item) in items.enumerate() {
                    // If items can be empty, an invalid item becomes an empty one, as `null` does.
                    // Otherwise the list is absent: a shorter list would be wrong without any sign
                    // of it.
                    let empty = |error: WireError| T::read(Json::Null).map_err(|_| error.at(index));
                    list.push(T::read(item).or_else(empty)?);
                }
                Ok(list)
            }
            other => Err(WireError::unexpected("an array", other)),
        }
    }

    fn write<'a>(&'a self, document: &mut Document<'a>) {
        document.array(|document| {
            for item in self {
                item.write(document);
            }
        });
    }
}

/// Members that cannot be read are absent, like fields.
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
                let read =
                    |(name, member): (&str, _)| Some((name.to_owned(), T::read(member).ok()?));
                Ok(members.filter_map(read).collect())
            }
            other => Err(WireError::unexpected("an object", other)),
        }
    }

    fn write<'a>(&'a self, document: &mut Document<'a>) {
        document.object(|object| {
            for (name, value) in self {
                object.text(name.as_str());
                value.write(object);
            }
        });
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

    fn write<'a>(&'a self, document: &mut Document<'a>) {
        T::write(self, document);
    }
}

impl Wire for Value {
    fn read(value: Json<'_>) -> Result<Self, WireError> {
        Ok(value.into())
    }

    fn write<'a>(&'a self, document: &mut Document<'a>) {
        match self {
            Self::Null => document.null(),
            Self::Bool(value) => document.bool(*value),
            Self::Number(number) => document.number(number.clone()),
            Self::String(text) => document.text(text.as_str()),
            Self::Array(items) => items.write(document),
            Self::Object(members) => document.object(|object| {
                for (name, value) in members {
                    object.text(name.as_str());
                    value.write(object);
                }
            }),
        }
    }
}
