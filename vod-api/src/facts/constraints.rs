//! Relations between the members of an object, which requests have to keep.

/// A relation between members of an object, or between parameters of an operation, that requests
/// have to keep. A member is given if it has a value; blank text and empty lists do not count.
#[derive(Debug, Clone, Copy)]
pub struct Constraint {
    /// The demand.
    pub demand: Demand,
    /// The members that it is about, by their names on the wire.
    pub fields: &'static [&'static str],
    /// The constraint applies if all of these conditions hold.
    pub conditions: &'static [Condition],
}

/// What a [`Constraint`] demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Demand {
    /// At least one of them is given.
    AtLeastOne,
    /// Exactly one of them is given.
    ExactlyOne,
    /// At most one of them is given.
    AtMostOne,
    /// Either all of them are given, or none.
    Together,
    /// All of them are given, if the conditions hold.
    Required,
    /// None of them is given, unless the conditions hold.
    Allowed,
}

/// A condition of a [`Constraint`].
#[derive(Debug, Clone, Copy)]
pub struct Condition {
    /// The member, by its name on the wire.
    pub field: &'static str,
    /// What has to hold for it.
    pub test: Test,
}

/// What has to hold for the member of a [`Condition`].
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Test {
    /// It is given.
    Present,
    /// It is not given.
    Absent,
    /// It has one of these values.
    OneOf(&'static [Literal]),
    /// It has one of these values, or is not given and has one of these as its default.
    OneOfOrAbsent(&'static [Literal]),
}

/// A value in a [`Condition`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Literal {
    /// Text.
    Text(&'static str),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
}

#[doc(hidden)]
impl Constraint {
    /// A constraint without conditions.
    pub const fn new(demand: Demand, fields: &'static [&'static str]) -> Self {
        Self {
            demand,
            fields,
            conditions: &[],
        }
    }

    /// Limits the constraint to requests for which these conditions hold.
    pub const fn when(mut self, conditions: &'static [Condition]) -> Self {
        self.conditions = conditions;
        self
    }
}

#[doc(hidden)]
impl Condition {
    /// A member and what has to hold for it.
    pub const fn new(field: &'static str, test: Test) -> Self {
        Self { field, test }
    }
}
