//! Text, numbers and booleans. The service sends numbers as text and text as numbers, so both are read.

use serde_json::{Number, Value};

use super::{Wire, WireError};

impl Wire for String {
    fn read(value: Value) -> Result<Self, WireError> {
        match value {
            Value::String(text) => Ok(text),
            Value::Number(number) => Ok(number.to_string()),
            Value::Bool(value) => Ok(value.to_string()),
            other => Err(WireError::unexpected("text", &other)),
        }
    }
}

impl Wire for bool {
    const BLANK_IS_ABSENT: bool = true;

    fn read(value: Value) -> Result<Self, WireError> {
        let text = match &value {
            Value::Bool(value) => return Ok(*value),
            Value::Number(number) => match integer(number) {
                Some(0) => "0",
                Some(1) => "1",
                _ => "",
            },
            Value::String(text) => text.trim(),
            _ => "",
        };
        if text == "1" || text.eq_ignore_ascii_case("true") {
            Ok(true)
        } else if text == "0" || text.eq_ignore_ascii_case("false") {
            Ok(false)
        } else {
            Err(WireError::unexpected("true or false", &value))
        }
    }
}

impl Wire for i64 {
    const BLANK_IS_ABSENT: bool = true;

    fn read(value: Value) -> Result<Self, WireError> {
        let read = match &value {
            Value::Number(number) => integer(number),
            Value::String(text) => text
                .trim()
                .parse()
                .ok()
                .or_else(|| integral(text.trim().parse().ok()?)),
            Value::Bool(value) => Some(Self::from(*value)),
            _ => None,
        };
        read.ok_or_else(|| WireError::unexpected("an integer of 64 bits", &value))
    }
}

impl Wire for i32 {
    const BLANK_IS_ABSENT: bool = true;

    fn read(value: Value) -> Result<Self, WireError> {
        let wrong = WireError::unexpected("an integer of 32 bits", &value);
        i64::read(value)
            .ok()
            .and_then(|wide| Self::try_from(wide).ok())
            .ok_or(wrong)
    }
}

impl Wire for f64 {
    const BLANK_IS_ABSENT: bool = true;

    fn read(value: Value) -> Result<Self, WireError> {
        let read = match &value {
            Value::Number(number) => number.as_f64(),
            // Rust reads "inf" and "NaN", too; JSON has no way to write them.
            Value::String(text) => text
                .trim()
                .parse()
                .ok()
                .filter(|number: &Self| number.is_finite()),
            _ => None,
        };
        read.ok_or_else(|| WireError::unexpected("a number", &value))
    }
}

fn integer(number: &Number) -> Option<i64> {
    number.as_i64().or_else(|| integral(number.as_f64()?))
}

fn integral(number: f64) -> Option<i64> {
    // 2^63 is the first float that does not fit; its negative does.
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    let fits = number.fract() == 0.0 && (-LIMIT..LIMIT).contains(&number);
    fits.then_some(number as i64)
}
