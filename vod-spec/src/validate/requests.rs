//! What an operation sends: method, path and parameters.

use std::collections::BTreeMap;

use super::replies::is_error;
use super::types::Names;
use super::{Choice, Validator};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, Method, PROJECT_ID, Parameter, Place, Type, TypeDef, TypeKind};
use crate::raw;
use crate::source::{SourceId, Span, Spanned};
use crate::yaml::read::Text;

const METHOD: Choice<Method> = Choice {
    what: "an HTTP method",
    all: Method::ALL,
    as_str: Method::as_str,
};

impl Validator<'_> {
    pub(super) fn http(&mut self, http: Option<&Text>) -> (Option<Method>, String) {
        let Some(http) = http else {
            return (None, String::new());
        };
        let Some((method, path)) = http.value.split_once(' ') else {
            self.bad_value(
                http,
                format!("`{}` is not a method and a path", http.value),
                "write it like `GET /v1/{project_id}/asset`",
            );
            return (None, String::new());
        };
        let word = Spanned::new(method.to_owned(), self.part(http, 0..method.len()));
        let method = self.word(&word, METHOD);
        (method, path.trim().to_owned())
    }

    pub(super) fn parameters(
        &mut self,
        source: SourceId,
        raw: &raw::Operation,
        names: &Names<'_>,
    ) -> Vec<Parameter> {
        let body = raw.body.as_deref().unwrap_or_default();
        let mut parameters = Vec::new();
        let mut known = BTreeMap::new();
        for (place, fields) in [
            (Place::Path, raw.path.as_slice()),
            (Place::Query, raw.query.as_slice()),
            (Place::Body, body),
        ] {
            for field in fields {
                let field = self.parameter(field, source, names);
                let name = field.name.clone();
                let (first, span) = *known.entry(name.value).or_insert((place, name.span));
                if first != place {
                    self.report(
                        Diagnostic::new(
                            Code::NameCollision,
                            field.name.span,
                            format!(
                                "the request has `{}` in its {} already",
                                field.name.value,
                                first.as_str()
                            ),
                        )
                        .related(span, "the first one")
                        .help("drop one: a stored request has one key per name, wherever the value travels"),
                    );
                }
                parameters.push(Parameter { place, field });
            }
        }
        parameters
    }

    /// Calls can be split along one parameter only.
    pub(super) fn one_batch(&mut self, parameters: &[Parameter]) {
        let batches = parameters.iter().map(|it| &it.field).filter(|it| it.batch);
        let names: Vec<_> = batches.map(|field| &field.name).collect();
        if let [first, others @ ..] = names.as_slice() {
            for other in others {
                self.report(
                    Diagnostic::new(
                        Code::LimitMisfit,
                        other.span,
                        "only one parameter of an operation can be sent in batches",
                    )
                    .related(first.span, "the first one")
                    .help("drop one `batch`"),
                );
            }
        }
    }

    /// Every `{name}` in the path has its parameter, and the other way round.
    pub(super) fn path_template(&mut self, raw: &raw::Operation, path: &str) {
        let Some(http) = &raw.http else { return };
        let template = |validator: &mut Self, span: Span, message: String, help: &str| {
            validator.report(Diagnostic::new(Code::PathTemplate, span, message).help(help));
        };
        if path.is_empty() {
            return;
        }
        let whole = self.part(http, http.value.len() - path.len()..http.value.len());
        if !path.starts_with('/') || path.ends_with('/') || path.contains("//") {
            template(
                self,
                whole,
                format!("`{path}` is not a path"),
                "start it with `/`, put one `/` between its parts and none at its end",
            );
        }
        let mut found = Vec::new();
        let mut at = whole.start;
        for segment in path.split('/') {
            let start = at;
            at += segment.len() + 1;
            // Escapes make the text in the file longer.
            let span = if whole.end - whole.start == path.len() {
                Span {
                    start,
                    end: start + segment.len(),
                    ..whole
                }
            } else {
                whole
            };
            let inner = segment
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'));
            match inner {
                Some(name) if found.contains(&name) => template(
                    self,
                    span,
                    format!("the path has `{segment}` twice"),
                    "give one another name",
                ),
                Some(name) if !name.contains(['{', '}']) => {
                    found.push(name);
                    if name != PROJECT_ID && !raw.path.iter().any(|it| it.name.value == name) {
                        template(
                            self,
                            span,
                            format!("the path has `{segment}`, which is not described"),
                            "describe it under `path:`",
                        );
                    }
                }
                // Clients and proxies resolve `.` and `..`.
                _ if !segment.chars().all(is_unreserved) || matches!(segment, "." | "..") => {
                    template(
                        self,
                        span,
                        format!("`{segment}` cannot be a part of a path"),
                        "write one `{name}`, or letters, digits, `-`, `.`, `_` and `~`, between two `/`",
                    );
                }
                _ => {}
            }
        }
        for field in &raw.path {
            if field.name.value == PROJECT_ID {
                template(
                    self,
                    field.name.span,
                    "`project_id` is described in service.yaml".to_owned(),
                    "drop it here: the client fills it in",
                );
            } else if !path.contains(&format!("{{{}}}", field.name.value)) {
                template(
                    self,
                    field.name.span,
                    format!("the path has no `{{{}}}`", field.name.value),
                    "put it into the path, or drop it here",
                );
            } else if !field.required.as_ref().is_some_and(|it| it.value) {
                template(
                    self,
                    field.name.span,
                    format!(
                        "`{}` is part of the path and yet not required",
                        field.name.value
                    ),
                    "add `required: true`",
                );
            }
        }
    }

    /// What travels in path and query has to have a form as text.
    pub(super) fn text_forms(
        &mut self,
        raw: &raw::Operation,
        parameters: &[Parameter],
        types: &[TypeDef],
    ) {
        let raw = raw.path.iter().chain(&raw.query);
        for (Parameter { place, field }, raw) in parameters.iter().zip(raw) {
            let one = match &field.ty {
                Type::Array(inner) if *place == Place::Query => inner,
                ty => ty,
            };
            if !is_text(one, types) {
                self.no_form(raw, place.as_str());
            }
        }
    }

    /// So has what travels in the headers of a reply.
    pub(super) fn text_forms_of_headers(
        &mut self,
        raw: &raw::Operation,
        headers: &[Field],
        types: &[TypeDef],
    ) {
        let reply = raw.responses.iter().find(|it| !is_error(it));
        let raw = reply.map_or(&[][..], |reply| &reply.headers);
        for (header, raw) in headers.iter().zip(raw) {
            if !is_text(&header.ty, types) {
                self.no_form(raw, "header");
            }
        }
    }

    fn no_form(&mut self, raw: &raw::Field, place: &str) {
        let Some(text) = &raw.ty else { return };
        if !self.is_unresolved(text.span) {
            self.report(
                Diagnostic::new(
                    Code::QueryArray,
                    text.span,
                    format!("a value of type `{}` has no form in a {place}", text.value),
                )
                .help(
                    "use a type without parts or an enum; only a query takes arrays of them, and repeats the key",
                ),
            );
        }
    }
}

/// Whether values of a type are single words.
fn is_text(ty: &Type, types: &[TypeDef]) -> bool {
    match ty {
        Type::Scalar(_) => true,
        Type::Named(id) => types
            .get(id.0)
            .is_some_and(|ty| matches!(ty.kind, TypeKind::Enum(_))),
        _ => false,
    }
}

/// Whether a character stands for itself in a path, by RFC 3986.
fn is_unreserved(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~')
}
