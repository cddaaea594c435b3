//! What an answer says of a task: its state, what stands beside it, and why it failed.

use super::{Awaited, inside, is_enum, is_text};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, Operation, TypeDef, TypeKind};
use crate::validate::Validator;
use crate::yaml::read::Text;

impl Validator<'_> {
    /// The state is there, and has the values that end the wait.
    pub(super) fn state(&mut self, task: Awaited<'_>, types: &[TypeDef]) {
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

    /// A text that stands beside the state.
    pub(super) fn beside(&mut self, task: Awaited<'_>, types: &[TypeDef], path: Option<&Text>) {
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
    pub(super) fn explained(&mut self, task: Awaited<'_>, types: &[TypeDef]) {
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

    pub(super) fn text_at(&mut self, path: &Text, asked: &Operation, types: &[TypeDef]) {
        if let Some(field) = self.walk(path, asked, types)
            && !is_text(&field.ty)
            && !is_enum(&field.ty, types)
        {
            self.no_text(path);
        }
    }

    /// The field at the end of a path.
    pub(super) fn walk<'f>(
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
}

/// The part of a path before its last name.
fn folder(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(folder, _)| folder)
}
