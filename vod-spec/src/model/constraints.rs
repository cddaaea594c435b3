//! Constraints between the fields of a request.

use super::{Basis, Field};
use crate::source::{Span, Spanned};
use vod_page::json::{Json, Object};

/// A relation between parameters of an operation, or between fields of a type, that requests have to keep.
///
/// A field is given if it has a value; blank text and empty lists do not count.
#[derive(Debug, Clone, PartialEq)]
pub struct Constraint {
    /// The demand.
    pub demand: Demand,
    /// The fields that it is about, by their names on the wire. Names with dots lead into objects.
    pub fields: Vec<Spanned<String>>,
    /// The conditions of [`Demand::Required`] and [`Demand::Allowed`]: the constraint applies if all of them hold.
    pub conditions: Vec<Condition>,
    /// What it is based on.
    pub basis: Basis,
    /// The reason, if the description gives one.
    pub doc: Option<String>,
    /// Where it stands.
    pub span: Span,
}

impl Constraint {
    /// Whether `object`, which has these fields, keeps it.
    pub fn is_kept(&self, object: &Object, fields: &[&Field]) -> bool {
        let fields_of = || self.fields.iter().map(|it| it.value.as_str());
        let count = fields_of().filter(|path| is_given(object, path)).count();
        let all = self.fields.len();
        let conditions_hold = || self.conditions.iter().all(|it| it.holds(object, fields));
        match self.demand {
            Demand::AtLeastOne => count > 0,
            Demand::ExactlyOne => count == 1,
            Demand::AtMostOne => count < 2,
            Demand::Together => count == 0 || count == all,
            Demand::Required => {
                !fields_of().any(|path| is_missing(object, path)) || !conditions_hold()
            }
            Demand::Allowed => count == 0 || conditions_hold(),
        }
    }
}

/// What a [`Constraint`] demands of its fields.
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

impl Demand {
    /// The key in the description.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AtLeastOne => "at_least_one",
            Self::ExactlyOne => "exactly_one",
            Self::AtMostOne => "at_most_one",
            Self::Together => "together",
            Self::Required => "required",
            Self::Allowed => "allowed",
        }
    }

    pub(crate) const ALL: &'static [Self] = &[
        Self::AtLeastOne,
        Self::ExactlyOne,
        Self::AtMostOne,
        Self::Together,
        Self::Required,
        Self::Allowed,
    ];

    /// Whether it holds only under conditions.
    pub fn is_conditional(self) -> bool {
        matches!(self, Self::Required | Self::Allowed)
    }
}

/// A condition of a [`Constraint`].
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// The field, by its name on the wire.
    pub field: Spanned<String>,
    /// What has to hold for it.
    pub test: Test,
}

impl Condition {
    fn holds(&self, object: &Object, fields: &[&Field]) -> bool {
        let found = given_value(object, &self.field.value);
        match &self.test {
            Test::Present => found.is_some(),
            Test::Absent => found.is_none(),
            Test::OneOf(values) => {
                let field = self.field_of(fields);
                let default = field.and_then(|field| field.default.as_ref());
                let is_flag = field.is_some_and(|field| field.flag);
                found
                    .or(default)
                    .is_some_and(|found| values.contains(&meaning(found, is_flag)))
            }
        }
    }

    /// Whether it holds for a field that is not given because of the field's default.
    pub fn takes_default(&self, fields: &[&Field]) -> bool {
        let is_value = matches!(self.test, Test::OneOf(_));
        is_value && self.holds(&Object::new(), fields)
    }

    /// The field among these that it is about.
    pub(crate) fn field_of<'f>(&self, fields: &[&'f Field]) -> Option<&'f Field> {
        let mut fields = fields.iter().copied();
        fields.find(|field| field.name.value == self.field.value)
    }
}

/// What has to hold for the field of a [`Condition`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Test {
    /// It is given.
    Present,
    /// It is not given.
    Absent,
    /// It has one of these values: texts, numbers or truth values. A field that is not given has its default.
    OneOf(Vec<Json>),
}

/// The value that a condition compares: for a flag, its truth value.
pub fn meaning(value: &Json, is_flag: bool) -> Json {
    match value {
        Json::Int(number) if is_flag => Json::Bool(*number == 1),
        Json::String(text) if is_flag => Json::Bool(text == "1"),
        value => value.clone(),
    }
}

/// Whether a field has a value. A path with dots leads into objects, and into all items of an array, of which one with
/// a value is enough.
fn is_given(object: &Object, path: &str) -> bool {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    given_value(object, first).is_some_and(|value| leads_to(value, rest))
}

/// Whether a field has no value. In an array, it is missing if any item lacks it; if the array itself is absent, it is
/// not missing.
fn is_missing(object: &Object, path: &str) -> bool {
    match path.split_once('.') {
        None => given_value(object, path).is_none(),
        Some((first, rest)) => given_value(object, first).is_some_and(|value| match value {
            Json::Array(items) => items.iter().any(|item| !leads_to(item, rest)),
            value => !leads_to(value, rest),
        }),
    }
}

/// Whether there is a value at the end of a path. An empty path means the value itself.
fn leads_to(value: &Json, path: &str) -> bool {
    match value {
        value if path.is_empty() => is_filled(value),
        Json::Array(items) => items.iter().any(|item| leads_to(item, path)),
        Json::Object(object) => is_given(object, path),
        _ => false,
    }
}

/// The value of a field, unless it is empty or blank.
fn given_value<'o>(object: &'o Object, name: &str) -> Option<&'o Json> {
    object.get(name).filter(|value| is_filled(value))
}

fn is_filled(value: &Json) -> bool {
    match value {
        Json::Null => false,
        Json::String(text) => !text.trim().is_empty(),
        Json::Array(items) => !items.is_empty(),
        Json::Object(members) => !members.is_empty(),
        _ => true,
    }
}
