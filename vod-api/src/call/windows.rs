//! Reads a list period by period, so that no part of it reaches the ceiling.

use std::collections::HashSet;
use std::future::poll_fn;
use std::task::{Context, Poll, ready};
use std::time::{Duration, SystemTime};
use std::vec;

use crate::call::item_reader::{read_all, with_largest_pages};
use crate::call::pager::{Listing, Pager, incomplete};
use crate::call::period::Period;
use crate::error::Error;
use crate::error::reply_time::service_time;
use crate::facts::{Pagination, Window};
use crate::response::Response;
use crate::time::{TimeFormat, format_time, parse_time};

/// A call whose list can be read period by period.
pub(super) trait Windowing: Listing {
    /// What tells the item from all others.
    fn id<'i>(item: &'i Self::Item, facts: &Window) -> Option<&'i str>;
}

/// The items of a list, period by period, the earliest first.
///
/// The docs do not say whether the ends of a period belong to it. Neighbours overlap so far that
/// none of their seconds is missing in any case, and what comes twice is dropped by its id.
pub(super) struct Windows<C: Windowing> {
    /// The call for the whole list.
    call: C,
    facts: &'static Pagination,
    window: Window,
    /// What is left to do, the next step last.
    steps: Vec<Step>,
    /// The period that is being read.
    open: Option<Open<C>>,
    /// What is left of the page that came last.
    items: vec::IntoIter<C::Item>,
    /// The ids of the period that is being read, and of those before it that overlap with it.
    seen: Vec<Seen>,
    /// The end of the list, in seconds since 1970.
    end: Option<i64>,
    /// Whether anything came since a period that has no halves was divided.
    came: bool,
    /// Whether the last result was an error. A stream then ends, until `next` is called.
    failed: bool,
}

enum Step {
    Refuse(Error),
    Read(Period),
    /// The period had too many items, and its parts have been read: if none came, all its items are
    /// of one second.
    Check(Period),
}

struct Open<C: Listing> {
    period: Period,
    pager: Pager<C>,
    is_first_page: bool,
}

struct Seen {
    period: Period,
    ids: HashSet<String>,
}

impl<C: Windowing> Windows<C> {
    pub(super) fn new(call: C, facts: &'static Pagination, window: Window) -> Self {
        let whole = whole_list(&call, facts, window);
        Self {
            end: whole.as_ref().ok().and_then(|period| period.to),
            steps: vec![match whole {
                Ok(period) => Step::Read(period),
                Err(error) => Step::Refuse(error),
            }],
            call: with_largest_pages(call, facts),
            facts,
            window,
            open: None,
            items: Vec::new().into_iter(),
            seen: Vec::new(),
            came: false,
            failed: false,
        }
    }

    pub(super) fn call(&self) -> &C {
        &self.call
    }

    /// The call for the period that is being read and all that follow; `None` at the end.
    pub(super) fn rest(&self) -> Option<C> {
        let read = self.seen.last().map(|it| it.period);
        let read = read.filter(|_| self.open.is_some() || self.items.len() > 0);
        let from = self.start(read)?;
        let rest = Period { from, to: self.end };
        self.limited_to(rest).ok()
    }

    /// Goes on after an error.
    pub(super) fn resume(&mut self) {
        self.failed = false;
        if let Some(open) = &mut self.open {
            open.pager.resume();
        }
    }

    pub(super) async fn next(&mut self) -> Option<Result<C::Item, Error>> {
        self.resume();
        poll_fn(|context| self.poll_item(context)).await
    }

    pub(super) async fn into_vec(mut self) -> Result<Vec<C::Item>, Error> {
        self.resume();
        read_all(|context| self.poll_item(context)).await
    }

    pub(super) fn poll_item(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<C::Item, Error>>> {
        if self.failed {
            return Poll::Ready(None);
        }
        loop {
            while let Some(item) = self.items.next() {
                if self.is_new(&item) {
                    return Poll::Ready(Some(Ok(item)));
                }
            }
            let done = match &mut self.open {
                Some(open) => match ready!(open.pager.poll_page(context)) {
                    Some(page) => page.and_then(|page| self.take(page)),
                    None => {
                        self.open = None;
                        Ok(())
                    }
                },
                None => match self.steps.pop() {
                    Some(step) => self.begin(step),
                    None => return Poll::Ready(None),
                },
            };
            if let Err(error) = done {
                self.failed = true;
                if !error.is_transient() {
                    self.open = None;
                    self.steps.clear();
                }
                return Poll::Ready(Some(Err(error)));
            }
        }
    }

    fn begin(&mut self, step: Step) -> Result<(), Error> {
        match step {
            Step::Refuse(error) => Err(error),
            Step::Check(_) if self.came => Ok(()),
            Step::Check(period) => Err(self.too_many(period)),
            Step::Read(period) => {
                self.forget(period);
                self.seen.push(Seen {
                    period,
                    ids: HashSet::new(),
                });
                self.open = Some(Open {
                    period,
                    pager: Pager::new(self.limited_to(period)?, self.facts),
                    is_first_page: true,
                });
                Ok(())
            }
        }
    }

    /// Takes the items of a page, unless the first page of a period says that it has too many.
    fn take(&mut self, mut page: Response<C::Reply>) -> Result<(), Error> {
        let Some(open) = &mut self.open else {
            return Ok(());
        };
        let count = C::count(page.body_mut(), self.facts);
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let total = C::total(&page, self.facts);
        self.came |= count > 0;
        let request = open.pager.call().request();
        let size = request[self.facts.size]
            .as_i64()
            .or(self.facts.default_size);
        // Without a total, a page that is not full is all there is.
        let is_all = total.map_or(size.is_some_and(|size| count < size), |total| {
            total == count
        });
        if std::mem::take(&mut open.is_first_page) && !is_all {
            let period = open.period;
            // A page that begins below the ceiling and ends above it cannot be read.
            let ceiling = self.facts.ceiling.unwrap_or(i64::MAX);
            let ceiling = size.map_or(ceiling, |size| ceiling - ceiling % size.max(1));
            if period.to.is_none() {
                let now = service_time(page.meta().headers());
                let now = now.unwrap_or_else(|| self.call.shared().clock.read().at);
                // All that was made before the reply, even if the end does not belong to a period.
                self.end = Some(seconds(now).saturating_add(1));
                self.again(vec![Period {
                    to: self.end,
                    ..period
                }]);
                return Ok(());
            }
            if total.is_some_and(|total| total >= ceiling) {
                return self.divide(period);
            }
        }
        self.items = C::take_items(page.body_mut(), self.facts).into_iter();
        Ok(())
    }

    fn divide(&mut self, period: Period) -> Result<(), Error> {
        if let Some(halves) = period.halves() {
            self.again(halves.into());
            return Ok(());
        }
        let seconds = period.seconds().ok_or_else(|| self.too_many(period))?;
        self.came = false;
        self.steps.push(Step::Check(period));
        self.again(seconds);
        Ok(())
    }

    /// Reads these periods instead of the one that is open.
    fn again(&mut self, parts: Vec<Period>) {
        self.open = None;
        self.seen.pop();
        self.steps.extend(parts.into_iter().rev().map(Step::Read));
    }

    /// Drops the ids from before this period and all that are left: they do not come again.
    fn forget(&mut self, next: Period) {
        if let Some(Some(start)) = self.start(Some(next)) {
            let may_come_again = |seen: &Seen| seen.period.to.is_none_or(|to| to >= start);
            self.seen.retain(may_come_again);
        }
    }

    /// Where `current` and the periods that are left start; `None` if there are none.
    fn start(&self, current: Option<Period>) -> Option<Option<i64>> {
        let left = self.steps.iter().filter_map(|step| match step {
            Step::Read(period) => Some(*period),
            _ => None,
        });
        left.chain(current).map(|period| period.from).min()
    }

    fn is_new(&mut self, item: &C::Item) -> bool {
        let Some(id) = C::id(item, &self.window) else {
            return true;
        };
        if self.seen.iter().any(|seen| seen.ids.contains(id)) {
            return false;
        }
        if let Some(seen) = self.seen.last_mut() {
            seen.ids.insert(id.to_owned());
        }
        true
    }

    /// The call for a period.
    fn limited_to(&self, period: Period) -> Result<C, Error> {
        let mut call = self.call.clone();
        let ends = [(self.window.from, period.from), (self.window.to, period.to)];
        for (name, end) in ends {
            if let Some(end) = end {
                let set = call.set_parameter(name, &text(end).into());
                set.map_err(|error| {
                    Error::invalid_request(error).in_call(self.call.meta().name, 0)
                })?;
            }
        }
        Ok(call)
    }

    fn too_many(&self, period: Period) -> Error {
        let (from, to) = period.second();
        let when = if from == to {
            format!("at {}", text(from))
        } else {
            format!("from {} to {}", text(from), text(to))
        };
        let ceiling = self.facts.ceiling.unwrap_or_default();
        let message = format!(
            "{ceiling} items or more {when} (UTC) are more than can be listed, and one second cannot be \
             divided: narrow the request down"
        );
        incomplete(self.call.meta(), message)
    }
}

/// The period that the request names.
fn whole_list<C: Listing>(call: &C, facts: &Pagination, window: Window) -> Result<Period, Error> {
    let request = call.request();
    let refused = |message: String| Error::invalid_request(message).in_call(call.meta().name, 0);
    if !request[facts.position].is_null() {
        let position = facts.position;
        return Err(refused(format!(
            "{position} cannot be set here: the list is read from its start"
        )));
    }
    let end = |name: &str| -> Result<Option<i64>, Error> {
        let Some(text) = request[name].as_str() else {
            return Ok(None);
        };
        let checked = TimeFormat::Compact.check(text);
        checked.map_err(|error| refused(format!("{name}: {error}")))?;
        Ok(Some(parse_time(text).map_or(0, seconds)))
    };
    Ok(Period {
        from: end(window.from)?,
        to: end(window.to)?,
    })
}

fn seconds(at: SystemTime) -> i64 {
    let since = at
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

fn text(seconds: i64) -> String {
    let since = Duration::from_secs(seconds.unsigned_abs());
    format_time(
        SystemTime::UNIX_EPOCH
            .checked_add(since)
            .unwrap_or(SystemTime::UNIX_EPOCH),
    )
}
