//! Sources of credentials.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use super::Credentials;
use crate::error::Error;

/// What [`ProvideCredentials::provide`] returns.
pub type ProvideFuture<'a> = Pin<Box<dyn Future<Output = Result<Credentials, Error>> + Send + 'a>>;

/// A source of credentials: one of those in [`credentials`](crate::credentials), or your own.
///
/// A client asks before its first call, and again up to five minutes before the credentials expire,
/// if they do: see [`Credentials::with_expiry`]. It keeps what it got, asks for one set at a time,
/// and goes on with the old set while it is valid; so a source needs neither a cache nor a lock.
/// When the service refuses the credentials, the client asks once more, and at most once a minute
/// while it refuses the new ones too.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use vod_api::{Client, Credentials, Error, ProvideCredentials, Region};
/// use vod_api::credentials::ProvideFuture;
///
/// #[derive(Debug)]
/// struct Vault;
///
/// impl ProvideCredentials for Vault {
///     fn provide(&self) -> ProvideFuture<'_> {
///         Box::pin(async {
///             let failed = |error| Error::credentials("the vault").with_source(error);
///             let (ak, sk, token) = read_vault().await.map_err(failed)?;
///             let in_an_hour = SystemTime::now() + Duration::from_secs(3600);
///             let credentials = Credentials::new(ak, sk).with_security_token(token);
///             Ok(credentials.with_expiry(in_an_hour))
///         })
///     }
/// }
/// # async fn read_vault() -> std::io::Result<(String, String, String)> { Err(std::io::Error::other("sealed")) }
///
/// let client = Client::builder()
///     .region(Region::CN_NORTH_4)
///     .credentials_provider(Vault);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a source of credentials",
    note = "sources are in `vod_api::credentials`, and your own has to implement `ProvideCredentials` and `Debug`; to use fixed credentials, call `ClientBuilder::credentials`"
)]
pub trait ProvideCredentials: fmt::Debug + Send + Sync + 'static {
    /// Gets credentials that are valid now. They are sent, whatever the clock of the machine says
    /// about their expiry.
    ///
    /// The future is dropped after 60 s, and before that if there are no valid credentials and the
    /// call that waits for it runs out of time. The next call asks again.
    ///
    /// # Errors
    ///
    /// [`Error::credentials`], with what is missing and what to do about it. An error of another
    /// kind becomes the source of such an error.
    fn provide(&self) -> ProvideFuture<'_>;
}

/// Returns these credentials each time.
impl ProvideCredentials for Credentials {
    fn provide(&self) -> ProvideFuture<'_> {
        Box::pin(async { Ok(self.clone()) })
    }
}

impl<T: ProvideCredentials + ?Sized> ProvideCredentials for Arc<T> {
    fn provide(&self) -> ProvideFuture<'_> {
        (**self).provide()
    }
}
