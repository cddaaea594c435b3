//! How far a page can be trusted: what a page that breaks off does not say is not gone.

use crate::page::{Page, Place, Row};

/// The parts of a page, in the order in which pages have them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Head,
    Permission,
    Http,
    Path,
    Query,
    Header,
    Body,
    Replies,
    Examples,
    Statuses,
}

impl From<Place> for Part {
    fn from(place: Place) -> Self {
        match place {
            Place::Path => Self::Path,
            Place::Query => Self::Query,
            Place::Header => Self::Header,
            Place::Body => Self::Body,
        }
    }
}

/// What of a page was read for certain.
#[derive(Debug)]
pub(super) struct Reach {
    /// Whether the page breaks off.
    cut: bool,
    /// The last line on which something was read.
    last: usize,
    /// The last part of which something was read.
    part: Part,
    /// Addresses of what could not be read.
    notes: Vec<String>,
}

impl Reach {
    pub(super) fn new(page: &Page) -> Self {
        let starts = starts(page);
        let last = starts
            .iter()
            .map(|(_, line)| *line)
            .max()
            .unwrap_or_default();
        let part = starts
            .iter()
            .map(|(part, _)| *part)
            .max()
            .unwrap_or(Part::Head);
        // What cannot be placed is where the page breaks off, unless the page goes on behind it to its last table.
        let is_end = |line: usize| page.statuses.is_empty() || line >= last;
        let mut notes = page.notes.iter();
        let cut = notes.any(|note| note.at == "page" && is_end(note.line));
        Self {
            cut,
            last,
            part,
            notes: page.notes.iter().map(|note| note.at.clone()).collect(),
        }
    }

    /// Whether the page breaks off.
    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }

    /// Whether what begins on `line` was read to its end.
    pub(super) fn is_whole(&self, line: usize) -> bool {
        !self.cut || line < self.last
    }

    /// Whether a table was read to its end; without rows it is known to be absent if the page goes on behind it.
    pub(super) fn has_end(&self, part: Part, rows: &[&Row]) -> bool {
        match rows.last() {
            Some(row) => self.is_whole(row.name.line),
            None => !self.cut || self.part > part,
        }
    }

    /// Where what could not be read belongs, note by note.
    pub(super) fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Takes up that the description calls something by another name than the page.
    pub(super) fn rename(&mut self, page: &str, ours: &str) {
        for note in &mut self.notes {
            if is_within(note, page) {
                *note = format!("{ours}{}", note.get(page.len()..).unwrap_or_default());
            }
        }
    }

    /// Whether a part of the row at `at` could not be read.
    pub(super) fn is_noted(&self, at: &str) -> bool {
        self.notes.iter().any(|note| note == at)
    }

    /// Whether something at `at`, or around it, could not be read.
    pub(super) fn is_doubtful(&self, at: &str) -> bool {
        self.notes.iter().any(|note| is_within(at, note))
    }
}

/// Whether the address `at` is `outer` or lies within it.
pub(super) fn is_within(at: &str, outer: &str) -> bool {
    at.strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The parts of which something was read, and the line on which each thing begins.
fn starts(page: &Page) -> Vec<(Part, usize)> {
    let lines = |part: Part, rows: &[Row]| -> Vec<_> {
        rows.iter().map(|row| (part, row.name.line)).collect()
    };
    let mut starts = Vec::new();
    let head = [&page.title, &page.section, &page.updated];
    starts.extend(head.into_iter().flatten().map(|it| (Part::Head, it.line)));
    starts.extend(page.function.iter().map(|it| (Part::Head, it.line)));
    starts.extend(
        page.permissions
            .iter()
            .map(|it| (Part::Permission, it.action.line)),
    );
    starts.extend(page.http.iter().map(|it| (Part::Http, it.line)));
    starts.extend(
        page.parameters
            .iter()
            .map(|(place, row)| (Part::from(*place), row.name.line)),
    );
    for response in &page.responses {
        starts.push((Part::Replies, response.status.line));
        starts.extend(lines(Part::Replies, &response.fields));
        starts.extend(lines(Part::Replies, &response.headers));
    }
    for table in &page.types {
        // Requests have tables of types as well; these say nothing about replies.
        starts.push((Part::Body, table.name.line));
        starts.extend(lines(Part::Body, &table.fields));
    }
    starts.extend(
        page.example_requests
            .iter()
            .map(|it| (Part::Examples, it.line)),
    );
    starts.extend(
        page.example_responses
            .iter()
            .map(|(_, it)| (Part::Examples, it.line)),
    );
    starts.extend(
        page.statuses
            .iter()
            .map(|(it, _)| (Part::Statuses, it.line)),
    );
    starts
}
