//! A URL that was signed.

use std::fmt;
use std::time::{Duration, SystemTime};

use crate::playback::stamp::Stamp;
use crate::secret::Secret;

/// A signed URL. `Debug` does not show it: anyone who has it can play the video until it ends.
#[derive(Clone)]
pub struct SignedUrl {
    pub(super) url: Secret,
    pub(super) stamp: Stamp,
}

impl SignedUrl {
    /// The URL, for a player.
    pub fn as_str(&self) -> &str {
        self.url.expose()
    }

    /// The time that it contains.
    pub fn made_at(&self) -> SystemTime {
        self.stamp.time()
    }

    /// When it ends, if URLs of the domain are valid for this long, which is set on the console:
    /// [`DEFAULT_VALIDITY`](crate::playback::DEFAULT_VALIDITY) if it was not changed. In the year
    /// 9999 at the latest.
    pub fn expires_at(&self, valid_for: Duration) -> SystemTime {
        self.stamp.end(valid_for)
    }
}

impl fmt::Debug for SignedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedUrl")
            .field("url", &self.url)
            .field("made_at", &self.made_at())
            .finish()
    }
}
