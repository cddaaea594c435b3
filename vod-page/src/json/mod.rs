//! JSON as examples and defaults have it: values, their text, and a strict reader that knows where everything stands.
//!
//! It is our own because build scripts compile this crate: a JSON library would cost them more than all of it.

mod read;

use std::collections::BTreeMap;
use std::fmt::{self, Display, Write};

pub use read::{Error, Place, Problem, parse};

/// The members of an object, by name.
pub type Object = BTreeMap<String, Json>;

/// A JSON value; its `Display` is JSON on one line without spaces.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number that fits 64 bits.
    Int(i64),
    /// A whole number that fits 64 bits only without a sign.
    Large(u64),
    /// Any other number; text that is read has finite ones only.
    Float(f64),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object.
    Object(Object),
}

impl Json {
    /// The text, if it is a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The nearest float, if it is a number.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Int(number) => Some(*number as f64),
            Self::Large(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
            _ => None,
        }
    }
}

impl Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(number) => write!(f, "{number}"),
            Self::Large(number) => write!(f, "{number}"),
            Self::Float(number) if !number.is_finite() => f.write_str("null"),
            Self::Float(number) if (1e-5..1e-4).contains(&number.abs()) => write!(f, "{number}"),
            Self::Float(number) => {
                let text = format!("{number:?}");
                match text.split_once('e') {
                    Some((digits, power)) if !power.starts_with('-') => {
                        write!(f, "{digits}e+{power}")
                    }
                    _ => f.write_str(&text),
                }
            }
            Self::String(text) => quote(text, f),
            Self::Array(items) => {
                let mut before = '[';
                for item in items {
                    write!(f, "{before}{item}")?;
                    before = ',';
                }
                f.write_str(if items.is_empty() { "[]" } else { "]" })
            }
            Self::Object(members) => {
                let mut before = '{';
                for (name, member) in members {
                    f.write_char(before)?;
                    quote(name, f)?;
                    write!(f, ":{member}")?;
                    before = ',';
                }
                f.write_str(if members.is_empty() { "{}" } else { "}" })
            }
        }
    }
}

fn quote(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' | '\\' => write!(f, "\\{c}")?,
            '\u{8}' => f.write_str("\\b")?,
            '\u{c}' => f.write_str("\\f")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            c if c < ' ' => write!(f, "\\u{:04x}", u32::from(c))?,
            c => f.write_char(c)?,
        }
    }
    f.write_char('"')
}

#[cfg(test)]
mod tests;
