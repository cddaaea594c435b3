//! Lists that are longer than the service lists at once.

use std::fmt;
#[cfg(feature = "stream")]
use std::pin::Pin;
#[cfg(feature = "stream")]
use std::task::{Context, Poll};

#[cfg(feature = "stream")]
use futures_core::Stream;

use crate::call::Call;
use crate::call::windows::{Windowing, Windows};
use crate::error::Error;
use crate::facts::{ListedByTime, Operation, Window};

// The bound is on the method, so that the compiler explains why another operation has none.
impl<O: Operation> Call<O> {
    /// The items of the list, however many there are.
    ///
    /// The service lists only so many items of one request, [`Pagination::ceiling`]. This divides
    /// the time from the start of the list to its end into periods that have fewer, and lists one
    /// after the other, the earliest first. Within a period, the items come in the order that the
    /// request asks for.
    ///
    /// ```no_run
    /// # async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
    /// let mut assets = client.list_asset_list().items_by_time();
    /// while let Some(asset) = assets.next().await {
    ///     println!("{:?}", asset?.asset_id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The list begins and ends with the times that the request sets. Where it sets no end, that is
    /// one second after the service answered for the first time, by its header `Date`; without one,
    /// by the clock of this machine, corrected as for signatures. Items that are created later are
    /// not listed.
    ///
    /// It takes about one call for each page, and a few for each period. A list that fits on one
    /// page takes one call.
    ///
    /// [`Pagination::ceiling`]: crate::operation::Pagination::ceiling
    pub fn items_by_time(self) -> ItemsByTime<O>
    where
        O: ListedByTime,
    {
        ItemsByTime(Windows::new(self, O::PAGINATION, O::WINDOW))
    }
}

/// The items of a list, however many there are; see [`Call::items_by_time`].
///
/// Errors are those of [`Pages`](crate::Pages), and the list ends after them or goes on as there.
/// One of kind [`Incomplete`](crate::ErrorKind::Incomplete) says which second has more items than
/// the service lists; one of kind [`InvalidRequest`](crate::ErrorKind::InvalidRequest), that the
/// request names a page: the list is read from its start.
///
/// No item comes twice, as long as it has an id: the ids of one period are kept in memory for that,
/// and sometimes those of the period before. Items that move to a page that was read already are
/// missed, as with [`Pages`](crate::Pages): collect the ids first if you delete what is listed.
#[must_use = "nothing is sent until `next`"]
pub struct ItemsByTime<O: ListedByTime>(Windows<Call<O>>);

impl<O: ListedByTime> ItemsByTime<O> {
    /// The next item; `None` at the end.
    ///
    /// Nothing is lost if the future is dropped before it is done.
    ///
    /// # Errors
    ///
    /// As for [`Pages::next`](crate::Pages::next), and one second with too many items.
    pub async fn next(&mut self) -> Option<Result<O::Item, Error>> {
        self.0.next().await
    }

    /// The items, for a program without `async`; see [`blocking`](crate::blocking). The iterator
    /// ends after an error. Needs the feature `blocking`.
    ///
    /// ```no_run
    /// # fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
    /// for asset in client.list_asset_list().items_by_time().blocking() {
    ///     println!("{:?}", asset?.asset_id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "blocking")]
    pub fn blocking(mut self) -> impl Iterator<Item = Result<O::Item, Error>> + Send {
        self.0.resume();
        crate::blocking::iterate(move |context| self.0.poll_item(context))
    }

    /// All items that are left, in memory; see [`Items::into_vec`](crate::Items::into_vec).
    ///
    /// # Errors
    ///
    /// As for [`next`](Self::next), at the first error. The items before it are lost.
    pub async fn into_vec(self) -> Result<Vec<O::Item>, Error> {
        self.0.into_vec().await
    }

    /// A request for the period that is being listed and those after it, up to the same end; `None`
    /// at the end. Stored as JSON, it is where another program goes on, with some of the items once
    /// more:
    ///
    /// ```no_run
    /// # use vod_api::model::ListAssetListRequest;
    /// # async fn example(client: &vod_api::Client, stored: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// let request: ListAssetListRequest = serde_json::from_str(stored)?;
    /// let mut assets = client.execute(request).items_by_time();
    /// while let Some(asset) = assets.next().await {
    ///     println!("{:?}", asset?.asset_id);
    ///     if let Some(request) = assets.next_request() {
    ///         println!("go on with {}", serde_json::to_string(&request)?);
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn next_request(&self) -> Option<O> {
        self.0.rest().map(Call::into_request)
    }
}

impl<O: ListedByTime> Windowing for Call<O> {
    fn id<'i>(item: &'i O::Item, _facts: &Window) -> Option<&'i str> {
        O::id(item)
    }
}

// Nothing in it is pinned: the future is in a box, and the request is only ever moved.
impl<O: ListedByTime> Unpin for ItemsByTime<O> {}

#[cfg(feature = "stream")]
impl<O: ListedByTime> Stream for ItemsByTime<O> {
    type Item = Result<O::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().0.poll_item(context)
    }
}

impl<O: ListedByTime> fmt::Debug for ItemsByTime<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemsByTime")
            .field("call", self.0.call())
            .finish_non_exhaustive()
    }
}
