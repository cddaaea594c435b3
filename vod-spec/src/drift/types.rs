//! Tables of nested types.
//!
//! The names of types are ours where pages have none or bad ones, so a table is found by way of the
//! rows that refer to it rather than by its name alone.

use vod_page::{Address, Subject};

use crate::format::rule::Rule;
use crate::model::{TypeId, TypeKind};

use super::rows::Table;
use super::{Comparer, Difference, Direction};

impl<'p> Comparer<'_, 'p> {
    /// Whether a type that the page calls `name` can be the type `id`: it has a table, which will
    /// tell, or the name of ours, or nothing is certain.
    pub(super) fn may_be(&self, name: &str, id: TypeId) -> bool {
        let mut tables = self.page.types.iter();
        tables.any(|it| it.name.value == name)
            || self.api.type_def(id).is_none_or(|ty| {
                let at = Address::of(Subject::Type, &ty.name.value);
                self.reach.is_doubtful(&at) || self.reach.is_cut() || ty.name.value == name
            })
    }

    /// The table called `name`, the first one behind `line` if there are several.
    pub(super) fn table_near(&self, name: &str, line: usize) -> Option<usize> {
        let tables = || {
            let tables = self.page.types.iter().enumerate();
            tables.filter(|(_, it)| it.name.value == name)
        };
        let behind = tables().find(|(_, it)| it.name.line > line);
        behind.or_else(|| tables().next()).map(|(index, _)| index)
    }

    /// Notes that a table of the page stands for the type `id`.
    pub(super) fn pair(&mut self, table: usize, id: TypeId) {
        let page = self.page;
        let Some(name) = page.types.get(table).map(|it| &it.name.value) else {
            return;
        };
        if self.paired.insert((table, id)) {
            self.pairs.push((table, id));
            self.type_names.insert(name, id);
            if let Some(ty) = self.api.type_def(id) {
                let ours = Address::of(Subject::Type, &ty.name.value);
                self.reach.rename(&Address::of(Subject::Type, name), &ours);
            }
        }
    }

    /// A row on `line` refers to the type `id` by its name, and the page has no table of it.
    pub(super) fn table_is_missing(&mut self, name: &str, id: TypeId, line: usize) {
        let Some(ty) = self.api.type_def(id).filter(|it| it.name.value == name) else {
            return;
        };
        let at = Address::of(Subject::Type, name);
        if self.reach.is_doubtful(&at) || self.reach.is_cut() {
            return;
        }
        self.report(Difference {
            rule: Rule::TypeRemoved,
            direction: direction(ty.in_requests),
            at,
            line,
            spec: ty.name.span,
            message: format!("the page refers to `{name}`, but has no table of it"),
            states: None,
            fix: None,
        });
    }

    pub(super) fn types(&mut self) {
        self.compare_pairs();
        let page = self.page;
        for (index, table) in page.types.iter().enumerate() {
            if self.paired.iter().any(|(it, _)| *it == index)
                || !self.reach.is_whole(table.name.line)
            {
                continue;
            }
            let name = table.name.value.as_str();
            let known = self.type_names.get(name).copied();
            let ours = known.or_else(|| {
                let is_ours = |id: &TypeId| {
                    let ty = self.api.type_def(*id);
                    ty.is_some_and(|ty| ty.name.value == name && ty.file == self.operation.file)
                };
                self.api.type_ids().map(|(id, _)| id).find(is_ours)
            });
            if let Some(id) = ours {
                self.paired.insert((index, id));
                self.pairs.push((index, id));
                self.compare_pairs();
                continue;
            }
            let names: Vec<_> = table
                .fields
                .iter()
                .map(|row| row.name.value.as_str())
                .collect();
            let message = format!(
                "the page has a type `{name}` ({}), which the description lacks: add it to `types`",
                names.join(", ")
            );
            let at = Address::of(Subject::Type, name);
            let place = self.operation.name.span;
            self.report(Difference {
                rule: Rule::TypeAdded,
                direction: Direction::Reply,
                at,
                line: table.name.line,
                spec: place,
                message,
                states: None,
                fix: None,
            });
        }
    }

    /// Compares the tables that were found so far, and those that they lead to.
    fn compare_pairs(&mut self) {
        let page = self.page;
        let api = self.api;
        while let Some((index, id)) = self.pairs.pop() {
            let (Some(table), Some(ty)) = (page.types.get(index), api.type_def(id)) else {
                continue;
            };
            let TypeKind::Object(fields) = &ty.kind else {
                continue;
            };
            let place = Table {
                at: Address::of(Subject::Type, &ty.name.value),
                direction: direction(ty.in_requests),
                headers: false,
                added: Rule::FieldAdded,
                removed: Rule::FieldRemoved,
                line: table.name.line,
                place: ty.name.span,
            };
            // That a page calls a type by another name than before is no more than a change of
            // wording.
            self.texts
                .add(&place.at, table.name.line, &table.name.value);
            let rows: Vec<_> = table.fields.iter().collect();
            self.rows(&place, fields, &rows);
        }
    }
}

/// What the crate sends, it checks; even if it receives it elsewhere.
fn direction(in_requests: bool) -> Direction {
    if in_requests {
        Direction::Request
    } else {
        Direction::Reply
    }
}
