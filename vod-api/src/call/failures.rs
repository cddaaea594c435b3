//! What failed inside a call that succeeded.

use crate::facts::{ItemOutcomes, Success};
use crate::response::Response;

impl<T> Response<T> {
    /// The items that the call was about and for which it did not succeed, or not for certain: with
    /// a state that means failure, that is not known, or with none.
    ///
    /// ```no_run
    /// # async fn example(client: &vod_api::Client) -> Result<(), vod_api::Error> {
    /// let reply = client.delete_assets(["a1", "a2"]).await?;
    /// for failed in reply.failures() {
    ///     eprintln!("{:?}: {:?}", failed.asset_id, failed.status);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// What the service does not mention in its reply is not among them.
    pub fn failures(&self) -> impl Iterator<Item = &T::Item>
    where
        // The bound is here, so that the compiler says of which replies it holds.
        T: ItemOutcomes,
    {
        let items = T::items(self).iter();
        items.filter(|item| !has_succeeded(T::SUCCESS, T::told(item)))
    }
}

fn has_succeeded(success: Success, told: Option<&str>) -> bool {
    // Some of the vendor's examples have a space before the value.
    let told = told.map(str::trim).filter(|told| !told.is_empty());
    match success {
        Success::States(states) => told.is_some_and(|told| states.contains(&told)),
        Success::WithoutError => told.is_none(),
        Success::Never => false,
    }
}
