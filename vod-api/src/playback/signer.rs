//! Signs URLs, one or all of a reply.

use std::time::SystemTime;

use crate::playback::cipher::BLOCK;
use crate::playback::error::{SignReplyError, SignUrlError, UrlKeyError};
use crate::playback::options::SignOptions;
use crate::playback::reply::PlayUrls;
use crate::playback::signed::SignedUrl;
use crate::playback::stamp::Stamp;
use crate::playback::target::{Target, folder};
use crate::playback::{Algorithm, key, seal};
use crate::secret::Secret;
use crate::sign::hex;

/// Signs URLs for playback with the key of a domain. The key is wiped from memory at the end, and
/// `Debug` does not show it.
///
/// ```
/// use vod_api::playback::{Algorithm, UrlSigner};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let signer = UrlSigner::new("32d6b2d740f10b86")?.with_algorithm(Algorithm::D);
/// let signed = signer.sign("https://1.cdn.example.com/asset/play_video/index.m3u8")?;
/// assert!(signed.as_str().contains("?auth_info="));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct UrlSigner {
    pub(super) key: Secret,
    pub(super) algorithm: Algorithm,
}

impl UrlSigner {
    /// A signer with this key, and algorithm E.
    ///
    /// # Errors
    ///
    /// The key is not 16 to 32 ASCII letters and digits.
    pub fn new(key: impl Into<String>) -> Result<Self, UrlKeyError> {
        let key = Secret::new(key.into());
        key::check(&key)?;
        Ok(Self::of(key))
    }

    /// The same with a key that the docs do not allow, such as one of 12 characters, which their
    /// examples have. For algorithm D it is filled up with zero bytes to 16.
    ///
    /// # Errors
    ///
    /// The key is empty.
    pub fn with_unchecked_key(key: impl Into<String>) -> Result<Self, UrlKeyError> {
        let key = Secret::new(key.into());
        key::check_presence(&key)?;
        Ok(Self::of(key))
    }

    fn of(key: Secret) -> Self {
        Self {
            key,
            algorithm: Algorithm::default(),
        }
    }

    /// The algorithm that is set on the console for the domain.
    pub fn with_algorithm(mut self, algorithm: Algorithm) -> Self {
        self.algorithm = algorithm;
        self
    }

    /// Signs a URL with the time of now.
    ///
    /// # Errors
    ///
    /// It is not an absolute `http` or `https` URL with a path, is already signed, or leads to
    /// HLS or DASH while the algorithm is A, B or C.
    pub fn sign(&self, url: &str) -> Result<SignedUrl, SignUrlError> {
        self.sign_with(url, &SignOptions::new())
    }

    /// Signs a URL with these options.
    ///
    /// # Errors
    ///
    /// Those of [`sign`](Self::sign), and for an option that does not fit: see each.
    pub fn sign_with(&self, url: &str, options: &SignOptions) -> Result<SignedUrl, SignUrlError> {
        let target = Target::read(url).ok_or(SignUrlError::NotAUrl)?;
        self.check(&target, options)?;
        let at = options.at.unwrap_or_else(SystemTime::now);
        let stamp = Stamp::new(at).ok_or(SignUrlError::Time)?;
        let key = &self.key;
        let path = target.path();
        let (url, stamp) = match self.algorithm {
            Algorithm::A => {
                let random = random_part(options)?;
                let line = [&stamp.decimal(), "-", &random, "-", seal::NOBODY].concat();
                let hash = seal::hash_a(key, path, &line);
                let added = ["auth_key=", &line, "-", &hash].concat();
                (target.with_query(&added), stamp)
            }
            Algorithm::B => {
                let stamp = stamp.minute();
                let time = stamp.minutes_text();
                let hash = seal::hash_b(key, &time, path);
                (target.with_prefix(&time, &hash), stamp)
            }
            Algorithm::C => {
                let time = stamp.hexadecimal();
                let hash = seal::hash_c(key, path, &time);
                (target.with_prefix(&hash, &time), stamp)
            }
            Algorithm::D => {
                let iv = options.iv.map_or_else(random_bytes, Ok)?;
                let value = seal::encrypt_d(key, iv, folder(path), stamp);
                (target.with_query(&["auth_info=", &value].concat()), stamp)
            }
            Algorithm::E => {
                let time = stamp.decimal();
                let preview = options.preview_seconds.map(|it| it.to_string());
                let preview = preview.as_deref();
                let hash = seal::hash_e(key, path, [&time, preview.unwrap_or_default()]);
                let mut added = ["auth_key=", &hash, "&timestamp=", &time].concat();
                if let Some(preview) = preview {
                    added.push_str("&exper=");
                    added.push_str(preview);
                }
                (target.with_query(&added), stamp)
            }
        };
        Ok(SignedUrl {
            url: Secret::new(url),
            stamp,
        })
    }

    /// Signs all URLs of a reply for playback and download, in place, with the time of now.
    ///
    /// These are source file, outputs, covers, subtitles and snapshots. `sign_url` is left as it is:
    /// it leads to OBS, and is signed in another way. `Debug` of a reply shows none of them.
    ///
    /// ```no_run
    /// # async fn example(client: &vod_api::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// # let signer = vod_api::playback::UrlSigner::new("32d6b2d740f10b86")?;
    /// let mut asset = client.show_asset_detail("f488337c31c8e4622f1590735b134c65").await?.into_body();
    /// signer.sign_reply(&mut asset)?;
    /// for output in asset.transcode_info.iter().flat_map(|it| &it.outputs) {
    ///     println!("{:?} can be played", output.play_type);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// One of the URLs cannot be signed: see [`sign`](Self::sign). The reply is unchanged then.
    pub fn sign_reply(&self, reply: &mut impl PlayUrls) -> Result<(), SignReplyError> {
        self.sign_reply_with(reply, &SignOptions::new())
    }

    /// Signs all URLs of a reply with these options: see [`sign_reply`](Self::sign_reply).
    ///
    /// # Errors
    ///
    /// One of the URLs cannot be signed. The reply is unchanged then.
    pub fn sign_reply_with(
        &self,
        reply: &mut impl PlayUrls,
        options: &SignOptions,
    ) -> Result<(), SignReplyError> {
        // One time for all.
        let at = options.at.unwrap_or_else(SystemTime::now);
        let options = options.clone().at(at);
        let mut signed = Vec::new();
        for place in reply.urls() {
            let url = self.sign_with(place.url, &options);
            let field = place.field;
            let url = url.map_err(|error| SignReplyError { field, error })?;
            signed.push((place, url));
        }
        for (place, url) in signed {
            url.as_str().clone_into(place.url);
        }
        Ok(())
    }

    fn check(&self, target: &Target, options: &SignOptions) -> Result<(), SignUrlError> {
        let algorithm = self.algorithm;
        let is_e = algorithm == Algorithm::E;
        let taken: &[_] = if is_e {
            &["auth_key", "auth_info", "timestamp", "exper"]
        } else {
            &["auth_key", "auth_info"]
        };
        target.check(taken)?;
        if target.is_playlist() && !algorithm.plays_playlists() && !options.playlists {
            return Err(SignUrlError::Playlist { algorithm });
        }
        match options.preview_seconds {
            Some(seconds) if seconds == 0 || !is_e => Err(SignUrlError::Preview),
            _ => Ok(()),
        }
    }
}

/// The random part of algorithm A. It ends at the next dash, so it has none.
fn random_part(options: &SignOptions) -> Result<String, SignUrlError> {
    let Some(text) = &options.random else {
        return Ok(hex(&random_bytes()?));
    };
    let is_right = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_right.then(|| text.clone()).ok_or(SignUrlError::Random)
}

fn random_bytes() -> Result<[u8; BLOCK], SignUrlError> {
    let mut bytes = [0; BLOCK];
    getrandom::fill(&mut bytes).map_err(|_| SignUrlError::NoRandomBytes)?;
    Ok(bytes)
}
