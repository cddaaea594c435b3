//! Drafts the description of an operation from its page: the facts are filled in, and what is left to write is `~`.
//!
//! A `~` stands where text is due, so the check reports exactly these places until they are written. What else is to be
//! decided is a comment of one line that begins with `todo`.

mod deviations;
mod fields;
mod filled;
mod own;
mod suggest;
mod types;
mod yaml;

use std::collections::BTreeSet;

use vod_page::{Address, Page, Place, Row, Source, Subject};

use crate::drift::{Finding, operation_of};
use crate::format::rule::Rule;
use crate::model::{Api, AuthScheme, Direction, Operation, PROJECT_ID};
use crate::validate::kebab;
use crate::yaml::write::{key, text};
use vod_page::json;

use self::types::Names;
use self::yaml::Writer;

pub use self::filled::filled;

/// What is left to write.
const BLANK: &str = "~";

/// What comments begin with that say what is to be decided.
const TODO: &str = "todo: ";

/// The name of the file of the operation that a page is of, if the page names it or the description knows it.
pub fn file_name(api: &Api, page: &Page) -> Option<String> {
    let known = operation_of(api, page).map(|it| &it.name.value);
    let name = page.operation.as_ref().map(|it| &it.value).or(known)?;
    let name = kebab(name);
    (!name.is_empty()).then(|| format!("{name}.yaml"))
}

/// A draft of the file of the operation that the page is of.
pub fn draft(api: &Api, page: &Page) -> String {
    if page.source != Source::ApiExplorer {
        return write(api, page, &[]);
    }
    // With its examples left out, as one that does not fit would be a mistake.
    let facts = Page {
        example_requests: Vec::new(),
        example_responses: Vec::new(),
        ..page.clone()
    };
    let findings = own::findings(api, page, &write(api, &facts, &[]));
    write(api, page, &findings)
}

/// A draft that acknowledges what is found in it.
fn write(api: &Api, page: &Page, findings: &[Finding]) -> String {
    let name = page.operation.as_ref().map(|it| it.value.as_str());
    // Another operation can have the same method and path.
    let is_same = |it: &&Operation| name.is_none_or(|name| it.name.value == name);
    let known = operation_of(api, page).filter(is_same);
    let mut draft = Draft {
        api,
        page,
        known,
        name: name.or(known.map(|it| it.name.value.as_str())),
        findings,
        names: Names::beside(api, known.map(|it| it.file.as_str())),
        enums: Vec::new(),
        out: Writer::default(),
    };
    draft.name_types();
    draft.head();
    draft.parameters();
    draft.example();
    draft.pagination();
    draft.responses();
    draft.types();
    draft.deviations();
    draft.out.finish()
}

struct Draft<'p> {
    api: &'p Api,
    page: &'p Page,
    /// The operation, where the description has it already.
    known: Option<&'p Operation>,
    name: Option<&'p str>,
    /// What the draft cannot say, or the page contradicts itself in.
    findings: &'p [Finding],
    names: Names,
    /// Enums that rows list the values of, by the names that they are given.
    enums: Vec<(String, Vec<&'p str>)>,
    out: Writer,
}

/// What the fields of a table belong to.
#[derive(Clone, Copy)]
struct Owner<'o> {
    /// The operation or the type.
    name: &'o str,
    direction: Direction,
    /// The part of the request, for parameters.
    place: Option<Place>,
}

impl<'p> Draft<'p> {
    fn head(&mut self) {
        let page = self.page;
        self.out
            .comment("A draft: write what is `~`, or drop the key where it is optional, and decide each todo.");
        for note in &page.notes {
            self.out.comment(&format!(
                "{TODO}line {} of the page, {}: {}",
                note.line, note.at, note.message
            ));
        }
        let english = page
            .title
            .as_ref()
            .filter(|_| page.source == Source::EnglishPage);
        let title = english.map(|it| it.value.as_str());
        let is_section = |title: &&str| {
            self.api
                .service
                .sections
                .iter()
                .any(|it| it.title == *title)
        };
        let section = page
            .section
            .as_ref()
            .map(|it| it.value.as_str())
            .filter(is_section);
        let blank = |value: Option<&str>| value.map_or_else(|| BLANK.to_owned(), text);
        self.out.entry("operation", &blank(self.name));
        self.out.entry("title", &blank(title));
        self.out.entry("section", &blank(section));
        if let Some(updated) = &page.updated {
            self.out.entry("updated", &updated.value);
        }
        if let Some(help_page) = &page.help_page {
            let comment = format!("Its help page is called `{}`.", help_page.value);
            self.out.comment(&comment);
        }
        let address = self.known.and_then(|it| it.page.as_deref());
        self.out.entry("page", address.unwrap_or(BLANK));
        self.out.entry("summary", BLANK);
        if page.deprecated.as_ref().is_some_and(|it| it.value) {
            self.out.entry("deprecated", BLANK);
        }
        self.out.gap();
        let http = page
            .http
            .as_ref()
            .map(|it| format!("{} {}", it.value.0, it.value.1));
        self.out.entry("http", http.as_deref().unwrap_or(BLANK));
        self.out
            .entry("auth", &format!("[{}]", self.auth().join(", ")));
        self.permission();
    }

    /// The schemes whose headers the page lists; all of them if it lists none. Documents leave
    /// headers out, but a scheme lacks none of those that they call mandatory.
    fn auth(&self) -> Vec<&'p str> {
        let headers = self.rows(Place::Header);
        let schemes = &self.api.service.auth;
        let listed = |name: &str| {
            let mut headers = headers.iter();
            headers.find(|row| row.name.value.eq_ignore_ascii_case(name))
        };
        let is_mandatory = |name: &str| {
            let cell = listed(name).and_then(|row| row.mandatory.as_ref());
            cell.is_some_and(|it| it.value)
        };
        let is_document = self.page.source == Source::ApiExplorer;
        let lacks_mandatory = |scheme: &AuthScheme| {
            let mut known = schemes.iter().flat_map(|it| &it.headers);
            let has = |name: &str| scheme.headers.iter().any(|it| it.name == name);
            known.any(|it| is_mandatory(&it.name) && !has(&it.name))
        };
        let fits = |scheme: &&AuthScheme| {
            let mut headers = scheme.headers.iter();
            is_document && !lacks_mandatory(scheme)
                || !is_document && headers.all(|it| listed(&it.name).is_some())
        };
        let names = |it: &'p AuthScheme| it.name.as_str();
        let listed: Vec<_> = schemes.iter().filter(fits).map(names).collect();
        if listed.is_empty() {
            schemes.iter().map(names).collect()
        } else {
            listed
        }
    }

    fn permission(&mut self) {
        let Some(permission) = self.page.permissions.first() else {
            return;
        };
        let out = &mut self.out;
        out.open("permission");
        out.entry("action", &text(&permission.action.value));
        let access = permission.access.as_ref();
        out.entry(
            "access",
            &access.map_or_else(|| BLANK.to_owned(), |it| text(&it.value)),
        );
        if let Some(resource) = &permission.resource {
            let words: String = resource.value.split_whitespace().collect();
            out.entry("resource", &text(&words));
        }
        for (key, list) in [
            ("condition_keys", &permission.condition_keys),
            ("alias", &permission.alias),
            ("dependencies", &permission.dependencies),
        ] {
            if !list.is_empty() {
                let texts: Vec<_> = list.iter().map(|it| text(&it.value)).collect();
                out.entry(key, &format!("[{}]", texts.join(", ")));
            }
        }
        out.close();
    }

    fn parameters(&mut self) {
        for (place, key) in [
            (Place::Path, "path"),
            (Place::Query, "query"),
            (Place::Body, "body"),
        ] {
            let rows = self.rows(place);
            let rows: Vec<_> = rows
                .into_iter()
                .filter(|row| place != Place::Path || row.name.value != PROJECT_ID)
                .collect();
            if !rows.is_empty() {
                self.out.gap();
                let prefix = self.prefix();
                let owner = Owner {
                    name: &prefix,
                    direction: Direction::Request,
                    place: Some(place),
                };
                self.fields(key, &rows, owner);
            }
        }
    }

    /// The rows of a part of the request, the first one of each name.
    fn rows(&self, place: Place) -> Vec<&'p Row> {
        let rows = self.page.parameters.iter().filter(|(it, _)| *it == place);
        once(rows.map(|(_, row)| row))
    }

    fn fields(&mut self, map: &str, rows: &[&'p Row], owner: Owner<'_>) {
        self.out.open(map);
        for row in rows {
            self.field(row, owner);
        }
        self.out.close();
    }

    /// An example request, where the page has a body that says all of it.
    fn example(&mut self) {
        let page = self.page;
        let is_in_path =
            |(place, row): &(Place, Row)| *place == Place::Path && row.name.value != PROJECT_ID;
        let is_asked = |(place, row): &(Place, Row)| {
            *place == Place::Query && row.mandatory.as_ref().is_some_and(|it| it.value)
        };
        let mut parameters = page.parameters.iter();
        if page.source != Source::ApiExplorer
            || self.is_misfit("request")
            || parameters.any(|it| is_in_path(it) || is_asked(it))
        {
            return;
        }
        let mut bodies = page
            .example_requests
            .iter()
            .filter_map(|it| it.body.as_ref());
        if let Some(body) = bodies.next()
            && matches!(json::parse(&body.value), Ok((json::Json::Object(_), _)))
        {
            self.out.gap();
            self.out.block("example", &body.value);
        }
    }

    /// Whether an example does not fit what the page states.
    fn is_misfit(&self, name: impl std::fmt::Display) -> bool {
        let at = Address::of(Subject::Example, name);
        let mut findings = self.findings.iter();
        findings.any(|it| it.rule == Rule::ExampleMisfit && it.at == at)
    }

    fn responses(&mut self) {
        let page = self.page;
        let listed = page.responses.iter().map(|it| it.status.value);
        let listed = listed.chain(page.statuses.iter().map(|(status, _)| status.value));
        let mut statuses: Vec<u16> = Vec::new();
        for status in listed {
            if !statuses.contains(&status) {
                statuses.push(status);
            }
        }
        statuses.sort_unstable();
        self.out.gap();
        self.out.open("responses");
        for status in statuses {
            if !(200..300).contains(&status) {
                self.other_error(status);
                self.out
                    .entry(&status.to_string(), "{ doc: ~, error: true }");
                continue;
            }
            self.out.open(&status.to_string());
            self.out.entry("doc", BLANK);
            let response = page.responses.iter().find(|it| it.status.value == status);
            let prefix = self.prefix();
            let owner = Owner {
                name: &prefix,
                direction: Direction::Reply,
                place: None,
            };
            for (key, rows) in response
                .into_iter()
                .flat_map(|it| [("headers", &it.headers), ("fields", &it.fields)])
            {
                if !rows.is_empty() {
                    self.fields(key, &once(rows), owner);
                }
            }
            let example = page.example_responses.iter().find(|(it, _)| *it == status);
            if let Some(whole) = response.and_then(|it| it.body.as_ref()) {
                let ty = self.type_text(&whole.value, whole.line);
                self.out.entry("type", ty.as_deref().unwrap_or(BLANK));
            }
            if let Some((_, example)) = example
                && json::parse(&example.value).is_ok()
                && !self.is_misfit(status)
            {
                self.out.block("example", &example.value);
            }
            self.out.close();
        }
        self.out.close();
    }

    /// Says that an error has another body than all errors have, which has no place in the file.
    fn other_error(&mut self, status: u16) {
        let page = self.page;
        let response = page.responses.iter().find(|it| it.status.value == status);
        let names = response.into_iter().flat_map(|it| &it.fields);
        let names: BTreeSet<_> = names.map(|it| it.name.value.as_str()).collect();
        let ours = self.api.service.error.iter();
        let ours: BTreeSet<_> = ours.map(|it| it.name.value.as_str()).collect();
        if !names.is_empty() && names != ours {
            let names: Vec<_> = names.into_iter().collect();
            self.out.comment(&format!(
                "Dropped: the page lists other fields of this error than service.yaml: {}",
                names.join(", ")
            ));
        }
    }
}

/// The first row of each name.
fn once<'p>(rows: impl IntoIterator<Item = &'p Row>) -> Vec<&'p Row> {
    let mut known = BTreeSet::new();
    let rows = rows.into_iter();
    rows.filter(|row| known.insert(row.name.value.as_str()))
        .collect()
}
