//! Fields: types, flags, times, the values that can be sent.

use super::types::Names;
use super::{BASIS, Choice, Validator};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Basis, Field, ScalarType, TimeForm, TimeFormat, TimeZone, Type, TypeDef, TypeId, TypeKind,
};
use crate::raw;
use crate::source::SourceId;
use crate::yaml::read::Text;

const FORM: Choice<TimeForm> = Choice {
    what: "a form of a time",
    all: TimeForm::ALL,
    as_str: TimeForm::as_str,
};

const ZONE: Choice<TimeZone> = Choice {
    what: "a zone",
    all: TimeZone::ALL,
    as_str: TimeZone::as_str,
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
        let stated_in = self.stated_in(field, known, &limits);
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
            stated_in,
            blank: self.blank(field, known, required),
            batch: field.batch.as_ref().is_some_and(|it| it.value),
            aliases: field.aliases.clone(),
            absent: self.absent(field, known),
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
}

/// Values of an enum that can be sent.
pub(super) struct NamedValues {
    values: Vec<Text>,
    ty: TypeId,
}
