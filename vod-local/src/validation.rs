//! Which URLs of files of media assets are played.

use std::time::{Duration, SystemTime};

use vod_api::playback::{DEFAULT_VALIDITY, SignOptions, UrlSigner, VerifiedUrl, VerifyUrlError};

/// URL validation, as a domain has it on the console: the key and algorithm of a signer, and how
/// long a signed URL is valid.
///
/// Playlists that were asked for by a signed URL name their streams and segments by signed URLs, of
/// the same time. The docs do not say how the CDN has players get these; with the algorithms A to C,
/// which cannot play HLS, they are not signed.
///
/// ```
/// use vod_api::playback::UrlSigner;
/// use vod_local::{Local, UrlValidation};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let signer = UrlSigner::new("32d6b2d740f10b86")?;
/// let builder = Local::builder().url_validation(UrlValidation::new(signer));
/// # let _ = builder;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "give it to `LocalBuilder::url_validation`"]
pub struct UrlValidation {
    signer: UrlSigner,
    valid_for: Duration,
}

impl UrlValidation {
    /// URLs that were signed by this signer are valid for 120 minutes.
    pub fn new(signer: UrlSigner) -> Self {
        Self {
            signer,
            valid_for: DEFAULT_VALIDITY,
        }
    }

    /// How long they are valid.
    pub fn valid_for(mut self, duration: Duration) -> Self {
        self.valid_for = duration;
        self
    }

    pub(crate) fn check(&self, url: &str, now: SystemTime) -> Result<VerifiedUrl, VerifyUrlError> {
        self.signer.verify(url, now, self.valid_for)
    }

    /// How a playlist names a file beside it. `folder` is the URL of both, and ends with `/`.
    pub(crate) fn reference(&self, folder: &str, name: &str, made_at: SystemTime) -> String {
        let options = SignOptions::new().at(made_at);
        let sign = |name: &str| self.signer.sign_with(&format!("{folder}{name}"), &options);
        // An algorithm that cannot play playlists refuses to sign one.
        match (sign("index.m3u8"), sign(name)) {
            (Ok(_), Ok(signed)) => signed.as_str().to_owned(),
            _ => name.to_owned(),
        }
    }
}
