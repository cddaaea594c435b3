//! The key that play URLs are signed with. It belongs to the domain of the URLs, which has URL
//! validation then.

use std::time::{Duration, SystemTime};

use vod_api::playback::{Algorithm, DEFAULT_VALIDITY, SignOptions, UrlSigner};

use crate::exit::Failure;
use crate::io::Io;
use crate::settings::{Settings, duration, secret};

/// Signs play URLs as their domain wants it.
#[derive(Debug, Clone)]
pub(crate) struct PlaySigner {
    signer: UrlSigner,
    /// How long the domain plays a signed URL.
    validity: Duration,
}

/// The signer for the domain of the play URLs; `None` if no key is set.
///
/// # Errors
///
/// One of the settings has a value that it cannot have.
pub(crate) async fn play_signer(
    settings: &Settings,
    io: &Io,
) -> Result<Option<PlaySigner>, Failure> {
    let setting = async |variable, key| secret((settings, io), variable, key).await;
    let Some(key) = setting("VOD_PLAYBACK_KEY", "playback_key").await? else {
        return Ok(None);
    };
    let algorithm = match setting("VOD_PLAYBACK_ALGORITHM", "playback_algorithm").await? {
        Some(name) => algorithm(&name)?,
        None => Algorithm::default(),
    };
    let validity = match setting("VOD_PLAYBACK_VALIDITY", "playback_validity").await? {
        Some(text) => duration(&text)
            .map_err(|why| Failure::usage(format!("VOD_PLAYBACK_VALIDITY: {text:?}: {why}")))?,
        None => DEFAULT_VALIDITY,
    };
    let signer = UrlSigner::new(key)
        .map_err(|why| Failure::usage_with(format!("VOD_PLAYBACK_KEY: {why}"), CONSOLE))?;
    Ok(Some(PlaySigner {
        signer: signer.with_algorithm(algorithm),
        validity,
    }))
}

const CONSOLE: &str = "the console shows key, algorithm and validity of the domain";

fn algorithm(name: &str) -> Result<Algorithm, Failure> {
    Ok(match name {
        "A" | "a" => Algorithm::A,
        "B" | "b" => Algorithm::B,
        "C" | "c" => Algorithm::C,
        "D" | "d" => Algorithm::D,
        "E" | "e" => Algorithm::E,
        _ => {
            let message = format!("VOD_PLAYBACK_ALGORITHM: {name:?} is none of A, B, C, D and E");
            return Err(Failure::usage_with(message, CONSOLE));
        }
    })
}

impl PlaySigner {
    /// The time that a signed URL contains so that it ends after a period. A URL contains when it
    /// was made, and ends when the validity of its domain is over.
    ///
    /// # Errors
    ///
    /// The period is longer than the validity: the CDN need not take a time in the future.
    pub(crate) fn made_at(
        &self,
        now: SystemTime,
        expires: Option<Duration>,
    ) -> Result<SystemTime, Failure> {
        let Some(expires) = expires else {
            return Ok(now);
        };
        let early = self.validity.checked_sub(expires).ok_or_else(|| {
            Failure::usage_with(
                format!(
                    "--expires: {} s is longer than the {} s for which signed URLs are valid",
                    expires.as_secs(),
                    self.validity.as_secs()
                ),
                "if the console says another validity for the domain, set VOD_PLAYBACK_VALIDITY",
            )
        })?;
        Ok(now.checked_sub(early).unwrap_or(now))
    }

    /// Signs a URL that was made at a time.
    ///
    /// # Errors
    ///
    /// The URL cannot be signed; the message does not have it.
    pub(crate) fn sign(&self, url: &str, at: SystemTime) -> Result<String, Failure> {
        let signed = self.signer.sign_with(url, &SignOptions::new().at(at));
        let signed =
            signed.map_err(|why| Failure::usage(format!("a play URL cannot be signed: {why}")))?;
        Ok(signed.as_str().to_owned())
    }
}
