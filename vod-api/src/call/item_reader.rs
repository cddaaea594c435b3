//! Reads the items of a list, whatever the type of its calls.

use std::future::poll_fn;
use std::task::{Context, Poll, ready};
use std::vec;

use serde_json::Value;

use crate::call::pager::{Listing, Pager};
use crate::error::Error;
use crate::facts::{OperationMeta, Pagination};

/// The items of a list, from the page on that the call names.
pub(super) struct ItemReader<C: Listing> {
    facts: &'static Pagination,
    pager: Pager<C>,
    /// What is left of the page that came last.
    items: vec::IntoIter<C::Item>,
}

impl<C: Listing> ItemReader<C> {
    pub(super) fn new(call: C, facts: &'static Pagination) -> Self {
        Self {
            facts,
            pager: Pager::new(with_largest_pages(call, facts), facts),
            items: Vec::new().into_iter(),
        }
    }

    pub(super) fn call(&self) -> &C {
        self.pager.call()
    }

    /// Goes on after an error.
    pub(super) fn resume(&mut self) {
        self.pager.resume();
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
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            // Pages by marker can be empty in the middle of the list.
            match ready!(self.pager.poll_page(context)) {
                Some(Ok(mut page)) => {
                    self.items = C::take_items(page.body_mut(), self.facts).into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// All results of `poll`, up to the first error.
pub(super) async fn read_all<T>(
    mut poll: impl FnMut(&mut Context<'_>) -> Poll<Option<Result<T, Error>>>,
) -> Result<Vec<T>, Error> {
    let mut items = Vec::new();
    while let Some(item) = poll_fn(&mut poll).await {
        items.push(item?);
    }
    Ok(items)
}

/// Asks for the largest pages that the docs allow, unless the request says how large they are.
pub(super) fn with_largest_pages<C: Listing>(mut call: C, facts: &Pagination) -> C {
    if call.request()[facts.size].is_null()
        && let Some(size) = largest_page(call.meta(), facts)
    {
        // A request that cannot be read again is refused when it is sent.
        let _ = call.set_parameter(facts.size, &Value::from(size));
    }
    call
}

/// The documented limit of the size of a page.
pub(super) fn largest_page(meta: &OperationMeta, facts: &Pagination) -> Option<i64> {
    let mut parameters = meta.parameters.iter().map(|it| &it.property);
    let size = parameters.find(|it| it.name == facts.size)?;
    let (_, most) = size.schema.range_limits();
    (most < i64::MAX).then_some(most)
}
