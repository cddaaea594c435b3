//! JSON that was parsed but not read yet. It borrows its text from the input where it can: replies are large, and most
//! of a `serde_json::Value` would be made only to be taken apart.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

/// A JSON value.
#[derive(Debug, Default)]
pub enum Json<'a> {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// Text.
    String(Cow<'a, str>),
    /// A list.
    Array(Vec<Self>),
    /// The members, in the order of the text; of those with the same name the last one counts.
    Object(Vec<(Cow<'a, str>, Self)>),
}

/// The name of the one member that stands for a number, if a program turns on `arbitrary_precision` of serde_json.
const EXACT_NUMBER: &str = "$serde_json::private::Number";

impl From<Json<'_>> for Value {
    fn from(json: Json<'_>) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(value),
            Json::Number(number) => Self::Number(number),
            Json::String(text) => Self::String(text.into_owned()),
            Json::Array(items) => items.into_iter().map(Self::from).collect(),
            Json::Object(members) => members
                .into_iter()
                .map(|(name, member)| (name.into_owned(), Self::from(member)))
                .collect(),
        }
    }
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_none<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json<'de>, D::Error> {
        Json::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json<'de>, E> {
        Ok(Number::from_f64(number).map_or(Json::Null, Json::Number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::String(text.into()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::String(text.to_owned().into()))
    }

    fn visit_string<E>(self, text: String) -> Result<Json<'de>, E> {
        Ok(Json::String(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json<'de>, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element()? {
            array.push(item);
        }
        Ok(Json::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Json<'de>, A::Error> {
        let mut object = Vec::new();
        // Names are read as values: serde's own way to read a `Cow` always copies.
        while let Some(name) = members.next_key()? {
            let Json::String(name) = name else {
                return Err(A::Error::custom("a member has a name that is not text"));
            };
            if name == EXACT_NUMBER {
                let digits: String = members.next_value()?;
                return digits.parse().map(Json::Number).map_err(A::Error::custom);
            }
            object.push((name, members.next_value()?));
        }
        Ok(Json::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parse(text: &str) -> Json<'_> {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn becomes_the_value_that_serde_json_reads() {
        let text = r#"{"a": [null, true, -1, 18446744073709551615, 1.5], "b\n": {"c": "视\t"}, "b\n": "", "c": {}}"#;
        let value: Value = serde_json::from_str(text).unwrap();
        assert_eq!(Value::from(parse(text)), value);
        let copy = Json::deserialize(value.clone()).unwrap();
        assert_eq!(Value::from(copy), value);
    }

    #[test]
    fn borrows_text_without_escapes() {
        let Json::Object(members) = parse(r#"{"a": "b", "\n": "\n"}"#) else {
            panic!("an object");
        };
        let [
            (Cow::Borrowed("a"), Json::String(Cow::Borrowed("b"))),
            (Cow::Owned(_), Json::String(Cow::Owned(_))),
        ] = members.as_slice()
        else {
            panic!("{members:?}");
        };
    }

    #[test]
    fn exact_numbers_are_numbers() {
        let number = parse(r#"[{"$serde_json::private::Number": "12"}]"#);
        assert_eq!(Value::from(number), json!([12]));
    }
}
