//! Texts where none is due: prose, or the cells of a table that was not recognized.

use super::{Reader, tables};
use crate::Subject;
use crate::facts::Stated;
use crate::page::document::short;
use crate::page::words::{self, Column, Section};

/// Texts, one behind the other, where none is due.
pub(super) struct Stray {
    section: Section,
    first: Stated<String>,
    /// The line of the last one, and which part of the page it is.
    last: usize,
    part: usize,
    /// How many of them name a column of a table of parameters.
    columns: usize,
    /// Whether it stands right behind the status of a reply, and how many texts there are: one is its meaning.
    of_reply: bool,
    count: usize,
}

impl Reader {
    pub(super) fn stray(&mut self, text: Stated<String>) {
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
                of_reply: self.section == Section::Response && follows(self.status_part, part),
                count: 0,
            });
        }
        if let Some(stray) = self.strays.last_mut().filter(|it| goes_on(it)) {
            let column = words::column(&text.value);
            stray.part = part;
            stray.count += 1;
            stray.columns += usize::from(column.is_some_and(|it| it.is_of(Column::Name)));
            if !is_none {
                stray.last = text.line;
            }
        }
    }

    /// Says which texts were not read. They may be the cells of a table.
    pub(super) fn note_strays(&mut self) {
        for stray in std::mem::take(&mut self.strays) {
            // A reply without a body: `Status code: 204`, and what it means.
            if stray.of_reply && stray.count == 1 && stray.columns == 0 {
                continue;
            }
            let (line, last) = (stray.first.line, stray.last);
            let text = short(&stray.first.value);
            let message = if line == last {
                format!("not read: {text}")
            } else {
                format!("not read: lines {line} to {last}, from `{text}` on")
            };
            let table = tables::missed(stray.section, stray.columns);
            for at in table.unwrap_or(&[Subject::Page]) {
                self.puzzle(line, *at, message.clone());
            }
        }
    }
}

/// Whether one part of the page comes next after another one.
fn follows(first: Option<usize>, next: usize) -> bool {
    first.is_some_and(|first| first + 1 == next)
}
