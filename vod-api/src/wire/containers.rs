//! Optional values, lists, maps, boxes and free-form JSON.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Document, Reader, Token, Wire, WireError};

impl<T: Wire> Wire for Option<T> {
    fn absent() -> Option<Self> {
        Some(None)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, WireError> {
        let is_blank = |reader: &Reader<'_>| {
            let text = reader.text();
            text.is_some_and(|text| text.trim().is_empty())
        };
        if reader.is_null() || (T::BLANK_IS_ABSENT && is_blank(reader)) {
            return reader.skip().map(|()| None);
        }
        T::read(reader).map(Some)
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

    fn read(reader: &mut Reader<'_>) -> Result<Self, WireError> {
        match reader.token()? {
            Token::Null => Ok(Self::new()),
            Token::Array(mut items) => {
                let mut list = Self::new();
                while reader.item(&mut items)? {
                    // If items can be empty, an invalid item becomes an empty one, as `null` does.
                    // Otherwise the list is absent: a shorter list would be wrong without any sign
                    // of it.
                    let item = reader.value()?.or_else(|error| {
                        let empty = T::read(&mut Reader::of_text("null"));
                        empty.map_err(|_| error.at(list.len()))
                    });
                    list.push(item?);
                }
                Ok(list)
            }
            other => Err(WireError::unexpected("an array", &other)),
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

    fn read(reader: &mut Reader<'_>) -> Result<Self, WireError> {
        match reader.token()? {
            Token::Null => Ok(Self::new()),
            Token::Object(mut members) => {
                let mut map = Self::new();
                while let Some(name) = reader.member(&mut members)? {
                    // The last member of a name counts, even if it cannot be read.
                    match reader.value()? {
                        Ok(value) => drop(map.insert(name.into_owned(), value)),
                        Err(_) => drop(map.remove(name.as_ref())),
                    }
                }
                Ok(map)
            }
            other => Err(WireError::unexpected("an object", &other)),
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

    fn read(reader: &mut Reader<'_>) -> Result<Self, WireError> {
        T::read(reader).map(Self::new)
    }

    fn write<'a>(&'a self, document: &mut Document<'a>) {
        T::write(self, document);
    }
}

impl Wire for Value {
    fn read(reader: &mut Reader<'_>) -> Result<Self, WireError> {
        Ok(match reader.token()? {
            Token::Null => Self::Null,
            Token::Bool(value) => Self::Bool(value),
            Token::Number(number) => Self::Number(number),
            Token::Text(text) => Self::String(text.into_owned()),
            Token::Unlisted(text) => Self::from(text),
            Token::Array(mut items) => {
                let mut list = Vec::new();
                while reader.item(&mut items)? {
                    list.push(Self::read(reader)?);
                }
                Self::Array(list)
            }
            Token::Object(mut members) => {
                let mut map = Map::new();
                while let Some(name) = reader.member(&mut members)? {
                    map.insert(name.into_owned(), Self::read(reader)?);
                }
                Self::Object(map)
            }
        })
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
