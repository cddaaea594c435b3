//! Lists that come page by page, as JSON.

use std::fmt;

use serde_json::Value;

use crate::call::json::JsonCall;
use crate::call::pager::{Listing, Pager};
use crate::error::Error;
use crate::facts::Pagination;
use crate::response::Response;
use crate::wire::{Wire, WireError, written};

impl JsonCall {
    /// The pages of the list, as [`Call::pages`](crate::Call::pages) gives them.
    ///
    /// # Errors
    ///
    /// The operation does not list anything page by page, or its request cannot be read. Nothing
    /// was sent.
    pub fn pages(self) -> Result<JsonPages, Error> {
        let (call, facts) = self.paginated()?;
        Ok(JsonPages(Pager::new(call, facts)))
    }

    /// The call, if its request can be read, and how the pages of its list follow each other.
    pub(super) fn paginated(mut self) -> Result<(Self, &'static Pagination), Error> {
        let Some(facts) = self.meta.pagination else {
            return Err(self.unable("list anything page by page"));
        };
        self.request = Ok(self.request?);
        Ok((self, facts))
    }
}

/// The pages of a list; see [`JsonCall::pages`] and [`Pages`](crate::Pages), which ends in the same
/// way.
#[must_use = "nothing is sent until `next`"]
pub struct JsonPages(Pager<JsonCall>);

impl JsonPages {
    /// The next page; `None` at the end. Nothing is lost if the future is dropped before it is
    /// done.
    ///
    /// # Errors
    ///
    /// As for [`Pages::next`](crate::Pages::next).
    pub async fn next(&mut self) -> Option<Result<Response<Value>, Error>> {
        self.0.next().await
    }

    /// The request for the page that [`next`](Self::next) asks for; `None` at the end.
    pub fn next_request(&self) -> Option<&Value> {
        let call = self.0.next_call()?;
        call.request.as_ref().ok()
    }
}

impl Listing for JsonCall {
    type Item = Value;

    fn request(&self) -> Value {
        self.request.clone().unwrap_or_default()
    }

    fn set_parameter(&mut self, name: &'static str, value: &Value) -> Result<(), WireError> {
        if let Ok(request) = &mut self.request {
            request[name] = value.clone();
        }
        Ok(())
    }

    fn count(page: &mut Value, facts: &Pagination) -> usize {
        page[facts.items].as_array().map_or(0, Vec::len)
    }

    fn take_items(page: &mut Value, facts: &Pagination) -> Vec<Value> {
        match page.get_mut(facts.items).map(Value::take) {
            Some(Value::Array(items)) => items,
            _ => Vec::new(),
        }
    }

    fn total(page: &Value, facts: &Pagination) -> Option<i64> {
        field(page, facts.total?)
    }

    fn marker(page: &Value, facts: &Pagination) -> Option<String> {
        field(page, facts.next?)
    }
}

/// A field of a page, read as a typed reply reads it.
fn field<T: Wire>(page: &Value, name: &str) -> Option<T> {
    written(page.get(name)?).read::<Option<T>>().ok()?
}

impl fmt::Debug for JsonPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonPages")
            .field("call", self.0.call())
            .finish_non_exhaustive()
    }
}
