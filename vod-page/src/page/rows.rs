//! The rows of a table, by the columns that its header names.

use crate::describe;
use crate::facts::{CellType, Permission, Row, Stated};
use crate::page::document::{Cell, Part, Row as Cells, short};
use crate::page::words::{self, Column};

/// A table whose header was understood.
pub(super) struct Table {
    pub(super) line: usize,
    columns: Vec<Option<Column>>,
    header: Cells,
    rows: Vec<Cells>,
}

/// A cell or a row that could not be read.
pub(super) struct Trouble {
    pub(super) line: usize,
    /// The name of the row or of the column, if there is one.
    pub(super) name: Option<String>,
    pub(super) message: String,
}

impl Table {
    pub(super) fn new(line: usize, rows: &[Cells]) -> Self {
        let (header, rows) = match rows.split_first() {
            Some((header, rows)) => (header.clone(), rows),
            None => (Cells::new(), rows),
        };
        Self {
            line,
            columns: header
                .iter()
                .map(|cell| words::column(&cell.text()))
                .collect(),
            header,
            rows: rows.to_vec(),
        }
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.columns.contains(&Some(column))
    }

    /// How many columns of a table of parameters it has.
    pub(super) fn of_parameters(&self) -> usize {
        let columns = self.columns.iter().flatten();
        columns.filter(|it| it.is_of(Column::Name)).count()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The cells of the header, for people.
    pub(super) fn header(&self) -> String {
        let cells: Vec<String> = self.header.iter().map(Cell::text).collect();
        cells.join(", ")
    }

    /// Says which columns and which cells of a table that begins with the column `first` are not read.
    fn unread(&self, first: Column, troubles: &mut Vec<Trouble>) {
        for (at, cell) in self.header.iter().enumerate() {
            let column = self.columns.get(at).copied().flatten();
            let is_read = column
                .filter(|it| it.is_of(first))
                .is_some_and(|_| self.columns.iter().position(|it| *it == column) == Some(at));
            if !is_read && !cell.parts.is_empty() {
                let text = cell.text();
                troubles.push(Trouble {
                    line: cell.line,
                    message: format!("the column `{text}` is not read"),
                    name: Some(text),
                });
            }
        }
        let is_named = |at: usize| self.header.get(at).is_some_and(|it| !it.parts.is_empty());
        for row in &self.rows {
            for (at, cell) in row.iter().enumerate() {
                if !is_named(at) && !cell.parts.is_empty() {
                    troubles.push(Trouble {
                        line: cell.line,
                        name: self.cell(row, first).map(Cell::text),
                        message: format!("a cell without a column: {}", short(&cell.text())),
                    });
                }
            }
        }
    }

    fn cell<'r>(&self, row: &'r Cells, column: Column) -> Option<&'r Cell> {
        let at = self.columns.iter().position(|c| *c == Some(column))?;
        row.get(at).filter(|cell| !cell.parts.is_empty())
    }

    /// The line on which a row begins.
    fn line_of(&self, row: &Cells) -> usize {
        let line = row.iter().map(|cell| cell.line).find(|line| *line > 0);
        line.unwrap_or(self.line)
    }

    /// Parameters or fields.
    pub(super) fn fields(&self, troubles: &mut Vec<Trouble>) -> Vec<Row> {
        self.unread(Column::Name, troubles);
        let mut fields = Vec::new();
        let mut lost = Vec::new();
        for row in &self.rows {
            if let Some(name) = self.cell(row, Column::Name) {
                if self.cell(row, Column::Mandatory).is_none() {
                    lost.push((name.line, name.text()));
                }
                fields.push(self.field(row, name, troubles));
            } else if row.iter().any(|cell| !cell.parts.is_empty()) {
                troubles.push(Trouble {
                    line: self.line_of(row),
                    name: None,
                    message: "this row has no name".to_owned(),
                });
            }
        }
        // One trouble, but at a row: that a table has no other rows than these is certain.
        if self.has(Column::Mandatory)
            && let Some((line, first)) = lost.first()
        {
            let names: Vec<&str> = lost.iter().map(|(_, name)| name.as_str()).collect();
            troubles.push(Trouble {
                line: *line,
                name: Some(first.clone()),
                message: format!(
                    "whether these are mandatory is missing in this copy: {}",
                    names.join(", ")
                ),
            });
        }
        fields
    }

    fn field(&self, row: &Cells, name: &Cell, troubles: &mut Vec<Trouble>) -> Row {
        let name = Stated {
            value: name.text(),
            line: name.line,
        };
        let mut trouble = |line, message: String| {
            troubles.push(Trouble {
                line,
                name: Some(name.value.clone()),
                message,
            });
        };
        if !words::may_be_wire_name(&name.value) {
            trouble(
                name.line,
                format!("`{}` is not the name of a parameter", name.value),
            );
        }
        let mandatory = self.cell(row, Column::Mandatory).and_then(|cell| {
            let (text, line) = (cell.text(), cell.line);
            let value = words::mandatory(&text);
            if value.is_none() {
                trouble(line, format!("`{text}` is neither yes nor no"));
            }
            value.map(|value| Stated { value, line })
        });
        let ty = self.cell(row, Column::Type).map(|cell| Stated {
            value: CellType::parse(&cell.text()),
            line: cell.line,
        });
        match &ty {
            Some(Stated {
                value: CellType::Unknown(ty),
                line,
            }) => trouble(*line, format!("`{ty}` is not a known type")),
            Some(_) => {}
            None => trouble(name.line, "the cell of the type is empty".to_owned()),
        }
        let parts = self
            .cell(row, Column::Description)
            .map(|cell| cell.parts.as_slice());
        let parts = parts.unwrap_or_default();
        let told = describe::read(parts, ty.as_ref().map(|ty| &ty.value));
        for (line, message) in told.troubles {
            trouble(line, message);
        }
        Row {
            description: Stated {
                value: description(parts),
                line: parts.first().map_or(name.line, |part| part.line),
            },
            name,
            mandatory,
            ty,
            states: told.states,
            values: told.values,
        }
    }

    /// Permissions.
    pub(super) fn permissions(&self, troubles: &mut Vec<Trouble>) -> Vec<Permission> {
        self.unread(Column::Action, troubles);
        let mut permissions: Vec<Permission> = Vec::new();
        for row in &self.rows {
            let one = |column| {
                let cell = self.cell(row, column)?;
                let value = cell.text();
                (!words::is_none(&value)).then_some(Stated {
                    value,
                    line: cell.line,
                })
            };
            let many = |column| -> Vec<Stated<String>> {
                let parts = self.cell(row, column).map(|cell| cell.parts.as_slice());
                parts
                    .unwrap_or_default()
                    .iter()
                    .flat_map(|part| {
                        part.text
                            .split([' ', ',', '、'])
                            .map(|word| (word, part.line))
                    })
                    .filter(|(word, _)| !word.is_empty() && !words::is_none(word))
                    .map(|(word, line)| Stated {
                        value: word.to_owned(),
                        line,
                    })
                    .collect()
            };
            let Some(action) = one(Column::Action) else {
                troubles.push(Trouble {
                    line: self.line_of(row),
                    name: None,
                    message: "this row has no action".to_owned(),
                });
                continue;
            };
            let (alias, dependencies) = (many(Column::Alias), many(Column::Dependency));
            if let Some(first) = alias.first()
                && self.cell(row, Column::Dependency).is_none()
            {
                troubles.push(Trouble {
                    line: first.line,
                    name: None,
                    message: "the cell of the dependencies is empty: these may be dependencies instead of aliases"
                        .to_owned(),
                });
            }
            permissions.push(Permission {
                action,
                access: one(Column::Access),
                resource: one(Column::Resource),
                condition_keys: many(Column::ConditionKey),
                alias,
                dependencies,
            });
        }
        permissions
    }

    /// Statuses and what they mean.
    pub(super) fn statuses(&self, troubles: &mut Vec<Trouble>) -> Vec<(Stated<u16>, String)> {
        self.unread(Column::Status, troubles);
        let mut statuses = Vec::new();
        for row in &self.rows {
            let Some(cell) = self.cell(row, Column::Status) else {
                continue;
            };
            let text = cell.text();
            let meaning = self.cell(row, Column::Description).map(Cell::text);
            match words::status(text.split(' ').next().unwrap_or_default()) {
                Some(value) => statuses.push((
                    Stated {
                        value,
                        line: cell.line,
                    },
                    meaning.unwrap_or_default(),
                )),
                None => troubles.push(Trouble {
                    line: cell.line,
                    name: None,
                    message: format!("`{text}` is not an HTTP status"),
                }),
            }
        }
        statuses
    }
}

fn description(parts: &[Part]) -> String {
    let lines: Vec<String> = parts
        .iter()
        .map(|part| {
            if part.item {
                format!("- {}", part.text)
            } else {
                part.text.clone()
            }
        })
        .collect();
    lines.join("\n")
}
