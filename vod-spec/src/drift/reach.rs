//! How far a page can be trusted: what a page that breaks off does not say is not gone.

use vod_page::{Address, Note, Page, Row};

/// What of a page was read for certain.
#[derive(Debug)]
pub(super) struct Reach<'p> {
    /// Whether the page breaks off.
    cut: bool,
    /// The last line on which something was read.
    last: usize,
    /// What could not be read, and its address by the names of the description.
    notes: Vec<(&'p Note, Address)>,
}

impl<'p> Reach<'p> {
    pub(super) fn new(page: &'p Page) -> Self {
        Self {
            cut: page.cut,
            last: starts(page).into_iter().max().unwrap_or_default(),
            notes: page.notes.iter().map(|it| (it, it.at.clone())).collect(),
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

    /// Whether a table was read to its end. That there is none says nothing on a page that breaks off.
    pub(super) fn has_end(&self, rows: &[&Row]) -> bool {
        match rows.last() {
            Some(row) => self.is_whole(row.name.line),
            None => !self.cut,
        }
    }

    /// What could not be read, and its address by the names of the description.
    pub(super) fn notes(&self) -> &[(&'p Note, Address)] {
        &self.notes
    }

    /// Takes up that the description calls something by another name than the page.
    pub(super) fn rename(&mut self, page: &Address, ours: &Address) {
        for (_, at) in &mut self.notes {
            if let Some(moved) = at.moved(page, ours) {
                *at = moved;
            }
        }
    }

    /// Whether a part of the row at `at` could not be read.
    pub(super) fn is_noted(&self, at: &Address) -> bool {
        self.notes.iter().any(|(_, noted)| noted == at)
    }

    /// Whether something at `at`, or around it, could not be read.
    pub(super) fn is_doubtful(&self, at: &Address) -> bool {
        self.notes.iter().any(|(_, noted)| at.is_within(noted))
    }
}

/// The lines on which things begin.
fn starts(page: &Page) -> Vec<usize> {
    fn names(rows: &[Row]) -> impl Iterator<Item = usize> {
        rows.iter().map(|row| row.name.line)
    }
    let mut starts = Vec::new();
    let head = [&page.title, &page.section, &page.updated];
    starts.extend(head.into_iter().flatten().map(|it| it.line));
    starts.extend(page.function.iter().map(|it| it.line));
    starts.extend(page.permissions.iter().map(|it| it.action.line));
    starts.extend(page.http.iter().map(|it| it.line));
    starts.extend(page.parameters.iter().map(|(_, row)| row.name.line));
    for response in &page.responses {
        starts.push(response.status.line);
        starts.extend(names(&response.fields).chain(names(&response.headers)));
    }
    for table in &page.types {
        starts.push(table.name.line);
        starts.extend(names(&table.fields));
    }
    for example in &page.example_requests {
        starts.extend(example.http.iter().map(|it| it.line));
        starts.extend(example.body.iter().map(|it| it.line));
    }
    starts.extend(page.example_responses.iter().map(|(_, it)| it.line));
    starts.extend(page.statuses.iter().map(|(it, _)| it.line));
    starts
}
