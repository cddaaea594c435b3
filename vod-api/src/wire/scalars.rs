//! Text, numbers and booleans. The service sends numbers as text and text as numbers, so both are
//! read.

use std::borrow::Cow;

use serde_json::Number;

use super::{Document, Reader, Token, Wire, WireError, read_text};

impl Wire for String {
    fn read(reader: &mut Reader<'_>) -> Result<Self, WireError> {
        read_text(reader).map(Cow::into_owned)
    }

    fn write<'a>(&'a self, document: &mut Document<'a>) {
        document.text(self.as_str());
    }
}

impl Wire for bool {
    const BLANK_IS_ABSENT: bool = true;

    fn read(reader: &mut Reader<'_>) -> Result<Self, WireError> {
        let token = reader.token()?;
        let text = match &token {
            Token::Bool(value) => return Ok(*value),
            Token::Number(number) => match integer(number) {
                Some(0) => "0",
                Some(1) => "1",
                _ => "",
            },
            Token::Text(text) => text.trim(),
            _ => "",
        };
        if text == "1" || text.eq_ignore_ascii_case("true") {
            Ok(true)
        } else if text == "0" || text.eq_ignore_ascii_case("false") {
            Ok(false)
        } else {
            Err(WireError::unexpected("true or false", &token))
        }
    }

    fn write<'a>(&'a self, document: &mut Document<'a>) {
        document.bool(*self);
    }
}

impl Wire for i64 {
    const BLANK_IS_ABSENT: bool = true;

    fn read(reader: &mut Reader<'_>) -> Result<Self, WireError> {
        let token = reader.token()?;
        let read = read_integer(&token);
        read.ok_or_else(|| WireError::unexpected("an integer of 64 bits", &token))
    }

    fn write<'a>(&'a self, document: &mut Document<'a>) {
        document.number((*self).into());
    }
}

impl Wire for i32 {
    const BLANK_IS_ABSENT: bool = true;

    fn read(reader: &mut Reader<'_>) -> Result<Self, WireError> {
        let token = reader.token()?;
        let read = read_integer(&token).and_then(|wide| Self::try_from(wide).ok());
        read.ok_or_else(|| WireError::unexpected("an integer of 32 bits", &token))
    }

    fn write<'a>(&'a self, document: &mut Document<'a>) {
        document.number((*self).into());
    }
}

impl Wire for f64 {
    const BLANK_IS_ABSENT: bool = true;

    fn read(reader: &mut Reader<'_>) -> Result<Self, WireError> {
        let token = reader.token()?;
        let read = match &token {
            Token::Number(number) => number.as_f64(),
            // Rust reads "inf" and "NaN", too; JSON has no way to write them.
            Token::Text(text) => text
                .trim()
                .parse()
                .ok()
                .filter(|number: &Self| number.is_finite()),
            _ => None,
        };
        read.ok_or_else(|| WireError::unexpected("a number", &token))
    }

    fn write<'a>(&'a self, document: &mut Document<'a>) {
        document.float(*self);
    }
}

fn read_integer(token: &Token<'_>) -> Option<i64> {
    match token {
        Token::Number(number) => integer(number),
        Token::Text(text) => text
            .trim()
            .parse()
            .ok()
            .or_else(|| integral(text.trim().parse().ok()?)),
        Token::Bool(value) => Some(i64::from(*value)),
        _ => None,
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
