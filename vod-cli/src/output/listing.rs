//! Writes items as they come, or together where the form needs all of them.

use serde_json::Value;

use crate::exit::Failure;
use crate::output::printer::{Printer, Rows, Shape};

/// Items on their way to the output.
pub(crate) struct Listing<'p> {
    printer: &'p Printer,
    shape: Shape,
    rows: Option<Rows<'p>>,
    /// Those that wait for the last one.
    kept: Vec<Value>,
}

impl<'p> Listing<'p> {
    /// Items of a shape.
    pub(crate) fn new(printer: &'p Printer, shape: Shape) -> Self {
        Self {
            printer,
            shape,
            rows: printer.streams().then(|| printer.rows(shape)),
            kept: Vec::new(),
        }
    }

    /// Writes an item, or keeps it.
    pub(crate) fn push(&mut self, item: Value) -> Result<(), Failure> {
        match &mut self.rows {
            Some(rows) => rows.print(&item),
            None => {
                self.kept.push(item);
                Ok(())
            }
        }
    }

    /// Writes what was kept, as the items of a whole if they are those of one.
    pub(crate) fn end(self) -> Result<(), Failure> {
        if self.rows.is_some() {
            return Ok(());
        }
        let items = Value::Array(self.kept);
        let whole = match self.shape.items {
            Some(name) => Value::Object([(name.to_owned(), items)].into_iter().collect()),
            None => items,
        };
        self.printer.print(&whole, self.shape)
    }
}
