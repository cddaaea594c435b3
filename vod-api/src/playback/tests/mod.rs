//! Signed URLs: the examples of the docs, and what holds for any URL.

mod keys;
mod properties;
mod replies;
mod urls;
mod vectors;
mod verifying;

use std::time::{Duration, SystemTime};

use crate::playback::{Algorithm, UrlSigner};

const KEY: &str = "32d6b2d740f10b86";
const AT: u64 = 1_547_123_166;
const HOUR: Duration = Duration::from_secs(3600);

fn time(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

fn signer(algorithm: Algorithm) -> UrlSigner {
    UrlSigner::new(KEY).unwrap().with_algorithm(algorithm)
}
