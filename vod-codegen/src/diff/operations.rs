//! Operations: what is sent and what is said about it. What comes back is the business of [`super::replies`].

use std::collections::{BTreeMap, BTreeSet};

use vod_spec::model::{self, Permission, Wait};
use vod_spec::{Span, Spanned};

use super::pairs::{Pair, pairs};
use super::part::{Owner, Part, written};
use super::{Differ, Direction, Rule, Side, Subject};
use crate::rust;

/// An operation of one side.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a> {
    module: &'a str,
    pub(super) model: &'a model::Operation,
    pub(super) rust: &'a rust::Operation,
}

impl<'a> Side<'a> {
    fn facts(&self) -> Vec<Facts<'a>> {
        let operations = self.api.operations.iter();
        let facts = operations.filter_map(|model| {
            let (module, rust) = *self.operations.get(model.name.value.as_str())?;
            let module = &module.name;
            Some(Facts {
                module,
                model,
                rust,
            })
        });
        facts.collect()
    }
}

impl<'a> Facts<'a> {
    fn name(&self) -> &'a str {
        &self.model.name.value
    }

    fn span(&self) -> Span {
        self.model.name.span
    }

    fn item(&self) -> String {
        format!("`Client::{}`", self.rust.method.name)
    }

    fn parameters(&self) -> Vec<Part<'a>> {
        let parts = self.model.parameters.iter().zip(&self.rust.request.fields);
        let parts = parts.map(|(parameter, rust)| Part {
            at: format!("{}.{}", parameter.place.as_str(), rust.wire),
            place: parameter.place.as_str(),
            field: &parameter.field,
            rust,
        });
        parts.collect()
    }
}

/// An operation as the description has it, before and after.
pub(super) type Both<'a> = (&'a model::Operation, &'a model::Operation);

/// The part of an operation at the address `at`, as a subject of its own.
fn part<'a>(subject: Subject<'a>, at: &str, (old, new): Both<'_>) -> Subject<'a> {
    let place = |it: &model::Operation| {
        let places = &it.places;
        match at.split('.').next().unwrap_or(at) {
            "title" => places.title,
            "updated" => places.updated,
            "summary" => places.summary,
            "http" => places.http,
            "auth" => places.auth,
            "permission" => places.permission,
            "example" => places.example,
            "pagination" => places.pagination,
            "wait" => places.wait,
            "response" => places.responses,
            _ => it.name.span,
        }
    };
    Subject {
        old: Some(place(old)),
        new: Some(place(new)),
        ..subject
    }
}

impl Differ<'_> {
    pub(super) fn compare_operations(&mut self) {
        let (old, new) = (self.old.facts(), self.new.facts());
        for pair in pairs(&old, &new, |it| (it.name(), it.name())) {
            let subject = Subject {
                operation: Some(pair.latest().name()),
                direction: Direction::Both,
                old: pair.before().map(Facts::span),
                new: pair.after().map(Facts::span),
            };
            match pair {
                Pair::Gone(old) => {
                    let message = format!("{} is gone", old.item());
                    self.report(Rule::OperationRemoved, subject.at("operation"), message);
                }
                Pair::New(new) => {
                    let message = format!("{} is new", new.item());
                    self.report(Rule::OperationAdded, subject.at("operation"), message);
                }
                Pair::Kept(old, new) => self.compare_operation(subject, *old, *new),
            }
        }
    }

    fn compare_operation(&mut self, subject: Subject<'_>, old: Facts<'_>, new: Facts<'_>) {
        let item = new.item();
        if old.module != new.module {
            let message = format!(
                "`{0}Request` and `{0}Response` moved from `model::{1}` to `model::{2}`",
                new.name(),
                old.module,
                new.module
            );
            self.report(Rule::Moved, subject.at("section"), message);
        }
        let request = Subject {
            direction: Direction::Request,
            ..subject
        };
        self.compare_sending(request, &item, (old.model, new.model));
        let owner = Owner {
            name: &new.rust.request.name,
            at: "operation".to_owned(),
            subject: request,
            constructors: Some(format!("{item} and `{}::new`", new.rust.request.name)),
            constraints: (&old.model.constraints, &new.model.constraints),
        };
        self.compare_fields(&owner, &old.parameters(), &new.parameters());
        let response = Subject {
            direction: Direction::Response,
            ..part(subject, "response", (old.model, new.model))
        };
        self.compare_reply(response, &item, (old, new));
        self.compare_pages(subject, &item, (old, new));
        self.compare_tasks(subject, &item, (old.model, new.model));
        self.compare_outcomes(subject, &item, (old.model, new.model));
        self.compare_uploads(request, (old.rust, new.rust));
        self.compare_documentation(subject, &item, (old.model, new.model));
    }

    fn compare_sending(&mut self, subject: Subject<'_>, item: &str, both: Both<'_>) {
        let (old, new) = both;
        let sent = [
            ("http.method", old.method.as_str(), new.method.as_str()),
            ("http.path", &old.path, &new.path),
        ];
        for (at, old, new) in sent {
            if old != new {
                let message = format!("{item} sends `{new}`, not `{old}`");
                self.report(
                    Rule::RequestChanged,
                    part(subject, at, both).at(at),
                    message,
                );
            }
        }
        // With fields in it, the fields tell.
        let has_fields = |it: &model::Operation| {
            let mut places = it.parameters.iter().map(|parameter| parameter.place);
            places.any(|place| place == model::Place::Body)
        };
        if old.body != new.body && !has_fields(old) && !has_fields(new) {
            let with = if new.body { "with" } else { "without" };
            let message = format!("{item} sends its request {with} an empty object as body");
            self.report(Rule::RequestChanged, subject.at("body"), message);
        }
        if old.idempotent != new.idempotent {
            let message = if new.idempotent {
                format!("{item} is repeated after failures that leave open what was done")
            } else {
                format!("{item} is not repeated where that may do its work twice")
            };
            self.report(Rule::IdempotencyChanged, subject.at("idempotent"), message);
        }
        // In which order they are listed says nothing.
        let schemes = |it: &model::Operation| it.auth.iter().cloned().collect::<BTreeSet<_>>();
        if schemes(old) != schemes(new) {
            let message = format!("{item} accepts `{}`", new.auth.join("`, `"));
            self.report(
                Rule::AuthChanged,
                part(subject, "auth", both).at("auth"),
                message,
            );
        }
        self.compare_permission(subject, item, both);
    }

    fn compare_permission(&mut self, subject: Subject<'_>, item: &str, both: Both<'_>) {
        let facts = |it: &Permission| {
            [
                ("permission.action", it.action.clone()),
                ("permission.access", it.access.clone()),
                (
                    "permission.resource",
                    it.resource.clone().unwrap_or_default(),
                ),
                ("permission.condition_keys", it.condition_keys.join("`, `")),
                ("permission.alias", it.alias.join("`, `")),
                ("permission.dependencies", it.dependencies.join("`, `")),
            ]
        };
        let mut changes = Vec::new();
        match (&both.0.permission, &both.1.permission) {
            (Some(old), Some(new)) => {
                for ((at, old), (_, new)) in facts(old).into_iter().zip(facts(new)) {
                    let what = at.rsplit('.').next().unwrap_or(at).replace('_', " ");
                    let now = if new.is_empty() {
                        "none".to_owned()
                    } else {
                        format!("`{new}`")
                    };
                    let message = format!("the permission for {item} has another {what}: {now}");
                    changes.extend((old != new).then_some((at, message)));
                }
            }
            (None, Some(new)) => {
                let message = format!("{item} needs the permission `{}`", new.action);
                changes.push(("permission", message));
            }
            (Some(old), None) => {
                let message = format!("{item} is not known to need `{}` any more", old.action);
                changes.push(("permission", message));
            }
            (None, None) => {}
        }
        for (at, message) in changes {
            self.report(
                Rule::PermissionChanged,
                part(subject, at, both).at(at),
                message,
            );
        }
    }

    /// A list that is read page by page.
    fn compare_pages(
        &mut self,
        subject: Subject<'_>,
        item: &str,
        (old, new): (Facts<'_>, Facts<'_>),
    ) {
        let (rule, at, what) = match (&old.model.pagination, &new.model.pagination) {
            (None, Some(_)) => {
                let what = "can be read page by page";
                (Rule::PaginationAdded, "pagination", what.to_owned())
            }
            (Some(_), None) => {
                let what = "cannot be read page by page";
                (Rule::PaginationRemoved, "pagination", what.to_owned())
            }
            (Some(before), Some(after)) if before.window.is_some() != after.window.is_some() => {
                let (rule, what) = match after.window {
                    Some(_) => (Rule::PaginationAdded, "can be read by time"),
                    None => (Rule::PaginationRemoved, "cannot be read by time"),
                };
                (rule, "pagination.window", what.to_owned())
            }
            (before, after) if before != after => match self.other_item((old, new)) {
                Some((was, is)) => {
                    let what = format!("has items of type `{is}`, not `{was}`");
                    (Rule::TypeChanged, "pagination.items", what)
                }
                None => {
                    let what = "has other pages";
                    (Rule::PaginationChanged, "pagination", what.to_owned())
                }
            },
            _ => return,
        };
        let message = format!("the list of {item} {what}");
        self.report(
            rule,
            part(subject, at, (old.model, new.model)).at(at),
            message,
        );
    }

    /// The types of an item before and after, where they differ because the list is another field; what became of one
    /// and the same field, the reply tells.
    fn other_item(&self, (old, new): (Facts<'_>, Facts<'_>)) -> Option<(String, String)> {
        let (old, new) = (old.rust.pagination.as_ref()?, new.rust.pagination.as_ref()?);
        let was = written(&old.item, &self.type_names);
        let is = written(&new.item, &BTreeMap::new());
        (old.items.wire != new.items.wire && was != is).then_some((was, is))
    }

    /// What goes on after the reply.
    fn compare_tasks(&mut self, subject: Subject<'_>, item: &str, both: Both<'_>) {
        let (old, new) = (&both.0.waits, &both.1.waits);
        let (rule, at, what) = match (old.first(), new.first()) {
            (None, Some(_)) => (Rule::WaitAdded, "wait", "can be waited for".to_owned()),
            (Some(_), None) => {
                let what = "cannot be waited for";
                (Rule::WaitRemoved, "wait", what.to_owned())
            }
            // All tasks of an operation are asked for by one operation.
            (Some(was), Some(is)) if was.operation.value != is.operation.value => {
                let (is, was) = (&is.operation.value, &was.operation.value);
                let what = format!("has its state from `{is}`, not from `{was}`");
                (Rule::TypeChanged, "wait.operation", what)
            }
            _ if !old.iter().map(watch).eq(new.iter().map(watch)) => {
                let what = "is watched in another way";
                (Rule::WaitChanged, "wait", what.to_owned())
            }
            _ => return,
        };
        let message = format!("the task of {item} {what}");
        self.report(rule, part(subject, at, both).at(at), message);
    }

    /// The setters of uploads; those of parameters that are new or gone are reported with these.
    fn compare_uploads(
        &mut self,
        subject: Subject<'_>,
        (old, new): (&rust::Operation, &rust::Operation),
    ) {
        let has = |fields: &[rust::Field], wire: &str| fields.iter().any(|it| it.wire == wire);
        let setter = |operation: &rust::Operation, field: &rust::Field| {
            format!("`Upload::{}` of `{}`", field.name, operation.request.name)
        };
        for field in &old.upload {
            if has(&new.request.fields, &field.wire) && !has(&new.upload, &field.wire) {
                let message = format!("{} is gone", setter(old, field));
                self.report(Rule::UploadSetterRemoved, subject.at("upload"), message);
            }
        }
        for field in &new.upload {
            if has(&old.request.fields, &field.wire) && !has(&old.upload, &field.wire) {
                let message = format!("{} is new", setter(new, field));
                self.report(Rule::UploadSetterAdded, subject.at("upload"), message);
            }
        }
    }

    fn compare_documentation(&mut self, subject: Subject<'_>, item: &str, both: Both<'_>) {
        let (old, new) = both;
        let deprecated = (&old.deprecated, &new.deprecated);
        self.deprecation(subject.at("deprecated"), item, deprecated);
        let texts = [
            ("summary", Some(&old.summary), Some(&new.summary)),
            (
                "description",
                old.description.as_ref(),
                new.description.as_ref(),
            ),
            ("title", Some(&old.title), Some(&new.title)),
            ("page", old.page.as_ref(), new.page.as_ref()),
            ("updated", old.updated.as_ref(), new.updated.as_ref()),
        ];
        for (at, old, new) in texts {
            self.documentation(part(subject, at, both).at(at), item, (old, new));
        }
        if old.example != new.example {
            let message = format!("{item} has another example");
            self.report(
                Rule::ExampleChanged,
                part(subject, "example", both).at("example"),
                message,
            );
        }
    }
}

/// A [`Wait`] without the places where it is written.
fn watch(wait: &Wait) -> [Vec<Option<&String>>; 5] {
    fn texts<'w>(texts: impl IntoIterator<Item = &'w Spanned<String>>) -> Vec<Option<&'w String>> {
        texts.into_iter().map(|it| Some(&it.value)).collect()
    }
    let optional = [
        &wait.asked_by,
        &wait.since,
        &wait.earlier,
        &wait.together,
        &wait.reason,
        &wait.reason_part,
        &wait.explained_by,
    ];
    let pairs = wait.pass.iter().chain(&wait.set);
    [
        texts([&wait.operation, &wait.state]),
        optional.map(|it| it.as_ref().map(|it| &it.value)).to_vec(),
        texts(pairs.flat_map(|(name, value)| [name, value])),
        texts(&wait.done),
        texts(&wait.failed),
    ]
}
