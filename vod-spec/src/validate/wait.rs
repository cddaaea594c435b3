//! Waiting for tasks: the operation, the fields and the states that `wait` names exist.

use super::Validator;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, Operation, ScalarType, Type, TypeDef, TypeKind, Wait};
use crate::near::near;
use crate::raw;
use crate::yaml::read::Text;

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

/// A task that an operation starts.
#[derive(Clone, Copy)]
struct Awaited<'w> {
    wait: &'w Wait,
    operation: &'w Operation,
    /// The operation that tells how far the task is.
    asked: &'w Operation,
}

impl Validator<'_> {
    /// Checks what `wait` names, now that all operations are known; `complete` says that none could
    /// be left out.
    pub(super) fn waits(&mut self, operations: &[Operation], types: &[TypeDef], complete: bool) {
        for operation in operations {
            let Some(wait) = &operation.wait else {
                continue;
            };
            let named = |other: &&Operation| other.name.value == wait.operation.value;
            match operations.iter().find(named) {
                Some(asked) => {
                    let task = Awaited {
                        wait,
                        operation,
                        asked,
                    };
                    self.wait(task, types);
                }
                None if complete => {
                    let names = operations.iter().map(|it| it.name.value.as_str());
                    self.missing(&wait.operation, "the description has no operation", names);
                }
                None => {}
            }
        }
    }

    fn wait(&mut self, task: Awaited<'_>, types: &[TypeDef]) {
        self.passed(task, types);
        let Awaited { wait, asked, .. } = task;
        for failed in &wait.failed {
            if let Some(done) = wait.done.iter().find(|it| it.value == failed.value) {
                self.report(
                    Diagnostic::new(
                        Code::WaitField,
                        failed.span,
                        format!("`{}` stands in `done` already", failed.value),
                    )
                    .related(done.span, "the first one")
                    .help("drop one: a task is done or has failed, but not both"),
                );
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
            None if item(&state.ty) == &Type::Scalar(ScalarType::String) => {
                for value in wait.done.iter().chain(&wait.failed) {
                    self.code(Some(value));
                }
                return;
            }
            None => return self.no_state(&wait.state),
        };
        for value in wait.done.iter().chain(&wait.failed) {
            let names = values.iter().map(|it| it.name.value.as_str());
            if !names.clone().any(|name| name == value.value) {
                self.missing(value, "the state has no value", names);
            }
        }
    }

    /// What `pass` hands over is there, fits, and is all that the question needs.
    fn passed(&mut self, task: Awaited<'_>, types: &[TypeDef]) {
        let Awaited {
            wait,
            operation,
            asked,
        } = task;
        let parameters: Vec<_> = asked.parameters.iter().map(|it| &it.field).collect();
        let request = operation.parameters.iter().map(|it| &it.field);
        let fields: Vec<_> = operation.reply.fields().iter().chain(request).collect();
        for (parameter, source) in &wait.pass {
            let to = named(&parameters, parameter);
            if to.is_none() {
                let what = format!("`{}` has no", asked.name.value);
                self.missing(parameter, &what, names(&parameters));
            }
            let from = named(&fields, source);
            if from.is_none() {
                let what = "neither the reply nor the request has a";
                self.missing(source, what, names(&fields));
            }
            if let (Some(to), Some(from)) = (to, from)
                && !fills(&from.ty, &to.ty, types)
            {
                let message = format!("`{}` does not fit `{}`", source.value, parameter.value);
                self.report(
                    Diagnostic::new(Code::WaitField, source.span, message)
                        .help("name a field of the type of the parameter, or of that of its items"),
                );
            }
        }
        // Without anything in it, `pass` is reported already.
        if wait.pass.is_empty() {
            return;
        }
        let is_passed = |field: &&&Field| {
            wait.pass
                .iter()
                .any(|(it, _)| *it.value == *field.name.value)
        };
        for field in parameters.iter().filter(|it| it.required && !is_passed(it)) {
            let name = &field.name.value;
            let message = format!(
                "`{}` needs `{name}`, which `pass` leaves out",
                asked.name.value
            );
            self.report(
                Diagnostic::new(Code::WaitField, wait.operation.span, message)
                    .help("add it to `pass`, with the field that its value comes from"),
            );
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
                format!("`{}` is not a state", state.value),
            )
            .help("name an enum or a text"),
        );
    }
}

fn named<'f>(fields: &[&'f Field], name: &Text) -> Option<&'f Field> {
    let mut fields = fields.iter();
    fields.find(|it| it.name.value == name.value).copied()
}

fn names<'f>(fields: &[&'f Field]) -> impl Iterator<Item = &'f str> {
    fields.iter().map(|it| it.name.value.as_str())
}

/// Whether a value of the type `from` can be sent as a `to`, or as an item of it.
fn fills(from: &Type, to: &Type, types: &[TypeDef]) -> bool {
    // An enum is a text on the wire, and knows of values to come.
    let is_text = |ty: &Type| match ty {
        Type::Scalar(ScalarType::String) => true,
        ty => inside(ty, types).is_some_and(|it| matches!(it.kind, TypeKind::Enum(_))),
    };
    match (from, to) {
        (Type::Any, _) | (_, Type::Any) => true,
        (Type::Scalar(ScalarType::Int32), Type::Scalar(ScalarType::Int64)) => true,
        (Type::Array(from), Type::Array(to)) => fills(from, to, types),
        (from, Type::Array(to)) => fills(from, to, types),
        (Type::Array(_), _) => false,
        (from, to) => from == to || is_text(from) && is_text(to),
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
