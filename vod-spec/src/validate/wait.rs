//! Waiting for tasks: the operations, the fields and the states that `wait` names exist.

use super::Validator;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, Operation, ScalarType, TimeForm, Type, TypeDef, TypeKind, Wait};
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

    /// The state is there, and has the values that end the wait.
    fn state(&mut self, task: Awaited<'_>, types: &[TypeDef]) {
        let Awaited { wait, asked, .. } = task;
        let Some(state) = self.walk(&wait.state, asked, types) else {
            return;
        };
        let values = match inside(&state.ty, types).map(|ty| &ty.kind) {
            Some(TypeKind::Enum(values)) => values,
            None if is_text(&state.ty) => {
                for value in wait.done.iter().chain(&wait.failed) {
                    self.code(Some(value));
                }
                return;
            }
            _ => return self.no_text(&wait.state),
        };
        for value in wait.done.iter().chain(&wait.failed) {
            let names = values.iter().map(|it| it.name.value.as_str());
            if !names.clone().any(|name| name == value.value) {
                self.missing(value, "the state has no value", names);
            }
        }
    }

    /// Earlier tasks are asked for before there is a reply.
    fn known_before(&mut self, wait: &Wait, request: &[&Field]) {
        for (_, source) in &wait.pass {
            if named(request, source).is_none() {
                let what = "earlier tasks are asked for before the call, whose request has no";
                self.missing(source, what, names(request));
            }
        }
    }

    /// The time from which tasks are listed.
    fn since(&mut self, wait: &Wait, asked: &Operation) {
        let Some(since) = &wait.since else { return };
        let parameters: Vec<_> = asked.parameters.iter().map(|it| &it.field).collect();
        match named(&parameters, since) {
            None => {
                let what = format!("`{}` has no", asked.name.value);
                self.missing(since, &what, names(&parameters));
            }
            Some(field) if field.time.is_none_or(|it| it.form != TimeForm::Rfc3339) => self.report(
                Diagnostic::new(
                    Code::WaitField,
                    since.span,
                    format!("`{}` is not a time of the form `rfc3339`", since.value),
                )
                .help("name a parameter that is"),
            ),
            Some(_) => {}
        }
    }

    /// A text that stands beside the state.
    fn beside(&mut self, task: Awaited<'_>, types: &[TypeDef], path: Option<&Text>) {
        let Some(path) = path else { return };
        let Awaited { wait, asked, .. } = task;
        if folder(&path.value) != folder(&wait.state.value) {
            self.report(
                Diagnostic::new(
                    Code::WaitField,
                    path.span,
                    format!("`{}` does not stand beside the state", path.value),
                )
                .help(format!(
                    "name a field of the object that holds `{}`",
                    wait.state.value
                )),
            );
            return;
        }
        self.text_at(path, asked, types);
    }

    /// The operation that says why a task failed: it takes what is passed, and has the reason.
    fn explained(&mut self, task: Awaited<'_>, types: &[TypeDef]) {
        self.passed(task, types);
        match (&task.wait.reason, &task.wait.explained_by) {
            (Some(reason), _) => self.text_at(reason, task.asked, types),
            (None, Some(explained_by)) => self.report(
                Diagnostic::new(
                    Code::WaitField,
                    explained_by.span,
                    "`explained_by` needs a `reason`",
                )
                .help("add it: the field of the reply that says why a task failed"),
            ),
            (None, None) => {}
        }
    }

    fn text_at(&mut self, path: &Text, asked: &Operation, types: &[TypeDef]) {
        if let Some(field) = self.walk(path, asked, types)
            && !is_text(&field.ty)
            && !is_enum(&field.ty, types)
        {
            self.no_text(path);
        }
    }

    /// The field at the end of a path.
    fn walk<'f>(
        &mut self,
        path: &Text,
        asked: &'f Operation,
        types: &'f [TypeDef],
    ) -> Option<&'f Field> {
        // The way may lead through a type that is reported already.
        if !self.unresolved.is_empty() {
            return None;
        }
        let mut fields = asked.reply.fields();
        let mut found = None;
        for part in path.value.split('.') {
            let Some(field) = fields.iter().find(|field| field.name.value == part) else {
                let names = fields.iter().map(|field| field.name.value.as_str());
                let part = Text::new(part.to_owned(), path.span);
                let what = format!("on the way to `{}` there is no", path.value);
                self.missing(&part, &what, names);
                return None;
            };
            found = Some(field);
            fields = inside(&field.ty, types).map_or(&[], |ty| match &ty.kind {
                TypeKind::Object(fields) => fields,
                TypeKind::Enum(_) => &[],
            });
        }
        found
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
        let is_given = |field: &&&Field| {
            let mut given = wait.pass.iter().chain(&wait.set);
            given.any(|(it, _)| *it.value == *field.name.value)
        };
        for field in parameters.iter().filter(|it| it.required && !is_given(it)) {
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

    /// What `set` says is there, and takes the value.
    fn fixed(&mut self, task: Awaited<'_>, types: &[TypeDef]) {
        let Awaited { wait, asked, .. } = task;
        let parameters: Vec<_> = asked.parameters.iter().map(|it| &it.field).collect();
        for (parameter, value) in &wait.set {
            let Some(field) = named(&parameters, parameter) else {
                let what = format!("`{}` has no", asked.name.value);
                self.missing(parameter, &what, names(&parameters));
                continue;
            };
            match inside(&field.ty, types).map(|ty| &ty.kind) {
                Some(TypeKind::Enum(values)) => {
                    let mut names = values.iter().map(|it| it.name.value.as_str());
                    if !names.any(|name| name == value.value) {
                        let names = values.iter().map(|it| it.name.value.as_str());
                        let what = format!("`{}` has no value", parameter.value);
                        self.missing(value, &what, names);
                    }
                }
                None if is_text(&field.ty) => {}
                _ => self.no_text(parameter),
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

/// The part of a path before its last name.
fn folder(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(folder, _)| folder)
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
    let is_text = |ty: &Type| matches!(ty, Type::Scalar(ScalarType::String)) || is_enum(ty, types);
    match (from, to) {
        (Type::Any, _) | (_, Type::Any) => true,
        (Type::Scalar(ScalarType::Int32), Type::Scalar(ScalarType::Int64)) => true,
        (Type::Array(from), Type::Array(to)) => fills(from, to, types),
        (from, Type::Array(to)) => fills(from, to, types),
        (Type::Array(_), _) => false,
        (from, to) => from == to || is_text(from) && is_text(to),
    }
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
