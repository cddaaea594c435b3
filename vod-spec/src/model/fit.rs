//! JSON against types: what of an example does not fit, and where.

use std::fmt;
use std::ops::Range;

use crate::json::{Json, Place};

use super::{Constraint, Field, ScalarType, Type, TypeDef, TypeKind};

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
                write!(f, "{at} has to be {what}, not {}", short(value))
            }
            Problem::NoValue(text) => {
                let value = short(&Json::String(text.clone()));
                write!(
                    f,
                    "{at} has to be one of the documented values, not {value}"
                )
            }
            Problem::NoTime(form) => write!(f, "{at} has to be a time of the form {form}"),
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

/// Holds values against types; `at` is what a value is called, and `place` where it stands in the text.
#[derive(Clone, Copy)]
pub(crate) struct Checker<'t> {
    pub(crate) types: &'t [TypeDef],
    /// A request has all that is required; a reply may leave out any field, and say so with `null`.
    pub(crate) request: bool,
    /// Whether fields go by the name of their type, however it is reached.
    pub(crate) by_type: bool,
}

impl Checker<'_> {
    pub(crate) fn value(
        self,
        value: &Json,
        ty: &Type,
        at: &str,
        place: &Place,
        misfits: &mut Vec<Misfit>,
    ) {
        let fits = match (ty, value) {
            (Type::Any, _) => Ok(()),
            (Type::Scalar(scalar), value) => scalar_fits(*scalar, value),
            (Type::Array(inner), Json::Array(items)) => {
                for (index, (item, place)) in items.iter().zip(&place.inner).enumerate() {
                    let at = self.inner(at, format!("{at}[{index}]"));
                    self.value(item, inner, &at, place, misfits);
                }
                Ok(())
            }
            (Type::Map(inner), Json::Object(members)) => {
                for ((key, item), place) in members.iter().zip(&place.inner) {
                    let at = self.inner(at, join(at, key));
                    self.value(item, inner, &at, place, misfits);
                }
                Ok(())
            }
            (Type::Array(_), _) => Err("an array"),
            (Type::Map(_), _) => Err("an object"),
            (Type::Named(id), value) => {
                let Some(ty) = self.types.get(id.0) else {
                    return;
                };
                match (&ty.kind, value) {
                    (TypeKind::Object(fields), Json::Object(_)) => {
                        let type_at = format!("type.{}", ty.name.value);
                        let at = if self.by_type { &type_at } else { at };
                        let fields: Vec<_> = fields.iter().collect();
                        self.object(value, &fields, &ty.constraints, (at, place), misfits);
                        Ok(())
                    }
                    (TypeKind::Object(_), _) => Err("an object"),
                    (TypeKind::Enum(values), Json::String(text)) => {
                        if !values.iter().any(|it| it.name.value == *text) {
                            misfits.push(Misfit {
                                at: at.to_owned(),
                                problem: Problem::NoValue(text.clone()),
                                place: place.value.clone(),
                            });
                        }
                        Ok(())
                    }
                    (TypeKind::Enum(_), _) => Err("a string"),
                }
            }
        };
        if let Err(what) = fits {
            misfits.push(Misfit {
                at: at.to_owned(),
                problem: Problem::HasToBe(what, value.clone()),
                place: place.value.clone(),
            });
        }
    }

    /// What an item is called: by its way, or as all of them together.
    fn inner(self, whole: &str, way: String) -> String {
        if self.by_type { whole.to_owned() } else { way }
    }

    /// An object of its own, with these fields.
    pub(crate) fn object(
        self,
        value: &Json,
        fields: &[&Field],
        constraints: &[Constraint],
        (at, place): (&str, &Place),
        misfits: &mut Vec<Misfit>,
    ) {
        let mut misfit = |at, problem, place: &Range<usize>| {
            misfits.push(Misfit {
                at,
                problem,
                place: place.clone(),
            });
        };
        let Json::Object(object) = value else {
            let problem = Problem::HasToBe("an object", value.clone());
            return misfit(at.to_owned(), problem, &place.value);
        };
        for field in fields.iter().filter(|_| self.request) {
            let name = &field.name.value;
            if field.required && !object.contains_key(name) {
                misfit(join(at, name), Problem::Missing, &place.value);
            }
        }
        for constraint in constraints.iter().filter(|_| self.request) {
            if !constraint.is_kept(object, fields) {
                let problem = Problem::Constraint(constraint.clone());
                misfit(at.to_owned(), problem, &place.value);
            }
        }
        for ((key, item), place) in object.iter().zip(&place.inner) {
            let inner = join(at, key);
            match fields.iter().find(|field| field.name.value == *key) {
                Some(_) if *item == Json::Null && !self.request => {}
                Some(field) => self.field(item, field, &inner, place, misfits),
                None => misfits.push(Misfit {
                    at: inner,
                    problem: Problem::Unknown,
                    place: place.key.clone(),
                }),
            }
        }
    }

    fn field(
        self,
        value: &Json,
        field: &Field,
        at: &str,
        place: &Place,
        misfits: &mut Vec<Misfit>,
    ) {
        let before = misfits.len();
        if field.flag {
            if !is_flag(value) {
                misfits.push(Misfit {
                    at: at.to_owned(),
                    problem: Problem::HasToBe("`1` or `0`", value.clone()),
                    place: place.value.clone(),
                });
            }
            return;
        }
        self.value(value, &field.ty, at, place, misfits);
        if misfits.len() == before
            && self.request
            && let Some(problem) = no_time(field, value).or_else(|| not_here(field, value))
        {
            misfits.push(Misfit {
                at: at.to_owned(),
                problem,
                place: place.value.clone(),
            });
        }
        if misfits.len() == before
            && let Some(text) = beyond(field, value)
        {
            misfits.push(Misfit {
                at: at.to_owned(),
                problem: Problem::Limit(text),
                place: place.value.clone(),
            });
        }
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
