//! Maps and lists as they are written: their parts, in a block or between brackets.

use std::ops::Range;

use crate::yaml::{Node, NodeKind};

/// A map or a list in a text.
pub(super) struct Collection<'t> {
    text: &'t str,
    /// From its first character to its last one.
    pub(super) range: Range<usize>,
    /// Its entries with their keys, or its items.
    pub(super) parts: Vec<Range<usize>>,
}

impl<'t> Collection<'t> {
    /// `None` of a value without parts.
    pub(super) fn new(text: &'t str, node: &Node) -> Option<Self> {
        let parts = match &node.kind {
            NodeKind::Scalar(_) => return None,
            NodeKind::Map(entries) => entries
                .iter()
                .map(|it| it.key_span.start..end(text, &it.value))
                .collect(),
            NodeKind::List(items) => items
                .iter()
                .map(|it| it.span.start..end(text, it))
                .collect(),
        };
        let range = node.span.start..end(text, node);
        Some(Self { text, range, parts })
    }

    /// Whether it stands between brackets.
    pub(super) fn is_flow(&self) -> bool {
        let start = self.text.get(self.range.start..);
        start.is_some_and(|it| it.starts_with(['{', '[']))
    }

    /// What to take out so that the part at `index` is gone: with the comma beside it, where nothing else stands there.
    pub(super) fn cut(&self, index: usize) -> Option<Range<usize>> {
        let part = self.parts.get(index)?;
        let next = self.parts.get(index + 1);
        let before = index.checked_sub(1).and_then(|it| self.parts.get(it));
        let gap = |range: Range<usize>| self.text.get(range).unwrap_or_default();
        let is_bare = |gap: &str| gap.chars().all(|c| c == ',' || c.is_whitespace());
        Some(match (before, next) {
            (_, Some(next)) => {
                let behind = gap(part.end..next.start);
                let comma = behind.split_inclusive(',').next().unwrap_or_default().len();
                let space = |it: &str| it.len() - it.trim_start_matches(' ').len();
                let end = if is_bare(behind) {
                    next.start
                } else {
                    part.end + comma + space(behind.get(comma..).unwrap_or_default())
                };
                part.start..end
            }
            (Some(before), None) if is_bare(gap(before.end..part.start)) => before.end..part.end,
            (_, None) => part.clone(),
        })
    }
}

/// Where the text of a value ends, without space behind it.
pub(super) fn end(text: &str, node: &Node) -> usize {
    let written = text.get(node.span.range()).unwrap_or_default();
    node.span.start + written.trim_end().len()
}
