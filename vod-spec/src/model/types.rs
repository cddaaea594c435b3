//! Types, and the fields and values that they are made of.

pub use crate::format::type_expr::ScalarType;

use super::{Constraint, StatedIn, TimeFormat};
use crate::source::Spanned;
use vod_page::json::Json;

/// A type whose names are resolved.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Type {
    /// A type without parts.
    Scalar(ScalarType),
    /// Any JSON value.
    Any,
    /// Several of one type.
    Array(Box<Type>),
    /// Text to values of one type.
    Map(Box<Type>),
    /// An object or an enum.
    Named(TypeId),
}

/// A type among [`Api::types`](super::Api::types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub(crate) usize);

impl TypeId {
    /// The place in [`Api::types`](super::Api::types).
    pub fn index(self) -> usize {
        self.0
    }
}

/// An object or an enum.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDef {
    /// Its name, unique in the whole description.
    pub name: Spanned<String>,
    /// The file it stands in, below `spec/`.
    pub file: String,
    /// What it is.
    pub doc: String,
    /// The Rust name, where it is not the name itself.
    pub rust: Option<Spanned<String>>,
    /// Its fields or values.
    pub kind: TypeKind,
    /// Constraints between its fields, for requests.
    pub constraints: Vec<Constraint>,
    /// Whether a request can hold it.
    pub in_requests: bool,
    /// Whether a reply can hold it.
    pub in_replies: bool,
    /// Whether an event can hold it.
    pub in_events: bool,
}

impl TypeDef {
    /// Whether the service sends it.
    pub fn is_received(&self) -> bool {
        self.in_replies || self.in_events
    }

    /// Whether only events hold it.
    pub fn is_of_events(&self) -> bool {
        self.in_events && !self.in_requests && !self.in_replies
    }
}

/// What a type is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeKind {
    /// Fields.
    Object(Vec<Field>),
    /// One of several texts; services add to them over time.
    Enum(Vec<EnumValue>),
}

/// A value of an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumValue {
    /// The value on the wire.
    pub name: Spanned<String>,
    /// What it means.
    pub doc: String,
    /// Other spellings of it, in events.
    pub aliases: Vec<Spanned<String>>,
    /// The Rust name, where it is not the one that follows from the value.
    pub rust: Option<Spanned<String>>,
    /// What to use instead, if it should no longer be used.
    pub deprecated: Option<String>,
}

impl EnumValue {
    /// Whether it is written in this way.
    pub fn goes_by(&self, text: &str) -> bool {
        self.name.value == text || self.aliases.iter().any(|alias| alias.value == text)
    }
}

/// A parameter, a reply field, a field of an event or of a type.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Name on the wire.
    pub name: Spanned<String>,
    /// Its type.
    pub ty: Type,
    /// What it means.
    pub doc: String,
    /// Whether a request must have it.
    pub required: bool,
    /// What the service assumes when it is absent.
    pub default: Option<Json>,
    /// Whether it is a number or a text, `1` or `0`, that means yes or no.
    pub flag: bool,
    /// How it writes a time, if it is one.
    pub time: Option<TimeFormat>,
    /// The values of its enum that can be sent here; `None` for all.
    pub only: Option<Vec<Spanned<String>>>,
    /// What the docs allow.
    pub limits: Limits,
    /// Where facts come from that not every source states.
    pub stated_in: StatedIn,
    /// Whether blank text has a meaning in a request. Where it has none, it is refused.
    pub blank: bool,
    /// Whether longer lists can be sent as several calls.
    pub batch: bool,
    /// Other names under which it comes, in events.
    pub aliases: Vec<Spanned<String>>,
    /// The text that means that there is no value, in events.
    pub absent: Option<Spanned<String>>,
    /// Whether it must not show up in logs.
    pub sensitive: bool,
    /// What to use instead, if it should no longer be used.
    pub deprecated: Option<String>,
    /// The Rust name, where it is not the one that follows from the wire name.
    pub rust: Option<Spanned<String>>,
}

impl Field {
    /// Whether it comes under this name.
    pub fn goes_by(&self, name: &str) -> bool {
        self.name.value == name || self.aliases.iter().any(|alias| alias.value == name)
    }
}

/// Limits of a value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// Of a whole number, or of each number of an array.
    pub range: Bounds,
    /// Of a text, or of each text of an array, in [`Limits::unit`].
    pub length: Bounds,
    /// The unit of the length.
    pub unit: LengthUnit,
    /// Of an array, in elements.
    pub items: Bounds,
}

/// The smallest and the largest value, both allowed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The smallest.
    pub min: Option<i64>,
    /// The largest.
    pub max: Option<i64>,
}

impl Bounds {
    /// Whether `value` lies within.
    pub fn allow(&self, value: i64) -> bool {
        self.min.is_none_or(|min| min <= value) && self.max.is_none_or(|max| value <= max)
    }

    /// Whether there is neither.
    pub fn is_empty(&self) -> bool {
        self.min.is_none() && self.max.is_none()
    }
}

/// The unit of the length of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LengthUnit {
    /// Characters.
    #[default]
    Characters,
    /// Bytes of UTF-8.
    Bytes,
}

impl LengthUnit {
    pub(crate) const ALL: &'static [Self] = &[Self::Characters, Self::Bytes];

    /// As the description writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Characters => "characters",
            Self::Bytes => "bytes",
        }
    }

    /// The length of a text in this unit.
    pub(crate) fn count(self, text: &str) -> i64 {
        let count = match self {
            Self::Characters => text.chars().count(),
            Self::Bytes => text.len(),
        };
        i64::try_from(count).unwrap_or(i64::MAX)
    }
}
