//! From the parts of a page to what they state: one reader for every form and language.

use super::document::{Block, Kind, Row as Cells, short};
use super::facts::{Language, Note, Page, Place, Response, Row, Stated, TypeTable};
use super::listing::{Clues, Listed, Pending};
use super::rows::{Table, Trouble};
use super::words::{self, Column, Section};

/// What a page states.
pub(super) fn read(blocks: &[Block]) -> Page {
    let mut reader = Reader::default();
    for block in blocks {
        if reader.section == Section::End {
            break;
        }
        reader.block(block);
    }
    reader.finish(blocks.last().map_or(1, |block| block.line))
}

#[derive(Default)]
struct Reader {
    page: Page,
    section: Section,
    /// Texts above the first section; the last of them is the title.
    start: Vec<Stated<String>>,
    heading: Option<Stated<String>>,
    breadcrumb: Option<Stated<String>>,
    /// How many headings are English, and how many Chinese.
    languages: (usize, usize),
    caption: Option<Stated<String>>,
    /// The reply that is spoken of.
    status: Option<Stated<u16>>,
    /// Whether the example request that came last can still be continued by a body.
    open_example: bool,
    /// Whether this is below a heading that is not known.
    unknown: bool,
    /// The heading of the section, as written.
    name: String,
    /// Types that are named but not described yet.
    pending: Pending,
    /// Whether the fields of the request's body were read.
    has_body: bool,
}

impl Reader {
    fn note(&mut self, line: usize, at: &str, message: String) {
        self.page.notes.push(Note {
            line,
            at: at.to_owned(),
            message,
        });
    }

    fn block(&mut self, block: &Block) {
        let line = block.line;
        match &block.kind {
            Kind::Heading(text) => self.heading(line, text),
            Kind::Caption(text) => {
                let caption = words::captioned(text).unwrap_or(text).to_owned();
                self.caption = Some(Stated {
                    value: caption,
                    line,
                });
            }
            Kind::Text(text) => self.text(line, text),
            Kind::Item(text) => self.prose(line, text),
            Kind::Code(code) => self.code(line, code),
            Kind::Table(rows) => self.table(line, rows),
        }
    }

    fn heading(&mut self, line: usize, text: &str) {
        if words::is_end(text) {
            self.section = Section::End;
        } else if let Some((section, language)) = words::section(text) {
            self.open(section, language, text);
        } else if words::captioned(text).is_some() || words::status_line(text).is_some() {
            self.text(line, text);
        } else if self.section == Section::Start {
            self.heading = Some(Stated {
                value: text.to_owned(),
                line,
            });
        } else {
            self.note(line, "page", format!("the section `{text}` is not read"));
            self.unknown = true;
        }
    }

    fn open(&mut self, section: Section, language: Language, name: &str) {
        match language {
            // Both languages write "URI".
            _ if section == Section::Uri => {}
            Language::English => self.languages.0 += 1,
            Language::Chinese => self.languages.1 += 1,
        }
        self.section = section;
        self.name = name.to_owned();
        self.pending.restart();
        self.caption = None;
        self.status = None;
        self.open_example = false;
        self.unknown = false;
    }

    fn text(&mut self, line: usize, text: &str) {
        if words::is_end(text) && self.section > Section::Start {
            self.section = Section::End;
        } else if let Some((section, language)) = words::section(text)
            && section > self.section
        {
            self.open(section, language, text);
        } else if let Some(caption) = words::captioned(text)
            && self.section > Section::Start
        {
            self.caption = Some(Stated {
                value: caption.to_owned(),
                line,
            });
        } else if let Some(value) = words::status_line(text) {
            self.status = Some(Stated { value, line });
            self.pending.restart();
            if self.section == Section::Response {
                self.response(line);
            }
        } else {
            self.prose(line, text);
        }
    }

    fn prose(&mut self, line: usize, text: &str) {
        let stated = Stated {
            value: text.to_owned(),
            line,
        };
        if self.unknown {
            return;
        }
        match self.section {
            Section::Start => self.above(stated),
            Section::Function => self.page.function.push(stated),
            Section::Constraints if words::is_none(text) => {}
            Section::Constraints => self.page.constraints.push(stated),
            Section::Uri if self.page.http.is_none() => match http(text) {
                Some(value) => self.page.http = Some(Stated { value, line }),
                None => self.stray(stated),
            },
            Section::Uri | Section::Request | Section::Response => self.stray(stated),
            Section::ExampleRequests => self.example_line(stated),
            // What else is said there states nothing that can be checked.
            Section::Debugging
            | Section::Authorization
            | Section::ExampleResponses
            | Section::SdkCode
            | Section::StatusCodes
            | Section::ErrorCodes
            | Section::End => {}
        }
    }

    fn stray(&mut self, text: Stated<String>) {
        if !words::is_none(&text.value) {
            self.note(
                text.line,
                "page",
                format!("not read: {}", short(&text.value)),
            );
        }
    }

    /// A line above the first section.
    fn above(&mut self, text: Stated<String>) {
        if let Some(date) = words::updated(&text.value) {
            self.page.updated = Some(Stated {
                value: date.to_owned(),
                line: text.line,
            });
        } else if text.value.matches(['/', '>']).count() >= 3 {
            self.breadcrumb.get_or_insert(text);
        } else if !words::is_control(&text.value) {
            self.start.push(text);
        }
    }

    /// A line of an example request: `POST https://...`, or a header of the last such line.
    fn example_line(&mut self, text: Stated<String>) {
        if http(&text.value).is_some() {
            self.page.example_requests.push(text);
            self.open_example = true;
        } else if self.open_example
            && text
                .value
                .split_once(": ")
                .is_some_and(|(name, _)| words::is_wire_name(name))
            && let Some(example) = self.page.example_requests.last_mut()
        {
            example.value.push('\n');
            example.value.push_str(&text.value);
        } else {
            self.open_example = false;
        }
    }

    fn code(&mut self, line: usize, code: &str) {
        let stated = Stated {
            value: code.trim_matches('\n').to_owned(),
            line,
        };
        match self.section {
            Section::Uri => {
                for text in code.lines() {
                    self.prose(line, text);
                }
            }
            Section::ExampleRequests => {
                if self.open_example
                    && let Some(example) = self.page.example_requests.last_mut()
                {
                    example.value.push_str("\n\n");
                    example.value.push_str(&stated.value);
                } else if !words::is_none(code) {
                    self.page.example_requests.push(stated);
                }
                self.open_example = false;
            }
            Section::ExampleResponses => match self.status.clone() {
                Some(status) => self.page.example_responses.push((status.value, stated)),
                None => self.note(line, "page", "an example reply without a status".to_owned()),
            },
            Section::SdkCode | Section::End | Section::Debugging => {}
            _ => self.note(line, "page", format!("not read: {}", short(code))),
        }
    }

    fn table(&mut self, line: usize, rows: &[Cells]) {
        let caption = self.caption.take();
        let table = Table::new(line, rows);
        let mut troubles = Vec::new();
        let mut at = "page".to_owned();
        if table.is_empty() {
            self.note(
                line,
                "page",
                format!("the table `{}` has no rows", short(&table.header())),
            );
        }
        if table.has(Column::Action) {
            at = "permission".to_owned();
            self.page
                .permissions
                .extend(table.permissions(&mut troubles));
        } else if table.has(Column::Name) && table.has(Column::Type) {
            at = self.fields(&table, caption, &mut troubles);
        } else if table.has(Column::Status) && self.section >= Section::StatusCodes {
            self.page.statuses.extend(table.statuses(&mut troubles));
        } else if !matches!(
            self.section,
            Section::Start | Section::ErrorCodes | Section::SdkCode | Section::Debugging
        ) {
            self.note(
                line,
                "page",
                format!("not read: the table `{}`", short(&table.header())),
            );
        }
        for Trouble {
            line,
            name,
            message,
        } in troubles
        {
            let at = match name {
                Some(name) => format!("{at}.{name}"),
                None => at.clone(),
            };
            self.note(line, &at, message);
        }
    }

    /// Files the rows of a table of parameters or fields; gives the address of what the table lists.
    fn fields(
        &mut self,
        table: &Table,
        caption: Option<Stated<String>>,
        troubles: &mut Vec<Trouble>,
    ) -> String {
        let rows = table.fields(troubles);
        let line = caption.as_ref().map_or(table.line, |caption| caption.line);
        let (listed, outvoted) = self.listed(caption.as_ref(), table, &rows);
        self.pending.read(&listed, &rows);
        if let (Some(caption), true) = (&caption, outvoted) {
            let message = format!(
                "the caption `{}` does not fit the table, which stands for {listed}",
                caption.value
            );
            self.note(line, "page", message);
        }
        match listed {
            Listed::Parameters(place) => {
                self.has_body |= place == Place::Body;
                self.page
                    .parameters
                    .extend(rows.into_iter().map(|row| (place, row)));
                place.name().to_owned()
            }
            Listed::Fields | Listed::ResponseHeaders => {
                if self.status.is_none() {
                    self.status = Some(Stated { value: 200, line });
                    let message = "the status of this reply is not given: 200 is assumed";
                    self.note(line, "response", message.to_owned());
                }
                let response = self.response(line);
                let at = format!("response.{}", response.status.value);
                match listed {
                    Listed::ResponseHeaders => response.headers.extend(rows),
                    _ => response.fields.extend(rows),
                }
                at
            }
            Listed::Type(name) => {
                let at = format!("type.{name}");
                let name = Stated { value: name, line };
                self.page.types.push(TypeTable { name, fields: rows });
                at
            }
            Listed::Unknown => {
                let names: Vec<&str> = rows.iter().map(|row| row.name.value.as_str()).collect();
                let message = format!(
                    "it cannot be told what this table lists: {}",
                    names.join(", ")
                );
                self.note(line, "page", message);
                "page".to_owned()
            }
        }
    }

    fn listed(
        &self,
        caption: Option<&Stated<String>>,
        table: &Table,
        rows: &[Row],
    ) -> (Listed, bool) {
        let named = caption.map(|caption| words::caption(&caption.value));
        let status = self.status.as_ref().map_or(200, |status| status.value);
        let has_body = match self.section {
            Section::Response => self
                .page
                .responses
                .iter()
                .any(|response| response.status.value == status && !response.fields.is_empty()),
            _ => self.has_body,
        };
        let clues = Clues {
            section: self.section,
            caption: named.as_ref(),
            mandatory: table.has(Column::Mandatory),
            path: self.page.http.as_ref().map_or("", |http| &http.value.1),
            has_body,
            next_type: self.pending.next(),
        };
        clues.listed(rows)
    }

    /// The reply that is spoken of.
    fn response(&mut self, line: usize) -> &mut Response {
        let status = self.status.clone().unwrap_or(Stated { value: 200, line });
        let responses = &mut self.page.responses;
        let at = match responses
            .iter()
            .position(|response| response.status.value == status.value)
        {
            Some(at) => at,
            None => {
                responses.push(Response {
                    status,
                    fields: Vec::new(),
                    headers: Vec::new(),
                });
                responses.len() - 1
            }
        };
        &mut responses[at]
    }

    fn finish(mut self, last: usize) -> Page {
        self.page.language = match self.languages {
            (english, chinese) if chinese > english => Language::Chinese,
            _ => Language::English,
        };
        self.title();
        match self.section {
            Section::Start => {
                self.note(
                    last,
                    "page",
                    "no section of a page of an operation was found".to_owned(),
                );
            }
            section if section < Section::ErrorCodes && self.page.statuses.is_empty() => {
                let message = format!(
                    "the page ends inside `{}`: what follows is missing",
                    self.name
                );
                self.note(last, "page", message);
            }
            _ => {}
        }
        self.page
    }

    fn title(&mut self) {
        let crumbs: Vec<&str> = match &self.breadcrumb {
            Some(breadcrumb) => breadcrumb.value.split(['/', '>']).map(str::trim).collect(),
            None => Vec::new(),
        };
        if let Some(breadcrumb) = &self.breadcrumb
            && let [.., section, _] = crumbs.as_slice()
        {
            self.page.section = Some(Stated {
                value: (*section).to_owned(),
                line: breadcrumb.line,
            });
        }
        let Some(title) = self.heading.take().or_else(|| self.start.pop()) else {
            return;
        };
        let line = title.line;
        match title.value.rsplit_once(" - ") {
            Some((value, name)) if words::is_type_name(name) => {
                self.page.title = Some(Stated {
                    value: value.trim().to_owned(),
                    line,
                });
                self.page.operation = Some(Stated {
                    value: name.to_owned(),
                    line,
                });
            }
            _ => self.page.title = Some(title),
        }
    }
}

impl Place {
    /// Its name in addresses.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Body => "body",
        }
    }
}

/// Method and path of a request line.
fn http(text: &str) -> Option<(String, String)> {
    let (method, target) = text.trim().split_once(' ')?;
    if !matches!(
        method,
        "GET" | "POST" | "PUT" | "DELETE" | "PATCH" | "HEAD" | "OPTIONS"
    ) {
        return None;
    }
    let target = target.trim();
    let path = match target.split_once("://") {
        Some((_, rest)) => rest.find('/').and_then(|at| rest.get(at..))?,
        None => target,
    };
    (path.starts_with('/') && !path.contains(' ')).then(|| (method.to_owned(), path.to_owned()))
}
