//! What is asked about a task: the parameters and where their values come from.

use super::{Awaited, inside, is_enum, is_text, named, names};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, Operation, ScalarType, TimeForm, Type, TypeDef, TypeKind, Wait};
use crate::validate::Validator;

impl Validator<'_> {
    /// Earlier tasks are asked for before there is a reply.
    pub(super) fn known_before(&mut self, wait: &Wait, request: &[&Field]) {
        for (_, source) in &wait.pass {
            if named(request, source).is_none() {
                let what = "earlier tasks are asked for before the call, whose request has no";
                self.missing(source, what, names(request));
            }
        }
    }

    /// The time from which tasks are listed.
    pub(super) fn since(&mut self, wait: &Wait, asked: &Operation) {
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

    /// What `pass` hands over is there, fits, and is all that the question needs.
    pub(super) fn passed(&mut self, task: Awaited<'_>, types: &[TypeDef]) {
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
    pub(super) fn fixed(&mut self, task: Awaited<'_>, types: &[TypeDef]) {
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
