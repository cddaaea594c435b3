//! `vod api list`: all operations.

use serde_json::{Value, json};

use crate::exit::{Exit, Failure};
use crate::names::kebab;
use crate::output::{Column, Shape};
use crate::session::Session;

/// What is shown of an operation.
const COLUMNS: &[Column] = &[
    Column::text("COMMAND", "command"),
    Column::text("SECTION", "section"),
    Column::text("SUMMARY", "summary"),
];

/// Which operations are listed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Listed {
    /// Those of sections whose titles contain this text.
    pub(crate) section: Option<String>,
    /// Those that should no longer be used, instead of all.
    pub(crate) deprecated: bool,
}

/// Lists operations.
pub(crate) fn list(session: &Session<'_>, which: &Listed) -> Result<Exit, Failure> {
    let section = which.section.as_deref().unwrap_or_default().to_lowercase();
    let operations = session.catalog.operations().iter();
    let rows: Vec<Value> = operations
        .filter(|meta| meta.section.to_lowercase().contains(&section))
        .filter(|meta| meta.deprecated.is_some() || !which.deprecated)
        .map(|meta| {
            json!({
                "command": kebab(meta.name),
                "operation": meta.name,
                "section": meta.section,
                "summary": meta.summary,
                "deprecated": meta.deprecated,
            })
        })
        .collect();
    if rows.is_empty() && !section.is_empty() {
        let mut sections: Vec<_> = session
            .catalog
            .operations()
            .iter()
            .map(|it| it.section)
            .collect();
        sections.dedup();
        return Err(Failure::usage_with(
            format!("no operation is in a section {section:?}"),
            format!("the sections are {}", sections.join(", ")),
        ));
    }
    let printer = session.task_printer()?;
    printer.print(&rows.into(), Shape::of_columns(COLUMNS))?;
    Ok(Exit::Done)
}
