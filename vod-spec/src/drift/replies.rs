//! Statuses, and what replies hold.

use std::collections::BTreeMap;

use vod_page::{Address, CellType, Response, Row, Stated, Subject};

use crate::fix::Change;
use crate::format::rule::Rule;
use crate::model::{ReplyBody, Type, TypeKind};

use super::rows::Table;
use super::values::type_text;
use super::{Comparer, Difference, Direction, fixes};

/// Headers of replies that the client reads for every operation.
const OWN_HEADERS: &[&str] = &["X-Request-Id"];

impl<'p> Comparer<'_, 'p> {
    pub(super) fn replies(&mut self) {
        self.statuses();
        let page = self.page;
        let is_error = |it: &&Response| {
            self.operation
                .errors
                .iter()
                .any(|(status, _)| *status == it.status.value)
        };
        let (errors, others): (Vec<_>, Vec<_>) = page.responses.iter().partition(is_error);
        let ours = self.operation.reply.status;
        let success = others.iter().find(|it| it.status.value == ours);
        let success = success.or_else(|| others.iter().find(|it| is_success(it.status.value)));
        self.success(success.copied());
        for response in errors {
            self.error(response);
        }
    }

    fn statuses(&mut self) {
        let page = self.page;
        let mut theirs = BTreeMap::<u16, usize>::new();
        for (status, meaning) in &page.statuses {
            if self.reach.is_whole(status.line) {
                theirs.entry(status.value).or_insert(status.line);
                self.texts.add(
                    &Address::of(Subject::Response, status.value),
                    status.line,
                    meaning,
                );
            }
        }
        let listed = theirs.clone();
        for response in &page.responses {
            if self.reach.is_whole(response.status.line) {
                theirs
                    .entry(response.status.value)
                    .or_insert(response.status.line);
            }
        }
        let operation = self.operation;
        let place = operation.places.responses;
        let ours: Vec<_> = operation.errors.iter().map(|(status, _)| *status).collect();
        let ours = [operation.reply.status].into_iter().chain(ours);
        for (status, line) in &theirs {
            if !ours.clone().any(|it| it == *status) {
                let message = format!("the page has the status {status}: add it to `responses`");
                let at = Address::of(Subject::Response, status);
                // Replies of requests that worked have something to say.
                let fix = fixes::status(operation, *status, Change::AddStatus);
                let fix = fix.filter(|_| (400..600).contains(status));
                self.report(Difference {
                    rule: Rule::StatusAdded,
                    direction: Direction::Reply,
                    at,
                    line: *line,
                    spec: place,
                    message,
                    states: None,
                    fix,
                });
            }
        }
        // The table of statuses is complete where a page has one.
        let due = if listed.is_empty() { &theirs } else { &listed };
        for status in ours {
            let at = Address::of(Subject::Response, status);
            if !self.reach.is_cut() && !due.contains_key(&status) && !self.reach.is_doubtful(&at) {
                let line = due
                    .values()
                    .next_back()
                    .copied()
                    .unwrap_or_else(|| self.top());
                let in_section = theirs.contains_key(&status);
                let message = if in_section {
                    format!(
                        "the page contradicts itself: the status {status} has a section, but is \
                         not in the table of statuses"
                    )
                } else {
                    format!("the page does not have the status {status}: drop it")
                };
                let is_listed =
                    !listed.is_empty() && !in_section && status != operation.reply.status;
                let fix = fixes::status(operation, status, Change::Drop);
                self.report(Difference {
                    rule: Rule::StatusRemoved,
                    direction: Direction::Reply,
                    at,
                    line,
                    spec: place,
                    message,
                    states: None,
                    fix: fix.filter(|_| is_listed),
                });
            }
        }
    }

    fn success(&mut self, response: Option<&'p Response>) {
        let operation = self.operation;
        let reply = &operation.reply;
        let table = self.table(reply.status, response);
        let rows: Vec<_> = response.into_iter().flat_map(|it| &it.fields).collect();
        let whole = response.and_then(|it| it.body.as_ref());
        match &reply.body {
            body if whole.is_some() && !matches!(body, ReplyBody::Fields(_)) => {
                self.stated_body(&table, whole, body);
            }
            ReplyBody::Whole(ty) => self.whole_body(ty, &rows),
            ReplyBody::Fields(_) | ReplyBody::Empty => self.rows(&table, reply.fields(), &rows),
        }
        let table = Table {
            headers: true,
            ..table
        };
        let is_due = |row: &&Row| {
            let name = row.name.value.as_str();
            let is_own = OWN_HEADERS.iter().any(|own| table.is_same(own, name));
            let mut ours = reply.headers.iter();
            !is_own || ours.any(|it| table.is_same(&it.name.value, name))
        };
        let headers = response.into_iter().flat_map(|it| &it.headers);
        let headers: Vec<_> = headers.filter(is_due).collect();
        self.rows(&table, &reply.headers, &headers);
    }

    /// A body of which the page says what it is as a whole.
    fn stated_body(
        &mut self,
        table: &Table,
        stated: Option<&'p Stated<CellType>>,
        body: &ReplyBody,
    ) {
        let Some(stated) = stated else { return };
        let ours = match body {
            ReplyBody::Whole(ty) => Some(ty),
            ReplyBody::Fields(_) | ReplyBody::Empty => None,
        };
        if let Some(ty) = ours.filter(|ty| self.same(&stated.value, ty)) {
            self.note_tables(&stated.value, ty, stated.line);
            return;
        }
        let theirs = type_text(&stated.value);
        self.report(Difference {
            rule: Rule::TypeChanged,
            direction: Direction::Reply,
            at: table.at.clone(),
            line: stated.line,
            spec: table.place,
            message: format!("the page has a body of the type `{theirs}`: correct `type`"),
            states: Some(theirs),
            fix: None,
        });
    }

    /// A body without fields of its own: its table has a row for the whole, or the rows of what it consists of.
    fn whole_body(&mut self, ty: &Type, rows: &[&'p Row]) {
        let is_list = |row: &&&Row| {
            matches!(
                row.ty.as_ref().map(|it| &it.value),
                Some(CellType::Array(_))
            )
        };
        if let (Type::Array(_), Some(row)) = (ty, rows.iter().find(is_list))
            && rows.len() == 1
            && let Some(cell) = &row.ty
        {
            let is_whole = self.same(&cell.value, ty);
            self.note_tables(&cell.value, ty, row.name.line);
            if is_whole {
                return;
            }
        }
        let inner = match ty {
            Type::Array(inner) | Type::Map(inner) => inner,
            ty => ty,
        };
        let api = self.api;
        let Type::Named(id) = inner else { return };
        if let Some(ty) = api.type_def(*id)
            && let TypeKind::Object(fields) = &ty.kind
        {
            let table = self.table(self.operation.reply.status, None);
            let table = Table {
                at: Address::of(Subject::Type, &ty.name.value),
                line: rows.first().map_or(table.line, |row| row.name.line),
                place: ty.name.span,
                ..table
            };
            self.rows(&table, fields, rows);
        }
    }

    /// All errors have the body that service.yaml describes, whether a page repeats it or not.
    fn error(&mut self, response: &'p Response) {
        let api = self.api;
        let rows: Vec<_> = response.fields.iter().collect();
        if !rows.is_empty() {
            let table = self.table(response.status.value, Some(response));
            self.rows(&table, &api.service.error, &rows);
        }
    }

    fn table(&self, status: u16, response: Option<&Response>) -> Table {
        Table {
            at: Address::of(Subject::Response, status),
            direction: Direction::Reply,
            headers: false,
            added: Rule::FieldAdded,
            removed: Rule::FieldRemoved,
            line: response.map_or_else(|| self.top(), |it| it.status.line),
            place: self.operation.places.responses,
        }
    }
}

fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}
