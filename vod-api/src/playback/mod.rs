//! Playback: signed URLs, for domains with URL validation. Needs the feature `playback`.
//!
//! With URL validation (the docs also call it hotlink protection) the CDN plays only URLs that are
//! signed with the domain's key; all others get status 403. It is turned on for each domain on the
//! console, which also has the key. The URLs in replies of the service are not signed.
//!
//! ```
//! use std::time::{Duration, SystemTime};
//! use vod_api::playback::{DEFAULT_VALIDITY, SignOptions, UrlSigner};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let signer = UrlSigner::new("32d6b2d740f10b86")?;
//! let options = SignOptions::new().at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_547_123_166));
//! let signed = signer.sign_with("https://1.cdn.example.com/asset/film.m3u8", &options)?;
//! assert_eq!(
//!     signed.as_str(),
//!     "https://1.cdn.example.com/asset/film.m3u8\
//!      ?auth_key=623179fa5dda206deb50b78fcd23e80942c2eb41b3dab6e2d35d62ce61d5a935\
//!      &timestamp=1547123166"
//! );
//! assert_eq!(signed.expires_at(DEFAULT_VALIDITY), signed.made_at() + DEFAULT_VALIDITY);
//! # Ok(())
//! # }
//! ```
//!
//! Encrypted HLS streams need a key, for which players ask a service of yours:
//! [`Client::hls_keys`](crate::Client::hls_keys).
//!
//! [`UrlSigner::sign_reply`] signs all URLs of a reply, and [`UrlSigner::verify`] checks a signed
//! URL. The [guide](crate::guide::playing) goes from a media asset to a URL that plays.
//!
//! # What is signed
//!
//! The path as a client sends it: escapes stay as they are, and what a URL cannot have (a space,
//! characters outside of ASCII) is escaped as browsers do it. Dots that lead up are resolved, and a
//! default port is left out. Scheme, host, port and query are not part of a signature. The
//! query and a fragment are kept.
//!
//! # Time
//!
//! A signed URL contains when it was made, not when it ends. How long it is valid is set on the
//! console, 120 minutes by default, and the same for all URLs of a domain. The service cannot be
//! asked for the setting.

mod algorithm;
mod cipher;
mod error;
mod hash;
mod hls_keys;
mod key;
mod options;
mod reply;
mod seal;
mod signed;
mod signer;
mod stamp;
mod target;
#[cfg(test)]
mod tests;
mod verify;

use std::time::Duration;

pub use self::algorithm::Algorithm;
pub use self::error::{SignReplyError, SignUrlError, UrlKeyError, VerifyUrlError};
pub use self::hls_keys::{HlsKey, HlsKeys};
pub use self::options::SignOptions;
pub use self::reply::PlayUrls;
pub use self::signed::SignedUrl;
pub use self::signer::UrlSigner;
pub use self::verify::VerifiedUrl;

/// How long signed URLs are valid unless the console says otherwise: 120 minutes.
pub const DEFAULT_VALIDITY: Duration = Duration::from_secs(120 * 60);
