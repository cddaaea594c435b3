//! Any text as a URL to play.

#![no_main]

use std::time::{Duration, SystemTime};

use libfuzzer_sys::fuzz_target;
use vod_api::playback::{Algorithm, SignOptions, UrlSigner};

const HOUR: Duration = Duration::from_secs(3600);

fuzz_target!(|text: &str| {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let options = SignOptions::new()
        .at(now)
        .iv([7; 16])
        .random("r")
        .allow_playlists();
    for algorithm in [
        Algorithm::A,
        Algorithm::B,
        Algorithm::C,
        Algorithm::D,
        Algorithm::E,
    ] {
        let signer = UrlSigner::new("32d6b2d740f10b86")
            .unwrap()
            .with_algorithm(algorithm);
        let _ = signer.verify(text, now, HOUR);
        if let Ok(signed) = signer.sign_with(text, &options) {
            let verified = signer.verify(signed.as_str(), now, HOUR);
            let verified = verified.unwrap_or_else(|error| panic!("{algorithm}: {text}: {error}"));
            assert_eq!(verified.made_at(), signed.made_at());
            // A second signature is refused.
            assert!(
                signer.sign_with(signed.as_str(), &options).is_err(),
                "{algorithm}: {text}"
            );
        }
    }
});
