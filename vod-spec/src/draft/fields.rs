//! A field of a draft: its type, limits and default.

use vod_page::{CellType, Place, Row, Source, Stated, Statement};

use crate::drift::{closed_range, stated_default, stated_limit};
use crate::model::Direction;
use crate::yaml::write::{key, text};

use super::filled::NAMING;
use super::{BLANK, Draft, Owner};

impl<'p> Draft<'p> {
    pub(super) fn field(&mut self, row: &'p Row, owner: Owner<'_>) {
        let cell = row.ty.as_ref().map(|it| &it.value);
        let ty = self.field_type(row, cell, owner.name);
        self.out.open(&key(&row.name.value));
        self.out.entry("type", ty.as_deref().unwrap_or(BLANK));
        let is_request = owner.direction == Direction::Request;
        let required = is_request && row.mandatory.as_ref().is_some_and(|it| it.value);
        if required {
            self.out.entry("required", "true");
        }
        self.limits(row, cell, owner);
        let stated = stated_default(row).map(|(_, value)| value);
        let default = stated
            .zip(cell)
            .filter(|_| !required)
            .and_then(|(value, cell)| default(value, cell))
            .filter(|_| may_be_default(row, stated));
        if let Some(value) = &default {
            self.out.entry("default", value);
        }
        let deprecated = |it: &Stated<Statement>| it.value == Statement::Deprecated;
        if row.states.iter().any(deprecated) {
            self.out.entry("deprecated", BLANK);
        }
        self.out
            .entry("doc", &doc(row, cell, stated.filter(|_| default.is_none())));
        self.out.close();
    }

    fn limits(&mut self, row: &Row, cell: Option<&CellType>, owner: Owner<'_>) {
        if let Some(CellType::Array(items)) = cell {
            let (min, max) = stated_limit(row, |it| match it {
                Statement::Items(min, max) => Some((*min, *max)),
                _ => None,
            });
            for (key, bound) in [("min_items", &min), ("max_items", &max)] {
                if let Some(bound) = bound {
                    self.out.entry(key, &bound.value.to_string());
                }
            }
            let can_be_split = matches!(owner.place, Some(Place::Query | Place::Body));
            if let Some(most) = max.filter(|_| can_be_split) {
                self.batch(most.value);
            }
            if self.page.source == Source::ApiExplorer {
                self.limit(row, items);
            }
        } else if let Some(cell) = cell {
            self.limit(row, cell);
        }
    }

    /// The limits of a value of this type.
    fn limit(&mut self, row: &Row, cell: &CellType) {
        let (min, max) = stated_limit(row, |it| match (it, cell) {
            (Statement::Range(min, max), CellType::Integer | CellType::Long) => Some((*min, *max)),
            (Statement::Length(min, max) | Statement::Bytes(min, max), CellType::String)
                if row.values.is_empty() =>
            {
                Some((*min, *max))
            }
            _ => None,
        });
        let (min, max) = match (min, max, closed_range(row)) {
            (None, None, Some((least, most))) => (Some(least), Some(most)),
            (min, max, _) => (min, max),
        };
        let key = match cell {
            CellType::String => "length",
            _ => "range",
        };
        let bounds = [("min", min), ("max", max)].into_iter();
        let bounds = bounds.filter_map(|(end, it)| Some(format!("{end}: {}", it?.value)));
        let mut bounds: Vec<_> = bounds.collect();
        let in_bytes = |it: &Stated<Statement>| matches!(it.value, Statement::Bytes(..));
        if !bounds.is_empty() && row.states.iter().any(in_bytes) {
            bounds.push("unit: bytes".to_owned());
        }
        if !bounds.is_empty() {
            self.out.entry(key, &format!("{{ {} }}", bounds.join(", ")));
        }
    }
}

/// Whether a default is one of the values, where these are listed, and within the limits.
fn may_be_default(row: &Row, stated: Option<&str>) -> bool {
    let is_listed = |it: &Stated<String>| Some(it.value.as_str()) == stated;
    if !row.values.is_empty() {
        return row.values.iter().any(is_listed);
    }
    let text = stated.unwrap_or_default();
    let length = i64::try_from(text.chars().count()).ok();
    row.states.iter().all(|it| {
        let (size, least, most) = match it.value {
            Statement::Range(least, most) => (text.parse().ok(), least, most),
            Statement::Length(least, most) => (length, least, most),
            Statement::Bytes(least, most) => (i64::try_from(text.len()).ok(), least, most),
            _ => return true,
        };
        let is_within =
            |size| least.is_none_or(|it| it <= size) && most.is_none_or(|it| size <= it);
        size.is_none_or(is_within)
    })
}

/// The text about a field: to be written, and to name what no key can say.
fn doc(row: &Row, cell: Option<&CellType>, default: Option<&str>) -> String {
    let inner = match cell {
        Some(CellType::Array(items)) => Some(items.as_ref()),
        cell => cell,
    };
    let is_enum = matches!(inner, None | Some(CellType::String | CellType::Boolean));
    let values = row.values.iter().map(|it| it.value.as_str());
    let named: Vec<_> = values.filter(|_| !is_enum).chain(default).collect();
    if named.is_empty() || named.iter().any(|it| it.contains(['"', '\\', '`'])) {
        BLANK.to_owned()
    } else {
        format!("{BLANK}{NAMING}{}", named.join(", "))
    }
}

/// A default as the description writes it, if a value of this type can have one there.
fn default(value: &str, cell: &CellType) -> Option<String> {
    let value = value.trim();
    match cell {
        CellType::String => Some(text(value)),
        CellType::Boolean => ["true", "false"]
            .into_iter()
            .find(|it| it.eq_ignore_ascii_case(value))
            .map(str::to_owned),
        CellType::Integer | CellType::Long => value.parse::<i64>().ok().map(|it| it.to_string()),
        CellType::Number => value.parse::<f64>().ok().map(|_| value.to_owned()),
        _ => None,
    }
}
