//! JSON against types: what of an example does not fit, and where.

use std::fmt;
use std::ops::Range;

use crate::json::{Json, Place};
use crate::model::{Field, ScalarType, Type, TypeDef, TypeKind};

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
                        self.object(value, fields.iter(), at, place, misfits);
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
    pub(crate) fn object<'f>(
        self,
        value: &Json,
        fields: impl Iterator<Item = &'f Field> + Clone,
        at: &str,
        place: &Place,
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
        for field in fields.clone().filter(|_| self.request) {
            let name = &field.name.value;
            if field.required && !object.contains_key(name) {
                misfit(join(at, name), Problem::Missing, &place.value);
            }
        }
        for ((key, item), place) in object.iter().zip(&place.inner) {
            let inner = join(at, key);
            match fields.clone().find(|field| field.name.value == *key) {
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
        self.value(value, &field.ty, at, place, misfits);
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

/// How a value of the right type breaks a limit.
fn beyond(field: &Field, value: &Json) -> Option<String> {
    let limits = &field.limits;
    match value {
        Json::Array(items) => {
            let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
            (!limits.items.allow(count)).then(|| format!("has {count} items"))
        }
        Json::String(text) => {
            let count = length(text);
            (!limits.length.allow(count)).then(|| format!("has {count} characters"))
        }
        Json::Int(number) => (!limits.range.allow(*number)).then(|| format!("is {number}")),
        _ => None,
    }
}

/// The length of a text as limits count it.
pub(crate) fn length(text: &str) -> i64 {
    i64::try_from(text.chars().count()).unwrap_or(i64::MAX)
}

fn join(at: &str, key: &str) -> String {
    if at.is_empty() {
        key.to_owned()
    } else {
        format!("{at}.{key}")
    }
}
