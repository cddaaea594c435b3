//! Where events go.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::digest::hex;

/// A server that is sent all events, as the service sends them by the channel MFS: a `POST` for
/// each, signed if there is a key.
///
/// They go one after the other, in their order: the next when the one before was answered. Tasks go
/// on in time, also if nobody asks about them.
///
/// ```
/// use vod_local::{Local, Notifications};
///
/// let target = Notifications::to("http://127.0.0.1:3000/vod").key("0123456789abcdef");
/// let builder = Local::builder().notify(target);
/// # let _ = builder;
/// ```
#[derive(Clone)]
#[must_use = "give it to `LocalBuilder::notify`"]
pub struct Notifications {
    pub(super) url: String,
    key: Option<String>,
    pub(super) attempts: u32,
}

impl Notifications {
    /// Requests to this URL, which are not signed until there is a [key](Self::key).
    pub fn to(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            key: None,
            attempts: 1,
        }
    }

    /// Signs the requests with this key, which the server has to know.
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// How often an event is sent until the server answers with a success, with a second in
    /// between. Once by default: the docs do not say that the service sends any event again.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The signature of a message: HMAC-SHA256 in hexadecimal.
    pub(super) fn sign(&self, timestamp: &str, message: &str) -> Option<String> {
        let key = self.key.as_ref()?;
        // HMAC takes keys of any length.
        let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).ok()?;
        let mac = mac.chain_update(format!("VOD_{timestamp}_{message}"));
        Some(hex(&mac.finalize().into_bytes()))
    }
}

/// Without the key, and without the URL, which can hold a secret of the server.
impl fmt::Debug for Notifications {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notifications")
            .field("is_signed", &self.key.is_some())
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}
