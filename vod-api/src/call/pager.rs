//! Reads a list page by page, whatever the type of its calls.

use std::future::poll_fn;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use serde_json::Value;

use crate::call::cursor::{Cursor, Turn};
use crate::call::resend::{Resend, Sending};
use crate::error::{Error, ErrorKind, Sent};
use crate::facts::{OperationMeta, PageStyle, Pagination};
use crate::response::Response;
use crate::wire::{Json, WireError, look};

/// A call of an operation that lists something page by page.
pub(super) trait Listing: Resend {
    /// What is listed.
    type Item;

    /// The request as JSON.
    fn request(&self) -> Value;

    /// Sets a parameter.
    fn set_parameter(&mut self, name: &'static str, value: &Value) -> Result<(), WireError>;

    /// The number of items on a page.
    fn count(page: &mut Self::Reply, facts: &Pagination) -> usize;

    /// Takes the items out of a page.
    fn take_items(page: &mut Self::Reply, facts: &Pagination) -> Vec<Self::Item>;

    /// The number of items in all, if a page says it.
    fn total(page: &Self::Reply, facts: &Pagination) -> Option<i64>;

    /// The marker of the next page.
    fn marker(page: &Self::Reply, facts: &Pagination) -> Option<String>;
}

/// The pages of a list.
pub(super) struct Pager<C: Listing> {
    /// The call for the page that comes next.
    call: C,
    facts: &'static Pagination,
    /// The page on its way. It stays here when a caller stops waiting.
    page: Option<Sending<C::Reply>>,
    cursor: Cursor,
    /// The body of the page that came last.
    last: Bytes,
    end: Option<End>,
    /// Whether the last page was an error. A stream then ends, until `next` is called.
    failed: bool,
}

enum End {
    /// The error that comes before the end.
    Refused(Error),
    Reached,
}

impl<C: Listing> Pager<C> {
    pub(super) fn new(call: C, facts: &'static Pagination) -> Self {
        let enforce = call.options().validate;
        Self {
            cursor: Cursor::new(facts, call.meta(), &call.request(), enforce),
            call,
            facts,
            page: None,
            last: Bytes::new(),
            end: None,
            failed: false,
        }
    }

    pub(super) fn call(&self) -> &C {
        &self.call
    }

    /// The call for the page that comes next; `None` at the end.
    pub(super) fn next_call(&self) -> Option<&C> {
        self.end.is_none().then_some(&self.call)
    }

    /// Goes on after an error.
    pub(super) fn resume(&mut self) {
        self.failed = false;
    }

    pub(super) async fn next(&mut self) -> Option<Result<Response<C::Reply>, Error>> {
        self.resume();
        poll_fn(|context| self.poll_page(context)).await
    }

    pub(super) fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Response<C::Reply>, Error>>> {
        if self.failed {
            return Poll::Ready(None);
        }
        if let Some(end) = &mut self.end {
            return Poll::Ready(match std::mem::replace(end, End::Reached) {
                End::Refused(error) => Some(Err(error)),
                End::Reached => None,
            });
        }
        let call = &self.call;
        let page = self.page.get_or_insert_with(|| call.clone().resend());
        let mut result = ready!(page.as_mut().poll(context));
        self.page = None;
        if let Ok(page) = &mut result
            && self.is_repeated(page)
        {
            let message = "the page is the same as the page before it: the service ignores which \
                           page is asked for, so the list would not end";
            result = Err(incomplete(self.call.meta(), message));
        }
        match &mut result {
            Ok(page) => self.turn(page),
            Err(error) if error.is_transient() => self.failed = true,
            Err(_) => self.end = Some(End::Reached),
        }
        Poll::Ready(Some(result))
    }

    /// Whether a page with items came again. Pages by marker are told by their markers.
    fn is_repeated(&mut self, page: &mut Response<C::Reply>) -> bool {
        let body = page.meta().raw_body().clone();
        let last = std::mem::replace(&mut self.last, body);
        self.facts.style != PageStyle::Marker
            && last == *page.meta().raw_body()
            && C::count(page.body_mut(), self.facts) > 0
    }

    /// Prepares the call for the page after this one.
    fn turn(&mut self, page: &mut Response<C::Reply>) {
        let facts = self.facts;
        let came = C::count(page.body_mut(), facts);
        let is_unreadable = came == 0 && has_other_items(page.meta().raw_body(), facts.items);
        let meta = self.call.meta();
        if is_unreadable {
            let message = "the items of the page cannot be read";
            self.end = Some(End::Refused(incomplete(meta, message)));
            return;
        }
        let (total, marker) = (C::total(page, facts), C::marker(page, facts));
        self.end = match self.cursor.turn(came, total, marker.as_deref()) {
            Turn::To(position) => match self.call.set_parameter(facts.position, &position) {
                Ok(()) => None,
                Err(error) => Some(End::Refused(incomplete(meta, error.to_string()))),
            },
            Turn::Refused(message) => Some(End::Refused(incomplete(meta, message))),
            Turn::End => Some(End::Reached),
        };
    }
}

/// Whether a page without items has another value in place of its list. It must not end the list as
/// an empty page does.
fn has_other_items(body: &[u8], items: &str) -> bool {
    let has_other = |page: Json<'_>| {
        page.members().any(|(name, value)| match value {
            Json::Null | Json::Array(_) => false,
            Json::String(text) => name == items && !text.trim().is_empty(),
            _ => name == items,
        })
    };
    look(body, has_other).unwrap_or(false)
}

pub(super) fn incomplete(meta: &OperationMeta, message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Incomplete, Sent::Yes, message).in_call(meta.name, 0)
}
