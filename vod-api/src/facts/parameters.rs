//! The named values of requests and replies, and where those of a request travel.

use std::fmt;

use crate::facts::Schema;

/// A named value: a member of an object, or what a [`Parameter`] carries.
#[derive(Debug, Clone, Copy)]
pub struct Property {
    /// Name on the wire.
    pub name: &'static str,
    /// Name of the field in Rust.
    pub rust_name: &'static str,
    /// What it may hold.
    pub schema: Schema,
    /// Whether it must be given.
    pub required: bool,
    /// Whether it is or contains a secret, which must not be shown.
    pub sensitive: bool,
}

/// Its name in Rust and, if it differs, its name on the wire: `task_ids (on the wire: task_id)`.
impl fmt::Display for Property {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.rust_name)?;
        if self.rust_name != self.name {
            write!(f, " (on the wire: {})", self.name)?;
        }
        Ok(())
    }
}

#[doc(hidden)]
impl Property {
    /// A value that may be left out.
    pub const fn new(name: &'static str, schema: Schema) -> Self {
        Self {
            name,
            rust_name: name,
            schema,
            required: false,
            sensitive: false,
        }
    }

    /// The same, but it must be given.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same, but it must not be shown.
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// The same, with another name in Rust.
    pub const fn named(mut self, rust_name: &'static str) -> Self {
        self.rust_name = rust_name;
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

    /// The same, but it must not be shown.
    pub const fn sensitive(mut self) -> Self {
        self.property.sensitive = true;
        self
    }

    /// The same, with another name in Rust.
    pub const fn named(mut self, rust_name: &'static str) -> Self {
        self.property.rust_name = rust_name;
        self
    }
}
