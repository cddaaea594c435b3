//! What a field may hold: facts about the API, as constants that the compiler lays out. Generated
//! code makes them; users read them.

use std::fmt;

use crate::facts::{Constraint, Property};
use crate::time::TimeFormat;

/// The JSON type of a value, and its documented limits.
///
/// ```
/// use vod_api::operation::{LengthUnit, Schema, SchemaKind};
///
/// /// How long the text may be, in characters.
/// fn longest(schema: &Schema) -> Option<usize> {
///     match (schema.kind(), schema.length_unit()) {
///         (SchemaKind::String, LengthUnit::Characters) => {
///             Some(schema.length_limits().1).filter(|most| *most < usize::MAX)
///         }
///         _ => None,
///     }
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Schema {
    kind: SchemaKind,
    items: (usize, usize),
    length: (usize, usize),
    unit: LengthUnit,
    blank: bool,
    range: (i64, i64),
}

/// The unit of the length of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LengthUnit {
    /// Characters.
    Characters,
    /// Bytes of UTF-8.
    Bytes,
}

/// The JSON type of a [`Schema`].
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum SchemaKind {
    /// Text.
    String,
    /// `true` or `false`.
    Bool,
    /// An integer of 32 bits.
    Int32,
    /// An integer of 64 bits.
    Int64,
    /// A number, with a fraction perhaps.
    Number,
    /// Any JSON.
    Any,
    /// A list of values of one schema.
    Array(&'static Schema),
    /// An object with free names and values of one schema.
    Map(&'static Schema),
    /// An object with known members. A function returns them, because a type may contain itself.
    Object(fn() -> &'static ObjectFacts),
    /// Text, with the documented values that can be sent. The service may use others.
    OneOf(&'static [&'static str]),
    /// Yes or no, as the number 1 or 0.
    Flag,
    /// Yes or no, as the text `1` or `0`.
    TextFlag,
    /// A time: text, or a number for [`TimeFormat::Seconds`].
    Time(TimeFormat),
}

/// The schema of an object with known members.
#[derive(Debug)]
pub struct ObjectFacts {
    /// The members.
    pub properties: &'static [Property],
    /// Constraints between the members, for requests.
    pub constraints: &'static [Constraint],
}

#[doc(hidden)]
impl Schema {
    /// Text.
    pub const STRING: Self = Self::new(SchemaKind::String);
    /// `true` or `false`.
    pub const BOOL: Self = Self::new(SchemaKind::Bool);
    /// An integer of 32 bits.
    pub const INT32: Self = Self::new(SchemaKind::Int32);
    /// An integer of 64 bits.
    pub const INT64: Self = Self::new(SchemaKind::Int64);
    /// A number, with a fraction perhaps.
    pub const NUMBER: Self = Self::new(SchemaKind::Number);
    /// Any JSON.
    pub const ANY: Self = Self::new(SchemaKind::Any);
    /// Yes or no, as a number.
    pub const FLAG: Self = Self::new(SchemaKind::Flag);
    /// Yes or no, as text.
    pub const TEXT_FLAG: Self = Self::new(SchemaKind::TextFlag);

    const fn new(kind: SchemaKind) -> Self {
        Self {
            kind,
            items: (0, usize::MAX),
            length: (0, usize::MAX),
            unit: LengthUnit::Characters,
            blank: true,
            range: (i64::MIN, i64::MAX),
        }
    }

    /// A list.
    pub const fn array(items: &'static Self) -> Self {
        Self::new(SchemaKind::Array(items))
    }

    /// An object with free names.
    pub const fn map(values: &'static Self) -> Self {
        Self::new(SchemaKind::Map(values))
    }

    /// An object with known members: those of `T`.
    pub const fn object<T: Described>() -> Self {
        fn facts<T: Described>() -> &'static ObjectFacts {
            const {
                &ObjectFacts {
                    properties: T::PROPERTIES,
                    constraints: T::CONSTRAINTS,
                }
            }
        }
        Self::new(SchemaKind::Object(facts::<T>))
    }

    /// A time.
    pub const fn time(format: TimeFormat) -> Self {
        Self::new(SchemaKind::Time(format))
    }

    /// Text, with the values that the docs list.
    pub const fn one_of(values: &'static [&'static str]) -> Self {
        Self::new(SchemaKind::OneOf(values))
    }

    /// How many values a list or map takes, both ends included; `usize::MAX` for any number.
    pub const fn items(mut self, min: usize, max: usize) -> Self {
        self.items = (min, max);
        self
    }

    /// How many characters text has, both ends included; `usize::MAX` for any number.
    pub const fn length(mut self, min: usize, max: usize) -> Self {
        self.length = (min, max);
        self
    }

    /// The same in bytes.
    pub const fn bytes(mut self, min: usize, max: usize) -> Self {
        self.length = (min, max);
        self.unit = LengthUnit::Bytes;
        self
    }

    /// Text with at least one character that is not white space.
    pub const fn not_blank(mut self) -> Self {
        self.blank = false;
        self
    }

    /// Smallest and largest number, both included; the ends of `i64` mean no limit.
    pub const fn range(mut self, min: i64, max: i64) -> Self {
        self.range = (min, max);
        self
    }
}

impl Schema {
    /// The JSON type.
    pub const fn kind(&self) -> SchemaKind {
        self.kind
    }

    /// Fewest and most values of a list or map; 0 and `usize::MAX` where there is no limit.
    pub const fn item_limits(&self) -> (usize, usize) {
        self.items
    }

    /// Fewest and most characters or bytes of text; 0 and `usize::MAX` where there is no limit.
    pub const fn length_limits(&self) -> (usize, usize) {
        self.length
    }

    /// What [`length_limits`](Self::length_limits) counts.
    pub const fn length_unit(&self) -> LengthUnit {
        self.unit
    }

    /// Whether a request can have blank text here: empty, or white space only.
    pub const fn allows_blank(&self) -> bool {
        self.blank
    }

    /// Smallest and largest number; the ends of `i64` where there is no limit.
    pub const fn range_limits(&self) -> (i64, i64) {
        self.range
    }
}

// Not derived, and one level deep: a schema may refer to itself.
impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Schema").field(&self.kind).finish()
    }
}

impl fmt::Debug for SchemaKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::String => "String",
            Self::Bool => "Bool",
            Self::Int32 => "Int32",
            Self::Int64 => "Int64",
            Self::Number => "Number",
            Self::Any => "Any",
            Self::Array(_) => "Array(..)",
            Self::Map(_) => "Map(..)",
            Self::Object(_) => "Object(..)",
            Self::OneOf(_) => "OneOf(..)",
            Self::Flag => "Flag",
            Self::TextFlag => "TextFlag",
            Self::Time(_) => "Time(..)",
        })
    }
}

/// A type whose members are known.
#[doc(hidden)]
pub trait Described {
    /// The members.
    const PROPERTIES: &'static [Property];

    /// Constraints between the members, for requests.
    const CONSTRAINTS: &'static [Constraint] = &[];
}
