//! Fields: types, limits, defaults.

use super::types::Names;
use super::{BASIS, Choice, Validator};
use crate::diagnostic::{Code, Diagnostic};
use crate::json::Json;
use crate::model::{
    Basis, Bounds, Field, LengthUnit, Limits, ScalarType, TimeForm, TimeFormat, TimeZone, Type,
    TypeDef, TypeId, TypeKind,
};
use crate::raw;
use crate::source::{SourceId, Span, Spanned, hidden};
use crate::yaml::Scalar;
use crate::yaml::read::Text;

const FORM: Choice<TimeForm> = Choice {
    what: "form of a time",
    all: TimeForm::ALL,
    as_str: TimeForm::as_str,
};

const ZONE: Choice<TimeZone> = Choice {
    what: "zone",
    all: TimeZone::ALL,
    as_str: TimeZone::as_str,
};

const UNIT: Choice<LengthUnit> = Choice {
    what: "unit",
    all: LengthUnit::ALL,
    as_str: LengthUnit::as_str,
};

impl Validator<'_> {
    /// Fields of replies and types.
    pub(super) fn fields(
        &mut self,
        fields: &[raw::Field],
        source: SourceId,
        names: &Names<'_>,
    ) -> Vec<Field> {
        let build = |field: &raw::Field| {
            if let Some(batch) = field.batch.as_ref().filter(|it| it.value) {
                let help = "drop `batch`, or give it to a parameter of the operation";
                self.misfit(batch.span, "only a parameter can be sent in batches", help);
            }
            self.field(field, source, names)
        };
        fields.iter().map(build).collect()
    }

    /// A field of a request itself.
    pub(super) fn parameter(
        &mut self,
        raw: &raw::Field,
        source: SourceId,
        names: &Names<'_>,
    ) -> Field {
        let field = self.field(raw, source, names);
        let is_known = |ty: &Text| !self.is_unresolved(ty.span);
        let is_other = !matches!(field.ty, Type::Array(_)) && raw.ty.as_ref().is_some_and(is_known);
        if let Some(batch) = raw.batch.as_ref().filter(|it| it.value)
            && (is_other || raw.max_items.is_none())
        {
            self.misfit(
                batch.span,
                "only an array with `max_items` can be sent in batches",
                "drop `batch`, or add `max_items`",
            );
        } else if let Some(batch) = raw.batch.as_ref().filter(|it| it.value)
            && (field.limits.items.max == Some(0) || field.limits.items.min > Some(1))
        {
            self.misfit(
                batch.span,
                "the last batch can have a single item, which these limits refuse",
                "drop `batch`, or correct `min_items` and `max_items`",
            );
        }
        field
    }

    fn field(&mut self, field: &raw::Field, source: SourceId, names: &Names<'_>) -> Field {
        self.wire_name(&field.name, "a field");
        let ty = match &field.ty {
            Some(text) => self.resolve(text, source, names),
            None => Type::Any,
        };
        // Nothing is known to fit or misfit a type that could not be resolved.
        let known = field
            .ty
            .as_ref()
            .filter(|text| !self.is_unresolved(text.span))
            .map(|_| &ty);
        let limits = self.limits(field, known);
        let flag = self.flag(field, known);
        let time = self.time(field, known);
        let only = self.only(field, known);
        let required = field.required.as_ref().is_some_and(|it| it.value);
        let default = field
            .default
            .as_ref()
            .and_then(|default| self.default(default, known?, &limits));
        if let (Some(default), true) = (&field.default, required) {
            self.report(
                Diagnostic::new(
                    Code::BadDefault,
                    default.span,
                    "a required field has no use for a default",
                )
                .help("drop `default`, or `required`"),
            );
        }
        Field {
            name: field.name.clone(),
            doc: self.prose(field.doc.as_ref()),
            required,
            default,
            flag,
            time,
            only,
            limits,
            blank: self.blank(field, known, required),
            batch: field.batch.as_ref().is_some_and(|it| it.value),
            sensitive: field.sensitive.as_ref().is_some_and(|it| it.value),
            deprecated: self.optional_prose(field.deprecated.as_ref()),
            rust: field.rust.clone(),
            ty,
        }
    }

    /// Whether it is a number or a text that means yes or no.
    fn flag(&mut self, field: &raw::Field, ty: Option<&Type>) -> bool {
        let Some(flag) = field.flag.as_ref().filter(|flag| flag.value) else {
            return false;
        };
        let is_one = |ty: &Type| {
            let kinds = [ScalarType::Int32, ScalarType::Int64, ScalarType::String];
            matches!(ty, Type::Scalar(scalar) if kinds.contains(scalar))
        };
        if ty.is_some_and(|ty| !is_one(ty)) {
            self.misfit(
                flag.span,
                "only `int32`, `int64` and `string` can be a flag",
                "drop `flag`: a `bool` needs none",
            );
        }
        true
    }

    fn time(&mut self, field: &raw::Field, ty: Option<&Type>) -> Option<TimeFormat> {
        let raw = field.time.as_ref()?;
        let form = self.word(raw.form.as_ref()?, FORM)?;
        let zone = raw.zone.as_ref().and_then(|zone| self.word(zone, ZONE));
        let basis = raw.basis.as_ref().and_then(|basis| self.word(basis, BASIS));
        if let Some(zone) = raw.zone.as_ref().filter(|_| form.has_zone()) {
            let help = "drop `zone`";
            self.misfit(
                zone.span,
                "a time of this form already contains its zone",
                help,
            );
        }
        let fits = |ty: &Type| match ty {
            Type::Scalar(ScalarType::String) => true,
            Type::Scalar(ScalarType::Int32 | ScalarType::Int64) => form == TimeForm::Seconds,
            _ => false,
        };
        if ty.is_some_and(|ty| !fits(ty)) {
            self.misfit(
                raw.key,
                "only a `string` can be a time, and a whole number one in `seconds`",
                "drop `time`, or correct the type",
            );
        }
        if field.flag.as_ref().is_some_and(|flag| flag.value) {
            self.misfit(raw.key, "a flag cannot be a time", "drop `flag` or `time`");
        }
        Some(TimeFormat {
            form,
            zone,
            basis: basis.unwrap_or(Basis::Documented),
        })
    }

    /// The values that can be sent. Whether the enum has them is known when all types are.
    fn only(&mut self, field: &raw::Field, ty: Option<&Type>) -> Option<Vec<Text>> {
        let only = field.only.clone()?;
        let inner = match ty {
            Some(Type::Array(inner)) => Some(&**inner),
            ty => ty,
        };
        match inner {
            Some(Type::Named(id)) => self.named_values.push(NamedValues {
                values: only.clone(),
                ty: *id,
            }),
            Some(_) => {
                let span = only.first().map_or(field.name.span, |it| it.span);
                let help = "define an enum under `types:`, and make it the type";
                self.misfit(span, "only an enum has values to choose from", help);
            }
            None => {}
        }
        Some(only)
    }

    /// Whether blank text has a meaning: by default not in required fields, ids and items of arrays.
    fn blank(&mut self, field: &raw::Field, ty: Option<&Type>, required: bool) -> bool {
        let is_list = matches!(ty, Some(Type::Array(_)));
        if let Some(blank) = &field.blank {
            let is_text = |ty: &Type| match ty {
                Type::Array(inner) => **inner == Type::Scalar(ScalarType::String),
                ty => *ty == Type::Scalar(ScalarType::String),
            };
            if ty.is_some_and(|ty| !is_text(ty)) {
                let help = "drop `blank`";
                self.misfit(blank.span, "only a `string` can be blank", help);
            }
            return blank.value;
        }
        let name = &field.name.value;
        let is_id = name == "id" || name.ends_with("_id") || name.ends_with("_ids");
        !required && !is_list && !is_id
    }

    fn misfit(&mut self, span: Span, message: &str, help: &str) {
        self.report(Diagnostic::new(Code::LimitMisfit, span, message).help(help));
    }

    fn limits(&mut self, field: &raw::Field, ty: Option<&Type>) -> Limits {
        let (range, length) = (field.range.as_ref(), field.length.as_ref());
        if let (Some(limit), Some(ty)) = (range, ty) {
            match ty {
                Type::Array(inner) if is_whole_number(inner) => {}
                Type::Scalar(ScalarType::Int32) => {
                    for bound in [&limit.min, &limit.max].into_iter().flatten() {
                        if i32::try_from(bound.value).is_err() {
                            let help = "make the field an `int64`, or correct the limit";
                            self.misfit(bound.span, "an `int32` cannot hold this limit", help);
                        }
                    }
                }
                Type::Scalar(ScalarType::Int64) => {}
                _ => self.misfit(
                    limit.key,
                    "only `int32` and `int64` have a range",
                    "a `string` has a `length`, an array `min_items` and `max_items`",
                ),
            }
        }
        if let (Some(limit), Some(ty)) = (length, ty) {
            let text = Type::Scalar(ScalarType::String);
            if *ty == text || matches!(ty, Type::Array(inner) if **inner == text) {
                self.not_negative(ends(length), "a length");
            } else {
                self.misfit(
                    limit.key,
                    "only `string` has a length",
                    "a whole number has a `range`, an array `min_items` and `max_items`",
                );
            }
        }
        let items = [field.min_items.as_ref(), field.max_items.as_ref()];
        if ty.is_none_or(|ty| matches!(ty, Type::Array(_))) {
            self.not_negative(items, "a number of items");
        } else {
            for bound in items.into_iter().flatten() {
                let help = "a `string` has a `length`, a whole number a `range`";
                self.misfit(bound.span, "only an array has a number of items", help);
            }
        }
        let unit = length.and_then(|length| length.unit.as_ref());
        let unit = unit.and_then(|unit| self.word(unit, UNIT));
        Limits {
            unit: unit.unwrap_or_default(),
            range: self.bounds(ends(range)),
            length: self.bounds(ends(length)),
            items: self.bounds(items),
        }
    }

    fn not_negative(&mut self, ends: Ends<'_>, what: &str) {
        for bound in ends.into_iter().flatten().filter(|it| it.value < 0) {
            self.misfit(
                bound.span,
                &format!("{what} is never negative"),
                "write zero or more, or drop it",
            );
        }
    }

    fn bounds(&mut self, [min, max]: Ends<'_>) -> Bounds {
        if let (Some(min), Some(max)) = (min, max)
            && min.value > max.value
        {
            self.misfit(
                max.span,
                "nothing can meet this limit: the largest is smaller than the smallest",
                "swap the two, or correct one",
            );
        }
        Bounds {
            min: min.map(|it| it.value),
            max: max.map(|it| it.value),
        }
    }

    /// The default as JSON, if it fits.
    fn default(&mut self, default: &Spanned<Scalar>, ty: &Type, limits: &Limits) -> Option<Json> {
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
                None => "it is no whole number",
            },
            Type::Scalar(ScalarType::Float | ScalarType::Double) => {
                match scalar.text.parse::<f64>() {
                    Ok(value) if value.is_finite() && scalar.is_number() => {
                        return Some(Json::Float(value));
                    }
                    _ => "it is no number",
                }
            }
            Type::Scalar(ScalarType::String) => {
                if scalar.is_null() || scalar.boolean().is_some() || scalar.is_number() {
                    help = "put it in quotes";
                    "it is no text without quotes"
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

    /// Checks the values of `only`, now that all types are known.
    pub(super) fn named_values(&mut self, types: &[TypeDef]) {
        for NamedValues { values, ty } in std::mem::take(&mut self.named_values) {
            let Some(ty) = types.get(ty.0) else { continue };
            let known: Vec<_> = match &ty.kind {
                TypeKind::Enum(known) => known.iter().map(|it| it.name.value.as_str()).collect(),
                TypeKind::Object(_) => Vec::new(),
            };
            for value in values.iter().filter(|it| !known.contains(&&*it.value)) {
                let message = format!("`{}` has no value `{}`", ty.name.value, value.value);
                let help = format!("use one that it has: {}", known.join(", "));
                self.misfit(value.span, &message, &help);
            }
        }
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

fn is_whole_number(ty: &Type) -> bool {
    matches!(ty, Type::Scalar(ScalarType::Int32 | ScalarType::Int64))
}

/// The smallest and the largest value, as far as they are written.
type Ends<'l> = [Option<&'l Spanned<i64>>; 2];

fn ends(limit: Option<&raw::Limit>) -> Ends<'_> {
    let end = |of: fn(&raw::Limit) -> Option<&Spanned<i64>>| limit.and_then(of);
    [end(|it| it.min.as_ref()), end(|it| it.max.as_ref())]
}

/// Values of an enum that can be sent.
pub(super) struct NamedValues {
    values: Vec<Text>,
    ty: TypeId,
}

/// A default of a field whose type has a name.
pub(super) struct NamedDefault {
    value: String,
    span: Span,
    ty: TypeId,
}

const NO_DEFAULT: &str = "this type has none that could be written here";

const HELP: &str = "write what the service assumes when the field is absent, or drop the key";
