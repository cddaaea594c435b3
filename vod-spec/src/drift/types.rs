//! Tables of nested types.
//!
//! The names of types are ours where pages have none or bad ones, so a table is found by way of the rows that refer to
//! it rather than by its name alone.

use crate::format::rule::Rule;
use crate::model::{TypeId, TypeKind};
use crate::page::{Address, Subject};

use super::rows::Table;
use super::{Comparer, Direction};

impl<'p> Comparer<'_, 'p> {
    /// Notes that a table called `name`, near `line`, stands for the type `id`. False if there is neither the table
    /// nor another sign that the two belong together.
    pub(super) fn pair(&mut self, name: &str, id: TypeId, line: usize) -> bool {
        if self.pair_by_name(name, id, line) {
            return true;
        }
        let Some(ty) = self.api.type_def(id) else {
            return true;
        };
        let at = Address::of(Subject::Type, &ty.name.value);
        if self.reach.is_doubtful(&at) || self.reach.is_cut() {
            return true;
        }
        if ty.name.value != name {
            return false;
        }
        let message = format!("the page refers to `{name}`, but has no table of it");
        self.report(
            Rule::TypeRemoved,
            direction(ty.in_requests),
            at,
            line,
            ty.name.span,
            message,
        );
        true
    }

    /// Notes the table called `name`, the first one behind `line` if there are several. False if there is none.
    pub(super) fn pair_by_name(&mut self, name: &str, id: TypeId, line: usize) -> bool {
        let page = self.page;
        let tables = || {
            page.types
                .iter()
                .enumerate()
                .filter(|(_, it)| it.name.value == name)
        };
        let behind = tables().find(|(_, it)| it.name.line > line);
        let Some((index, table)) = behind.or_else(|| tables().next()) else {
            return false;
        };
        if self.paired.insert((index, id)) {
            self.pairs.push((index, id));
            self.type_names.insert(&table.name.value, id);
            if let Some(ty) = self.api.type_def(id) {
                let ours = Address::of(Subject::Type, &ty.name.value);
                self.reach.rename(&Address::of(Subject::Type, name), &ours);
            }
        }
        true
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
            self.report(
                Rule::TypeAdded,
                Direction::Reply,
                at,
                table.name.line,
                place,
                message,
            );
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
            // That a page calls a type by another name than before is no more than a change of wording.
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
