//! Where in a list the next page starts, and whether there is one.

use std::collections::HashSet;

use serde_json::Value;

use crate::facts::{OperationMeta, PageStyle, Pagination, SchemaKind};

/// How many pages with a marker can be empty in a row. Some are empty because the service filters
/// the list while it reads it.
const EMPTY: u32 = 100;

/// Where in a list the next page starts. Not generic: compiled once for all operations.
#[derive(Debug)]
pub(super) struct Cursor {
    facts: &'static Pagination,
    /// The highest position that the service takes.
    last: i64,
    ceiling: Option<i64>,
    /// The number of items of a full page, if it is known.
    size: Option<i64>,
    position: i64,
    /// The markers that were followed.
    markers: HashSet<String>,
    /// The number of pages without items since the last page with items.
    empty: u32,
    /// The number of items from the start of the list up to here.
    reached: i64,
}

/// What follows a page.
pub(super) enum Turn {
    To(Value),
    Refused(String),
    End,
}

impl Cursor {
    /// `enforce` says whether documented limits apply.
    pub(super) fn new(
        facts: &'static Pagination,
        meta: &OperationMeta,
        request: &Value,
        enforce: bool,
    ) -> Self {
        let mut parameters = meta.parameters.iter().map(|it| &it.property);
        let schema = parameters
            .find(|it| it.name == facts.position)
            .map(|it| it.schema);
        let fits = match schema.map(|it| it.kind()) {
            Some(SchemaKind::Int32) => i32::MAX.into(),
            _ => i64::MAX,
        };
        let allowed = schema.filter(|_| enforce).map(|it| it.range_limits().1);
        let position = request[facts.position].as_i64().unwrap_or(facts.first);
        let size = request[facts.size].as_i64().or(facts.default_size);
        let before = position.saturating_sub(facts.first);
        Self {
            facts,
            last: allowed.map_or(fits, |last| last.min(fits)),
            ceiling: facts.ceiling.filter(|_| enforce),
            size,
            position,
            markers: HashSet::from_iter(request[facts.position].as_str().map(str::to_owned)),
            empty: 0,
            reached: match facts.style {
                PageStyle::Page => before.saturating_mul(size.unwrap_or(0)),
                PageStyle::Offset => before,
                PageStyle::Marker => 0,
            },
        }
    }

    /// Moves from a page with `came` items to the next one.
    pub(super) fn turn(&mut self, came: usize, total: Option<i64>, next: Option<&str>) -> Turn {
        if self.facts.style == PageStyle::Marker {
            return self.follow(came, next);
        }
        let came = i64::try_from(came).unwrap_or(i64::MAX);
        self.reached = self.reached.saturating_add(came);
        // A total that is less than the items of one page is wrong.
        let is_last = match total.filter(|total| *total >= came) {
            // The total can be capped as well: at the ceiling it is not reliable.
            Some(total) => self.reached >= total && self.ceiling.is_none_or(|it| total < it),
            None => self.size.is_some_and(|size| came < size),
        };
        if came == 0 || is_last {
            return Turn::End;
        }
        let (step, unit) = match self.facts.style {
            PageStyle::Page => (1, self.size.unwrap_or(came)),
            _ => (came, 1),
        };
        self.position = self.position.saturating_add(step);
        let before = self.position.saturating_sub(self.facts.first);
        let end = before
            .saturating_mul(unit)
            .saturating_add(self.size.unwrap_or(came));
        if self.position > self.last || self.ceiling.is_some_and(|ceiling| end > ceiling) {
            return Turn::Refused(format!(
                "only the first {} items can be listed, and there may be more: narrow the request \
                 down",
                self.reached
            ));
        }
        Turn::To(self.position.into())
    }

    fn follow(&mut self, came: usize, next: Option<&str>) -> Turn {
        let Some(next) = next.filter(|next| !next.is_empty()) else {
            return Turn::End;
        };
        self.empty = if came == 0 { self.empty + 1 } else { 0 };
        if self.empty == EMPTY {
            return Turn::Refused(format!(
                "{EMPTY} pages in a row were empty, but the last one still names a next page: narrow \
                 the request down, or start from that page's marker"
            ));
        }
        if !self.markers.insert(next.to_owned()) {
            let message =
                "the marker of the next page is that of an earlier page, so the list would not end";
            return Turn::Refused(message.to_owned());
        }
        Turn::To(next.into())
    }
}
