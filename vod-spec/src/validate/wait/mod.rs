//! Waiting for tasks: the operations, the fields and the states that `wait` names exist.

mod answer;
mod question;

use super::Validator;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, Operation, ScalarType, Type, TypeDef, TypeKind, Wait};
use crate::near::near;
use crate::raw;
use crate::yaml::read::Text;

/// Whether what it names exists is checked when all operations are known.
pub(super) fn wait(raw: &raw::Wait) -> Option<Wait> {
    let pairs = |pairs: &[(Text, Option<Text>)]| {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| Some((name.clone(), value.clone()?)))
            .collect::<Option<_>>()
    };
    Some(Wait {
        asked_by: raw.asked_by.clone(),
        operation: raw.operation.clone()?,
        pass: pairs(&raw.pass)?,
        set: pairs(&raw.set)?,
        since: raw.since.clone(),
        state: raw.state.clone()?,
        done: raw.done.clone(),
        failed: raw.failed.clone(),
        earlier: raw.earlier.clone(),
        together: raw.together.clone(),
        reason: raw.reason.clone(),
        reason_part: raw.reason_part.clone(),
        explained_by: raw.explained_by.clone(),
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
        let find = |name: &Text| operations.iter().find(|it| it.name.value == name.value);
        for operation in operations {
            for wait in &operation.waits {
                let explained = wait.explained_by.as_ref();
                for name in [Some(&wait.operation), explained].into_iter().flatten() {
                    if find(name).is_none() && complete {
                        let names = operations.iter().map(|it| it.name.value.as_str());
                        self.missing(name, "the description has no operation", names);
                    }
                }
                self.one_operation(&operation.waits, wait);
                let Some(asked) = find(&wait.operation) else {
                    continue;
                };
                let task = Awaited {
                    wait,
                    operation,
                    asked,
                };
                self.wait(task, types);
                match explained.map(find) {
                    Some(Some(asked)) => self.explained(Awaited { asked, ..task }, types),
                    Some(None) => {}
                    None => self.beside(task, types, wait.reason.as_ref()),
                }
            }
        }
    }

    /// What is waited for has one type of answer.
    fn one_operation(&mut self, waits: &[Wait], wait: &Wait) {
        let Some(first) = waits.first() else { return };
        if first.operation.value != wait.operation.value {
            self.report(
                Diagnostic::new(
                    Code::WaitField,
                    wait.operation.span,
                    "all tasks of an operation are asked for by one operation",
                )
                .related(first.operation.span, "the first one")
                .help(format!("name `{}`", first.operation.value)),
            );
        }
    }

    fn wait(&mut self, task: Awaited<'_>, types: &[TypeDef]) {
        let Awaited {
            wait,
            operation,
            asked,
        } = task;
        self.passed(task, types);
        self.fixed(task, types);
        let own: Vec<_> = operation.parameters.iter().map(|it| &it.field).collect();
        if let Some(asked_by) = &wait.asked_by
            && named(&own, asked_by).is_none()
        {
            self.missing(asked_by, "the request has no", names(&own));
        }
        self.since(wait, asked);
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
        self.state(task, types);
        for field in [&wait.earlier, &wait.together] {
            self.beside(task, types, field.as_ref());
        }
        if wait.earlier.is_some() {
            self.known_before(wait, &own);
        }
        if let (Some(part), None) = (&wait.reason_part, &wait.reason) {
            self.report(
                Diagnostic::new(Code::WaitField, part.span, "`reason_part` needs a `reason`")
                    .help("add it: the field of the reply that says why a task failed"),
            );
        }
        if let Some(together) = &wait.together
            && wait.pass.len() != 1
        {
            self.report(
                Diagnostic::new(
                    Code::WaitField,
                    together.span,
                    "several tasks can be asked for together only by one parameter",
                )
                .help("drop it, or pass one parameter"),
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

    fn no_text(&mut self, name: &Text) {
        self.report(
            Diagnostic::new(
                Code::WaitField,
                name.span,
                format!("`{}` is neither an enum nor a text", name.value),
            )
            .help("name one that is"),
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

/// Whether it is a text, or a list of texts.
fn is_text(ty: &Type) -> bool {
    item(ty) == &Type::Scalar(ScalarType::String)
}

fn is_enum(ty: &Type, types: &[TypeDef]) -> bool {
    inside(ty, types).is_some_and(|it| matches!(it.kind, TypeKind::Enum(_)))
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
