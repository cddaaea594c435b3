//! Values that are part of the document of the state: written as JSON, and read from it.

mod words;

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Number, Value};
use vod_api::support::service::nearest;

pub(crate) use words::{Words, read_word, words};

/// A value of the document. What is missing in a document is the default.
pub(crate) trait Data: Sized + Default {
    /// As JSON. `null` is left out of objects.
    fn write(&self) -> Value;

    /// The value of some JSON.
    fn read(value: Value) -> Result<Self, Misread>;
}

/// What is wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misread {
    /// Where, as `projects.p1.assets[3].title`; empty for the whole.
    path: String,
    message: String,
    /// The name that was meant, if one is close.
    nearest: Option<String>,
}

impl Misread {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            path: String::new(),
            message: message.into(),
            nearest: None,
        }
    }

    /// What was meant, if that can be told.
    pub(crate) fn meant(mut self, name: Option<&str>) -> Self {
        self.nearest = name.map(str::to_owned);
        self
    }

    /// It is another kind of value than `wanted`.
    pub(crate) fn kind(wanted: &str, found: &Value) -> Self {
        let found = match found {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "another number",
            Value::String(_) => "other text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        Self::new(format!("must be {wanted}, not {found}"))
    }

    /// It is inside a member of this name.
    pub(crate) fn in_member(mut self, name: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') {
            ""
        } else {
            "."
        };
        self.path = format!("{name}{dot}{}", self.path);
        self
    }

    /// It is inside an item with this index.
    pub(crate) fn in_item(self, index: usize) -> Self {
        self.in_member(&format!("[{index}]"))
    }
}

#[cfg(feature = "server")]
impl Misread {
    /// Where it is; empty for the whole.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The name that was meant, if one is close.
    pub(crate) fn nearest(&self) -> Option<&str> {
        self.nearest.as_deref()
    }
}

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = match self.path.as_str() {
            "" => "the document",
            path => path,
        };
        write!(f, "{path} {}", self.message)
    }
}

/// The members of an object that is being read.
pub(crate) struct Members(Map<String, Value>);

impl Members {
    pub(crate) fn of(value: Value) -> Result<Self, Misread> {
        match value {
            Value::Object(members) => Ok(Self(members)),
            other => Err(Misread::kind("an object", &other)),
        }
    }

    pub(crate) fn take<T: Data>(&mut self, name: &str) -> Result<T, Misread> {
        match self.0.remove(name) {
            None | Some(Value::Null) => Ok(T::default()),
            Some(value) => T::read(value).map_err(|misread| misread.in_member(name)),
        }
    }

    /// Refuses what was not taken.
    pub(crate) fn end(self, known: &[&str]) -> Result<(), Misread> {
        let Some(name) = self.0.keys().next() else {
            return Ok(());
        };
        let near = nearest(name, known.iter().copied());
        let hint = match near {
            Some(near) => format!("did you mean {near}?"),
            None => format!("the members are {}", known.join(", ")),
        };
        let misread = Misread::new(format!("is not known here: {hint}"));
        Err(misread.meant(near).in_member(name))
    }
}

/// A struct whose fields are members of a JSON object of the same names.
macro_rules! data {
    ($(#[$meta:meta])* $vis:vis struct $name:ident {
        $($(#[$doc:meta])* $field:ident: $type:ty),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq)]
        $vis struct $name {
            $($(#[$doc])* pub(crate) $field: $type),*
        }

        impl $crate::data::Data for $name {
            fn write(&self) -> serde_json::Value {
                let members = [$((stringify!($field), self.$field.write())),*];
                $crate::data::object(members)
            }

            fn read(value: serde_json::Value) -> Result<Self, $crate::data::Misread> {
                let mut members = $crate::data::members(value)?;
                let read = Self { $($field: members.take(stringify!($field))?),* };
                members.end(&[$(stringify!($field)),*])?;
                Ok(read)
            }
        }
    };
}

pub(crate) use data;

/// An object without the members that are `null`.
pub(crate) fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let given = members.into_iter().filter(|(_, value)| !value.is_null());
    Value::Object(
        given
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

pub(crate) fn members(value: Value) -> Result<Members, Misread> {
    Members::of(value)
}

impl Data for String {
    fn write(&self) -> Value {
        self.as_str().into()
    }

    fn read(value: Value) -> Result<Self, Misread> {
        match value {
            Value::String(text) => Ok(text),
            other => Err(Misread::kind("text", &other)),
        }
    }
}

impl Data for bool {
    fn write(&self) -> Value {
        Value::Bool(*self)
    }

    fn read(value: Value) -> Result<Self, Misread> {
        value
            .as_bool()
            .ok_or_else(|| Misread::kind("true or false", &value))
    }
}

macro_rules! numbers {
    ($($type:ty: $as:ident),*) => {$(
        impl Data for $type {
            fn write(&self) -> Value {
                Value::Number(Number::from(*self))
            }

            fn read(value: Value) -> Result<Self, Misread> {
                let number = value.$as().and_then(|number| number.try_into().ok());
                number.ok_or_else(|| Misread::kind("a whole number", &value))
            }
        }
    )*};
}

numbers!(i64: as_i64, u64: as_u64, u32: as_u64);

#[cfg(feature = "server")]
impl Data for f64 {
    fn write(&self) -> Value {
        Number::from_f64(*self).map_or(Value::Null, Value::Number)
    }

    fn read(value: Value) -> Result<Self, Misread> {
        value
            .as_f64()
            .ok_or_else(|| Misread::kind("a number", &value))
    }
}

impl Data for Value {
    fn write(&self) -> Value {
        self.clone()
    }

    fn read(value: Value) -> Result<Self, Misread> {
        Ok(value)
    }
}

impl<T: Data> Data for Option<T> {
    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::write)
    }

    fn read(value: Value) -> Result<Self, Misread> {
        T::read(value).map(Some)
    }
}

impl<T: Data> Data for Vec<T> {
    fn write(&self) -> Value {
        self.iter().map(T::write).collect()
    }

    fn read(value: Value) -> Result<Self, Misread> {
        let Value::Array(items) = value else {
            return Err(Misread::kind("a list", &value));
        };
        let items = items.into_iter().enumerate();
        items
            .map(|(index, item)| T::read(item).map_err(|misread| misread.in_item(index)))
            .collect()
    }
}

impl<T: Data> Data for BTreeMap<String, T> {
    fn write(&self) -> Value {
        let members = self.iter();
        Value::Object(
            members
                .map(|(name, value)| (name.clone(), value.write()))
                .collect(),
        )
    }

    fn read(value: Value) -> Result<Self, Misread> {
        let Value::Object(members) = value else {
            return Err(Misread::kind("an object", &value));
        };
        let members = members.into_iter();
        members
            .map(|(name, value)| match T::read(value) {
                Ok(value) => Ok((name, value)),
                Err(misread) => Err(misread.in_member(&name)),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    data! {
        struct Point {
            x: i64,
            name: Option<String>,
        }
    }

    data! {
        struct Line {
            points: Vec<Point>,
            by_name: BTreeMap<String, u32>,
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let document = json!({"points": [{"x": -1, "name": "a"}, {"x": 2}], "by_name": {"n": 1}});
        let line = Line::read(document.clone()).unwrap();
        assert_eq!(line.points[1].name, None);
        assert_eq!(line.write(), document);
        assert_eq!(Line::read(json!({})).unwrap(), Line::default());
    }

    #[test]
    fn mistakes_say_where_they_are() {
        let message = |document| Line::read(document).unwrap_err().to_string();
        let cases = [
            (json!([]), "the document must be an object, not a list"),
            (
                json!({"point": []}),
                "point is not known here: did you mean points?",
            ),
            (
                json!({"points": [{}, {"x": "1"}]}),
                "points[1].x must be a whole number, not other text",
            ),
            (
                json!({"by_name": {"n": -1}}),
                "by_name.n must be a whole number, not another number",
            ),
        ];
        for (document, wanted) in cases {
            assert_eq!(message(document), wanted);
        }
    }
}
