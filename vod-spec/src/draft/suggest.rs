//! What no page states but its tables hint at. A `# todo` says what is to be decided.

use vod_page::{CellType, Place, Row, Statement};

use crate::drift::stated_limit;
use crate::model::PaginationStyle;
use crate::yaml::write::text;

use super::{Draft, TODO};

/// The parameters of one way to read a list page by page.
struct Paging {
    style: PaginationStyle,
    position: &'static str,
    size: &'static str,
}

const PAGINGS: &[Paging] = &[
    Paging {
        style: PaginationStyle::Offset,
        position: "offset",
        size: "limit",
    },
    Paging {
        style: PaginationStyle::Page,
        position: "page",
        size: "size",
    },
    Paging {
        style: PaginationStyle::Page,
        position: "page_number",
        size: "page_size",
    },
    Paging {
        style: PaginationStyle::Marker,
        position: "marker",
        size: "limit",
    },
];

/// What replies call the number of all items, and the marker of the next page.
const TOTALS: &[&str] = &["total", "total_count", "count"];
const NEXT: &[&str] = &["next_marker"];

impl Draft<'_> {
    /// Pagination, where names and types of the parameters are those of it, and the reply has one list and, by style,
    /// the number of all items or the next marker.
    pub(super) fn pagination(&mut self) {
        let page = self.page;
        let parameters: Vec<_> = page
            .parameters
            .iter()
            .filter(|(place, _)| matches!(place, Place::Query | Place::Body))
            .map(|(_, row)| row)
            .collect();
        let success = |status: u16| (200..300).contains(&status);
        let mut replies = page.responses.iter();
        let Some(reply) = replies.find(|it| success(it.status.value)) else {
            return;
        };
        let reply: Vec<_> = reply.fields.iter().collect();
        let mut lists = reply.iter().filter(|row| is_list(row));
        let (Some(items), None) = (lists.next(), lists.next()) else {
            return;
        };
        let total = named(&reply, TOTALS, is_whole_number);
        let next = named(&reply, NEXT, is_text);
        let found = PAGINGS.iter().find_map(|paging| {
            let (fits, end): (fn(&Row) -> bool, _) = match paging.style {
                PaginationStyle::Marker => (is_text, next),
                PaginationStyle::Page | PaginationStyle::Offset => (is_whole_number, total),
            };
            let position = named(&parameters, &[paging.position], fits)?;
            named(&parameters, &[paging.size], is_whole_number)?;
            end.map(|_| (paging, position))
        });
        let Some((paging, position)) = found else {
            return;
        };
        let out = &mut self.out;
        out.gap();
        out.comment(&format!(
            "{TODO}check `pagination`, which follows from names; add `first` if the first page is not 0, and `ceiling`"
        ));
        out.open("pagination");
        out.entry("style", paging.style.as_str());
        out.entry("position", paging.position);
        out.entry("size", paging.size);
        out.entry("items", &text(&items.name.value));
        let is_marker = paging.style == PaginationStyle::Marker;
        for (key, row) in [("total", total), ("next", next.filter(|_| is_marker))] {
            if let Some(row) = row {
                out.entry(key, &text(&row.name.value));
            }
        }
        let (least, _) = stated_limit(position, |it| match it {
            Statement::Range(least, most) => Some((*least, *most)),
            _ => None,
        });
        if let Some(least) = least.filter(|it| it.value > 0 && !is_marker) {
            out.entry("first", &least.value.to_string());
        }
        out.close();
    }

    /// Whether a longer list could be sent as several calls, where a parameter has a largest number of items.
    pub(super) fn batch(&mut self, most: i64) {
        if most > 1 {
            self.out.comment(&format!(
                "{TODO}`batch: true`, if several calls with parts of the list do what one with all of it would do"
            ));
        }
    }
}

/// The first row that has one of the names, and what it has to be.
fn named<'r>(rows: &[&'r Row], names: &[&str], fits: fn(&Row) -> bool) -> Option<&'r Row> {
    let mut rows = rows.iter().copied();
    rows.find(|row| names.contains(&row.name.value.as_str()) && fits(row))
}

fn is_list(row: &Row) -> bool {
    matches!(cell(row), Some(CellType::Array(_)))
}

fn is_whole_number(row: &Row) -> bool {
    matches!(cell(row), Some(CellType::Integer | CellType::Long))
}

fn is_text(row: &Row) -> bool {
    cell(row) == Some(&CellType::String) && row.values.is_empty()
}

fn cell(row: &Row) -> Option<&CellType> {
    row.ty.as_ref().map(|it| &it.value)
}
