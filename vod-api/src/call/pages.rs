//! Lists that come page by page.

use std::fmt;
#[cfg(feature = "stream")]
use std::pin::Pin;
#[cfg(feature = "stream")]
use std::task::{Context, Poll};

#[cfg(feature = "stream")]
use futures_core::Stream;
use serde_json::Value;

use crate::call::Call;
use crate::call::pager::{Listing, Pager};
use crate::error::Error;
use crate::facts::{Operation, Paginated, Pagination};
use crate::response::Response;
use crate::wire::{WireError, written};

// The bound is on the methods, so that the compiler explains why another operation has none.
impl<O: Operation> Call<O> {
    /// The pages of the list, from the one that the request names; the first one by default.
    ///
    /// Each page is a call of its own, with the options of this one. Its size is that of the
    /// request; if the request sets none, the service chooses, and its pages are smaller than those
    /// of [`items`](Self::items).
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
        Pages(Pager::new(self, O::PAGINATION))
    }
}

/// The pages of a list; see [`Call::pages`].
///
/// They end with the list: when the reported total is reached, at an empty page, at a short page
/// where no total is reported, or where there is no next marker. A total that is less than the
/// number of items on the page is ignored. The list ends with an error of kind
/// [`Incomplete`](crate::ErrorKind::Incomplete) if the service may have more items than it lets
/// anyone list, if a page repeats the page before it, if a marker leads back to an earlier page, or
/// if a hundred pages with a marker are empty in a row. Items that are added or removed meanwhile
/// move the others between pages, so that one can come twice or not at all: to delete what is
/// listed, read the whole list first ([`Items::into_vec`](crate::Items::into_vec)).
///
/// After a transient error ([`Error::is_transient`]) [`next`](Self::next) asks for the same page
/// again, so that no item is lost: a loop that ignores errors does not end while the service is
/// down. Any other error ends the list. With the feature `stream` this is a `Stream` too. As such
/// it ends after every error, so that whatever collects it comes to an end:
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
pub struct Pages<O: Paginated>(Pager<Call<O>>);

impl<O: Paginated> Pages<O> {
    /// The next page; `None` at the end.
    ///
    /// Nothing is lost if the future is dropped before it is done.
    ///
    /// # Errors
    ///
    /// The call for the page failed. Where another try can work ([`Error::is_transient`]), `next`
    /// makes it; after any other error comes the end. Or the list goes on beyond what can be
    /// listed, or in a circle.
    pub async fn next(&mut self) -> Option<Result<Response<O::Response>, Error>> {
        self.0.next().await
    }

    /// The pages, for a program without `async`; see [`blocking`](crate::blocking). The iterator
    /// ends after an error. Needs the feature `blocking`.
    ///
    /// ```no_run
    /// # fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
    /// for page in client.list_asset_list().pages().blocking() {
    ///     println!("{:?}", page?.assets);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "blocking")]
    pub fn blocking(mut self) -> impl Iterator<Item = Result<Response<O::Response>, Error>> + Send {
        self.0.resume();
        crate::blocking::iterate(move |context| self.0.poll_page(context))
    }

    /// The request for the page that [`next`](Self::next) asks for; `None` at the end. Stored as
    /// JSON, it is where another program goes on:
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
        self.0.next_call().map(|call| &*call.request)
    }
}

impl<O: Paginated> Listing for Call<O> {
    type Item = O::Item;

    fn request(&self) -> Value {
        // What cannot be written as JSON cannot be sent either, and the call will say so.
        serde_json::to_value(&self.request).unwrap_or_default()
    }

    fn set_parameter(&mut self, name: &'static str, value: &Value) -> Result<(), WireError> {
        // Not through JSON text: it would lose which enum values are sent as `unlisted`.
        let request = written(&*self.request);
        let request = request.root().members();
        *self.request = request.with(name, value).read()?;
        Ok(())
    }

    fn count(page: &mut O::Response, _facts: &Pagination) -> usize {
        O::items(page).len()
    }

    fn take_items(page: &mut O::Response, _facts: &Pagination) -> Vec<O::Item> {
        std::mem::take(O::items(page))
    }

    fn total(page: &O::Response, _facts: &Pagination) -> Option<i64> {
        O::total(page)
    }

    fn marker(page: &O::Response, _facts: &Pagination) -> Option<String> {
        O::next(page).map(str::to_owned)
    }
}

// Nothing in it is pinned: the future is in a box, and the request is only ever moved.
impl<O: Paginated> Unpin for Pages<O> {}

#[cfg(feature = "stream")]
impl<O: Paginated> Stream for Pages<O> {
    type Item = Result<Response<O::Response>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().0.poll_page(context)
    }
}

impl<O: Paginated> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("call", self.0.call())
            .finish_non_exhaustive()
    }
}
