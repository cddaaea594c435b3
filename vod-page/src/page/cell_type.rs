//! The cell "Type" of a row.

use crate::facts::CellType;
use crate::page::words::may_be_type_name;

/// Words before the name of a type that a cell refers to.
const REFERENCES: &[&str] = &[
    "see",
    "for",
    "details",
    "about",
    "the",
    "please",
    "refer",
    "to",
    "table",
    "structure",
    "of",
    "data",
    "type",
    "is",
    "in",
    "described",
    "more",
    "information",
    "object",
    "objects",
];

impl CellType {
    /// What a cell names.
    pub(crate) fn parse(text: &str) -> Self {
        let text = text.trim();
        let known = Self::known(text, 0).or_else(|| Self::referred(text));
        known.unwrap_or_else(|| Self::Unknown(text.to_owned()))
    }

    /// A type that names its table behind it: `Array of objects，详情请参看Lamp`, `Object, see Lamp`.
    fn referred(text: &str) -> Option<Self> {
        let end = text.find([',', '，', ';', '；', '。', '(', '（', '.', ':', '：'])?;
        let known = Self::known(text.get(..end)?, 0)?;
        let mut names = text
            .get(end..)?
            .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
            .filter(|it| may_be_type_name(it) && !REFERENCES.contains(&it.to_lowercase().as_str()));
        let name = names.next().filter(|_| names.next().is_none())?;
        known.with_object(name)
    }

    /// The same type with the name of its object.
    fn with_object(self, name: &str) -> Option<Self> {
        match self {
            Self::AnyObject => Some(Self::Object(name.to_owned())),
            Self::Object(own) => (own == name).then_some(Self::Object(own)),
            Self::Array(items) => Some(Self::Array(Box::new(items.with_object(name)?))),
            Self::Map(values) => Some(Self::Map(Box::new(values.with_object(name)?))),
            _ => None,
        }
    }

    /// The name of the type with a table of its own that it is, or is made of.
    pub(super) fn object(&self) -> Option<&str> {
        match self {
            Self::Object(name) => Some(name),
            Self::Array(inner) | Self::Map(inner) => inner.object(),
            _ => None,
        }
    }

    /// Types are nested a few times at most; what is nested more deeply is no type.
    fn known(text: &str, depth: usize) -> Option<Self> {
        if depth > 4 {
            return None;
        }
        let text = text.trim();
        let lower = text.to_ascii_lowercase();
        let simple = match lower.as_str() {
            "string" | "strings" => Some(Self::String),
            "boolean" | "booleans" | "bool" => Some(Self::Boolean),
            "integer" | "integers" | "int" | "ints" | "int32" => Some(Self::Integer),
            "long" | "longs" | "int64" => Some(Self::Long),
            "float" | "floats" | "double" | "doubles" | "number" | "numbers" | "bigdecimal" => {
                Some(Self::Number)
            }
            "object" | "objects" => Some(Self::AnyObject),
            "array" | "list" => Some(Self::Array(Box::new(Self::Unknown(String::new())))),
            _ => None,
        };
        if simple.is_some() {
            return simple;
        }
        let inner = |rest: usize| Self::known(text.get(rest..)?, depth + 1);
        if lower.starts_with("array of ") {
            return Some(Self::Array(Box::new(inner(9)?)));
        }
        if let Some(items) = generic(text, &["array", "list"]) {
            return Some(Self::Array(Box::new(Self::item(items, depth)?)));
        }
        if let Some(pair) = generic(text, &["map"]) {
            let (key, value) = pair.split_once(',')?;
            return (key.trim().eq_ignore_ascii_case("string"))
                .then(|| Self::item(value, depth))
                .flatten()
                .map(|value| Self::Map(Box::new(value)));
        }
        let (name, object) = text.split_once(' ')?;
        (matches!(object.trim(), "object" | "objects") && may_be_type_name(name))
            .then(|| Self::Object(name.to_owned()))
    }

    /// A type between `<` and `>`, where a bare name is the name of a type.
    fn item(text: &str, depth: usize) -> Option<Self> {
        let text = text.trim();
        Self::known(text, depth + 1)
            .or_else(|| may_be_type_name(text).then(|| Self::Object(text.to_owned())))
    }
}

/// What stands between `<` and `>` after one of the names.
fn generic<'t>(text: &'t str, names: &[&str]) -> Option<&'t str> {
    let (name, rest) = text.split_once('<')?;
    let inner = rest.trim_end().strip_suffix('>')?;
    names
        .iter()
        .any(|known| name.trim().eq_ignore_ascii_case(known))
        .then_some(inner)
}
