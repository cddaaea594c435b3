//! The tables of a page: what each lists, and where its rows go.

use super::Reader;
use crate::facts::{Place, Response, Row, Stated, TypeTable};
use crate::page::document::{Row as Cells, short};
use crate::page::listing::{Clues, Listed};
use crate::page::rows::{Table, Trouble};
use crate::page::words::{self, Column, Section};
use crate::{Address, Subject};

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
        let mut at = Address::from(Subject::Page);
        if table.is_empty() {
            self.note(
                line,
                Subject::Page,
                format!("the table `{}` has no rows", short(&table.header())),
            );
        }
        if table.has(Column::Action) {
            at = Subject::Permission.into();
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
            self.has_other_tables |= table.of_parameters() > 1;
            let message = format!("not read: the table `{}`", short(&table.header()));
            for at in self.missed(&table).unwrap_or(&[Subject::Page]) {
                self.puzzle(line, *at, message.clone());
            }
        }
        for Trouble {
            line,
            name,
            message,
        } in troubles
        {
            let at = match name {
                Some(name) => at.member(name),
                None => at.clone(),
            };
            self.note(line, at, message);
        }
    }

    /// A table below a heading that is not known. It may list what is missed elsewhere in the section.
    fn skipped(&mut self, heading: &str, table: &Table) {
        let header = table.header();
        for at in self.missed(table).unwrap_or_default() {
            let message = format!("a table below `{heading}` is not read: {}", short(&header));
            self.puzzle(table.line, *at, message);
        }
    }

    /// The addresses of what may be missed because a table is not read.
    fn missed(&self, table: &Table) -> Option<&'static [Subject]> {
        match self.section {
            _ if table.has(Column::Action) => Some(&[Subject::Permission]),
            _ if table.has(Column::Status) => Some(&[Subject::Response]),
            section => missed(section, table.of_parameters()),
        }
    }

    /// Files the rows of a table of parameters or fields; gives the address of what the table lists.
    fn fields(
        &mut self,
        table: &Table,
        caption: Option<Stated<String>>,
        troubles: &mut Vec<Trouble>,
    ) -> Address {
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
            self.note(line, Subject::Page, message);
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
                Subject::from(place).into()
            }
            Listed::Fields | Listed::ResponseHeaders => {
                if self.status.is_none() {
                    self.status = Some(Stated { value: 200, line });
                    let message = "the status of this reply is not given: 200 is assumed";
                    self.has_assumed = true;
                    self.puzzle(line, Subject::Response, message.to_owned());
                }
                let response = self.response(line);
                let at = Address::of(Subject::Response, response.status.value);
                match listed {
                    Listed::ResponseHeaders => response.headers.extend(rows),
                    _ => match rows.as_slice() {
                        // The whole body is an array, of which this row describes the items.
                        [row] if words::is_items_row(&row.name.value) => {
                            response.body = row.ty.clone();
                        }
                        _ => response.fields.extend(rows),
                    },
                }
                at
            }
            Listed::Type(name) => {
                let at = Address::of(Subject::Type, &name);
                let name = Stated { value: name, line };
                self.page.types.push(TypeTable { name, fields: rows });
                at
            }
            Listed::Unknown => {
                let names: Vec<&str> = rows.iter().map(|row| row.name.value.as_str()).collect();
                let message = format!(
                    "it is not known what this table lists: {}",
                    names.join(", ")
                );
                self.puzzle(line, Subject::Page, message);
                Subject::Page.into()
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
            Section::Response => self.page.responses.iter().any(|response| {
                response.status.value == status
                    && (!response.fields.is_empty() || response.body.is_some())
            }),
            _ => self.has_body,
        };
        let clues = Clues {
            section: self.section,
            caption: named.as_ref(),
            mandatory: table.has(Column::Mandatory),
            path: self.page.http.as_ref().map_or("", |http| &http.value.1),
            has_body,
            next_type: self.pending.next(rows),
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
                    body: None,
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
pub(super) fn missed(section: Section, columns: usize) -> Option<&'static [Subject]> {
    match section {
        _ if columns < 2 => None,
        Section::Uri => Some(&[Subject::Path, Subject::Query]),
        Section::Request => Some(&[Subject::Header, Subject::Body, Subject::Type]),
        Section::Response => Some(&[Subject::Response, Subject::Type]),
        _ => None,
    }
}
