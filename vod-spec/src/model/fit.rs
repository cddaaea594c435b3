//! JSON against types: what of an example does not fit, and where.

use std::fmt;
use std::ops::Range;

use vod_page::json::{Json, Place};

use super::{Constraint, Direction, Field, ScalarType, Type, TypeDef, TypeKind};

/// Something in an example that does not fit.
pub(crate) struct Misfit {
    /// What it concerns: `shelf.books[0].title`, or `type.Book.title`; empty for the whole.
    pub(crate) at: String,
    pub(crate) problem: Problem,
    /// Its place in the text of the example.
    pub(crate) place: Range<usize>,
}

pub(crate) enum Problem {
    /// It is required and not there.
    Missing,
    /// It is there, and the type has no such member.
    Unknown,
    /// It has to be this, and is that.
    HasToBe(&'static str, Json),
    /// It is a text, but none of the values of its enum.
    NoValue(String),
    /// It has the right type, but so many items or characters, or such a size.
    Limit(String),
    /// It is not a time of this form.
    NoTime(&'static str),
    /// Its fields break this constraint.
    Constraint(Constraint),
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = match self.at.as_str() {
            "" => "it".to_owned(),
            at => format!("`{at}`"),
        };
        match &self.problem {
            Problem::Missing => write!(f, "{at} is required"),
            Problem::Unknown => write!(f, "there is no {at}"),
            Problem::HasToBe(what, value) => {
                write!(f, "{at} must be {what}, not {}", short(value))
            }
            Problem::NoValue(text) => {
                let value = short(&Json::String(text.clone()));
                write!(f, "{at} must be one of the documented values, not {value}")
            }
            Problem::NoTime(form) => write!(f, "{at} must be a time of the form {form}"),
            Problem::Constraint(constraint) => {
                let names: Vec<_> = constraint.fields.iter().map(|it| &*it.value).collect();
                let demand = constraint.demand.as_str();
                write!(f, "{at} does not keep `{demand}: [{}]`", names.join(", "))
            }
            Problem::Limit(text) => write!(f, "{at} {text}, which its limits do not allow"),
        }
    }
}

fn short(value: &Json) -> String {
    let text = value.to_string();
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// A value, what it is called, and where it stands in the text.
#[derive(Clone, Copy)]
pub(crate) struct Value<'v> {
    pub(crate) json: &'v Json,
    pub(crate) at: &'v str,
    pub(crate) place: &'v Place,
}

/// What values inside of others are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    /// By the way to them: `shelf.books[0].title`.
    Ways,
    /// Fields by the name of their type, however it is reached: `type.Book.title`.
    #[cfg_attr(
        not(feature = "drift"),
        expect(dead_code, reason = "only the comparison with pages uses it")
    )]
    Types,
}

/// Holds values against types, and collects what does not fit.
pub(crate) struct Checker<'t> {
    types: &'t [TypeDef],
    direction: Direction,
    names: Names,
    misfits: Vec<Misfit>,
}

impl<'t> Checker<'t> {
    /// A request has all that is required; a reply may leave out any field, and say so with `null`.
    pub(crate) fn new(types: &'t [TypeDef], direction: Direction, names: Names) -> Self {
        Self {
            types,
            direction,
            names,
            misfits: Vec::new(),
        }
    }

    /// What did not fit, in the order in which it was found.
    pub(crate) fn misfits(self) -> Vec<Misfit> {
        self.misfits
    }

    /// A value of a type.
    pub(crate) fn value(&mut self, value: Value<'_>, ty: &Type) {
        let Value { json, at, place } = value;
        let fits = match (ty, json) {
            (Type::Any, _) => Ok(()),
            (Type::Scalar(scalar), json) => scalar_fits(*scalar, json),
            (Type::Array(inner), Json::Array(items)) => {
                for (index, (json, place)) in items.iter().zip(&place.inner).enumerate() {
                    let at = &self.inner(at, format!("{at}[{index}]"));
                    self.value(Value { json, at, place }, inner);
                }
                Ok(())
            }
            (Type::Map(inner), Json::Object(members)) => {
                for ((key, json), place) in members.iter().zip(&place.inner) {
                    let at = &self.inner(at, join(at, key));
                    self.value(Value { json, at, place }, inner);
                }
                Ok(())
            }
            (Type::Array(_), _) => Err("an array"),
            (Type::Map(_), _) => Err("an object"),
            (Type::Named(id), _) => match self.types.get(id.0) {
                Some(ty) => self.named(value, ty),
                None => Ok(()),
            },
        };
        if let Err(what) = fits {
            self.misfit(at, Problem::HasToBe(what, json.clone()), &place.value);
        }
    }

    /// A value of a type with a name, or what it has to be.
    fn named(&mut self, value: Value<'_>, ty: &TypeDef) -> Result<(), &'static str> {
        match (&ty.kind, value.json) {
            (TypeKind::Object(fields), Json::Object(_)) => {
                let type_at = format!("type.{}", ty.name.value);
                let at = match self.names {
                    Names::Types => &type_at,
                    Names::Ways => value.at,
                };
                let fields: Vec<_> = fields.iter().collect();
                self.object(Value { at, ..value }, &fields, &ty.constraints);
                Ok(())
            }
            (TypeKind::Object(_), _) => Err("an object"),
            (TypeKind::Enum(values), Json::String(text)) => {
                if !values.iter().any(|it| it.goes_by(text)) {
                    let problem = Problem::NoValue(text.clone());
                    self.misfit(value.at, problem, &value.place.value);
                }
                Ok(())
            }
            (TypeKind::Enum(_), _) => Err("a string"),
        }
    }

    /// What an item is called: by its way, or as all of them together.
    fn inner(&self, whole: &str, way: String) -> String {
        match self.names {
            Names::Types => whole.to_owned(),
            Names::Ways => way,
        }
    }

    /// An object of its own, with these fields.
    pub(crate) fn object(
        &mut self,
        value: Value<'_>,
        fields: &[&Field],
        constraints: &[Constraint],
    ) {
        let Value { json, at, place } = value;
        let Json::Object(object) = json else {
            let problem = Problem::HasToBe("an object", json.clone());
            return self.misfit(at, problem, &place.value);
        };
        let is_request = self.direction == Direction::Request;
        for field in fields.iter().filter(|_| is_request) {
            let name = &field.name.value;
            if field.required && !object.contains_key(name) {
                self.misfit(join(at, name), Problem::Missing, &place.value);
            }
        }
        for constraint in constraints.iter().filter(|_| is_request) {
            if !constraint.is_kept(object, fields) {
                let problem = Problem::Constraint(constraint.clone());
                self.misfit(at, problem, &place.value);
            }
        }
        for ((key, json), place) in object.iter().zip(&place.inner) {
            let at = &join(at, key);
            match fields.iter().find(|field| field.goes_by(key)) {
                Some(_) if *json == Json::Null && !is_request => {}
                Some(field) => self.field(Value { json, at, place }, field),
                None => self.misfit(at, Problem::Unknown, &place.key),
            }
        }
    }

    fn field(&mut self, value: Value<'_>, field: &Field) {
        let Value { json, at, place } = value;
        if field.flag {
            if !is_flag(json) {
                let problem = Problem::HasToBe("`1` or `0`", json.clone());
                self.misfit(at, problem, &place.value);
            }
            return;
        }
        let before = self.misfits.len();
        self.value(value, &field.ty);
        if self.misfits.len() > before {
            return;
        }
        let is_request = self.direction == Direction::Request;
        let unsendable = || no_time(field, json).or_else(|| not_here(field, json));
        let problem = is_request.then(unsendable).flatten();
        let problem = problem.or_else(|| beyond(field, json).map(Problem::Limit));
        if let Some(problem) = problem {
            self.misfit(at, problem, &place.value);
        }
    }

    fn misfit(&mut self, at: impl Into<String>, problem: Problem, place: &Range<usize>) {
        self.misfits.push(Misfit {
            at: at.into(),
            problem,
            place: place.clone(),
        });
    }
}

/// Whether a value is a scalar of this kind, or what it has to be.
fn scalar_fits(scalar: ScalarType, value: &Json) -> Result<(), &'static str> {
    let (fits, what) = match scalar {
        ScalarType::String => (matches!(value, Json::String(_)), "a string"),
        ScalarType::Bool => (matches!(value, Json::Bool(_)), "true or false"),
        ScalarType::Int32 => (
            matches!(value, Json::Int(it) if i32::try_from(*it).is_ok()),
            "a whole number of 32 bits",
        ),
        ScalarType::Int64 => (matches!(value, Json::Int(_)), "a whole number of 64 bits"),
        ScalarType::Float | ScalarType::Double => (value.as_f64().is_some(), "a number"),
    };
    if fits { Ok(()) } else { Err(what) }
}

/// Whether a value is one of a flag on the wire.
fn is_flag(value: &Json) -> bool {
    match value {
        Json::Int(number) => matches!(number, 0 | 1),
        Json::String(text) => matches!(text.as_str(), "0" | "1"),
        Json::Null => true,
        _ => false,
    }
}

fn no_time(field: &Field, value: &Json) -> Option<Problem> {
    let form = field.time?.form;
    let fits = match value {
        Json::String(text) => form.fits(text),
        _ => true,
    };
    (!fits).then_some(Problem::NoTime(form.as_str()))
}

/// A value of an enum that cannot be sent here.
fn not_here(field: &Field, value: &Json) -> Option<Problem> {
    let only = field.only.as_ref()?;
    let refused = |text: &&String| !only.iter().any(|it| it.value == **text);
    let text = match value {
        Json::String(text) => Some(text).filter(refused),
        Json::Array(items) => {
            let texts = items.iter().filter_map(|item| match item {
                Json::String(text) => Some(text),
                _ => None,
            });
            texts.into_iter().find(refused)
        }
        _ => None,
    };
    text.map(|text| Problem::NoValue(text.clone()))
}

/// How a value of the right type breaks a limit.
fn beyond(field: &Field, value: &Json) -> Option<String> {
    let limits = &field.limits;
    match value {
        Json::Array(items) => {
            let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
            let whole = (!limits.items.allow(count)).then(|| format!("has {count} items"));
            whole.or_else(|| items.iter().find_map(|item| beyond(field, item)))
        }
        Json::String(text) => {
            let (count, unit) = (limits.unit.count(text), limits.unit.as_str());
            (!limits.length.allow(count)).then(|| format!("has {count} {unit}"))
        }
        Json::Int(number) => (!limits.range.allow(*number)).then(|| format!("is {number}")),
        _ => None,
    }
}

fn join(at: &str, key: &str) -> String {
    if at.is_empty() {
        key.to_owned()
    } else {
        format!("{at}.{key}")
    }
}
