//! Lists that come page by page.

use std::collections::HashSet;
use std::fmt;
use std::future::{IntoFuture, poll_fn};
#[cfg(feature = "stream")]
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

#[cfg(feature = "stream")]
use futures_core::Stream;
use serde_json::Value;

use crate::call::Call;
use crate::error::{Error, ErrorKind, Sent};
use crate::facts::{Operation, OperationMeta, PageStyle, Paginated, Pagination, SchemaKind};
use crate::response::Response;
use crate::wire::{Document, Json, WireError, parse_with, written};

/// How many pages with a marker can be empty in a row. Some are empty because the service filters the list while it
/// reads it.
const EMPTY: u32 = 100;

// The bound is on the methods, so that the compiler explains why another operation has none.
impl<O: Operation> Call<O> {
    /// The pages of the list, from the one that the request names; the first one by default.
    ///
    /// Each page is a call of its own, with the options of this one.
    ///
    /// ```no_run
    /// # async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
    /// let mut pages = client.list_asset_list().size(100).pages();
    /// while let Some(page) = pages.next().await {
    ///     let page = page?;
    ///     println!("{} of {:?}", page.assets.len(), page.total);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages(self) -> Pages<O>
    where
        O: Paginated,
    {
        Pages::new(self)
    }

    /// The items of the list, one by one; a page is asked for when the items before it are used up. The pages begin as
    /// with [`pages`](Self::pages).
    ///
    /// ```no_run
    /// # async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
    /// let mut assets = client.list_asset_list().size(100).items();
    /// while let Some(asset) = assets.next().await {
    ///     println!("{:?}", asset?.asset_id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn items(self) -> Items<O>
    where
        O: Paginated,
    {
        Items {
            pages: self.pages(),
            items: Vec::new().into_iter(),
        }
    }
}

/// The pages of a list; see [`Call::pages`].
///
/// They end with the list: when the reported total is reached, at an empty page, at a short page where no total is
/// reported, or where there is no next marker. A total that is less than the number of items on the page is ignored.
/// The list ends with an error of kind [`Incomplete`](ErrorKind::Incomplete) if the service may have more items than it
/// lets anyone list, if a marker leads back to an earlier page, or if a hundred pages with a marker are empty in a row.
/// Items that are added or removed meanwhile move the others between pages, so that one can come twice or not at all.
///
/// After a transient error ([`Error::is_transient`]) [`next`](Self::next) asks for the same page again, so that no item is
/// lost: a loop that ignores errors does not end while the service is down. Any other error ends the list. With the feature
/// `stream` this is a `Stream` too. As such it ends after every error, so that whatever collects it comes to an end:
///
/// ```no_run
/// use futures_util::TryStreamExt;
///
/// # async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
/// let assets: Vec<_> = client.list_asset_list().items().try_collect().await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is sent until `next`"]
pub struct Pages<O: Paginated> {
    /// The call for the page that comes next.
    call: Call<O>,
    /// The page on its way. It stays here when a caller stops waiting.
    page: Option<<Call<O> as IntoFuture>::IntoFuture>,
    cursor: Cursor,
    end: Option<End>,
    /// The last page was an error: the end for a stream, until somebody calls `next`.
    failed: bool,
}

enum End {
    /// What there is to say before the end.
    Refused(Error),
    Reached,
}

impl<O: Paginated> Pages<O> {
    fn new(call: Call<O>) -> Self {
        // What cannot be written as JSON cannot be sent either, and the call will say so.
        let request = serde_json::to_value(&call.request).unwrap_or_default();
        let enforce = call.options.validate;
        Self {
            cursor: Cursor::new(O::PAGINATION, O::META, &request, enforce),
            call,
            page: None,
            end: None,
            failed: false,
        }
    }

    /// The next page; `None` at the end.
    ///
    /// Nothing is lost if the future is dropped before it is done.
    ///
    /// # Errors
    ///
    /// The call for the page failed. Where another try can work ([`Error::is_transient`]), `next` makes it; after any
    /// other error comes the end. Or the list goes on beyond what can be listed, or in a circle.
    pub async fn next(&mut self) -> Option<Result<Response<O::Response>, Error>> {
        self.failed = false;
        poll_fn(|context| self.poll_page(context)).await
    }

    /// The request for the page that [`next`](Self::next) asks for; `None` at the end. Stored as JSON, it is where another
    /// program goes on:
    ///
    /// ```no_run
    /// # use vod_api::model::ListAssetListRequest;
    /// # async fn example(client: &vod_api::Client, stored: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// let request: ListAssetListRequest = serde_json::from_str(stored)?;
    /// let mut pages = client.execute(request).pages();
    /// while let Some(page) = pages.next().await {
    ///     println!("{:?}", page?.assets);
    ///     match pages.next_request() {
    ///         Some(request) => println!("go on with {}", serde_json::to_string(request)?),
    ///         None => println!("that was the last page"),
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn next_request(&self) -> Option<&O> {
        self.end.is_none().then_some(&*self.call.request)
    }

    fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Response<O::Response>, Error>>> {
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
        let page = self.page.get_or_insert_with(|| call.clone().into_future());
        let mut result = ready!(page.as_mut().poll(context));
        self.page = None;
        match &mut result {
            Ok(page) => self.turn(page),
            Err(error) if error.is_transient() => self.failed = true,
            Err(_) => self.end = Some(End::Reached),
        }
        Poll::Ready(Some(result))
    }

    /// Gets ready for the page after this one.
    fn turn(&mut self, page: &mut Response<O::Response>) {
        let came = O::items(page.body_mut()).len();
        let turn = match came == 0 && has_other_items(page.meta().raw_body(), O::PAGINATION.items) {
            true => Turn::Refused("the items of the page cannot be read".to_owned()),
            false => self.cursor.turn(came, O::total(page), O::next(page)),
        };
        self.end = match turn {
            Turn::To(position) => match moved(&*self.call.request, &position) {
                Ok(request) => {
                    *self.call.request = request;
                    None
                }
                Err(error) => Some(End::Refused(incomplete(O::META, error.to_string()))),
            },
            Turn::Refused(message) => Some(End::Refused(incomplete(O::META, message))),
            Turn::End => Some(End::Reached),
        };
    }
}

/// The same request for another page. Not through JSON text: it would lose which enum values are sent as `unlisted`.
fn moved<O: Paginated>(request: &O, position: &Value) -> Result<O, WireError> {
    let request = written(request);
    let request = request.root().members();
    O::read(request.with(O::PAGINATION.position, position).root())
}

/// Whether a page without items has another value in place of its list. It must not end the list as an empty page does.
fn has_other_items(body: &[u8], items: &str) -> bool {
    let look = |text: &str| {
        let page: Document<'_> = serde_json::from_str(text)?;
        let mut members = page.root().members();
        Ok(members.any(|(name, value)| match value {
            Json::Null | Json::Array(_) => false,
            Json::String(text) => name == items && !text.trim().is_empty(),
            _ => name == items,
        }))
    };
    parse_with(body, look).unwrap_or(false)
}

fn incomplete(meta: &OperationMeta, message: String) -> Error {
    Error::new(ErrorKind::Incomplete, Sent::Yes, message).in_call(meta.name, 0)
}

/// Where in a list we are. Not generic: compiled once for all operations.
#[derive(Debug)]
struct Cursor {
    facts: &'static Pagination,
    /// The highest position that the service takes.
    last: i64,
    ceiling: Option<i64>,
    /// Items of a page, unless nobody knows.
    size: Option<i64>,
    position: i64,
    /// Those that were followed.
    markers: HashSet<String>,
    /// The number of pages without items since the last page with items.
    empty: u32,
    /// Items up to here, from the start of the list.
    reached: i64,
}

enum Turn {
    To(Value),
    Refused(String),
    End,
}

impl Cursor {
    /// `enforce` says whether documented limits count.
    fn new(
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

    /// From a page with `came` items to the next one.
    fn turn(&mut self, came: usize, total: Option<i64>, next: Option<&str>) -> Turn {
        if self.facts.style == PageStyle::Marker {
            return self.follow(came, next);
        }
        let came = i64::try_from(came).unwrap_or(i64::MAX);
        self.reached = self.reached.saturating_add(came);
        // A total that is less than the items of one page is wrong.
        let is_last = match total.filter(|total| *total >= came) {
            // A count can be capped as well: at the ceiling it says nothing.
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
                "only the first {} items can be listed, and there can be more: narrow the request down",
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
                "{EMPTY} pages in a row were empty, and the last one still has a marker of the next: narrow the request \
                 down, or begin with that marker"
            ));
        }
        if !self.markers.insert(next.to_owned()) {
            let message = "the marker of the page leads back to a page that came before";
            return Turn::Refused(message.to_owned());
        }
        Turn::To(next.into())
    }
}

/// The items of a list; see [`Call::items`], and [`Pages`] for its end and for errors.
#[must_use = "nothing is sent until `next`"]
pub struct Items<O: Paginated> {
    pages: Pages<O>,
    /// What is left of the page that came last.
    items: vec::IntoIter<O::Item>,
}

impl<O: Paginated> Items<O> {
    /// The next item; `None` at the end.
    ///
    /// Nothing is lost if the future is dropped before it is done.
    ///
    /// # Errors
    ///
    /// As for [`Pages::next`].
    pub async fn next(&mut self) -> Option<Result<O::Item, Error>> {
        self.pages.failed = false;
        poll_fn(|context| self.poll_item(context)).await
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<O::Item, Error>>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            // Pages by marker can be empty in the middle of the list.
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(mut page)) => {
                    self.items = std::mem::take(O::items(page.body_mut())).into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

// Nothing in them is pinned: the future is in a box, and the request is only ever moved.
impl<O: Paginated> Unpin for Pages<O> {}
impl<O: Paginated> Unpin for Items<O> {}

#[cfg(feature = "stream")]
impl<O: Paginated> Stream for Pages<O> {
    type Item = Result<Response<O::Response>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context)
    }
}

#[cfg(feature = "stream")]
impl<O: Paginated> Stream for Items<O> {
    type Item = Result<O::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

impl<O: Paginated> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("call", &self.call)
            .finish_non_exhaustive()
    }
}

impl<O: Paginated> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .finish_non_exhaustive()
    }
}
