//! How lists are filtered and split into pages.

use super::{Call, Refusal};
use crate::state::Moment;

/// How many items a search reaches.
const CEILING: usize = 20_000;

/// A part of a list.
pub(super) struct Page<T> {
    pub(super) items: Vec<T>,
    /// How many items there are, up to the number that a search reaches.
    pub(super) total: usize,
    pub(super) has_more: bool,
}

impl<T> Page<T> {
    /// All there is, for calls that name what they want.
    pub(super) fn whole(items: Vec<T>) -> Self {
        Self {
            total: items.len(),
            items,
            has_more: false,
        }
    }
}

/// The page that `page` and `size` name.
pub(super) fn page<T>(call: &Call<'_>, all: Vec<T>) -> Result<Page<T>, Refusal> {
    let size = call
        .number("size")
        .and_then(|size| usize::try_from(size).ok())
        .unwrap_or(10);
    let page = call
        .number("page")
        .and_then(|page| usize::try_from(page).ok())
        .unwrap_or(0);
    let end = page.saturating_add(1).saturating_mul(size);
    if end > CEILING {
        let message = format!("(page + 1) * size must not be greater than {CEILING}, got {end}");
        return Err(Refusal::parameter(message));
    }
    Ok(cut(all, end - size, size))
}

/// The page that `offset` and `limit` name.
pub(super) fn window<T>(call: &Call<'_>, all: Vec<T>, default: usize) -> Page<T> {
    let number = |name| {
        call.number(name)
            .and_then(|number| usize::try_from(number).ok())
    };
    cut(
        all,
        number("offset").unwrap_or(0),
        number("limit").unwrap_or(default),
    )
}

fn cut<T>(all: Vec<T>, start: usize, size: usize) -> Page<T> {
    let total = all.len().min(CEILING);
    let items: Vec<_> = all.into_iter().take(total).skip(start).take(size).collect();
    let has_more = start.saturating_add(items.len()) < total && !items.is_empty();
    Page {
        items,
        total,
        has_more,
    }
}

/// Limits of a time, both of which belong to it; in whole seconds.
pub(super) struct Period {
    from: Option<Moment>,
    to: Option<Moment>,
}

impl Period {
    pub(super) fn of(call: &Call<'_>, from: &str, to: &str) -> Self {
        let moment = |name| call.text(name).and_then(Moment::parse);
        Self {
            from: moment(from),
            to: moment(to),
        }
    }

    pub(super) fn has(&self, moment: Moment) -> bool {
        let moment = moment.second();
        self.from.is_none_or(|from| from <= moment) && self.to.is_none_or(|to| moment <= to)
    }

    /// The same, but the end does not belong to it.
    pub(super) fn has_before_end(&self, moment: Moment) -> bool {
        self.has(moment) && self.to.is_none_or(|to| moment.second() < to)
    }

    pub(super) fn is_unlimited(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }
}
