//! A row that the description lacks, as an entry to be added.

use vod_page::{CellType, Row, Stated, Statement};

use crate::yaml::write::text;

use super::values::{stated_default, stated_limit, type_text};

/// The entry for a row, in one line of YAML: all facts that the row states, with `~` where words are due.
pub(super) fn entry(row: &Row) -> String {
    let cell = row.ty.as_ref().map(|it| &it.value);
    let ty = cell.map_or_else(|| "any".to_owned(), type_text);
    let mut keys = vec![format!("type: {ty}")];
    let required = row.mandatory.as_ref().is_some_and(|it| it.value);
    if required {
        keys.push("required: true".to_owned());
    }
    // A required field has no use for a default.
    let default = stated_default(row).filter(|_| !required);
    let default = default.map(|(_, it)| it);
    let written = |it: &str| match it.parse::<f64>() {
        Ok(_) if cell != Some(&CellType::String) => it.to_owned(),
        _ if cell == Some(&CellType::Boolean) => it.to_owned(),
        _ => text(it),
    };
    keys.extend(default.map(|it| format!("default: {}", written(it))));
    keys.extend(limits(row, cell));
    keys.push("doc: ~".to_owned());
    format!("{}: {{ {} }}", row.name.value, keys.join(", "))
}

/// The values that a row lists, for a type of its own.
pub(super) fn values(row: &Row) -> Option<String> {
    let values: Vec<_> = row.values.iter().map(|it| it.value.as_str()).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

fn limits(row: &Row, cell: Option<&CellType>) -> Vec<String> {
    let is_list = matches!(cell, Some(CellType::Array(_)));
    let ends = |of: fn(&Statement) -> Option<Ends>| {
        let (min, max) = stated_limit(row, of);
        (min.map(|it| it.value), max.map(|it| it.value))
    };
    let mut keys = Vec::new();
    let items = ends(|it| match it {
        Statement::Items(min, max) => Some((*min, *max)),
        _ => None,
    });
    if is_list {
        keys.extend(items.0.map(|it| format!("min_items: {it}")));
        keys.extend(items.1.map(|it| format!("max_items: {it}")));
    }
    let range = ends(|it| match it {
        Statement::Range(min, max) => Some((*min, *max)),
        _ => None,
    });
    keys.extend(map("range", range, ""));
    let length = ends(|it| match it {
        Statement::Length(min, max) | Statement::Bytes(min, max) => Some((*min, *max)),
        _ => None,
    });
    let in_bytes = |it: &Stated<Statement>| matches!(it.value, Statement::Bytes(..));
    let unit = if row.states.iter().any(in_bytes) {
        ", unit: bytes"
    } else {
        ""
    };
    keys.extend(map("length", length, unit));
    keys
}

/// The smallest and the largest value.
type Ends = (Option<i64>, Option<i64>);

fn map(key: &str, (min, max): Ends, rest: &str) -> Option<String> {
    let ends = [("min", min), ("max", max)].into_iter();
    let ends: Vec<_> = ends
        .filter_map(|(end, it)| Some(format!("{end}: {}", it?)))
        .collect();
    (!ends.is_empty()).then(|| format!("{key}: {{ {}{rest} }}", ends.join(", ")))
}
