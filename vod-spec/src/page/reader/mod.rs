//! From the parts of a page to what they state: one reader for every form and language.

mod tables;

use super::document::{Block, Kind, short};
use super::facts::{ExampleRequest, Language, Note, Page, Stated};
use super::listing::Pending;
use super::words::{self, Caption, Column, Section};

/// What a page states; its last line is the line `last`.
pub(super) fn read(blocks: &[Block], last: usize) -> Page {
    let mut reader = Reader::default();
    for block in blocks {
        if reader.section == Section::End {
            break;
        }
        reader.block(block);
    }
    reader.finish(last)
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
    /// The heading above, if it is not known.
    unknown: Option<String>,
    /// The heading of the section, as written.
    name: String,
    /// Types that are named but not described yet.
    pending: Pending,
    /// Whether the fields of the request's body were read.
    has_body: bool,
    /// How many parts of the page have been read.
    parts: usize,
    strays: Vec<Stray>,
}

/// Texts, one behind the other, where none is due.
struct Stray {
    section: Section,
    first: Stated<String>,
    /// The line of the last one, and which part of the page it is.
    last: usize,
    part: usize,
    /// How many of them name a column of a table of parameters.
    columns: usize,
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
        self.parts += 1;
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
            Kind::Code(_) if self.unknown.is_some() => {}
            Kind::Code(code) => self.code(line, code),
            Kind::Table(rows) => self.table(line, rows),
        }
    }

    fn heading(&mut self, line: usize, text: &str) {
        if words::is_end(text) && self.section > Section::Start {
            self.section = Section::End;
        } else if let Some((section, language)) = words::section(text) {
            self.open(section, language, text);
        } else if words::captioned(text).is_some() || words::status_line(text).is_some() {
            self.text(line, text);
        } else if self.is_due(text) {
            self.caption = Some(Stated {
                value: text.to_owned(),
                line,
            });
            self.unknown = None;
        } else if self.section == Section::Start {
            self.heading = Some(Stated {
                value: text.to_owned(),
                line,
            });
        } else {
            self.note(line, "page", format!("the section `{text}` is not read"));
            self.unknown = Some(text.to_owned());
        }
    }

    /// Whether this is the caption of a table that the section can have.
    fn is_due(&self, caption: &str) -> bool {
        let is_due = match words::caption(caption) {
            Caption::Type(name) => self.pending.has(&name),
            Caption::Statuses | Caption::Other => false,
            Caption::Parameters(_) | Caption::ResponseBody | Caption::ResponseHeader => true,
        };
        is_due && (Section::Uri..=Section::Response).contains(&self.section)
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
        self.restart();
        self.caption = None;
        self.status = None;
        self.open_example = false;
        self.unknown = None;
    }

    fn text(&mut self, line: usize, text: &str) {
        if words::is_end(text) && self.section > Section::Start {
            self.section = Section::End;
        } else if let Some((section, language)) = words::section(text)
            && section.follows(self.section)
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
            self.restart();
            if self.section == Section::Response {
                self.response(line);
                self.unknown = None;
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
        if self.unknown.is_some() {
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
            Section::ExampleRequests => self.example_line(line, text),
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
        let part = self.parts;
        let goes_on = |it: &Stray| it.part + 1 >= part;
        let is_none = words::is_none(&text.value);
        if !is_none && !self.strays.last().is_some_and(goes_on) {
            self.strays.push(Stray {
                section: self.section,
                last: text.line,
                first: text.clone(),
                part,
                columns: 0,
            });
        }
        if let Some(stray) = self.strays.last_mut().filter(|it| goes_on(it)) {
            let column = words::column(&text.value);
            stray.part = part;
            stray.columns += usize::from(column.is_some_and(|it| it.is_of(Column::Name)));
            if !is_none {
                stray.last = text.line;
            }
        }
    }

    /// Says which texts were not read. They may be the cells of a table.
    fn note_strays(&mut self) {
        for stray in std::mem::take(&mut self.strays) {
            let (line, last) = (stray.first.line, stray.last);
            let text = short(&stray.first.value);
            let message = match line == last {
                true => format!("not read: {text}"),
                false => format!("not read: lines {line} to {last}, from `{text}` on"),
            };
            let table = tables::missed(stray.section, stray.columns);
            for at in table.unwrap_or(&["page"]) {
                self.note(line, at, message.clone());
            }
        }
    }

    /// A line above the first section.
    fn above(&mut self, text: Stated<String>) {
        if let Some(updated) = words::updated(&text.value) {
            match words::date(updated) {
                Some(date) => {
                    let value = date.to_owned();
                    let line = text.line;
                    self.page.updated = Some(Stated { value, line });
                }
                None => {
                    let message = format!("this has no date: {}", short(&text.value));
                    self.note(text.line, "updated", message);
                }
            }
        } else if text.value.matches(['/', '>']).count() >= 3 && !text.value.contains("://") {
            self.breadcrumb.get_or_insert(text);
        } else if !words::is_control(&text.value) {
            self.start.push(text);
        }
    }

    /// A line of an example request: `POST https://...`, or a header of the last such line.
    fn example_line(&mut self, line: usize, text: &str) {
        if let Some(value) = http(text) {
            self.page.example_requests.push(ExampleRequest {
                http: Some(Stated { value, line }),
                body: None,
            });
            self.open_example = true;
        } else {
            let header = text.split_once(": ");
            self.open_example &= header.is_some_and(|(name, _)| words::may_be_wire_name(name));
        }
    }

    /// Code of an example request: its body, or all of it.
    fn example_code(&mut self, line: usize, code: &str) {
        let is_body = |line: &str| line.trim_start().starts_with(['{', '[']);
        let lines = || code.lines().zip(line..);
        for (text, line) in lines().take_while(|(text, _)| !is_body(text)) {
            if !text.trim().is_empty() {
                self.example_line(line, text);
            }
        }
        if let Some((_, line)) = lines().find(|(text, _)| is_body(text)) {
            let body: Vec<&str> = code.lines().skip_while(|text| !is_body(text)).collect();
            let body = Some(Stated {
                value: body.join("\n"),
                line,
            });
            match self.page.example_requests.last_mut() {
                Some(example) if self.open_example => example.body = body,
                _ => {
                    let http = None;
                    self.page
                        .example_requests
                        .push(ExampleRequest { http, body });
                }
            }
            self.open_example = false;
        }
    }

    fn code(&mut self, line: usize, code: &str) {
        let rest = code.trim_start_matches('\n');
        let line = line + (code.len() - rest.len());
        let stated = Stated {
            value: rest.trim_end_matches('\n').to_owned(),
            line,
        };
        // A fence around nothing.
        if stated.value.is_empty() {
            return;
        }
        match self.section {
            Section::Uri => {
                for text in stated.value.lines() {
                    self.prose(line, text);
                }
            }
            Section::ExampleRequests => self.example_code(line, &stated.value),
            Section::ExampleResponses => match self.status.clone() {
                Some(status) => self.page.example_responses.push((status.value, stated)),
                None => self.note(line, "page", "an example reply without a status".to_owned()),
            },
            Section::SdkCode | Section::End | Section::Debugging => {}
            _ => self.note(line, "page", format!("not read: {}", short(&stated.value))),
        }
    }

    /// Another reply or section begins: what its tables describe is named there.
    fn restart(&mut self) {
        if let Some((line, message)) = self.pending.restart() {
            self.note(line, "page", message);
        }
    }

    fn finish(mut self, last: usize) -> Page {
        self.restart();
        self.note_strays();
        self.page.language = match self.languages {
            (english, chinese) if chinese > english => Language::Chinese,
            _ => Language::English,
        };
        self.title();
        self.page.is_page = self.section > Section::Start;
        let cut = match self.section {
            Section::Start => Some("no section of a page of an operation was found".to_owned()),
            section if section < Section::ErrorCodes && !self.lists_all_statuses() => {
                let name = &self.name;
                Some(format!(
                    "the page ends inside `{name}`: what follows is missing"
                ))
            }
            _ => None,
        };
        if let Some(message) = cut {
            self.page.cut = true;
            self.note(last, "page", message);
        }
        self.page.notes.sort_by_key(|note| note.line);
        self.page
    }

    /// The table of statuses closes many pages. It has those whose replies are described, at least; unless the page goes
    /// on behind it, so that it was read to its end.
    fn lists_all_statuses(&self) -> bool {
        let Page {
            statuses,
            responses,
            ..
        } = &self.page;
        let goes_on = self.section == Section::StatusCodes && self.unknown.is_some();
        let mut described = responses.iter().map(|it| it.status.value);
        !statuses.is_empty()
            && (goes_on
                || described.all(|status| statuses.iter().any(|(it, _)| it.value == status)))
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
            Some((value, name)) if words::may_be_type_name(name) => {
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
