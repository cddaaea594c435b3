//! What an IAM user must be allowed to do.

use vod_page::{Address, Permission, Source, Stated, Subject};

use crate::fix::{Change, Fix};
use crate::format::rule::Rule;
use crate::model;

use super::{Comparer, Difference, Direction, NOTHING, fixes};

/// What the page and the description list under a key of the permission.
struct Cell<'c> {
    row: &'c Permission,
    key: &'c str,
    page: &'c [Stated<String>],
    ours: &'c [String],
}

impl Comparer<'_, '_> {
    pub(super) fn permission(&mut self) {
        let page = self.page;
        let rows: Vec<_> = page
            .permissions
            .iter()
            .filter(|row| self.reach.is_whole(row.action.line))
            .collect();
        let at = Address::of(Subject::Permission, "action");
        for row in &rows {
            self.texts.add(&at, row.action.line, &row.action.value);
        }
        let operation = self.operation;
        match (&operation.permission, rows.as_slice()) {
            (None, rows) => {
                for row in rows {
                    let action = &row.action;
                    let message = format!("the page asks for `{}`: add `permission`", action.value);
                    self.differs("action", action, message);
                }
            }
            (Some(_), []) => {
                // A document names the action at most, and some pages have always left it to another page.
                let is_gone = self.texts.differ(self.recorded, &at);
                let is_due = page.authorization.is_empty() || is_gone;
                if page.source != Source::ApiExplorer && is_due {
                    self.no_permission();
                }
            }
            (Some(ours), rows) => {
                let same = rows.iter().find(|row| row.action.value == ours.action);
                let chosen = same.or(rows.first());
                for row in rows {
                    if row.action.value != ours.action {
                        let message = format!(
                            "the page asks for `{}`, the description for `{}`: correct `permission`",
                            row.action.value, ours.action
                        );
                        self.differs("action", &row.action, message);
                    }
                }
                if let Some(row) = chosen.filter(|_| page.source != Source::ApiExplorer) {
                    self.cells(row, ours);
                }
            }
        }
    }

    /// The page has no table of permissions, and does not say where there is one.
    fn no_permission(&mut self) {
        let operation = self.operation;
        let at = Address::of(Subject::Permission, "action");
        if self.reach.is_cut() || self.reach.is_doubtful(&at) {
            return;
        }
        let stated_in = operation.permission.as_ref().and_then(|it| it.stated_in);
        let found = Difference {
            rule: Rule::PermissionChanged,
            direction: Direction::Request,
            at: at.clone(),
            line: self.top(),
            spec: operation.places.permission,
            message: "the page states no permission: drop `permission`".to_owned(),
            states: Some(NOTHING.to_owned()),
            fix: None,
        };
        self.report_silence(&at, stated_in, found);
    }

    /// The cells behind the action.
    fn cells(&mut self, row: &Permission, ours: &model::Permission) {
        let lists = [
            (
                "resource",
                row.resource.as_slice(),
                ours.resource.as_slice(),
            ),
            ("condition_keys", &row.condition_keys, &ours.condition_keys),
            ("alias", &row.alias, &ours.alias),
            ("dependencies", &row.dependencies, &ours.dependencies),
        ];
        let access = std::slice::from_ref(&ours.access);
        // A page without the column says nothing of it.
        let access = row
            .access
            .iter()
            .map(|it| ("access", std::slice::from_ref(it), access));
        for (key, page, ours) in access.chain(lists) {
            self.cell(Cell {
                row,
                key,
                page,
                ours,
            });
        }
    }

    /// Compares what a cell lists, in any order; space and capitals mean nothing here.
    fn cell(&mut self, cell: Cell<'_>) {
        let Cell {
            row,
            key,
            page,
            ours,
        } = cell;
        let plain = |text: &String| {
            let letters = text.chars().filter(|c| !c.is_whitespace());
            letters.flat_map(char::to_lowercase).collect::<String>()
        };
        let mut theirs: Vec<_> = page.iter().map(|it| plain(&it.value)).collect();
        let mut known: Vec<_> = ours.iter().map(plain).collect();
        theirs.sort();
        known.sort();
        if theirs == known {
            return;
        }
        let fix = self.cell_fix(&cell, plain);
        let line = page.first().map_or(row.action.line, |it| it.line);
        let text: Vec<_> = page.iter().map(|it| it.value.as_str()).collect();
        let text = text.join(", ");
        let (value, message) = if text.is_empty() {
            let message = format!("the page has nothing here: drop `{key}` of `permission`");
            (NOTHING.to_owned(), message)
        } else {
            let message = format!("the page has `{text}`: correct `{key}` of `permission`");
            (text, message)
        };
        self.differs_with(fix, key, &Stated { value, line }, message);
    }

    /// The edits that make a cell list what the page does. None where that is nothing, as a cell can have been lost.
    fn cell_fix(&self, cell: &Cell<'_>, plain: impl Fn(&String) -> String) -> Option<Fix> {
        let Cell {
            row,
            key,
            page,
            ours,
        } = cell;
        let operation = self.operation;
        let is_same_row = operation.permission.as_ref()?.action == row.action.value;
        let first = page.first().filter(|_| is_same_row)?;
        if matches!(*key, "access" | "resource") {
            let text = first.value.replace(" *", "*");
            return fixes::permission(operation, key, [Change::SetText(text)]);
        }
        let known: Vec<_> = ours.iter().map(&plain).collect();
        let theirs: Vec<_> = page.iter().map(|it| plain(&it.value)).collect();
        let added = page.iter().filter(|it| !known.contains(&plain(&it.value)));
        let gone = ours.iter().filter(|it| !theirs.contains(&plain(it)));
        let added = added.map(|it| Change::Include(it.value.clone()));
        let gone = gone.map(|it| Change::Exclude(it.clone()));
        fixes::permission(operation, key, added.chain(gone))
    }

    fn differs(&mut self, key: &str, states: &Stated<String>, message: String) {
        self.differs_with(None, key, states, message);
    }

    fn differs_with(
        &mut self,
        fix: Option<Fix>,
        key: &str,
        states: &Stated<String>,
        message: String,
    ) {
        let place = self.operation.places.permission;
        let at = Address::of(Subject::Permission, key);
        if !self.reach.is_doubtful(&at) {
            self.report(Difference {
                rule: Rule::PermissionChanged,
                direction: Direction::Request,
                at,
                line: states.line,
                spec: place,
                message,
                states: Some(states.value.clone()),
                fix,
            });
        }
    }
}
