//! Reading and writing of times: text, or a number for seconds.

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::{Document, Reader, Token, Wire, WireError, deserialize, serialize};
use crate::time::{Time, TimeForm, TimeFormat, Zone};

impl<F: TimeForm, Z: Zone> Wire for Time<F, Z> {
    const BLANK_IS_ABSENT: bool = true;

    fn read(reader: &mut Reader<'_>) -> Result<Self, WireError> {
        match reader.token()? {
            Token::Text(text) => Ok(text.into_owned().into()),
            Token::Number(number) => Ok(number.to_string().into()),
            other => Err(WireError::unexpected("a time", &other)),
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

/// The number with exactly this text; other numbers would change when they are read back.
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_str, json, to_value};

    use super::*;
    use crate::time::{Compact, Seconds, Unstated, Utc};

    fn comes_back<F: TimeForm>(sent: &str, text: &str, written: Value) {
        let read: Time<F> = from_str(sent).unwrap();
        assert_eq!(read.as_str(), text, "{sent}");
        assert_eq!(to_value(&read).unwrap(), written, "{sent}");
        let again: Time<F> = from_str(&written.to_string()).unwrap();
        assert_eq!(again, read, "{sent}");
    }

    #[test]
    fn text_is_kept() {
        for text in ["20260320081500", "2026-03-20 08:15:00", " 2026", "", "0"] {
            comes_back::<Compact>(&json!(text).to_string(), text, json!(text));
        }
        comes_back::<Compact>("20260320081500", "20260320081500", json!("20260320081500"));
    }

    #[test]
    fn seconds_are_numbers() {
        for sent in ["1773994500", r#""1773994500""#] {
            comes_back::<Seconds>(sent, "1773994500", json!(1_773_994_500));
        }
        for sent in [r#""007""#, r#""+7""#, r#""-0""#, r#""soon""#, r#""1.5""#] {
            let text: String = from_str(sent).unwrap();
            comes_back::<Seconds>(sent, &text, json!(text));
        }
        comes_back::<Seconds>("-1", "-1", json!(-1));
        comes_back::<Seconds>("1.5", "1.5", json!("1.5"));
    }

    #[test]
    fn blank_text_is_no_time() {
        for sent in [r#""""#, r#"" ""#, "null"] {
            let value: Value = from_str(sent).unwrap();
            let document = super::super::written(&value);
            let read: Option<Time<Compact, Unstated>> = document.read().unwrap();
            assert_eq!(read, None, "{sent}");
        }
    }

    #[test]
    fn all_else_is_refused() {
        for (sent, found) in [("true", "true"), ("{}", "an object"), ("[1]", "an array")] {
            let error = from_str::<Time<Seconds, Utc>>(sent).unwrap_err();
            assert_eq!(error.to_string(), format!("expected a time, found {found}"));
        }
    }
}
