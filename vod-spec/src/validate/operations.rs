//! Operations: one page of the docs each.

use std::collections::BTreeMap;

use super::service::{BASES, plain};
use super::types::Names;
use super::{Validator, kebab};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Basis, Deviation, DeviationSource, Field, Method, Operation, Parameter, Permission, Place,
    Places, Reply, ReplyBody, Service, Type, TypeDef, TypeKind, Wait,
};
use crate::raw;
use crate::read::{Text, near};
use crate::rule::{Rule, is_address};
use crate::source::{SourceId, Span, Spanned};
use crate::types::is_type_name;

/// The words for a [`Method`].
const METHODS: &[(&str, Method)] = &[
    ("GET", Method::Get),
    ("POST", Method::Post),
    ("PUT", Method::Put),
    ("DELETE", Method::Delete),
];

/// The words for a [`DeviationSource`].
const DEVIATION_SOURCES: &[(&str, DeviationSource)] = &[
    ("page", DeviationSource::Page),
    ("english_page", DeviationSource::EnglishPage),
    ("chinese_page", DeviationSource::ChinesePage),
    ("other", DeviationSource::Other),
];

/// The path parameter that the client fills in by itself.
const PROJECT_ID: &str = "project_id";

impl Validator<'_> {
    pub(super) fn operation(
        &mut self,
        source: SourceId,
        raw: &raw::Operation,
        service: Option<&Service>,
        names: &Names<'_>,
        types: &[TypeDef],
    ) -> Option<Operation> {
        if let Some(name) = &raw.name
            && !is_type_name(&name.value)
        {
            self.bad_value(
                name,
                format!("`{}` cannot name an operation", name.value),
                "write a capital, then letters and digits",
            );
        }
        let section = self.section(raw, service);
        if let (Some(name), Some(title), Some(_)) = (&raw.name, &raw.section, section) {
            self.place_of_file(source, name, title);
        }
        self.date(raw.updated.as_ref());
        self.web_address(raw.page.as_ref());
        let (method, path) = self.http(raw.http.as_ref());
        let parameters = self.parameters(source, raw, names);
        self.one_batch(&parameters);
        self.path_template(raw, &path);
        self.auth(raw, service);
        let idempotent = raw.idempotent.as_ref();
        let reply = self.replies(source, raw, names, types);
        let headers = reply.as_ref().map_or(&[][..], |reply| &reply.headers);
        self.text_forms(&parameters, headers, raw, types);
        let example = raw
            .example
            .as_ref()
            .and_then(|example| self.request_example(example, &parameters, types));
        let unnamed = || Spanned::new(String::new(), raw.start);
        let operation = Operation {
            name: raw.name.clone().unwrap_or_else(unnamed),
            file: self.sources.file(source).name.clone(),
            section: section.unwrap_or_default(),
            title: plain(raw.title.as_ref()),
            updated: raw.updated.as_ref().map(|it| it.value.clone()),
            page: raw.page.as_ref().map(|it| it.value.clone()),
            summary: self.prose(raw.summary.as_ref()),
            description: self.optional_prose(raw.description.as_ref()),
            deprecated: self.optional_prose(raw.deprecated.as_ref()),
            method: method.unwrap_or(Method::Get),
            path: if method.is_some() {
                path
            } else {
                String::new()
            },
            auth: raw.auth.iter().map(|name| name.value.clone()).collect(),
            permission: raw.permission.as_ref().map(permission),
            idempotent: idempotent
                .and_then(|it| it.value.as_ref())
                .map_or(method != Some(Method::Post), |it| it.value),
            idempotent_basis: idempotent
                .and_then(|it| it.basis.as_ref())
                .and_then(|basis| self.word(basis, "basis", BASES))
                .unwrap_or(Basis::Inferred),
            body: raw.body.is_some(),
            example,
            errors: self.errors(raw),
            deviations: raw
                .deviations
                .iter()
                .filter_map(|it| self.deviation(it))
                .collect(),
            pagination: None,
            wait: raw.wait.as_ref().and_then(wait),
            places: places(raw),
            parameters,
            reply: reply?,
        };
        let pagination = raw
            .pagination
            .as_ref()
            .and_then(|pagination| self.pagination(pagination, &operation));
        Some(Operation {
            pagination,
            ..operation
        })
    }

    /// The place of the section, none if it is unknown. Without sections to compare with, any will do.
    fn section(&mut self, raw: &raw::Operation, service: Option<&Service>) -> Option<usize> {
        let section = raw.section.as_ref()?;
        let Some(service) = service.filter(|it| !it.sections.is_empty()) else {
            return Some(0);
        };
        let place = service
            .sections
            .iter()
            .position(|it| it.title == section.value);
        if place.is_none() {
            self.bad_value(
                section,
                format!("service.yaml has no section `{}`", section.value),
                "correct it, or add it there, in the order of the docs",
            );
        }
        place
    }

    fn place_of_file(&mut self, source: SourceId, name: &Text, section: &Text) {
        let due = format!("{}/{}.yaml", kebab(&section.value), kebab(&name.value));
        let file = self.sources.file(source).name.clone();
        if file != due {
            self.report(
                Diagnostic::new(
                    Code::WrongPlace,
                    name.span,
                    format!("this operation belongs in `{due}`, not in `{file}`"),
                )
                .help("move it: folders are named after sections, files after operations"),
            );
        }
    }

    fn date(&mut self, date: Option<&Text>) {
        let Some(date) = date else { return };
        let parts: Vec<_> = date.value.split('-').collect();
        let number = |text: &str, digits: usize| {
            let is_number = text.len() == digits && text.chars().all(|c| c.is_ascii_digit());
            is_number.then(|| text.parse::<u32>().ok()).flatten()
        };
        let is_date = match parts.as_slice() {
            [year, month, day] => {
                number(year, 4).is_some_and(|it| it >= 2015)
                    && number(month, 2).is_some_and(|it| (1..=12).contains(&it))
                    && number(day, 2).is_some_and(|it| (1..=31).contains(&it))
            }
            _ => false,
        };
        if !is_date {
            self.bad_value(
                date,
                format!("`{}` is no date", date.value),
                "write it as year-month-day, such as 2026-03-20",
            );
        }
    }

    fn web_address(&mut self, address: Option<&Text>) {
        let Some(address) = address else { return };
        let rest = address.value.strip_prefix("https://");
        let plain =
            |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '[' | ']' | '(' | ')' | '`');
        if !rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(plain)) {
            self.bad_value(
                address,
                format!("`{}` is no web address", address.value),
                "write an address that starts with https:// and has neither spaces nor brackets",
            );
        }
    }

    fn http(&mut self, http: Option<&Text>) -> (Option<Method>, String) {
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
        let word = Spanned::new(method.to_owned(), self.part(http.span, method, 0));
        let method = self.word(&word, "HTTP method", METHODS);
        (method, path.trim().to_owned())
    }

    /// Calls can be split along one parameter only.
    fn one_batch(&mut self, parameters: &[Parameter]) {
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

    fn parameters(
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
            for field in self.fields(fields, source, names) {
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

    /// Every `{name}` in the path has its parameter, and the other way round.
    fn path_template(&mut self, raw: &raw::Operation, path: &str) {
        let Some(http) = &raw.http else { return };
        let template = |validator: &mut Self, span: Span, message: String, help: &str| {
            validator.report(Diagnostic::new(Code::PathTemplate, span, message).help(help));
        };
        if path.is_empty() {
            return;
        }
        let whole = self.part(http.span, path, 0);
        if !path.starts_with('/') || path.ends_with('/') || path.contains("//") {
            template(
                self,
                whole,
                format!("`{path}` is no path"),
                "start it with `/`, put one `/` between its parts and none at its end",
            );
        }
        let mut found = Vec::new();
        for segment in path.split('/').filter(|segment| !segment.is_empty()) {
            let inner = segment
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'));
            let span = self.part(whole, segment, 0);
            match inner {
                Some(name) if found.contains(&name) => template(
                    self,
                    self.part(whole, segment, 1),
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
                _ if segment.contains(['{', '}', '?', '#', '%', ' ']) => template(
                    self,
                    span,
                    format!("`{segment}` cannot be a part of a path"),
                    "write plain text or one `{name}` between two `/`",
                ),
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
            } else if !found.contains(&field.name.value.as_str()) {
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

    /// What travels in path, query and headers has to have a form as text.
    fn text_forms(
        &mut self,
        parameters: &[Parameter],
        headers: &[Field],
        raw: &raw::Operation,
        types: &[TypeDef],
    ) {
        let is_text = |ty: &Type| match ty {
            Type::Scalar(_) => true,
            Type::Named(id) => types
                .get(id.0)
                .is_some_and(|ty| matches!(ty.kind, TypeKind::Enum(_))),
            _ => false,
        };
        let raw_parameters = raw.path.iter().chain(&raw.query);
        let parameters = parameters
            .iter()
            .zip(raw_parameters)
            .map(|(parameter, raw)| (parameter.place.as_str(), &parameter.field.ty, raw));
        let reply = raw.responses.iter().find(|it| !is_error(it));
        let raw_headers = reply.map_or(&[][..], |reply| &reply.headers);
        let headers = headers
            .iter()
            .zip(raw_headers)
            .map(|(header, raw)| ("header", &header.ty, raw));
        for (place, ty, raw) in parameters.chain(headers) {
            let fits = match ty {
                Type::Array(inner) if place == Place::Query.as_str() => is_text(inner),
                ty => is_text(ty),
            };
            let Some(text) = &raw.ty else { continue };
            if !fits && !self.is_unresolved(text.span) {
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

    fn auth(&mut self, raw: &raw::Operation, service: Option<&Service>) {
        let Some(service) = service.filter(|it| !it.auth.is_empty()) else {
            return;
        };
        for name in &raw.auth {
            if !service.auth.iter().any(|scheme| scheme.name == name.value) {
                let known: Vec<_> = service.auth.iter().map(|it| it.name.as_str()).collect();
                self.report(
                    Diagnostic::new(
                        Code::UnknownAuth,
                        name.span,
                        format!("service.yaml has no auth scheme `{}`", name.value),
                    )
                    .help(format!("use one that it has: {}", known.join(", "))),
                );
            }
        }
    }

    fn status(&mut self, status: &Text) -> u16 {
        match status.value.parse::<u16>() {
            Ok(number) if (200..600).contains(&number) && status.value.len() == 3 => number,
            _ => {
                self.bad_value(
                    status,
                    format!("`{}` is no status of a reply", status.value),
                    "write a number from 200 to 599",
                );
                0
            }
        }
    }

    /// The one reply that says that the request worked.
    fn replies(
        &mut self,
        source: SourceId,
        raw: &raw::Operation,
        names: &Names<'_>,
        types: &[TypeDef],
    ) -> Option<Reply> {
        let mut reply = None;
        for response in raw.responses.iter().filter(|it| !is_error(it)) {
            let status = self.status(&response.status);
            let body = match (&response.fields, &response.ty) {
                (Some(fields), None) => ReplyBody::Fields(self.fields(fields, source, names)),
                (None, Some(ty)) => ReplyBody::Whole(self.resolve(ty, source, names)),
                (None, None) => ReplyBody::Empty,
                (Some(fields), Some(ty)) => {
                    self.bad_value(
                        ty,
                        "a reply has `fields` or a `type`, not both",
                        "drop one of the two",
                    );
                    ReplyBody::Fields(self.fields(fields, source, names))
                }
            };
            let example = response
                .example
                .as_ref()
                .and_then(|example| self.reply_example(example, &body, types));
            if !(200..300).contains(&status) && status != 0 {
                self.bad_value(
                    &response.status,
                    format!("{status} does not say that the request worked"),
                    "add `error: true`",
                );
                if reply.is_some() {
                    continue;
                }
            } else if reply.is_some() {
                self.bad_value(
                    &response.status,
                    "there is a reply for success already",
                    "keep one: an operation has one such reply",
                );
            }
            reply = Some(Reply {
                status,
                doc: self.prose(response.doc.as_ref()),
                headers: self.fields(&response.headers, source, names),
                body,
                example,
            });
        }
        if reply.is_none() && !raw.responses.is_empty() {
            self.report(
                Diagnostic::new(
                    Code::BadValue,
                    raw.responses_key,
                    "no reply says that the request worked",
                )
                .help("describe the one without `error: true`"),
            );
        }
        reply
    }

    fn errors(&mut self, raw: &raw::Operation) -> Vec<(u16, String)> {
        let mut errors = Vec::new();
        for response in raw.responses.iter().filter(|it| is_error(it)) {
            if response.fields.is_some()
                || response.ty.is_some()
                || !response.headers.is_empty()
                || response.example.is_some()
            {
                self.bad_value(
                    &response.status,
                    "an error has the body that service.yaml describes",
                    "keep its `doc` and drop `fields`, `type`, `headers` and `example`",
                );
            }
            let status = self.status(&response.status);
            errors.push((status, self.prose(response.doc.as_ref())));
        }
        errors
    }

    fn deviation(&mut self, raw: &raw::Deviation) -> Option<Deviation> {
        let because = raw.because.clone()?;
        if because.value.trim().is_empty() {
            self.report(
                Diagnostic::new(
                    Code::DeviationReason,
                    because.span,
                    "this deviation does not say why it is one",
                )
                .help("say what the page has and why the description differs"),
            );
        }
        let rule = self.rule(raw.rule.as_ref()?)?;
        let at = raw.at.clone()?;
        if !is_address(&at.value) {
            self.bad_value(
                &at,
                format!("`{}` is no address of something on a page", at.value),
                "write it like `query.task_id`; spec/README.md has all forms",
            );
        }
        let source = match &raw.source {
            Some(source) => self.word(source, "source", DEVIATION_SOURCES)?,
            None => DeviationSource::Page,
        };
        Some(Deviation {
            rule,
            at,
            source,
            because,
        })
    }

    fn rule(&mut self, name: &Text) -> Option<Rule> {
        let rule = Rule::ALL.iter().find(|it| it.as_str() == name.value);
        if rule.is_none() {
            let near = near(&name.value, Rule::ALL.iter().map(|it| it.as_str()));
            let help = near.map_or_else(
                || "spec/README.md has the rules".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            self.bad_value(name, format!("`{}` is no rule", name.value), &help);
        }
        rule.copied()
    }

    /// Two operations have neither a name nor a method and path in common.
    pub(super) fn duplicates(&mut self, operations: &[Operation]) {
        // Without a name or a path they are reported already.
        let is_whole = |it: &&Operation| !it.name.value.is_empty() && !it.path.is_empty();
        let operations: Vec<_> = operations.iter().filter(is_whole).collect();
        for (index, second) in operations.iter().enumerate() {
            for first in operations.iter().take(index) {
                let (what, help) = if first.name.value == second.name.value {
                    (
                        format!("there is an operation `{}` already", second.name.value),
                        "give one another name, or drop it",
                    )
                } else if first.method == second.method && first.path == second.path {
                    (
                        format!(
                            "`{}` has the same method and path: {} {}",
                            first.name.value,
                            second.method.as_str(),
                            second.path
                        ),
                        "correct `http` in one of the two",
                    )
                } else {
                    continue;
                };
                self.report(
                    Diagnostic::new(Code::DuplicateOperation, second.name.span, what)
                        .related(first.name.span, "the first one")
                        .help(help),
                );
            }
        }
    }
}

fn is_error(response: &raw::Response) -> bool {
    response.error.as_ref().is_some_and(|it| it.value)
}

fn places(raw: &raw::Operation) -> Places {
    let place = |text: Option<&Text>| text.map_or(raw.start, |text| text.span);
    let permission = raw.permission.as_ref();
    Places {
        title: place(raw.title.as_ref()),
        updated: place(raw.updated.as_ref()),
        http: place(raw.http.as_ref()),
        auth: place(raw.auth.first()),
        permission: place(permission.and_then(|it| it.action.as_ref())),
        responses: raw.responses_key,
    }
}

/// Whether what it names exists is checked when all operations are known.
fn wait(raw: &raw::Wait) -> Option<Wait> {
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

fn permission(raw: &raw::Permission) -> Permission {
    let list = |texts: &[Text]| texts.iter().map(|text| text.value.clone()).collect();
    Permission {
        action: plain(raw.action.as_ref()),
        access: plain(raw.access.as_ref()),
        resource: raw.resource.as_ref().map(|text| text.value.clone()),
        condition_keys: list(&raw.condition_keys),
        alias: list(&raw.alias),
        dependencies: list(&raw.dependencies),
    }
}
