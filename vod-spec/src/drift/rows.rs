//! Rows of one table against the fields that it should have.

use std::collections::BTreeSet;

use vod_page::{Address, Row};

use crate::format::rule::Rule;
use crate::model::Field;
use crate::source::Span;

use super::added;
use super::values::Match;
use super::{Comparer, Difference, Direction, fixes};

/// A table of the page and its place in the description.
pub(super) struct Table {
    /// The address that those of its rows begin with.
    pub(super) at: Address,
    pub(super) direction: Direction,
    /// Whether it lists headers: capitals mean nothing in their names.
    pub(super) headers: bool,
    pub(super) added: Rule,
    pub(super) removed: Rule,
    /// Line of the page for what the table lacks, if it has no rows.
    pub(super) line: usize,
    /// Where the description lists what the table does.
    pub(super) place: Span,
}

impl Table {
    /// Whether two names are one.
    pub(super) fn is_same(&self, a: &str, b: &str) -> bool {
        a == b || self.headers && a.eq_ignore_ascii_case(b)
    }

    /// The rows of one name.
    pub(super) fn named<'p>(&self, rows: &[&'p Row], name: &str) -> Vec<&'p Row> {
        rows.iter()
            .filter(|row| self.is_same(&row.name.value, name))
            .copied()
            .collect()
    }
}

impl<'p> Comparer<'_, 'p> {
    pub(super) fn rows<'f>(
        &mut self,
        table: &Table,
        fields: impl IntoIterator<Item = &'f Field>,
        rows: &[&'p Row],
    ) {
        let fields: Vec<_> = fields.into_iter().collect();
        let whole = self.whole(rows);
        for field in &fields {
            let same = table.named(&whole, &field.name.value);
            if same.is_empty() {
                self.row_removed(table, field, rows);
            } else {
                self.row(table, field, &same);
            }
        }
        let mut added = BTreeSet::new();
        // What is added goes behind the row before it.
        let mut place = table.place;
        for row in whole {
            let name = row.name.value.as_str();
            let is_it = |field: &&Field| table.is_same(&field.name.value, name);
            if let Some(field) = fields.iter().find(|it| is_it(it)) {
                place = field.name.span;
            } else if added.insert(name) {
                self.row_added(table, row, place);
            }
        }
    }

    /// The rows that were read to their end: all of them, unless the page breaks off.
    pub(super) fn whole(&self, rows: &[&'p Row]) -> Vec<&'p Row> {
        let is_whole = |row: &&&Row| self.reach.is_whole(row.name.line);
        rows.iter().filter(is_whole).copied().collect()
    }

    /// Compares the rows of one name with their field.
    fn row(&mut self, table: &Table, field: &Field, rows: &[&'p Row]) {
        self.presence(table, field, rows);
        let at = table.at.member(&field.name.value);
        for row in rows {
            self.facts(Match {
                at: &at,
                direction: table.direction,
                field,
                row,
            });
        }
    }

    /// Compares how often a name is listed and whether that is mandatory; and notes how it is worded.
    pub(super) fn presence(&mut self, table: &Table, field: &Field, rows: &[&'p Row]) {
        let at = table.at.member(&field.name.value);
        let place = field.name.span;
        for row in rows {
            self.texts
                .add(&at, row.description.line, &row.description.value);
        }
        if let [_, second, ..] = rows {
            let message = format!(
                "the page lists `{}` {} times: find out which row holds",
                field.name.value,
                rows.len()
            );
            self.report(Difference {
                rule: Rule::DuplicateRow,
                direction: table.direction,
                at: at.clone(),
                line: second.name.line,
                spec: place,
                message,
                states: None,
                fix: None,
            });
        }
        let mut mandatory: Vec<_> = rows
            .iter()
            .filter_map(|row| row.mandatory.as_ref())
            .collect();
        mandatory.dedup_by_key(|it| it.value);
        // Rows that disagree say nothing but that: `duplicate-row` has it.
        if let ([page], Direction::Request) = (mandatory.as_slice(), table.direction)
            && page.value != field.required
        {
            let message = if page.value {
                format!(
                    "the page says that `{}` is mandatory: add `required: true`",
                    field.name.value
                )
            } else {
                format!(
                    "the page says that `{}` is optional: drop `required`",
                    field.name.value
                )
            };
            self.report(Difference {
                rule: Rule::RequiredChanged,
                direction: table.direction,
                at,
                line: page.line,
                spec: place,
                message,
                states: None,
                fix: fixes::required(field, page.value),
            });
        }
    }

    pub(super) fn row_removed(&mut self, table: &Table, field: &Field, rows: &[&Row]) {
        let name = &field.name.value;
        let at = table.at.member(name);
        if !self.reach.has_end(rows) || self.reach.is_doubtful(&at) {
            return;
        }
        let line = rows.last().map_or(table.line, |row| row.name.line);
        let message = format!("the page does not list `{name}`: drop it here");
        self.report(Difference {
            rule: table.removed,
            direction: table.direction,
            at,
            line,
            spec: field.name.span,
            message,
            states: None,
            fix: None,
        });
    }

    fn row_added(&mut self, table: &Table, row: &Row, spec: Span) {
        let name = &row.name.value;
        let at = table.at.member(name);
        self.texts
            .add(&at, row.description.line, &row.description.value);
        let mut message = format!(
            "the page lists `{name}`, which the description lacks: add `{}`",
            added::entry(row)
        );
        if let Some(values) = added::values(row) {
            message.push_str(&format!("; it can be {values}"));
        }
        self.report(Difference {
            rule: table.added,
            direction: table.direction,
            at,
            line: row.name.line,
            spec,
            message,
            states: None,
            fix: None,
        });
    }
}
