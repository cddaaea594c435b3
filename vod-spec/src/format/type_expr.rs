//! The little language of types: `string`, `array<string>`, `map<Name>` …

use std::fmt;
use std::ops::Range;

/// A type as it is written, names unresolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TypeExpr {
    /// One of the types that need no definition.
    Scalar(ScalarType),
    /// Any JSON value.
    Any,
    /// `array<T>`.
    Array(Box<TypeExpr>),
    /// `map<T>`: text to `T`.
    Map(Box<TypeExpr>),
    /// A type of the description.
    Named(String),
}

/// A type without parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ScalarType {
    /// Text.
    String,
    /// `true` or `false`.
    Bool,
    /// A whole number of 32 bits.
    Int32,
    /// A whole number of 64 bits.
    Int64,
    /// A number that the vendor documents as a float.
    Float,
    /// A number that the vendor documents as a double.
    Double,
}

impl ScalarType {
    const ALL: &'static [Self] = &[
        Self::String,
        Self::Bool,
        Self::Int32,
        Self::Int64,
        Self::Float,
        Self::Double,
    ];

    /// The name in the description.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Bool => "bool",
            Self::Int32 => "int32",
            Self::Int64 => "int64",
            Self::Float => "float",
            Self::Double => "double",
        }
    }
}

impl fmt::Display for ScalarType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Deepest nesting of a type expression.
const MAX_DEPTH: usize = 8;

/// Why a text is no type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NoType {
    pub(crate) message: String,
    pub(crate) help: String,
    /// The part of the text that is to blame.
    pub(crate) part: Range<usize>,
}

impl TypeExpr {
    /// Reads a type expression.
    pub(crate) fn parse(text: &str) -> Result<Self, NoType> {
        Self::parse_at(text, 0, 0)
    }

    /// Reads a part of an expression, which begins at `at`.
    fn parse_at(text: &str, at: usize, depth: usize) -> Result<Self, NoType> {
        let no_type = |message: String, part: &str, help: &str| NoType {
            message,
            help: help.to_owned(),
            part: at..at + part.len(),
        };
        if depth > MAX_DEPTH {
            let message = format!("a type has at most {MAX_DEPTH} levels");
            return Err(no_type(message, text, "give a part of it a name"));
        }
        if let Some((outer, rest)) = text.split_once('<') {
            let outer = outer.trim();
            let Some(inner) = rest.strip_suffix('>') else {
                let message = format!("`{text}` lacks its closing `>`");
                return Err(no_type(message, text, "end it with a `>` for each `<`"));
            };
            let at = at + text.len() - rest.trim_start().len();
            let inner = || Self::parse_at(inner.trim(), at, depth + 1).map(Box::new);
            return match outer {
                "array" => inner().map(Self::Array),
                "map" => inner().map(Self::Map),
                _ => {
                    let message = format!("only `array` and `map` take `<…>`, not `{outer}`");
                    let help =
                        usual(outer).unwrap_or("write `array<…>`, `map<…>`, or a name alone");
                    Err(no_type(message, outer, help))
                }
            };
        }
        if let Some(scalar) = ScalarType::ALL.iter().find(|it| it.as_str() == text) {
            return Ok(Self::Scalar(*scalar));
        }
        Ok(match text {
            "any" => Self::Any,
            name if is_type_name(name) => Self::Named(name.to_owned()),
            "" => return Err(no_type("a type is missing here".to_owned(), "", WORDS)),
            other => {
                let help = usual(other).unwrap_or(WORDS);
                return Err(no_type(format!("`{other}` is not a type"), other, help));
            }
        })
    }
}

const WORDS: &str = "write string, bool, int32, int64, float, double, any, array<…>, map<…>, or a name that starts with a capital";

/// What to write for a type that goes by the name of `word` elsewhere.
pub(crate) fn usual(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "string" | "str" | "text" => "write `string`",
        "boolean" | "bool" => "write `bool`",
        "integer" | "int" | "long" => "write `int32` or `int64`",
        "number" => "write `int32`, `int64`, `float` or `double`",
        "object" | "dict" | "json" => "write the name of a type with fields, `map<…>` or `any`",
        "list" | "array" => "write `array<…>`, with the type of its items",
        "map" => "write `map<…>`, with the type of its values",
        "any" => "write `any`",
        _ => return None,
    })
}

/// Whether `name` can name a type or an operation: a capital, then letters and digits.
pub(crate) fn is_type_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
}

/// Whether `name` can be the wire name of a field.
pub(crate) fn is_wire_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_nest() {
        let string = TypeExpr::Scalar(ScalarType::String);
        assert_eq!(TypeExpr::parse("string"), Ok(string.clone()));
        assert_eq!(
            TypeExpr::parse("map<array<string>>"),
            Ok(TypeExpr::Map(Box::new(TypeExpr::Array(Box::new(string)))))
        );
        assert_eq!(
            TypeExpr::parse("array<Tag2>"),
            Ok(TypeExpr::Array(Box::new(TypeExpr::Named("Tag2".into()))))
        );
    }

    #[test]
    fn what_is_no_type_is_refused() {
        for text in [
            "",
            "strin",
            "int",
            "array",
            "array<",
            "array<string",
            "list<string>",
            "tag",
            "A-b",
            "array<>",
        ] {
            assert!(TypeExpr::parse(text).is_err(), "{text}");
        }
        assert!(TypeExpr::parse(&"array<".repeat(100_000)).is_err());
    }
}
