//! Outcomes of single items in a reply: the list, the field and the values that `outcome` names
//! exist.

use super::{BASIS, Validator};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, Outcome, Reply, ScalarType, Success, Type, TypeDef, TypeKind};
use crate::near::near;
use crate::raw;
use crate::yaml::read::Text;

impl Validator<'_> {
    pub(super) fn outcome(
        &mut self,
        raw: &raw::Outcome,
        reply: &Reply,
        types: &[TypeDef],
    ) -> Option<Outcome> {
        let basis = raw.basis.as_ref().and_then(|it| self.word(it, BASIS));
        let items = raw.items.as_ref()?;
        let lists: Vec<_> = reply.fields().iter().collect();
        let list = self.field_of_outcome(items, "the reply", &lists)?;
        let fields = match object(&list.ty, types) {
            Some(fields) => fields.iter().collect::<Vec<_>>(),
            // The type of its items may be reported already.
            None if self.has_unresolved(items.span.source) => return None,
            None => {
                self.misfit_of_outcome(
                    items,
                    "is not a list of objects",
                    "name the list whose items say what came of each",
                );
                return None;
            }
        };
        let success = match (&raw.state, &raw.error) {
            (Some(_), None) => self.states(raw, &fields, types)?,
            (None, Some(error)) => {
                let field = self.field_of_outcome(error, "an item", &fields)?;
                self.text_of_outcome(error, field, types)?;
                Success::WithoutError(error.value.clone())
            }
            (None, None) => Success::Never,
            (Some(_), Some(error)) => {
                self.misfit_of_outcome(
                    error,
                    "is given beside `state`",
                    "keep the one of the two that tells more",
                );
                return None;
            }
        };
        if let (None, Some(ok)) = (&raw.state, raw.ok.first()) {
            self.misfit_of_outcome(ok, "is a value of no `state`", "add `state`, or drop `ok`");
        }
        Some(Outcome {
            items: items.value.clone(),
            success,
            basis: basis?,
        })
    }

    /// The values of a field that say that an item succeeded.
    fn states(
        &mut self,
        raw: &raw::Outcome,
        fields: &[&Field],
        types: &[TypeDef],
    ) -> Option<Success> {
        let state = raw.state.as_ref()?;
        let field = self.field_of_outcome(state, "an item", fields)?;
        self.text_of_outcome(state, field, types)?;
        if raw.ok.is_empty() {
            self.misfit_of_outcome(
                state,
                "says nothing without `ok`",
                "add `ok` with the values that mean success",
            );
        }
        match definition(&field.ty, types).map(|ty| &ty.kind) {
            Some(TypeKind::Enum(values)) => {
                let known = values.iter().map(|it| it.name.value.as_str());
                for value in &raw.ok {
                    if !known.clone().any(|it| it == value.value) {
                        self.unknown_in_outcome(value, "the state has no value", known.clone());
                    }
                }
            }
            _ => {
                for value in &raw.ok {
                    self.code(Some(value));
                }
            }
        }
        Some(Success::States {
            field: state.value.clone(),
            values: raw.ok.iter().map(|it| it.value.clone()).collect(),
        })
    }

    fn field_of_outcome<'f>(
        &mut self,
        name: &Text,
        whose: &str,
        fields: &[&'f Field],
    ) -> Option<&'f Field> {
        let mut all = fields.iter();
        let found = all.find(|it| it.name.value == name.value).copied();
        if found.is_none() {
            let names = fields.iter().map(|it| it.name.value.as_str());
            self.unknown_in_outcome(name, &format!("{whose} has no"), names);
        }
        found
    }

    /// `None`, with a report, unless the field is a text or an enum.
    fn text_of_outcome(&mut self, name: &Text, field: &Field, types: &[TypeDef]) -> Option<()> {
        let kind = definition(&field.ty, types).map(|ty| &ty.kind);
        let is_plain =
            field.ty == Type::Scalar(ScalarType::String) && field.time.is_none() && !field.flag;
        if is_plain
            || matches!(kind, Some(TypeKind::Enum(_)))
            || self.has_unresolved(name.span.source)
        {
            return Some(());
        }
        self.misfit_of_outcome(name, "must be a text or an enum", "name another field");
        None
    }

    fn unknown_in_outcome<'n>(
        &mut self,
        name: &Text,
        what: &str,
        known: impl Iterator<Item = &'n str>,
    ) {
        let help = match near(&name.value, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name one that there is".to_owned(),
        };
        let message = format!("{what} `{}`", name.value);
        self.report(Diagnostic::new(Code::OutcomeField, name.span, message).help(help));
    }

    fn misfit_of_outcome(&mut self, name: &Text, what: &str, help: &str) {
        let message = format!("`{}` {what}", name.value);
        self.report(Diagnostic::new(Code::OutcomeField, name.span, message).help(help));
    }
}

/// The fields of the items of a list of objects.
fn object<'t>(list: &Type, types: &'t [TypeDef]) -> Option<&'t [Field]> {
    let Type::Array(item) = list else {
        return None;
    };
    match &definition(item, types)?.kind {
        TypeKind::Object(fields) => Some(fields),
        TypeKind::Enum(_) => None,
    }
}

fn definition<'t>(ty: &Type, types: &'t [TypeDef]) -> Option<&'t TypeDef> {
    match ty {
        Type::Named(id) => types.get(id.index()),
        _ => None,
    }
}
