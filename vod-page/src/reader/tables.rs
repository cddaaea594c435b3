//! The tables of a page: what each lists, and where its rows go.

use super::Reader;
use crate::document::{Row as Cells, short};
use crate::facts::{Place, Response, Row, Stated, TypeTable};
use crate::listing::{Clues, Listed};
use crate::rows::{Table, Trouble};
use crate::words::{self, Column, Section};

impl Reader {
    pub(super) fn table(&mut self, line: usize, rows: &[Cells]) {
        let caption = self.caption.take();
        let table = Table::new(line, rows);
        if let Some(heading) = self.unknown.clone()
            && !caption.as_ref().is_some_and(|it| self.is_due(&it.value))
        {
            return self.skipped(&heading, &table);
        }
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
            let message = format!("not read: the table `{}`", short(&table.header()));
            for at in self.missed(&table).unwrap_or(&["page"]) {
                self.note(line, at, message.clone());
            }
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

    /// A table below a heading that is not known. It may list what is missed elsewhere in the section.
    fn skipped(&mut self, heading: &str, table: &Table) {
        let header = table.header();
        for at in self.missed(table).unwrap_or_default() {
            let message = format!("a table below `{heading}` is not read: {}", short(&header));
            self.note(table.line, at, message);
        }
    }

    /// The addresses of what may be missed because a table is not read.
    fn missed(&self, table: &Table) -> Option<&'static [&'static str]> {
        match self.section {
            _ if table.has(Column::Action) => Some(&["permission"]),
            _ if table.has(Column::Status) => Some(&["response"]),
            section => missed(section, table.of_parameters()),
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
        let guessed = caption.is_none().then_some(line);
        self.pending.read(&listed, &rows, guessed);
        if let (Some(caption), true) = (&caption, outvoted) {
            let message = format!(
                "the caption `{}` does not fit the table, which stands for {listed}",
                caption.value
            );
            self.note(line, "page", message);
        }
        let of_request = match listed {
            Listed::Parameters(_) => true,
            Listed::Type(_) => self.section <= Section::Request,
            _ => false,
        };
        if of_request && !table.has(Column::Mandatory) {
            troubles.push(Trouble {
                line: table.line,
                name: None,
                message: "no column says what is mandatory".to_owned(),
            });
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
    pub(super) fn response(&mut self, line: usize) -> &mut Response {
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
}

/// The addresses of what may be missed if something in a section is not read that has so many columns of a table of
/// parameters.
pub(super) fn missed(section: Section, columns: usize) -> Option<&'static [&'static str]> {
    match section {
        _ if columns < 2 => None,
        Section::Uri => Some(&["path", "query"]),
        Section::Request => Some(&["header", "body", "type"]),
        Section::Response => Some(&["response", "type"]),
        _ => None,
    }
}
