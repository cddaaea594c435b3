//! The document and its operation: everything but parameters and replies.

use crate::facts::{Permission, Stated};
use crate::json::Json;
use crate::{Address, Subject};

use super::members::Kind;
use super::reader::{Opened, Reader, whole};
use super::tree::{Member, Node};

/// The names of HTTP methods as documents have them.
const METHODS: &[&str] = &["get", "put", "post", "delete", "patch", "head", "options"];

impl<'d> Reader<'d> {
    pub(super) fn document(&mut self, root: Node<'d>) {
        let at = whole();
        let opened = self.open(root, Kind::Root, &at);
        self.form(&opened);
        let mut found = Vec::new();
        let paths = opened.get("paths").map(|it| self.entries(*it, &at));
        for path in paths.into_iter().flatten() {
            let item = self.open(path.value, Kind::PathItem, &at);
            for method in METHODS.iter().filter_map(|it| item.get(it)) {
                found.push((path, item.get("parameters").copied(), *method));
            }
        }
        let Some((path, shared, method)) = found.first().copied() else {
            self.note(
                root.start(),
                &at,
                "it is JSON, but has no `paths` with an operation: no document of the API Explorer",
            );
            return;
        };
        self.page.is_page = true;
        for (_, _, other) in found.iter().skip(1) {
            let message = "a further operation, which is not read: a document has one";
            self.note(other.key, &at, message);
            self.skip(*other, "a document has one operation");
        }
        self.http(&opened, path, method);
        self.operation(&opened, shared, method);
    }

    /// What says in which form the document is.
    fn form(&mut self, opened: &Opened<'d>) {
        let at = whole();
        let version = self.text(opened.get("version"), &at);
        if let (Some(version), Some(member)) = (version, opened.get("version"))
            && !(version.value == "2.0" || version.value.starts_with("3."))
        {
            let message = format!("the version `{}` of the form is not known", version.value);
            self.note(member.key, &at, message);
        }
        let consumes = self.text(opened.get("consumes"), &at);
        if let (Some(types), Some(member)) = (consumes, opened.get("consumes"))
            && !types.value.is_empty()
            && !types.value.contains("application/json")
        {
            let message = format!("bodies are `{}`, not JSON", types.value);
            self.note(member.key, &Subject::Body.into(), message);
        }
        let containers = ["definitions", "parameters", "components"];
        for member in containers.iter().filter_map(|it| opened.get(it)) {
            if !member.value.is_object() {
                let message = format!("`{}` is no object", member.name);
                self.note(member.key, &at, message);
            }
        }
    }

    fn http(&mut self, opened: &Opened<'d>, path: Member<'d>, method: Member<'d>) {
        let base = self.text(opened.get("base_path"), &whole());
        let base = base.map(|it| it.value).unwrap_or_default();
        let full = format!("{}{}", base.trim_end_matches('/'), path.name);
        let line = self.line(path.key);
        let value = (method.name.to_ascii_uppercase(), full);
        self.page.http = Some(Stated { value, line });
        let at = Address::of(Subject::Http, "method");
        let copy = self.text(opened.get("method"), &at);
        if let (Some(copy), Some(member)) = (copy, opened.get("method"))
            && !copy.value.eq_ignore_ascii_case(method.name)
        {
            let message = format!(
                "`method` is `{}` here, below the path `{}`",
                copy.value, method.name
            );
            self.note(member.key, &at, message);
        }
    }

    fn operation(&mut self, root: &Opened<'d>, shared: Option<Member<'d>>, method: Member<'d>) {
        let about = Address::from(Subject::Description);
        let opened = self.open(method.value, Kind::Operation, &about);
        self.name(root, &opened);
        self.page.title = self.text(opened.get("summary"), &Subject::Title.into());
        self.page.section = self.first_tag(opened.get("tags"));
        self.page.help_page = self
            .text(opened.get("x-publishpath"), &whole())
            .filter(|it| !it.value.trim().is_empty());
        self.page.function = self.prose(opened.get("description"));
        self.page.constraints = self.prose(opened.get("x-constraint"));
        self.page.deprecated = self.deprecated(&opened);
        let action = self.text(opened.get("x-action"), &Subject::Permission.into());
        self.page
            .permissions
            .extend(action.map(|action| Permission {
                action,
                access: None,
                resource: None,
                condition_keys: Vec::new(),
                alias: Vec::new(),
                dependencies: Vec::new(),
            }));
        for list in shared.iter().chain(opened.get("parameters")) {
            self.parameters(*list);
        }
        if let Some(body) = opened.get("requestBody") {
            self.request_body(*body);
        }
        self.request_examples(&opened);
        if let Some(replies) = opened.get("responses") {
            self.replies(*replies);
        } else {
            let message = "it has no `responses`";
            self.note(method.key, &Subject::Response.into(), message);
        }
    }

    fn name(&mut self, root: &Opened<'d>, opened: &Opened<'d>) {
        let at = Address::from(Subject::Title);
        let outer = self.text(root.get("name"), &at);
        let inner = self.text(opened.get("operationId"), &at);
        if let (Some(outer), Some(inner), Some(member)) = (&outer, &inner, root.get("name"))
            && outer.value != inner.value
        {
            let message = format!(
                "`name` is `{}`, and `operationId` is `{}`",
                outer.value, inner.value
            );
            self.note(member.key, &at, message);
        }
        self.page.operation = inner.or(outer);
    }

    fn first_tag(&mut self, tags: Option<&Member<'d>>) -> Option<Stated<String>> {
        let first = tags?.value.items().into_iter().next()?;
        let line = self.line(first.start());
        let value = first.json.as_str()?.to_owned();
        Some(Stated { value, line })
    }

    fn prose(&mut self, member: Option<&Member<'d>>) -> Vec<Stated<String>> {
        let text = self.text(member, &Subject::Description.into());
        text.filter(|it| !crate::describe::is_none(&it.value))
            .into_iter()
            .collect()
    }

    /// Whether the operation should no longer be used; two members can say so.
    fn deprecated(&mut self, opened: &Opened<'d>) -> Option<Stated<bool>> {
        let about = Address::from(Subject::Description);
        let stated = self.truth(opened.get("deprecated"), &about);
        let scope = self.text(opened.get("x-scope"), &about);
        let scope = scope.map(|it| Stated {
            value: it.value == "Deprecated",
            line: it.line,
        });
        let both = [stated, scope].into_iter().flatten();
        both.max_by_key(|it| it.value)
    }

    /// Whether a value is no more than an empty one.
    pub(super) fn is_blank(json: &Json) -> bool {
        match json {
            Json::Null => true,
            Json::String(text) => crate::describe::is_none(text),
            _ => false,
        }
    }
}
