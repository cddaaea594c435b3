//! What is not read of older templates: one note in place of many.

use super::Reader;
use crate::Address;
use crate::Subject;
use crate::facts::Note;
use crate::page::words::Section;

impl Reader {
    /// Notes what an older template explains, if the page has one.
    pub(super) fn puzzle(&mut self, line: usize, at: impl Into<Address>, message: String) {
        let at = at.into();
        self.puzzles.push(Note { line, at, message });
    }

    /// Says which headings are not known; of a page that lacks a section, that one may be it under another name.
    pub(super) fn note_headings(&mut self) {
        let names = [
            (Section::Uri, "URI"),
            (Section::Request, "Request Parameters"),
            (Section::Response, "Response Parameters"),
            (Section::StatusCodes, "Status Codes"),
        ];
        for (heading, known) in std::mem::take(&mut self.headings) {
            let before = self.sections.get(..known).and_then(<[_]>::last);
            let after = self.sections.get(known);
            let is_missing = |section: &Section| {
                !self.sections.contains(section)
                    && before.is_none_or(|it| it < section)
                    && after.is_none_or(|it| section < it)
            };
            let missing = names.iter().filter(|(it, _)| is_missing(it));
            let missing: Vec<_> = missing.map(|(_, name)| format!("`{name}`")).collect();
            let mut message = format!("the section `{}` is not read", heading.value);
            if !missing.is_empty() {
                let missing = missing.join(", ");
                message +=
                    &format!("; it may be another name of a section that is missing: {missing}");
            }
            self.puzzle(heading.line, Subject::Page, message);
        }
    }

    /// Pages before 2022 have replies without a status; their tables can have other columns.
    fn is_old(&self) -> bool {
        let has_replies = self.sections.contains(&Section::Response);
        (self.has_assumed || self.has_other_tables && has_replies) && self.status_part.is_none()
    }

    /// Says what is not read, of an older template in one note for each part of the page.
    pub(super) fn note_puzzles(&mut self) {
        let puzzles = std::mem::take(&mut self.puzzles);
        if !self.is_old() {
            self.page.notes.extend(puzzles);
            return;
        }
        let mut parts: Vec<Vec<Note>> = Vec::new();
        for puzzle in puzzles {
            match parts
                .iter_mut()
                .find(|it| it.first().is_some_and(|it| it.at == puzzle.at))
            {
                Some(part) => part.push(puzzle),
                None => parts.push(vec![puzzle]),
            }
        }
        for mut part in parts {
            part.sort_by_key(|it| it.line);
            let (Some(first), Some(last)) = (part.first(), part.last()) else {
                continue;
            };
            let lines = match last.line {
                line if line == first.line => String::new(),
                line => format!(" ({} places up to line {line})", part.len()),
            };
            let message = format!(
                "an older template, not read in full{lines}: {}",
                first.message
            );
            self.note(first.line, first.at.clone(), message);
        }
    }
}
