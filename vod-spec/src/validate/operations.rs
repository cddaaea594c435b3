//! Operations: one page of the docs each.

use std::collections::BTreeMap;

use super::constraints::Scope;
use super::origin::SOURCE;
use super::pagination::Listing;
use super::types::Names;
use super::wait::wait;
use super::{BASIS, Validator, kebab};
use crate::diagnostic::{Code, Diagnostic};
use crate::format::type_expr::is_type_name;
use crate::model::{Basis, Method, Operation, Permission, Places, Service, TypeDef};
use crate::raw;
use crate::source::{SourceId, Spanned};
use crate::yaml::read::Text;

/// What an operation can refer to.
#[derive(Clone, Copy)]
pub(super) struct Known<'k> {
    /// None if `service.yaml` could not be read.
    pub(super) service: Option<&'k Service>,
    pub(super) names: &'k Names<'k>,
    pub(super) types: &'k [TypeDef],
}

impl Validator<'_> {
    pub(super) fn operation(
        &mut self,
        source: SourceId,
        raw: &raw::Operation,
        known: Known<'_>,
    ) -> Option<Operation> {
        let Known {
            service,
            names,
            types,
        } = known;
        let section = self.section(raw, service);
        match (&raw.name, &raw.section, section) {
            (Some(name), ..) if !is_type_name(&name.value) => self.bad_value(
                name,
                format!("`{}` cannot name an operation", name.value),
                "write a capital, then letters and digits",
            ),
            (Some(name), Some(title), Some(_)) => self.place_of_file(source, name, title),
            _ => {}
        }
        self.date(raw.updated.as_ref());
        self.web_address(raw.page.as_ref());
        let (method, path) = self.http(raw.http.as_ref());
        let parameters = self.parameters(source, raw, names);
        self.one_batch(&parameters);
        self.path_template(raw, &path);
        self.auth(raw, service);
        let idempotent = raw.idempotent.as_ref();
        let reply = self.replies(source, raw, known);
        let headers = reply.as_ref().map_or(&[][..], |reply| &reply.headers);
        self.text_forms(raw, &parameters, types);
        self.text_forms_of_headers(raw, headers, types);
        let fields: Vec<_> = parameters.iter().map(|it| &it.field).collect();
        let scope = Scope {
            fields: &fields,
            types,
        };
        let constraints = self.constraints(&raw.constraints, scope);
        let example = raw
            .example
            .as_ref()
            .and_then(|example| self.request_example(example, scope, &constraints));
        let pagination = raw.pagination.as_ref().zip(reply.as_ref());
        let pagination = pagination.and_then(|(it, reply)| {
            let listing = Listing {
                parameters: &parameters,
                reply,
                types,
            };
            self.pagination(it, listing)
        });
        let unnamed = || Spanned::new(String::new(), raw.start);
        Some(Operation {
            name: raw.name.clone().unwrap_or_else(unnamed),
            file: self.sources.file(source).name.clone(),
            section: section.unwrap_or_default(),
            title: self.title(raw.title.as_ref()),
            updated: raw.updated.as_ref().map(|it| it.value.clone()),
            page: raw.page.as_ref().map(|it| it.value.clone()),
            summary: self.sentence(raw.summary.as_ref()),
            description: self.optional_prose(raw.description.as_ref()),
            deprecated: self.optional_prose(raw.deprecated.as_ref()),
            search: self.search(&raw.search, raw.name.as_ref()),
            method: method.unwrap_or(Method::Get),
            path: if method.is_some() {
                path
            } else {
                String::new()
            },
            auth: raw.auth.iter().map(|name| name.value.clone()).collect(),
            permission: raw.permission.as_ref().map(|it| self.permission(it)),
            idempotent: idempotent
                .and_then(|it| it.value.as_ref())
                .map_or(method != Some(Method::Post), |it| it.value),
            idempotent_basis: idempotent
                .and_then(|it| it.basis.as_ref())
                .and_then(|basis| self.word(basis, BASIS))
                .unwrap_or(Basis::Inferred),
            body: raw.body.is_some(),
            example,
            constraints,
            errors: self.errors(raw),
            deviations: self.deviations(&raw.deviations, &parameters),
            pagination,
            waits: raw.waits.iter().filter_map(wait).collect(),
            upload: raw.upload.as_ref().map(|it| self.upload(it, &parameters)),
            outcome: {
                let outcome = raw.outcome.as_ref().zip(reply.as_ref());
                outcome.and_then(|(it, reply)| self.outcome(it, reply, types))
            },
            places: places(raw),
            parameters,
            reply: reply?,
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

    pub(super) fn date(&mut self, date: Option<&Text>) {
        let Some(date) = date else { return };
        if !is_date(&date.value) {
            self.bad_value(
                date,
                format!("`{}` is not a date", date.value),
                "write it as year-month-day, such as 2026-03-20",
            );
        }
    }

    pub(super) fn web_address(&mut self, address: Option<&Text>) {
        let Some(address) = address else { return };
        let rest = address.value.strip_prefix("https://");
        let plain =
            |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '[' | ']' | '(' | ')' | '`');
        if !rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(plain)) {
            self.bad_value(
                address,
                format!("`{}` is not a web address", address.value),
                "write an address that starts with https:// and has neither spaces nor brackets",
            );
        }
    }

    fn permission(&mut self, raw: &raw::Permission) -> Permission {
        let mut list = |texts: &[Text]| texts.iter().map(|it| self.code(Some(it))).collect();
        Permission {
            condition_keys: list(&raw.condition_keys),
            alias: list(&raw.alias),
            dependencies: list(&raw.dependencies),
            action: self.code(raw.action.as_ref()),
            access: self.title(raw.access.as_ref()),
            resource: raw.resource.as_ref().map(|it| self.code(Some(it))),
            stated_in: raw.from.as_ref().and_then(|it| self.word(it, SOURCE)),
        }
    }

    fn auth(&mut self, raw: &raw::Operation, service: Option<&Service>) {
        let Some(service) = service.filter(|it| !it.auth.is_empty()) else {
            return;
        };
        let mut known = BTreeMap::new();
        for name in &raw.auth {
            let first = *known.entry(&name.value).or_insert(name.span);
            if first != name.span {
                self.report(
                    Diagnostic::new(
                        Code::BadValue,
                        name.span,
                        format!("`{}` is given twice", name.value),
                    )
                    .related(first, "the first one")
                    .help("keep one of the two"),
                );
            }
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

    /// Two operations have neither a name nor a method and path in common.
    pub(super) fn duplicates(&mut self, operations: &[Operation]) {
        // Without a name or a path they are reported already.
        let is_whole = |it: &&Operation| !it.name.value.is_empty() && !it.path.is_empty();
        let (mut names, mut calls) = (BTreeMap::new(), BTreeMap::new());
        for second in operations.iter().filter(is_whole) {
            let call = (second.method.as_str(), shape(&second.path));
            let same_name = *names.entry(&second.name.value).or_insert(second);
            let same_call = *calls.entry(call).or_insert(second);
            let (first, what, help) = if same_name.name.span != second.name.span {
                (
                    same_name,
                    format!("there is an operation `{}` already", second.name.value),
                    "give one another name, or drop it",
                )
            } else if same_call.name.span != second.name.span {
                (
                    same_call,
                    format!(
                        "`{}` has the same method and path: {} {}",
                        same_call.name.value,
                        same_call.method.as_str(),
                        same_call.path
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

/// Whether `text` is a day since 2015, as year-month-day.
fn is_date(text: &str) -> bool {
    let number = |text: &str, digits: usize| {
        let is_number = text.len() == digits && text.chars().all(|c| c.is_ascii_digit());
        is_number.then(|| text.parse::<u32>().ok()).flatten()
    };
    let parts: Vec<_> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    year >= 2015 && (1..=days).contains(&day)
}

/// A path without the names of its parameters: requests do not show them.
fn shape(path: &str) -> String {
    let is_parameter = |segment: &str| segment.starts_with('{') && segment.ends_with('}');
    let segments = path.split('/');
    let shapes: Vec<_> = segments
        .map(|it| if is_parameter(it) { "{}" } else { it })
        .collect();
    shapes.join("/")
}

fn places(raw: &raw::Operation) -> Places {
    let place = |text: Option<&Text>| text.map_or(raw.start, |text| text.span);
    let permission = raw.permission.as_ref();
    let pagination = raw.pagination.as_ref();
    let wait = raw.waits.first();
    Places {
        title: place(raw.title.as_ref()),
        updated: place(raw.updated.as_ref()),
        summary: place(raw.summary.as_ref()),
        http: place(raw.http.as_ref()),
        auth: place(raw.auth.first()),
        permission: place(permission.and_then(|it| it.action.as_ref())),
        example: place(raw.example.as_ref().map(|it| &it.text)),
        pagination: place(pagination.and_then(|it| it.style.as_ref())),
        wait: place(wait.and_then(|it| it.operation.as_ref())),
        responses: raw.responses_key,
    }
}
