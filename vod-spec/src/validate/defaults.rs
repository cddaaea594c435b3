//! Defaults of fields, which fit their types and limits.

use super::Validator;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Limits, ScalarType, Type, TypeDef, TypeId, TypeKind};
use crate::source::{Span, Spanned, hidden};
use crate::yaml::Scalar;
use vod_page::json::Json;

impl Validator<'_> {
    /// The default as JSON, if it fits.
    pub(super) fn default(
        &mut self,
        default: &Spanned<Scalar>,
        ty: &Type,
        limits: &Limits,
    ) -> Option<Json> {
        let scalar = &default.value;
        let mut help = HELP;
        let problem = match ty {
            Type::Scalar(ScalarType::Bool) => match scalar.boolean() {
                Some(value) => return Some(Json::Bool(value)),
                None => "it is neither `true` nor `false`",
            },
            Type::Scalar(ScalarType::Int32 | ScalarType::Int64) => match scalar.integer() {
                Some(value) if !limits.range.allow(value) => "it lies outside of the range",
                Some(value)
                    if *ty == Type::Scalar(ScalarType::Int32) && i32::try_from(value).is_err() =>
                {
                    "it does not fit 32 bits"
                }
                Some(value) => return Some(Json::Int(value)),
                None => "it is not a whole number",
            },
            Type::Scalar(ScalarType::Float | ScalarType::Double) => {
                match scalar.text.parse::<f64>() {
                    Ok(value) if value.is_finite() && scalar.is_number() => {
                        return Some(Json::Float(value));
                    }
                    _ => "it is not a number",
                }
            }
            Type::Scalar(ScalarType::String) => {
                if scalar.is_null() || scalar.boolean().is_some() || scalar.is_number() {
                    help = "put it in quotes";
                    "it is not text without quotes"
                } else if scalar.text.contains(|c: char| c == '`' || hidden(c)) {
                    "docs have it in backticks, on one line"
                } else if !limits.length.allow(limits.unit.count(&scalar.text)) {
                    "its length lies outside of the limit"
                } else {
                    return Some(Json::String(scalar.text.clone()));
                }
            }
            Type::Named(id) => {
                self.named_defaults.push(NamedDefault {
                    value: scalar.text.clone(),
                    span: default.span,
                    ty: *id,
                });
                return Some(Json::String(scalar.text.clone()));
            }
            Type::Any | Type::Array(_) | Type::Map(_) => NO_DEFAULT,
        };
        let message = not_the_default(&scalar.text, problem);
        self.bad_default(default.span, message, help);
        None
    }

    fn bad_default(&mut self, span: Span, message: String, help: &str) {
        self.report(Diagnostic::new(Code::BadDefault, span, message).help(help));
    }

    /// Defaults of fields whose types have names, now that all types are known.
    pub(super) fn named_defaults(&mut self, types: &[TypeDef]) {
        for default in std::mem::take(&mut self.named_defaults) {
            let Some(ty) = types.get(default.ty.0) else {
                continue;
            };
            match &ty.kind {
                TypeKind::Object(_) => {
                    let message = not_the_default(&default.value, NO_DEFAULT);
                    self.bad_default(default.span, message, HELP);
                }
                TypeKind::Enum(values) => {
                    let names: Vec<_> = values.iter().map(|it| it.name.value.as_str()).collect();
                    if !names.contains(&default.value.as_str()) {
                        let problem = format!("`{}` has no such value", ty.name.value);
                        let help = format!("use one that it has: {}", names.join(", "));
                        let message = not_the_default(&default.value, &problem);
                        self.bad_default(default.span, message, &help);
                    }
                }
            }
        }
    }
}

fn not_the_default(value: &str, problem: &str) -> String {
    format!("`{value}` cannot be the default: {problem}")
}

/// A default of a field whose type has a name.
pub(super) struct NamedDefault {
    value: String,
    span: Span,
    ty: TypeId,
}

const NO_DEFAULT: &str = "this type has none that could be written here";

const HELP: &str = "write what the service assumes when the field is absent, or drop the key";
