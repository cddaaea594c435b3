//! Writes data to standard output.

use std::time::SystemTime;

use jmespath::Expression;
use serde_json::Value;
use vod_api::operation::{OperationMeta, Property, Schema};
use vod_api::support::service::nearest;

use crate::exit::Failure;
use crate::io::{Io, Stream};
use crate::output::json::{Indented, ordered, to_text};
use crate::output::{Column, Format, Options, Show, cells, columns, query, table};

/// What is known of the data beforehand.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Shape {
    /// The member that lists the items.
    pub(crate) items: Option<&'static str>,
    /// The whole.
    pub(crate) schema: Option<Schema>,
    /// The columns that are usually shown; all, if it is empty.
    pub(crate) columns: &'static [Column],
}

impl Shape {
    /// That of the reply of an operation.
    pub(crate) fn of_reply(meta: &OperationMeta) -> Self {
        let items = meta.pagination.map(|facts| facts.items);
        Self {
            items: items.or(meta.outcome.map(|facts| facts.items)),
            schema: meta.reply,
            columns: &[],
        }
    }

    /// That of items of an operation that lists some, with the columns that are usually shown.
    pub(crate) fn of_items(meta: &OperationMeta, columns: &'static [Column]) -> Self {
        let reply = Self::of_reply(meta);
        Self {
            items: None,
            schema: columns::items(reply.schema, reply.items),
            columns,
        }
    }

    /// That of rows that are put together, with the columns that are usually shown.
    pub(crate) fn of_columns(columns: &'static [Column]) -> Self {
        Self {
            columns,
            ..Self::default()
        }
    }

    fn members(self) -> &'static [Property] {
        columns::members(self.schema, self.items)
    }
}

/// Writes data in the form that was asked for.
pub(crate) struct Printer {
    out: Stream,
    format: Format,
    columns: Vec<String>,
    header: bool,
    query: Option<Expression<'static>>,
    now: SystemTime,
}

impl Printer {
    /// For the options of a command, and a form for when they name none.
    pub(crate) fn new(options: &Options, io: &Io, usual: Format) -> Result<Self, Failure> {
        let out = io.stdout.clone();
        let query = options.query.as_deref().map(query::compile);
        let format = match (options.format, options.columns.is_empty()) {
            (Some(Format::Json | Format::Jsonl), false) => {
                return Err(Failure::usage_with(
                    "--columns is for table, tsv, csv and ids",
                    "--query chooses members of JSON",
                ));
            }
            (Some(format), _) => format,
            (None, true) => usual,
            (None, false) if out.columns().is_some() => Format::Table,
            (None, false) => Format::Tsv,
        };
        Ok(Self {
            out,
            format,
            columns: options.columns.clone(),
            header: !options.no_header,
            query: query.transpose()?,
            now: (io.now)(),
        })
    }

    /// Refuses columns that the data cannot have.
    pub(crate) fn check(&self, shape: Shape) -> Result<(), Failure> {
        let members = shape.members();
        if self.query.is_some() || members.is_empty() {
            return Ok(());
        }
        let names = members.iter().map(|member| member.name);
        let first = |column: &str| column.split('.').next().unwrap_or_default().to_owned();
        let is_usual = |name: &&String| shape.columns.iter().any(|it| it.is_called(name));
        let mut columns = self.columns.iter().filter(|name| !is_usual(name));
        let is_known = |name: &&str| members.iter().any(|member| member.name == *name);
        let Some(unknown) = columns.find(|name| !is_known(&first(name).as_str())) else {
            return Ok(());
        };
        let hint = match nearest(&first(unknown), names.clone()) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("there are {}", names.collect::<Vec<_>>().join(", ")),
        };
        let message = format!("--columns: there is no {unknown:?} in what comes back");
        Err(Failure::usage_with(message, hint))
    }

    /// Whether items can be written one by one, before all of them are there.
    pub(crate) fn streams(&self) -> bool {
        self.format.streams() && self.query.is_none()
    }

    /// Whether people read the output as it was laid out for them: a table, and of it what is
    /// usually shown.
    pub(crate) fn is_laid_out(&self) -> bool {
        self.format == Format::Table && self.query.is_none() && self.columns.is_empty()
    }

    /// Writes what is known of one thing: a line for each column that has a value, and an empty
    /// line between groups.
    pub(crate) fn blocks(&self, thing: &Value, groups: &[&[Column]]) -> Result<(), Failure> {
        let titles = groups.iter().copied().flatten().map(|it| it.title.len());
        let width = titles.max().unwrap_or(0);
        let line = |column: &Column| {
            let value = column.show.text(thing, column.path, self.now);
            (!value.is_empty()).then(|| format!("{:width$}  {value}\n", column.title))
        };
        let groups = groups.iter().map(|group| group.iter().filter_map(line));
        let mut texts: Vec<String> = groups.map(Iterator::collect).collect();
        texts.retain(|text| !text.is_empty());
        Ok(self.out.write(&texts.join("\n"))?)
    }

    /// Writes an empty line, between what was laid out for people.
    pub(crate) fn gap(&self) -> Result<(), Failure> {
        self.line("")
    }

    /// Writes a whole.
    pub(crate) fn print(&self, value: &Value, shape: Shape) -> Result<(), Failure> {
        match &self.query {
            Some(expression) => self.shaped(&query::search(expression, value)?, Shape::default()),
            None => self.shaped(value, shape),
        }
    }

    fn shaped(&self, value: &Value, shape: Shape) -> Result<(), Failure> {
        let rows = columns::rows(value, shape.items);
        match self.format {
            Format::Json => self.json(value, shape.schema),
            Format::Table => self.table(rows, shape),
            _ => {
                let mut lines = self.rows(shape);
                if self.columns.is_empty() && shape.columns.is_empty() {
                    lines.columns = columns::of_rows(rows, shape.members());
                }
                rows.iter().try_for_each(|row| lines.print(row))
            }
        }
    }

    /// Writes items one by one.
    pub(crate) fn rows(&self, shape: Shape) -> Rows<'_> {
        let members = shape.members();
        let usual = self.chosen(shape);
        let columns = if usual.is_empty() {
            members.iter().map(|it| it.name.to_owned()).collect()
        } else {
            usual.into_iter().map(|it| it.path).collect()
        };
        let header = self.header && matches!(self.format, Format::Tsv | Format::Csv);
        Rows {
            printer: self,
            columns,
            header,
        }
    }

    fn json(&self, value: &Value, schema: Option<Schema>) -> Result<(), Failure> {
        let indented = match self.out.columns() {
            Some(_) => Indented::Yes,
            None => Indented::No,
        };
        self.line(&to_text(&ordered(value, schema), indented))
    }

    fn table(&self, rows: &[Value], shape: Shape) -> Result<(), Failure> {
        let mut columns = self.chosen(shape);
        if columns.is_empty() {
            let names = columns::of_rows(rows, shape.members());
            let names = columns::without_structures(names, rows);
            columns = names.into_iter().map(Chosen::unknown).collect();
        }
        let cells_of = |row: &Value| -> Vec<String> {
            if row.is_object() {
                let columns = columns.iter();
                let cells = columns.map(|it| it.show.text(row, &it.path, self.now));
                cells.collect()
            } else {
                vec![cells::visible(&scalar(row))]
            }
        };
        let header = if self.header {
            columns.iter().map(|it| it.title.clone()).collect()
        } else {
            Vec::new()
        };
        let rows: Vec<_> = rows.iter().map(cells_of).collect();
        let whole: Vec<_> = columns.iter().map(Chosen::is_id).collect();
        let text = table::table(&header, &rows, &whole, self.out.columns());
        Ok(self.out.write(&text)?)
    }

    /// The columns that were asked for, or those that are usually shown.
    fn chosen(&self, shape: Shape) -> Vec<Chosen> {
        let usual = shape.columns.iter();
        if self.columns.is_empty() {
            return usual.map(Chosen::usual).collect();
        }
        let asked = self.columns.iter();
        let chosen = asked.map(|name| match usual.clone().find(|it| it.is_called(name)) {
            Some(column) => Chosen::usual(column),
            None => Chosen::unknown(name.clone()),
        });
        chosen.collect()
    }

    fn line(&self, text: &str) -> Result<(), Failure> {
        Ok(self.out.write(&format!("{text}\n"))?)
    }
}

/// A column of the output.
struct Chosen {
    title: String,
    path: String,
    show: Show,
}

impl Chosen {
    fn usual(column: &Column) -> Self {
        Self {
            title: column.title.to_owned(),
            path: column.path.to_owned(),
            show: column.show,
        }
    }

    /// Whether it has ids, which people copy.
    fn is_id(&self) -> bool {
        self.path == "id" || self.path.ends_with("_id")
    }

    /// One of which no more is known than its name.
    fn unknown(name: String) -> Self {
        Self {
            title: name.to_uppercase(),
            path: name,
            show: Show::Text,
        }
    }
}

/// Writes items as they come.
pub(crate) struct Rows<'p> {
    printer: &'p Printer,
    columns: Vec<String>,
    /// Whether the names of the columns are still to be written.
    header: bool,
}

impl Rows<'_> {
    /// Writes an item.
    pub(crate) fn print(&mut self, row: &Value) -> Result<(), Failure> {
        let (escape, between): (fn(&str) -> String, _) = match self.printer.format {
            Format::Csv => (cells::csv, ","),
            Format::Tsv => (cells::tsv, "\t"),
            Format::Ids => return self.id(row),
            _ => return self.printer.line(&to_text(row, Indented::No)),
        };
        if !row.is_object() {
            return self.printer.line(&escape(&scalar(row)));
        }
        if std::mem::take(&mut self.header) {
            let names: Vec<_> = self.columns.iter().map(|name| escape(name)).collect();
            self.printer.line(&names.join(between))?;
        }
        let cells = self.columns.iter().map(|name| cells::cell(row, name));
        let cells: Vec<_> = cells.map(|cell| escape(&cell)).collect();
        self.printer.line(&cells.join(between))
    }

    fn id(&self, row: &Value) -> Result<(), Failure> {
        if !row.is_object() {
            return self.printer.line(&cells::visible(&scalar(row)));
        }
        let name = match self.printer.columns.first() {
            Some(given) => Some(given.as_str()),
            None => columns::id(self.columns.iter().map(String::as_str)),
        };
        let name = name.ok_or_else(|| {
            Failure::usage_with(
                "-o ids: there are no ids in what came back",
                "name the member that has them by --columns",
            )
        })?;
        self.printer.line(&cells::visible(&cells::cell(row, name)))
    }
}

/// The text of a row that is no object.
fn scalar(row: &Value) -> String {
    match row {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        value => value.to_string(),
    }
}
