//! Errors of this room. None of them contains a key, a URL or a signature.

use std::error::Error;
use std::fmt;
use std::time::SystemTime;

use crate::format_rfc3339;
use crate::playback::Algorithm;

/// Why a key cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum UrlKeyError {
    /// A character is not an ASCII letter or digit.
    Character {
        /// Which one, from 1.
        position: usize,
    },
    /// There are too few or too many characters.
    Length {
        /// How many there are.
        length: usize,
    },
}

impl fmt::Display for UrlKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Character { position } => write!(
                f,
                "character {position} of the key is neither an ASCII letter nor a digit"
            ),
            Self::Length { length } => {
                write!(f, "the key has {length} characters; it needs 16 to 32")
            }
        }
    }
}

impl Error for UrlKeyError {}

/// Why a URL was not signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignUrlError {
    /// It is not an absolute URL with the scheme `http` or `https`.
    NotAUrl,
    /// It has no path, or only `/`.
    NoPath,
    /// It has a signature, or a parameter that the signature would add.
    AlreadySigned {
        /// The parameter, or `path` for a signature in the path.
        place: &'static str,
    },
    /// It leads to a playlist or manifest (`.m3u8`, `.mpd`), which this algorithm cannot play.
    Playlist {
        /// The algorithm.
        algorithm: Algorithm,
    },
    /// The time is not in the years 2002 to 2285.
    Time,
    /// The random part is not made of ASCII letters and digits.
    Random,
    /// A preview was asked for with another algorithm than E, or of 0 seconds.
    Preview,
    /// The operating system gave no random bytes.
    NoRandomBytes,
}

impl fmt::Display for SignUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAUrl => f.write_str("it is not an absolute http or https URL"),
            Self::NoPath => f.write_str("the URL has no path, so it leads to no file"),
            Self::AlreadySigned { place: "path" } => {
                f.write_str("the URL is already signed: its path begins with a signature")
            }
            Self::AlreadySigned { place } => write!(
                f,
                "the URL is already signed: its query has `{place}`, which a signature adds"
            ),
            Self::Playlist { algorithm } => write!(
                f,
                "algorithm {algorithm} cannot play HLS and DASH: set E for the domain and here; \
                 `SignOptions::allow_playlists` signs the URL nevertheless"
            ),
            Self::Time => f.write_str("the time is not in the years 2002 to 2285"),
            Self::Random => {
                f.write_str("the random part needs ASCII letters or digits, and nothing else")
            }
            Self::Preview => f.write_str("a preview needs algorithm E and at least 1 second"),
            Self::NoRandomBytes => f.write_str("the operating system gave no random bytes"),
        }
    }
}

impl Error for SignUrlError {}

/// Why a reply was not signed: one of its URLs could not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignReplyError {
    pub(super) field: &'static str,
    pub(super) error: SignUrlError,
}

impl SignReplyError {
    /// The field that has the URL, by its names in JSON, such as `base_info.video_url`.
    pub fn field(&self) -> &'static str {
        self.field
    }

    /// Why the URL could not be signed.
    pub fn reason(&self) -> SignUrlError {
        self.error
    }
}

impl fmt::Display for SignReplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.field, self.error)
    }
}

impl Error for SignReplyError {}

/// Why a URL may not be played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyUrlError {
    /// It is not an absolute URL with the scheme `http` or `https`.
    NotAUrl,
    /// It has no signature of this algorithm.
    NotSigned {
        /// The algorithm.
        algorithm: Algorithm,
    },
    /// The signature is that of another URL, time or key.
    Mismatch,
    /// The signature is right, but the URL has ended.
    Expired {
        /// When it ended.
        expired_at: SystemTime,
    },
}

impl fmt::Display for VerifyUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAUrl => f.write_str("it is not an absolute http or https URL"),
            Self::NotSigned { algorithm } => {
                write!(f, "the URL has no signature of algorithm {algorithm}")
            }
            Self::Mismatch => f.write_str("the signature does not fit the URL and the key"),
            Self::Expired { expired_at } => {
                write!(f, "the URL expired at {}", format_rfc3339(*expired_at))
            }
        }
    }
}

impl Error for VerifyUrlError {}
