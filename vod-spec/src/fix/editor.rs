//! Makes one edit in the text of a file.

use std::ops::Range;

use vod_page::json::Json;

use crate::source::{SourceFile, Sources};
use crate::yaml::comments::comments;
use crate::yaml::{self, Node, NodeKind, Style, write};

use super::Change;
use super::collection::{Collection, end};
use super::order::Order;

/// What is left to do for a value of which only the name is known.
const TODO: &str = "# todo: say what it means";

/// What a status of a request that failed is, as far as one can tell.
const FAILED: &str = "{ doc: The request failed., error: true }";

/// The text of a file after an edit at the end of `path`. `None` if the file has no such place.
pub(super) fn edited(file: &SourceFile, path: &[String], change: &Change) -> Option<String> {
    let sources = Sources::new([file.clone()]);
    let (id, _) = sources.iter().next()?;
    let root = yaml::parse(id, file).ok()?;
    let editor = Editor { text: &file.text };
    let (key, lead) = path.split_last()?;
    let mut map = Map {
        node: &root,
        opener: None,
    };
    for (depth, step) in lead.iter().enumerate() {
        let Some(entry) = map.node.entry(step) else {
            // A limit is the only map that an edit begins.
            let is_last = depth + 1 == lead.len();
            return match change {
                Change::Set(value) if is_last => {
                    editor.add(map, &New::of(step, format!("{{ {key}: {value} }}")))
                }
                Change::Drop | Change::Exclude(_) => Some(file.text.clone()),
                _ => None,
            };
        };
        map = Map {
            node: &entry.value,
            opener: Some(entry.key_span.end),
        };
    }
    editor.change(map, key, change)
}

/// A map that an edit is made in.
#[derive(Clone, Copy)]
struct Map<'n> {
    node: &'n Node,
    /// Where its own key ends; none for the map that a file is.
    opener: Option<usize>,
}

/// An entry to add.
struct New<'n> {
    key: &'n str,
    value: String,
    comment: Option<&'static str>,
    /// Where it goes; `None` for where the table of its map has it.
    order: Option<Order<'n>>,
}

impl<'n> New<'n> {
    fn of(key: &'n str, value: String) -> Self {
        Self {
            key,
            value,
            comment: None,
            order: None,
        }
    }
}

#[derive(Clone, Copy)]
struct Editor<'t> {
    text: &'t str,
}

impl Editor<'_> {
    fn change(self, map: Map<'_>, key: &str, change: &Change) -> Option<String> {
        let NodeKind::Map(entries) = &map.node.kind else {
            return None;
        };
        let index = entries.iter().position(|it| it.key == key);
        let value = index.and_then(|it| entries.get(it)).map(|it| &it.value);
        let new = |value: String| New::of(key, value);
        match (value, change) {
            (Some(old), Change::Set(value)) => self.replace_value(old, value, value),
            (Some(old), Change::SetText(value)) => self.replace_value(old, value, &text(value)),
            (None, Change::Set(value)) => self.add(map, &new(value.clone())),
            (None, Change::SetText(value)) => self.add(map, &new(text(value))),
            (Some(list), Change::Include(item)) => self.include(list, item),
            (None, Change::Include(item)) => self.add(map, &new(format!("[{}]", text(item)))),
            (Some(list), Change::Exclude(item)) => {
                let NodeKind::List(items) = &list.kind else {
                    return None;
                };
                let is_it =
                    |it: &Node| matches!(&it.kind, NodeKind::Scalar(it) if it.text == *item);
                match (items.iter().position(is_it), items.as_slice()) {
                    (None, _) => Some(self.text.to_owned()),
                    (Some(_), [_]) => self.remove(map.node, index?),
                    (Some(at), _) => self.remove(list, at),
                }
            }
            (Some(_), Change::Drop) => self.remove(map.node, index?),
            (None, Change::AddValue(behind)) => self.add(
                map,
                &New {
                    comment: Some(TODO),
                    order: Some(Order::Behind(behind)),
                    // Without quotes, the comment would cut it short.
                    ..new(Json::String(format!("The value `{key}`.")).to_string())
                },
            ),
            (None, Change::AddStatus) => self.add(
                map,
                &New {
                    order: Some(Order::Numbers),
                    ..new(FAILED.to_owned())
                },
            ),
            (Some(_), Change::AddValue(_) | Change::AddStatus)
            | (None, Change::Drop | Change::Exclude(_)) => Some(self.text.to_owned()),
        }
    }

    /// Puts another value in the place of a scalar, in the quotes that it has.
    fn replace_value(self, old: &Node, value: &str, plain: &str) -> Option<String> {
        let NodeKind::Scalar(scalar) = &old.kind else {
            return None;
        };
        let range = old.span.start..end(self.text, old);
        let written = self.text.get(range.clone())?;
        let is_block = matches!(scalar.style, Style::Literal | Style::Folded);
        let new = if is_block {
            value.to_owned()
        } else if written.starts_with('"') {
            Json::String(value.to_owned()).to_string()
        } else if written.starts_with('\'') && !value.contains(['\'', '\n']) {
            format!("'{value}'")
        } else {
            plain.to_owned()
        };
        self.replace(range, &new)
    }

    fn add(self, map: Map<'_>, new: &New<'_>) -> Option<String> {
        let NodeKind::Map(entries) = &map.node.kind else {
            return None;
        };
        let keys: Vec<_> = entries.iter().map(|it| it.key.as_str()).collect();
        let order = new.order.unwrap_or_else(|| Order::of(&keys));
        let behind = order.behind(new.key, &keys);
        let entry = format!("{}: {}", write::key(new.key), new.value);
        let collection = Collection::new(self.text, map.node)?;
        if collection.is_flow() {
            self.add_between_brackets(&collection, behind, &entry, new.comment)
        } else {
            let comment = new.comment.map(|it| format!("  {it}")).unwrap_or_default();
            let first = collection.parts.first()?;
            let indent = self.indent(first.start)?;
            let line = format!("{indent}{entry}{comment}");
            let behind = behind.and_then(|it| collection.parts.get(it));
            match behind.map(|it| it.end).or(map.opener) {
                Some(above) => self.add_line(above, &line),
                None => {
                    let start = first.start;
                    self.replace(start..start, &format!("{entry}{comment}{}", self.newline()))
                }
            }
        }
    }

    /// Adds a part to `{ … }` or `[ … ]`, and a comment at the end of its line.
    fn add_between_brackets(
        self,
        collection: &Collection<'_>,
        behind: Option<usize>,
        part: &str,
        comment: Option<&str>,
    ) -> Option<String> {
        let behind = behind.and_then(|it| collection.parts.get(it));
        let (at, added) = match (behind, collection.parts.first()) {
            (Some(before), _) => (before.end, format!(", {part}")),
            (None, Some(next)) => (next.start, format!("{part}, ")),
            (None, None) => {
                let inner = collection.range.start + 1;
                let is_map = self.text.get(collection.range.start..)?.starts_with('{');
                (
                    inner,
                    if is_map {
                        format!(" {part} ")
                    } else {
                        part.to_owned()
                    },
                )
            }
        };
        let text = self.replace(at..at, &added)?;
        let Some(comment) = comment else {
            return Some(text);
        };
        let editor = Editor { text: &text };
        let line = editor.line_start(at)..editor.line_end(at + added.len());
        let has_comment = |it: Range<usize>| line.contains(&it.start);
        if comments(&text).into_iter().any(has_comment) {
            let indent: String = text
                .get(line.clone())?
                .chars()
                .take_while(|c| *c == ' ')
                .collect();
            editor.replace(
                line.start..line.start,
                &format!("{indent}{comment}{}", self.newline()),
            )
        } else {
            editor.replace(line.end..line.end, &format!("  {comment}"))
        }
    }

    fn include(self, list: &Node, item: &str) -> Option<String> {
        let NodeKind::List(items) = &list.kind else {
            return None;
        };
        let is_it = |it: &Node| matches!(&it.kind, NodeKind::Scalar(it) if it.text == item);
        if items.iter().any(is_it) {
            return Some(self.text.to_owned());
        }
        let collection = Collection::new(self.text, list)?;
        let last = collection.parts.len().checked_sub(1);
        if collection.is_flow() {
            return self.add_between_brackets(&collection, last, &text(item), None);
        }
        let last = collection.parts.last()?;
        let dash = self.text.get(self.line_start(last.start)..last.start)?;
        let is_dash = dash.trim() == "-";
        is_dash.then(|| self.add_line(last.end, &format!("{dash}{}", text(item))))?
    }

    /// Takes a part out. Comments beside it stay, on lines of their own.
    fn remove(self, node: &Node, index: usize) -> Option<String> {
        let collection = Collection::new(self.text, node)?;
        if collection.parts.len() < 2 {
            return None;
        }
        let part = collection.parts.get(index)?;
        if collection.is_flow() {
            let cut = collection.cut(index)?;
            let is_within = |it: &Range<usize>| cut.contains(&it.start);
            let has_comment = comments(self.text).iter().any(is_within);
            return (!has_comment).then(|| self.replace(cut, ""))?;
        }
        let start = self.line_start(part.start);
        let lead = self.text.get(start..part.start)?;
        if !matches!(lead.trim(), "" | "-") {
            return None;
        }
        let indent: String = lead.chars().take_while(|c| *c == ' ').collect();
        let newline = self.newline();
        let end = self.line_end(part.end);
        let rest = self.text.get(end..)?;
        let next = rest.find('\n').map_or(self.text.len(), |it| end + it + 1);
        let left: String = comments(self.text)
            .into_iter()
            .filter(|it| (start..end).contains(&it.start))
            .filter_map(|it| self.text.get(it))
            .map(|it| format!("{indent}{}{newline}", it.trim_end()))
            .collect();
        self.replace(start..next, &left)
    }

    /// Adds a line below the one that has the character before `above`.
    fn add_line(self, above: usize, line: &str) -> Option<String> {
        let at = self.line_end(above);
        self.replace(at..at, &format!("{}{line}", self.newline()))
    }

    fn replace(self, range: Range<usize>, with: &str) -> Option<String> {
        let before = self.text.get(..range.start)?;
        let behind = self.text.get(range.end..)?;
        Some(format!("{before}{with}{behind}"))
    }

    /// The space before the first thing on a line.
    fn indent(self, at: usize) -> Option<String> {
        let lead = self.text.get(self.line_start(at)..at)?;
        let lead = lead.trim_start_matches('\u{feff}');
        lead.trim().is_empty().then(|| lead.to_owned())
    }

    fn line_start(self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        before.rfind('\n').map_or(0, |it| it + 1)
    }

    /// Where the line of `at` ends, before its line break.
    fn line_end(self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        at + line.strip_suffix('\r').unwrap_or(line).len()
    }

    fn newline(self) -> &'static str {
        if self.text.contains("\r\n") {
            "\r\n"
        } else {
            "\n"
        }
    }
}

/// Text as a value: types are written as they stand.
fn text(text: &str) -> String {
    let is_type = |c: char| c.is_ascii_alphanumeric() || matches!(c, '<' | '>');
    if text.contains('<') && text.chars().all(is_type) {
        text.to_owned()
    } else {
        write::text(text)
    }
}
