//! Waiting for tasks: the operation, the fields and the states that `wait` names exist.

use super::Validator;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, Operation, ScalarType, Type, TypeDef, TypeKind, Wait};
use crate::raw;
use crate::read::{Text, near};

/// Whether what it names exists is checked when all operations are known.
pub(super) fn wait(raw: &raw::Wait) -> Option<Wait> {
    let pass = raw.pass.iter();
    Some(Wait {
        operation: raw.operation.clone()?,
        pass: pass
            .map(|(name, field)| Some((name.clone(), field.clone()?)))
            .collect::<Option<_>>()?,
        state: raw.state.clone()?,
        done: raw.done.clone(),
        failed: raw.failed.clone(),
    })
}

impl Validator<'_> {
    /// Checks what `wait` names, now that all operations are known; `complete` says that none could be left out.
    pub(super) fn waits(&mut self, operations: &[Operation], types: &[TypeDef], complete: bool) {
        for operation in operations {
            let Some(wait) = &operation.wait else {
                continue;
            };
            let named = |other: &&Operation| other.name.value == wait.operation.value;
            match operations.iter().find(named) {
                Some(asked) => self.wait(wait, operation, asked, types),
                None if complete => {
                    let names = operations.iter().map(|it| it.name.value.as_str());
                    self.missing(&wait.operation, "the description has no operation", names);
                }
                None => {}
            }
        }
    }

    fn wait(&mut self, wait: &Wait, operation: &Operation, asked: &Operation, types: &[TypeDef]) {
        for (parameter, source) in &wait.pass {
            let names = asked
                .parameters
                .iter()
                .map(|it| it.field.name.value.as_str());
            if !names.clone().any(|name| name == parameter.value) {
                self.missing(parameter, &format!("`{}` has no", asked.name.value), names);
            }
            let request = operation.parameters.iter().map(|it| &it.field);
            let fields = operation.reply.fields().iter().chain(request);
            let names = fields.map(|field| field.name.value.as_str());
            if !names.clone().any(|name| name == source.value) {
                self.missing(source, "neither the reply nor the request has a", names);
            }
        }
        // The way to the state may lead through a type that is reported already.
        if !self.unresolved.is_empty() {
            return;
        }
        let mut fields = asked.reply.fields();
        let mut found: Option<&Field> = None;
        for part in wait.state.value.split('.') {
            let Some(field) = fields.iter().find(|field| field.name.value == part) else {
                let names = fields.iter().map(|field| field.name.value.as_str());
                let part = Text::new(part.to_owned(), wait.state.span);
                self.missing(&part, "on the way to the state there is no", names);
                return;
            };
            found = Some(field);
            fields = inside(&field.ty, types).map_or(&[], |ty| match &ty.kind {
                TypeKind::Object(fields) => fields,
                TypeKind::Enum(_) => &[],
            });
        }
        let Some(state) = found else { return };
        let values = match inside(&state.ty, types).map(|ty| &ty.kind) {
            Some(TypeKind::Enum(values)) => values,
            Some(TypeKind::Object(_)) => return self.no_state(&wait.state),
            None if item(&state.ty) == &Type::Scalar(ScalarType::String) => return,
            None => return self.no_state(&wait.state),
        };
        for value in wait.done.iter().chain(&wait.failed) {
            let names = values.iter().map(|it| it.name.value.as_str());
            if !names.clone().any(|name| name == value.value) {
                self.missing(value, "the state has no value", names);
            }
        }
    }

    fn missing<'n>(&mut self, name: &Text, what: &str, names: impl Iterator<Item = &'n str>) {
        let help = match near(&name.value, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name one that there is".to_owned(),
        };
        let message = format!("{what} `{}`", name.value);
        self.report(Diagnostic::new(Code::WaitField, name.span, message).help(help));
    }

    fn no_state(&mut self, state: &Text) {
        self.report(
            Diagnostic::new(
                Code::WaitField,
                state.span,
                format!("`{}` is no state", state.value),
            )
            .help("name an enum or a text"),
        );
    }
}

/// The type of the items, however many lists are around them.
fn item(ty: &Type) -> &Type {
    match ty {
        Type::Array(inner) => item(inner),
        ty => ty,
    }
}

fn inside<'t>(ty: &Type, types: &'t [TypeDef]) -> Option<&'t TypeDef> {
    match item(ty) {
        Type::Named(id) => types.get(id.index()),
        _ => None,
    }
}
