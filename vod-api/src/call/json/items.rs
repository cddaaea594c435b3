//! Lists, item by item, as JSON.

use std::fmt;

use serde_json::Value;

use crate::call::item_reader::ItemReader;
use crate::call::json::JsonCall;
use crate::call::windows::{Windowing, Windows};
use crate::error::Error;
use crate::facts::Window;

impl JsonCall {
    /// The items of the list, as [`Call::items`](crate::Call::items) gives them.
    ///
    /// # Errors
    ///
    /// The operation does not list anything page by page, or its request cannot be read. Nothing
    /// was sent.
    pub fn items(self) -> Result<JsonItems, Error> {
        let (call, facts) = self.paginated()?;
        Ok(JsonItems(ItemReader::new(call, facts)))
    }

    /// The items of the list, however many there are, as
    /// [`Call::items_by_time`](crate::Call::items_by_time) gives them.
    ///
    /// # Errors
    ///
    /// The list of the operation cannot be limited to a period, or its request cannot be read.
    /// Nothing was sent.
    pub fn items_by_time(self) -> Result<JsonItemsByTime, Error> {
        let (call, facts) = self.paginated()?;
        match facts.window {
            Some(window) => Ok(JsonItemsByTime(Windows::new(call, facts, window))),
            None => Err(call.unable("list anything by time")),
        }
    }
}

/// The items of a list; see [`JsonCall::items`] and [`Items`](crate::Items), which ends in the same
/// way.
#[must_use = "nothing is sent until `next`"]
pub struct JsonItems(ItemReader<JsonCall>);

/// The items of a list, however many there are; see [`JsonCall::items_by_time`] and
/// [`ItemsByTime`](crate::ItemsByTime), which ends in the same way.
#[must_use = "nothing is sent until `next`"]
pub struct JsonItemsByTime(Windows<JsonCall>);

impl JsonItems {
    /// The next item; `None` at the end. Nothing is lost if the future is dropped before it is
    /// done.
    ///
    /// # Errors
    ///
    /// As for [`Items::next`](crate::Items::next).
    pub async fn next(&mut self) -> Option<Result<Value, Error>> {
        self.0.next().await
    }

    /// All items that are left, in memory.
    ///
    /// # Errors
    ///
    /// As for [`next`](Self::next), at the first error. The items before it are lost.
    pub async fn into_vec(self) -> Result<Vec<Value>, Error> {
        self.0.into_vec().await
    }
}

impl JsonItemsByTime {
    /// The next item; `None` at the end. Nothing is lost if the future is dropped before it is
    /// done.
    ///
    /// # Errors
    ///
    /// As for [`ItemsByTime::next`](crate::ItemsByTime::next).
    pub async fn next(&mut self) -> Option<Result<Value, Error>> {
        self.0.next().await
    }

    /// All items that are left, in memory.
    ///
    /// # Errors
    ///
    /// As for [`next`](Self::next), at the first error. The items before it are lost.
    pub async fn into_vec(self) -> Result<Vec<Value>, Error> {
        self.0.into_vec().await
    }

    /// A request for the period that is being listed and those after it, up to the same end; `None`
    /// at the end. See [`ItemsByTime::next_request`](crate::ItemsByTime::next_request).
    pub fn next_request(&self) -> Option<Value> {
        self.0.rest()?.request.ok()
    }
}

impl Windowing for JsonCall {
    fn id<'i>(item: &'i Value, facts: &Window) -> Option<&'i str> {
        item.get(facts.id)?.as_str()
    }
}

impl fmt::Debug for JsonItems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonItems")
            .field("call", self.0.call())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for JsonItemsByTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonItemsByTime")
            .field("call", self.0.call())
            .finish_non_exhaustive()
    }
}
