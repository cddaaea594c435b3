//! What failed inside a call that succeeded.

use crate::facts::ItemOutcomes;
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
        items.filter(|item| !T::SUCCESS.is_told_by(T::told(item)))
    }
}
