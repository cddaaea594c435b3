//! What a field may hold: facts about the API, as constants that the compiler lays out. Generated code makes them; users
//! read them.

use std::fmt;

/// The JSON type of a value, and its documented limits.
///
/// ```
/// use vod_api::operation::{Schema, SchemaKind};
///
/// /// How long the text may be, in characters.
/// fn longest(schema: &Schema) -> Option<usize> {
///     match schema.kind() {
///         SchemaKind::String => Some(schema.length_limits().1).filter(|most| *most < usize::MAX),
///         _ => None,
///     }
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Schema {
    kind: SchemaKind,
    items: (usize, usize),
    length: (usize, usize),
    range: (i64, i64),
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
    /// An object with known members. A function gives them, since a type may hold itself.
    Object(fn() -> &'static [Property]),
    /// Text, with the values that the docs list. The service may use others.
    OneOf(&'static [&'static str]),
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

    const fn new(kind: SchemaKind) -> Self {
        Self {
            kind,
            items: (0, usize::MAX),
            length: (0, usize::MAX),
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
        const fn properties<T: Described>() -> &'static [Property] {
            T::PROPERTIES
        }
        Self::new(SchemaKind::Object(properties::<T>))
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

    /// How many characters (not bytes) text has, both ends included; `usize::MAX` for any number.
    pub const fn length(mut self, min: usize, max: usize) -> Self {
        self.length = (min, max);
        self
    }

    /// Between which numbers a number lies, both ends included; the ends of `i64` mean no limit.
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

    /// Fewest and most characters (not bytes) of text; 0 and `usize::MAX` where there is no limit.
    pub const fn length_limits(&self) -> (usize, usize) {
        self.length
    }

    /// Smallest and largest number; the ends of `i64` where there is no limit.
    pub const fn range_limits(&self) -> (i64, i64) {
        self.range
    }
}

// By hand and one level deep: a schema may refer to itself.
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
        })
    }
}

/// A type whose members are known.
#[doc(hidden)]
pub trait Described {
    /// The members.
    const PROPERTIES: &'static [Property];
}

/// A named value: a member of an object, or what a [`Parameter`] carries.
#[derive(Debug, Clone, Copy)]
pub struct Property {
    /// Name on the wire.
    pub name: &'static str,
    /// What it may hold.
    pub schema: Schema,
    /// Whether it must be given.
    pub required: bool,
}

#[doc(hidden)]
impl Property {
    /// A value that may be left out.
    pub const fn new(name: &'static str, schema: Schema) -> Self {
        Self {
            name,
            schema,
            required: false,
        }
    }

    /// The same, but it must be given.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

/// One value of a request, and where it travels.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// Where it travels.
    pub place: Place,
    /// What it is.
    pub property: Property,
}

/// Where a [`Parameter`] travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the path, as `{name}`.
    Path,
    /// In the query; a list repeats the name.
    Query,
    /// As a member of the JSON object in the body.
    Body,
}

#[doc(hidden)]
impl Parameter {
    /// A value in the path.
    pub const fn path(name: &'static str, schema: Schema) -> Self {
        Self::new(Place::Path, name, schema)
    }

    /// A value in the query.
    pub const fn query(name: &'static str, schema: Schema) -> Self {
        Self::new(Place::Query, name, schema)
    }

    /// A member of the body.
    pub const fn body(name: &'static str, schema: Schema) -> Self {
        Self::new(Place::Body, name, schema)
    }

    const fn new(place: Place, name: &'static str, schema: Schema) -> Self {
        Self {
            place,
            property: Property::new(name, schema),
        }
    }

    /// The same, but it must be given.
    pub const fn required(mut self) -> Self {
        self.property.required = true;
        self
    }
}
