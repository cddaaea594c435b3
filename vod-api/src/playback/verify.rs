//! Whether a URL is signed, as the CDN checks it.

use std::time::{Duration, SystemTime};

use crate::playback::error::VerifyUrlError;
use crate::playback::signer::UrlSigner;
use crate::playback::stamp::Stamp;
use crate::playback::target::Target;
use crate::playback::{Algorithm, hash, seal};
use crate::secret::Secret;

/// What a signed URL says, after its signature was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedUrl {
    path: String,
    stamp: Stamp,
    expires_at: SystemTime,
    preview_seconds: Option<u32>,
}

impl VerifiedUrl {
    /// The path of the file, escaped and without a signature.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The time that the URL contains. It can be in the future.
    pub fn made_at(&self) -> SystemTime {
        self.stamp.time()
    }

    /// When the URL ends.
    pub fn expires_at(&self) -> SystemTime {
        self.expires_at
    }

    /// How many seconds of the video can be played, if the URL is for a preview.
    pub fn preview_seconds(&self) -> Option<u32> {
        self.preview_seconds
    }
}

/// What was read from a signed URL.
enum Verdict<'a> {
    Right(Claim<'a>),
    /// The signature does not fit.
    Wrong,
}

struct Claim<'a> {
    path: &'a str,
    stamp: Stamp,
    preview_seconds: Option<u32>,
}

impl UrlSigner {
    /// Checks a URL that was signed with this key and algorithm, for tests and for services in front
    /// of the CDN. `valid_for` is how long URLs are valid, as set on the console.
    ///
    /// Signatures are compared in constant time. A time in the future is accepted: only one who has
    /// the key can sign it. The URL has to be as it is signed here, such as hashes in small letters;
    /// other parameters of the query do not matter.
    ///
    /// For algorithm D the path has to be in the folder that is signed. As encryption does not
    /// protect from changes, one who has a signed URL can make others of it that are accepted; do
    /// not rely on D in a service of your own.
    ///
    /// # Errors
    ///
    /// The URL has no signature of this algorithm, a wrong one, or has ended by `now`.
    pub fn verify(
        &self,
        url: &str,
        now: SystemTime,
        valid_for: Duration,
    ) -> Result<VerifiedUrl, VerifyUrlError> {
        let target = Target::read(url).ok_or(VerifyUrlError::NotAUrl)?;
        let algorithm = self.algorithm;
        let verdict = match algorithm {
            Algorithm::A => read_a(&self.key, &target),
            Algorithm::B => read_b(&self.key, &target),
            Algorithm::C => read_c(&self.key, &target),
            Algorithm::D => read_d(&self.key, &target),
            Algorithm::E => read_e(&self.key, &target),
        };
        let claim = match verdict {
            Some(Verdict::Right(claim)) => claim,
            Some(Verdict::Wrong) => return Err(VerifyUrlError::Mismatch),
            None => return Err(VerifyUrlError::NotSigned { algorithm }),
        };
        let expires_at = claim.stamp.end(valid_for);
        if expires_at <= now {
            let expired_at = expires_at;
            return Err(VerifyUrlError::Expired { expired_at });
        }
        Ok(VerifiedUrl {
            path: claim.path.to_owned(),
            stamp: claim.stamp,
            expires_at,
            preview_seconds: claim.preview_seconds,
        })
    }
}

impl<'a> Claim<'a> {
    fn new(path: &'a str, stamp: Stamp) -> Self {
        Self {
            path,
            stamp,
            preview_seconds: None,
        }
    }

    fn compare(self, given: &str, expected: &str) -> Verdict<'a> {
        if hash::equal(given, expected) {
            Verdict::Right(self)
        } else {
            Verdict::Wrong
        }
    }
}

// These are `None` for a URL without a signature of the algorithm.

fn read_a<'a>(key: &Secret, target: &'a Target) -> Option<Verdict<'a>> {
    let (line, given) = target.parameter("auth_key")?.rsplit_once('-')?;
    let mut parts = line.split('-');
    let stamp = Stamp::from_decimal(parts.next()?)?;
    // The random part, the user id, and no more.
    let (Some(_), Some(_), None) = (parts.next(), parts.next(), parts.next()) else {
        return None;
    };
    let expected = seal::hash_a(key, target.path(), line);
    Some(Claim::new(target.path(), stamp).compare(given, &expected))
}

fn read_b<'a>(key: &Secret, target: &'a Target) -> Option<Verdict<'a>> {
    let prefix = target.prefix()?;
    let stamp = Stamp::from_minutes_text(prefix.first)?;
    let expected = seal::hash_b(key, prefix.first, prefix.rest);
    Some(Claim::new(prefix.rest, stamp).compare(prefix.second, &expected))
}

fn read_c<'a>(key: &Secret, target: &'a Target) -> Option<Verdict<'a>> {
    let prefix = target.prefix()?;
    let stamp = Stamp::from_hexadecimal(prefix.second)?;
    let expected = seal::hash_c(key, prefix.rest, prefix.second);
    Some(Claim::new(prefix.rest, stamp).compare(prefix.first, &expected))
}

/// What cannot be decrypted and what is for another folder are the same to the caller, who must not
/// learn anything about the padding.
fn read_d<'a>(key: &Secret, target: &'a Target) -> Option<Verdict<'a>> {
    let (bytes, iv) = seal::read_d(target.parameter("auth_info")?)?;
    let plain = seal::decrypt_d(key, &bytes, iv);
    let plain = plain.filter(|it| target.path().starts_with(&it.folder));
    Some(plain.map_or(Verdict::Wrong, |it| {
        Verdict::Right(Claim::new(target.path(), it.stamp))
    }))
}

fn read_e<'a>(key: &Secret, target: &'a Target) -> Option<Verdict<'a>> {
    let given = target.parameter("auth_key")?;
    let time = target.parameter("timestamp")?;
    let stamp = Stamp::from_decimal(time)?;
    let preview = target.parameter("exper");
    let seconds = preview.map(preview_seconds);
    // The text as it is written: the hash would also fit digits that moved between the two.
    if seconds == Some(None) {
        return None;
    }
    let expected = seal::hash_e(key, target.path(), [time, preview.unwrap_or_default()]);
    let mut claim = Claim::new(target.path(), stamp);
    claim.preview_seconds = seconds.flatten();
    Some(claim.compare(given, &expected))
}

fn preview_seconds(text: &str) -> Option<u32> {
    let seconds: u32 = text.parse().ok()?;
    (seconds > 0 && seconds.to_string() == text).then_some(seconds)
}
