//! Checks that constraints name existing fields, and values that these can have.

use super::{BASIS, Validator};
use crate::diagnostic::{Code, Diagnostic};
use crate::format::DEMANDS;
use crate::model::{
    Basis, Condition, Constraint, Demand, Field, ScalarType, Test, Type, TypeDef, TypeKind,
};
use crate::near::near;
use crate::raw;
use crate::source::{Span, Spanned};
use crate::yaml::Scalar;
use crate::yaml::read::Text;
use vod_page::json::Json;

/// What constraints can name: all fields of one type, or all parameters of one operation, and the
/// types inside of these.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s> {
    pub(super) fields: &'s [&'s Field],
    pub(super) types: &'s [TypeDef],
}

/// What a constraint demands of which fields.
#[derive(Clone, Copy)]
struct Relation<'r> {
    demand: Demand,
    names: &'r [Text],
    span: Span,
}

impl Validator<'_> {
    pub(super) fn constraints(
        &mut self,
        raw: &[raw::Constraint],
        scope: Scope<'_>,
    ) -> Vec<Constraint> {
        let build = |raw: &raw::Constraint| self.constraint(raw, scope);
        raw.iter().filter_map(build).collect()
    }

    fn constraint(&mut self, raw: &raw::Constraint, scope: Scope<'_>) -> Option<Constraint> {
        let [(key, names)] = raw.demands.as_slice() else {
            let message = if raw.demands.is_empty() {
                "this constraint demands nothing"
            } else {
                "this constraint demands several things"
            };
            let help = format!("use exactly one of: {}", DEMANDS.join(", "));
            self.report(Diagnostic::new(Code::ConstraintMisfit, raw.span, message).help(help));
            return None;
        };
        let demand = *Demand::ALL.iter().find(|it| it.as_str() == *key)?;
        for (index, name) in names.iter().enumerate() {
            self.known_path(name, demand, scope)?;
            let earlier = names.iter().take(index);
            if let Some(first) = earlier.into_iter().find(|it| it.value == name.value) {
                let message = format!("`{}` is given twice", name.value);
                self.report(
                    Diagnostic::new(Code::ConstraintMisfit, name.span, message)
                        .related(first.span, "the first one")
                        .help("keep one of the two"),
                );
            }
        }
        let relation = Relation {
            demand,
            names,
            span: raw.span,
        };
        let conditions = raw.conditions.as_deref().unwrap_or_default();
        let conditions = self.conditions(conditions, relation, scope)?;
        self.says_something(relation, scope.fields);
        let basis = raw.basis.as_ref();
        Some(Constraint {
            demand,
            fields: names.clone(),
            conditions,
            basis: basis
                .and_then(|basis| self.word(basis, BASIS))
                .unwrap_or(Basis::Inferred),
            doc: self.optional_prose(raw.doc.as_ref()),
            span: raw.span,
        })
    }

    /// A relation needs several fields, and must not always or never hold.
    fn says_something(&mut self, relation: Relation<'_>, fields: &[&Field]) {
        let Relation {
            demand,
            names,
            span,
        } = relation;
        // A single field can be required even if the docs call it optional.
        let least = if demand == Demand::AtLeastOne { 1 } else { 2 };
        if !demand.is_conditional() && names.len() < least {
            let message = format!("`{}` needs at least two fields", demand.as_str());
            self.misfits(span, message, "add the others");
        }
        let mut named = fields
            .iter()
            .filter(|field| names.iter().any(|name| name.value == field.name.value));
        if let Some(field) = named.find(|field| field.required) {
            let name = &field.name.value;
            let message = format!("`{name}` is always given: it has `required: true`");
            self.misfits(span, message, "drop it here, or drop `required` there");
        }
    }

    fn conditions(
        &mut self,
        conditions: &[raw::Condition],
        relation: Relation<'_>,
        scope: Scope<'_>,
    ) -> Option<Vec<Condition>> {
        let demand = relation.demand;
        if demand.is_conditional() == conditions.is_empty() {
            let (message, help) = if demand.is_conditional() {
                (
                    format!("`{}` needs a condition", demand.as_str()),
                    "add `if:` with a field and its value, `present` or `absent`",
                )
            } else {
                (
                    format!("`{}` takes no condition", demand.as_str()),
                    "drop `if`, or use `required` or `allowed`",
                )
            };
            self.misfits(relation.span, message, help);
            return None;
        }
        let mut built = Vec::new();
        for condition in conditions {
            let field = self.known(&condition.field, scope.fields)?;
            if relation.names.iter().any(|it| it.value == field.name.value) {
                let message = format!("`{}` cannot depend on itself", field.name.value);
                self.misfits(condition.field.span, message, "name another field");
            }
            built.push(Condition {
                field: condition.field.clone(),
                test: self.test(condition, field, scope.types)?,
            });
        }
        Some(built)
    }

    fn test(
        &mut self,
        condition: &raw::Condition,
        field: &Field,
        types: &[TypeDef],
    ) -> Option<Test> {
        if let [only] = condition.values.as_slice() {
            match only.value.text.as_str() {
                "present" => return Some(Test::Present),
                "absent" => return Some(Test::Absent),
                _ => {}
            }
        }
        let values = condition.values.iter();
        let values: Option<Vec<_>> = values.map(|it| self.value_of(it, field, types)).collect();
        values.filter(|values| !values.is_empty()).map(Test::OneOf)
    }

    /// A value that the field can have.
    fn value_of(
        &mut self,
        value: &Spanned<Scalar>,
        field: &Field,
        types: &[TypeDef],
    ) -> Option<Json> {
        let scalar = &value.value;
        let json = match (&field.ty, field.flag) {
            (_, true) | (Type::Scalar(ScalarType::Bool), _) => scalar.boolean().map(Json::Bool),
            (Type::Scalar(ScalarType::Int32 | ScalarType::Int64), _) => {
                let number = scalar.integer();
                let allowed = number.filter(|number| field.limits.range.allow(*number));
                allowed.map(Json::Int)
            }
            (Type::Scalar(ScalarType::String), _) => Some(Json::String(scalar.text.clone())),
            (Type::Named(id), _) => match types.get(id.0).map(|ty| &ty.kind) {
                Some(TypeKind::Enum(values)) => {
                    let mut values = values.iter().map(|it| &it.name.value);
                    let is_known = values.any(|known| *known == scalar.text);
                    is_known.then(|| Json::String(scalar.text.clone()))
                }
                _ => None,
            },
            _ => None,
        };
        if json.is_none() {
            let message = format!("`{}` cannot be `{}`", field.name.value, scalar.text);
            let help = if field.flag {
                "write `true` or `false`, `present` or `absent`"
            } else {
                "write a value that it can have, `present` or `absent`"
            };
            self.misfits(value.span, message, help);
        }
        json
    }

    /// The field with a name, or at the end of a path of names with dots between them.
    fn known_path(&mut self, name: &Text, demand: Demand, scope: Scope<'_>) -> Option<()> {
        let mut fields = scope.fields.to_vec();
        let mut parts = name.value.split('.').peekable();
        if name.value.contains('.') && !demand.is_conditional() {
            let message = format!(
                "`{}` cannot name a field of an object inside",
                demand.as_str()
            );
            let help = "name the object, or give its type a constraint of its own";
            self.misfits(name.span, message, help);
            return None;
        }
        while let Some(part) = parts.next() {
            let part = Spanned::new(part.to_owned(), name.span);
            let field = self.known(&part, &fields)?;
            if parts.peek().is_some() {
                fields = inside(&field.ty, scope.types);
            }
        }
        Some(())
    }

    fn known<'f>(&mut self, name: &Text, fields: &[&'f Field]) -> Option<&'f Field> {
        let found = fields.iter().find(|it| it.name.value == name.value);
        if found.is_none() {
            let message = format!("there is no field `{}` here", name.value);
            let names = fields.iter().map(|it| it.name.value.as_str());
            let help = match near(&name.value, names.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if fields.is_empty() => "only an object has fields".to_owned(),
                None => format!("use one of: {}", names.collect::<Vec<_>>().join(", ")),
            };
            let diagnostic = Diagnostic::new(Code::ConstraintMisfit, name.span, message);
            self.report(diagnostic.help(help));
        }
        found.copied()
    }

    fn misfits(&mut self, span: Span, message: String, help: &str) {
        self.report(Diagnostic::new(Code::ConstraintMisfit, span, message).help(help));
    }
}

/// The fields of an object, or of the objects in an array.
fn inside<'t>(ty: &Type, types: &'t [TypeDef]) -> Vec<&'t Field> {
    match ty {
        Type::Array(item) => inside(item, types),
        Type::Named(id) => match types.get(id.0).map(|ty| &ty.kind) {
            Some(TypeKind::Object(fields)) => fields.iter().collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}
