//! What is shown of an event.

use serde_json::{Value, json};

use crate::exit::Failure;
use crate::output::{Column, Format, Listing, Printer, Shape, visible};
use crate::session::Session;

/// Of events and their bodies.
const COLUMNS: &[Column] = &[
    Column::text("ID", "asset_id"),
    Column::text("STATUS", "status"),
    Column::text("EVENT", "event_type"),
    Column::text("TITLE", "title"),
];

/// Writes events as they come.
pub(super) struct Shown<'p> {
    listing: Listing<'p>,
    form: Form,
}

/// How events are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As they came.
    Whole,
    /// The columns of all events.
    Columns,
    /// A line for people.
    Lines,
}

impl<'p> Shown<'p> {
    /// The printer for events.
    pub(super) fn printer(session: &Session<'_>) -> Result<Printer, Failure> {
        session.printer(Format::Tsv)
    }

    pub(super) fn new(session: &Session<'_>, printer: &'p Printer) -> Self {
        let options = &session.settings.output;
        let form = match options.format {
            Some(Format::Json | Format::Jsonl) => Form::Whole,
            _ if options.query.is_some() => Form::Whole,
            None if options.columns.is_empty() && session.io.stdout.columns().is_some() => {
                Form::Lines
            }
            _ => Form::Columns,
        };
        let shape = match form {
            Form::Columns => Shape::of_columns(COLUMNS),
            Form::Whole | Form::Lines => Shape::default(),
        };
        Self {
            listing: Listing::new(printer, shape),
            form,
        }
    }

    /// Writes an event.
    pub(super) fn push(&mut self, session: &Session<'_>, event: Value) -> Result<(), Failure> {
        match self.form {
            Form::Whole => self.listing.push(event),
            Form::Columns => self.listing.push(row(&event)),
            Form::Lines => {
                let row = row(&event);
                let text =
                    |name| visible(row.get(name).and_then(Value::as_str).unwrap_or_default());
                let (id, status, event, title) = (
                    text("asset_id"),
                    text("status"),
                    text("event_type"),
                    text("title"),
                );
                let line = format!("{event:<20}  {status:<7}  {id}  {title}");
                Ok(session.io.stdout.write(&format!("{}\n", line.trim_end()))?)
            }
        }
    }

    /// Writes what waits for the last event.
    pub(super) fn end(self) -> Result<(), Failure> {
        match self.form {
            Form::Lines => Ok(()),
            _ => self.listing.end(),
        }
    }
}

/// The members that all events have, from the event and its body.
fn row(event: &Value) -> Value {
    let members = event.as_object().into_iter().flatten();
    let body = members
        .map(|(_, value)| value)
        .find(|value| value.is_object());
    let of_body = |name| {
        body.and_then(|body| body.get(name))
            .cloned()
            .unwrap_or_default()
    };
    json!({
        "asset_id": of_body("asset_id"),
        "status": of_body("status"),
        "event_type": event.get("event_type"),
        "title": of_body("title"),
    })
}

/// The event in the body of a notification whose signature is right.
pub(super) fn of_body(body: &[u8]) -> Value {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    match body.get("message") {
        Some(Value::String(text)) => serde_json::from_str(text).unwrap_or_default(),
        Some(message) => message.clone(),
        None => Value::Null,
    }
}
