//! Types, and the fields and values that they are made of.

pub use crate::types::ScalarType;

use crate::json::Json;
use crate::source::Spanned;

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
    /// Whether a request can hold it.
    pub in_requests: bool,
    /// Whether a reply can hold it.
    pub in_replies: bool,
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
    /// The Rust name, where it is not the one that follows from the value.
    pub rust: Option<Spanned<String>>,
    /// What to use instead, if it should no longer be used.
    pub deprecated: Option<String>,
}

/// A parameter, a reply field or a field of a type.
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
    /// What the docs allow.
    pub limits: Limits,
    /// Whether longer lists can be sent as several calls.
    pub batch: bool,
    /// Whether it must not show up in logs.
    pub sensitive: bool,
    /// What to use instead, if it should no longer be used.
    pub deprecated: Option<String>,
    /// The Rust name, where it is not the one that follows from the wire name.
    pub rust: Option<Spanned<String>>,
}

/// Limits of a value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// Of a whole number.
    pub range: Bounds,
    /// Of a text, in characters.
    pub length: Bounds,
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
