//! From the parts of a page to what they state: one reader for every form and language.

mod examples;
mod puzzles;
mod request_line;
mod strays;
mod tables;

use crate::{Address, Subject};

use super::document::{Block, Kind, short};
use super::listing::Pending;
use super::words::{self, Caption, Language, Section};
use crate::facts::{Note, Page, Source, Stated};

use self::strays::Stray;

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
    /// The part that was the status of a reply.
    status_part: Option<usize>,
    /// The names in the query of the request line.
    query: Vec<Stated<String>>,
    /// Notes that an older template explains.
    puzzles: Vec<Note>,
    /// Whether the status of a reply was assumed.
    has_assumed: bool,
    /// Whether there are tables of parameters whose columns are not those that are known.
    has_other_tables: bool,
    /// The sections that the page has.
    sections: Vec<Section>,
    /// Headings that are not known, and how many sections stand above each.
    headings: Vec<(Stated<String>, usize)>,
    strays: Vec<Stray>,
}

impl Reader {
    fn note(&mut self, line: usize, at: impl Into<Address>, message: String) {
        let at = at.into();
        self.page.notes.push(Note { line, at, message });
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
            let heading = Stated {
                value: text.to_owned(),
                line,
            };
            self.headings.push((heading, self.sections.len()));
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
        self.sections.push(section);
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
            self.status_part = Some(self.parts);
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
            // The vendor's Markdown repeats what stands above a list.
            Section::Authorization => {
                let known = &mut self.page.authorization;
                if !known.iter().any(|it| it.value == stated.value) {
                    known.push(stated);
                }
            }
            Section::Constraints if words::is_none(text) => {}
            Section::Constraints => self.page.constraints.push(stated),
            Section::Uri if self.page.http.is_none() => {
                if !self.request_line(line, text) {
                    self.stray(stated);
                }
            }
            Section::Uri | Section::Request | Section::Response => self.stray(stated),
            Section::ExampleRequests => self.example_line(line, text),
            // What else is said there states nothing that can be checked.
            Section::Debugging
            | Section::ExampleResponses
            | Section::SdkCode
            | Section::StatusCodes
            | Section::ErrorCodes
            | Section::End => {}
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
                    self.note(text.line, Subject::Updated, message);
                }
            }
        } else if text.value.matches(['/', '>']).count() >= 3 && !text.value.contains("://") {
            self.breadcrumb.get_or_insert(text);
        } else if !words::is_control(&text.value) {
            self.start.push(text);
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
                for (text, line) in stated.value.lines().zip(line..) {
                    self.prose(line, text);
                }
            }
            Section::ExampleRequests => self.example_code(line, &stated.value),
            Section::ExampleResponses => match self.status.clone() {
                Some(status) => self.page.example_responses.push((status.value, stated)),
                None => self.puzzle(
                    line,
                    Subject::Page,
                    "an example reply without a status".to_owned(),
                ),
            },
            Section::SdkCode | Section::End | Section::Debugging => {}
            _ => self.note(
                line,
                Subject::Page,
                format!("not read: {}", short(&stated.value)),
            ),
        }
    }

    /// Another reply or section begins: what its tables describe is named there.
    fn restart(&mut self) {
        if let Some((line, message)) = self.pending.restart() {
            self.note(line, Subject::Page, message);
        }
    }

    fn finish(mut self, last: usize) -> Page {
        self.restart();
        self.note_headings();
        self.note_strays();
        self.note_puzzles();
        self.note_query();
        self.page.source = match self.languages {
            (english, chinese) if chinese > english => Source::ChinesePage,
            _ => Source::EnglishPage,
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
            self.note(last, Subject::Page, message);
        }
        // HTML takes a lone carriage return for the end of a line, so code can have more lines than its page.
        for note in &mut self.page.notes {
            note.line = note.line.min(last);
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
