//! Drafts the description of an operation from its page: the facts are filled in, and what is left to write is `~`.
//!
//! A `~` stands where text is due, so the check reports exactly these places until they are written. What else is to be
//! decided is a comment of one line that begins with `todo`.

mod filled;
mod own;
mod suggest;
mod types;
mod yaml;

use std::collections::{BTreeMap, BTreeSet};

use vod_page::{Address, CellType, Page, Place, Row, Source, Stated, Statement, Subject};

use crate::drift::{Finding, closed_range, operation_of, stated_default, stated_limit};
use crate::format::rule::Rule;
use crate::model::{Api, AuthScheme, Direction, Operation, Origin, PROJECT_ID};
use crate::yaml::write::{key, text};
use vod_page::json;

use self::filled::NAMING;
use self::types::Names;
use self::yaml::Writer;

pub use self::filled::filled;

/// What is left to write.
const BLANK: &str = "~";

/// What comments begin with that say what is to be decided.
const TODO: &str = "todo: ";

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
    let known = operation_of(api, page);
    let name = page.operation.as_ref().map(|it| it.value.as_str());
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

    fn field(&mut self, row: &'p Row, owner: Owner<'_>) {
        let cell = row.ty.as_ref().map(|it| &it.value);
        let ty = self.field_type(row, cell, owner.name);
        self.out.open(&key(&row.name.value));
        self.out.entry("type", ty.as_deref().unwrap_or(BLANK));
        let is_request = owner.direction == Direction::Request;
        let required = is_request && row.mandatory.as_ref().is_some_and(|it| it.value);
        if required {
            self.out.entry("required", "true");
        }
        self.limits(row, cell, owner);
        let stated = stated_default(row).map(|(_, value)| value);
        let default = stated
            .zip(cell)
            .filter(|_| !required)
            .and_then(|(value, cell)| default(value, cell))
            .filter(|_| may_be_default(row, stated));
        if let Some(value) = &default {
            self.out.entry("default", value);
        }
        let deprecated = |it: &Stated<Statement>| it.value == Statement::Deprecated;
        if row.states.iter().any(deprecated) {
            self.out.entry("deprecated", BLANK);
        }
        self.out
            .entry("doc", &doc(row, cell, stated.filter(|_| default.is_none())));
        self.out.close();
    }

    fn limits(&mut self, row: &Row, cell: Option<&CellType>, owner: Owner<'_>) {
        if let Some(CellType::Array(items)) = cell {
            let (min, max) = stated_limit(row, |it| match it {
                Statement::Items(min, max) => Some((*min, *max)),
                _ => None,
            });
            for (key, bound) in [("min_items", &min), ("max_items", &max)] {
                if let Some(bound) = bound {
                    self.out.entry(key, &bound.value.to_string());
                }
            }
            let can_be_split = matches!(owner.place, Some(Place::Query | Place::Body));
            if let Some(most) = max.filter(|_| can_be_split) {
                self.batch(most.value);
            }
            if self.page.source == Source::ApiExplorer {
                self.limit(row, items);
            }
        } else if let Some(cell) = cell {
            self.limit(row, cell);
        }
    }

    /// The limits of a value of this type.
    fn limit(&mut self, row: &Row, cell: &CellType) {
        let (min, max) = stated_limit(row, |it| match (it, cell) {
            (Statement::Range(min, max), CellType::Integer | CellType::Long) => Some((*min, *max)),
            (Statement::Length(min, max), CellType::String) if row.values.is_empty() => {
                Some((*min, *max))
            }
            _ => None,
        });
        let (min, max) = match (min, max, closed_range(row)) {
            (None, None, Some((least, most))) => (Some(least), Some(most)),
            (min, max, _) => (min, max),
        };
        let key = match cell {
            CellType::String => "length",
            _ => "range",
        };
        let bounds = [("min", min), ("max", max)].into_iter();
        let bounds = bounds.filter_map(|(end, it)| Some(format!("{end}: {}", it?.value)));
        let bounds: Vec<_> = bounds.collect();
        if !bounds.is_empty() {
            self.out.entry(key, &format!("{{ {} }}", bounds.join(", ")));
        }
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

    fn deviations(&mut self) {
        if self.page.source == Source::ApiExplorer {
            self.acknowledged();
        } else {
            self.duplicates();
        }
    }

    /// What the draft cannot say, or the document contradicts itself in.
    fn acknowledged(&mut self) {
        let is_due = |it: &&Finding| Address::parse(it.at.as_str()).is_some();
        let findings: Vec<_> = self.findings.iter().filter(is_due).collect();
        if findings.is_empty() {
            return;
        }
        self.out.gap();
        self.out.open("deviations");
        for finding in findings {
            self.out.comment(&finding.message);
            self.out.item("rule", finding.rule.as_str());
            self.out.entry("  at", &text(finding.at.as_str()));
            self.out.entry("  source", Origin::ApiExplorer.as_str());
            if let Some(states) = &finding.states {
                self.out.entry("  states", &text(states));
            }
            self.out.entry("  because", BLANK);
        }
    }

    /// Names that a table lists twice.
    fn duplicates(&mut self) {
        let page = self.page;
        let mut tables: Vec<(Address, Vec<&Row>)> = Vec::new();
        for place in [Place::Path, Place::Query, Place::Header, Place::Body] {
            let rows = page.parameters.iter().filter(|(it, _)| *it == place);
            let rows = rows.map(|(_, row)| row).collect();
            tables.push((Subject::from(place).into(), rows));
        }
        for response in &page.responses {
            let at = Address::of(Subject::Response, response.status.value);
            tables.push((at, response.fields.iter().collect()));
        }
        for table in &page.types {
            let at = Address::of(
                Subject::Type,
                self.type_name(&table.name.value, table.name.line),
            );
            tables.push((at, table.fields.iter().collect()));
        }
        let mut is_open = false;
        for (at, rows) in tables {
            let mut counts = BTreeMap::<_, usize>::new();
            for row in &rows {
                *counts.entry(row.name.value.as_str()).or_default() += 1;
            }
            for row in once(rows) {
                let name = row.name.value.as_str();
                if counts.get(name) == Some(&1) {
                    continue;
                }
                if !is_open {
                    self.out.gap();
                    self.out.open("deviations");
                    is_open = true;
                }
                self.out.item("rule", "duplicate-row");
                self.out.entry("  at", at.member(name).as_str());
                self.out.entry("  because", BLANK);
            }
        }
    }
}

/// Whether a default is one of the values, where these are listed, and within the limits.
fn may_be_default(row: &Row, stated: Option<&str>) -> bool {
    let is_listed = |it: &Stated<String>| Some(it.value.as_str()) == stated;
    if !row.values.is_empty() {
        return row.values.iter().any(is_listed);
    }
    let text = stated.unwrap_or_default();
    let length = i64::try_from(text.chars().count()).ok();
    row.states.iter().all(|it| {
        let (size, least, most) = match it.value {
            Statement::Range(least, most) => (text.parse().ok(), least, most),
            Statement::Length(least, most) => (length, least, most),
            _ => return true,
        };
        let is_within =
            |size| least.is_none_or(|it| it <= size) && most.is_none_or(|it| size <= it);
        size.is_none_or(is_within)
    })
}

/// The text about a field: to be written, and to name what no key can say.
fn doc(row: &Row, cell: Option<&CellType>, default: Option<&str>) -> String {
    let inner = match cell {
        Some(CellType::Array(items)) => Some(items.as_ref()),
        cell => cell,
    };
    let is_enum = matches!(inner, None | Some(CellType::String | CellType::Boolean));
    let values = row.values.iter().map(|it| it.value.as_str());
    let named: Vec<_> = values.filter(|_| !is_enum).chain(default).collect();
    if named.is_empty() || named.iter().any(|it| it.contains(['"', '\\', '`'])) {
        BLANK.to_owned()
    } else {
        format!("{BLANK}{NAMING}{}", named.join(", "))
    }
}

/// The first row of each name.
fn once<'p>(rows: impl IntoIterator<Item = &'p Row>) -> Vec<&'p Row> {
    let mut known = BTreeSet::new();
    let rows = rows.into_iter();
    rows.filter(|row| known.insert(row.name.value.as_str()))
        .collect()
}

/// A default as the description writes it, if a value of this type can have one there.
fn default(value: &str, cell: &CellType) -> Option<String> {
    let value = value.trim();
    match cell {
        CellType::String => Some(text(value)),
        CellType::Boolean => ["true", "false"]
            .into_iter()
            .find(|it| it.eq_ignore_ascii_case(value))
            .map(str::to_owned),
        CellType::Integer | CellType::Long => value.parse::<i64>().ok().map(|it| it.to_string()),
        CellType::Number => value.parse::<f64>().ok().map(|_| value.to_owned()),
        _ => None,
    }
}
