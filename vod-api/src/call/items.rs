//! Lists, item by item.

use std::fmt;
#[cfg(feature = "stream")]
use std::pin::Pin;
#[cfg(feature = "stream")]
use std::task::{Context, Poll};

#[cfg(feature = "stream")]
use futures_core::Stream;

use crate::call::Call;
use crate::call::item_reader::ItemReader;
use crate::error::Error;
use crate::facts::{Operation, Paginated};

// The bound is on the methods, so that the compiler explains why another operation has none.
impl<O: Operation> Call<O> {
    /// The items of the list, one by one; a page is asked for when the items before it are used up.
    ///
    /// The list begins as with [`pages`](Self::pages). Its pages are as large as the docs allow,
    /// unless the request sets their size.
    ///
    /// ```no_run
    /// # async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
    /// let mut assets = client.list_asset_list().items();
    /// while let Some(asset) = assets.next().await {
    ///     println!("{:?}", asset?.asset_id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// To go on later where a list stopped, read [`pages`](Self::pages), and store
    /// [`Pages::next_request`](crate::Pages::next_request) after each.
    pub fn items(self) -> Items<O>
    where
        O: Paginated,
    {
        Items(ItemReader::new(self, O::PAGINATION))
    }
}

/// The items of a list; see [`Call::items`], and [`Pages`](crate::Pages) for its end and for
/// errors.
#[must_use = "nothing is sent until `next`"]
pub struct Items<O: Paginated>(ItemReader<Call<O>>);

impl<O: Paginated> Items<O> {
    /// The next item; `None` at the end.
    ///
    /// Nothing is lost if the future is dropped before it is done.
    ///
    /// # Errors
    ///
    /// As for [`Pages::next`](crate::Pages::next).
    pub async fn next(&mut self) -> Option<Result<O::Item, Error>> {
        self.0.next().await
    }

    /// The items, for a program without `async`; see [`blocking`](crate::blocking). The iterator
    /// ends after an error. Needs the feature `blocking`.
    ///
    /// ```no_run
    /// # fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
    /// for asset in client.list_asset_list().items().blocking() {
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

    /// All items that are left, in memory.
    ///
    /// What deletes or changes the items of a list needs them all first: as they leave the list,
    /// the others move to other pages, and some would be skipped.
    ///
    /// ```no_run
    /// # async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
    /// let old = client.list_asset_list().end_time("20200101000000").items().into_vec().await?;
    /// let ids = old.into_iter().filter_map(|asset| asset.asset_id);
    /// let mut batches = client.delete_assets(ids).in_batches();
    /// while let Some(batch) = batches.next().await {
    ///     println!("{:?}", batch.result);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`Pages::next`](crate::Pages::next), at the first error. The items before it are
    /// lost: call [`next`](Self::next) to keep them.
    pub async fn into_vec(self) -> Result<Vec<O::Item>, Error> {
        self.0.into_vec().await
    }
}

// Nothing in it is pinned: the future is in a box, and the request is only ever moved.
impl<O: Paginated> Unpin for Items<O> {}

#[cfg(feature = "stream")]
impl<O: Paginated> Stream for Items<O> {
    type Item = Result<O::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().0.poll_item(context)
    }
}

impl<O: Paginated> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("call", self.0.call())
            .finish_non_exhaustive()
    }
}
