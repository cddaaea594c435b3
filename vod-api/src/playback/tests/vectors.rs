//! The examples of the docs.

use crate::playback::tests::{AT, HOUR, time};
use crate::playback::{Algorithm, SignOptions, UrlSigner, VerifyUrlError};

struct Example {
    algorithm: Algorithm,
    key: &'static str,
    url: &'static str,
    options: SignOptions,
    /// When the URL was made, as it says.
    made_at: u64,
    signed: &'static str,
}

const FILM: &str = "http://1.cdn.myhuaweicloud.com/asset/6b2d740f10b8697d8ea6672868ecdb6f/test.mp4";

fn examples() -> [Example; 5] {
    let at = SignOptions::new().at(time(AT));
    [
        Example {
            algorithm: Algorithm::A,
            key: "myPrivateKey",
            url: FILM,
            options: at.clone().random("477b3bbc253f467b8def6711128c7bec"),
            made_at: AT,
            signed: "http://1.cdn.myhuaweicloud.com/asset/6b2d740f10b8697d8ea6672868ecdb6f\
                     /test.mp4?auth_key=1547123166-477b3bbc253f467b8def6711128c7bec-0-\
                     584883719a3f722bf1a32a3b0a4d25dd",
        },
        Example {
            algorithm: Algorithm::B,
            key: "myPrivateKey",
            url: FILM,
            options: at.clone(),
            made_at: AT - 6,
            signed: "http://1.cdn.myhuaweicloud.com/201901102026\
                     /713ef643de8df076da6ec3c0545968cb\
                     /asset/6b2d740f10b8697d8ea6672868ecdb6f/test.mp4",
        },
        Example {
            algorithm: Algorithm::C,
            key: "myPrivateKey",
            url: FILM,
            options: at.clone(),
            made_at: AT,
            signed: "http://1.cdn.myhuaweicloud.com/afa20c956043fe6d130b16f2704ac870/5C3739DE\
                     /asset/6b2d740f10b8697d8ea6672868ecdb6f/test.mp4",
        },
        Example {
            algorithm: Algorithm::D,
            key: "8Ks1qn14XRO28qOa",
            url: "https://179.cdn-vod.huaweicloud.com/asset/32237c8f68fcc6071a2d8e3421eee20d\
                  /play_video/index.m3u8",
            // 2019-08-05T10:24:30Z
            options: SignOptions::new()
                .at(time(1_565_000_670))
                .iv(*b"yCmE666N3YAq30SN"),
            made_at: 1_565_000_670,
            signed: "https://179.cdn-vod.huaweicloud.com/asset/32237c8f68fcc6071a2d8e3421eee20d\
                     /play_video/index.m3u8?auth_info=34M%2F6KtYgxuAozdBLIVTe0dUVAZdvXsYQoYAnDmu\
                     hRHh1hshYg%2B2Tl0AmSwySDh%2BmkER44qYKpSP%2BgfsLM%2FIZe4F6K4n1Nx6ouGwyKfqdDA\
                     %3D.79436d453636364e335941713330534e",
        },
        Example {
            algorithm: Algorithm::E,
            key: "32d6b2d740f10b86",
            url: FILM,
            options: at.preview_seconds(300),
            made_at: AT,
            signed: "http://1.cdn.myhuaweicloud.com/asset/6b2d740f10b8697d8ea6672868ecdb6f\
                     /test.mp4?auth_key=3a935cf1d8299fe63ec8d4e0afb5ef3304883a702a4e760f3c5ae838a\
                     4b69768&timestamp=1547123166&exper=300",
        },
    ]
}

impl Example {
    /// Keys of the examples are shorter than the docs allow.
    fn signer(&self) -> UrlSigner {
        let signer = UrlSigner::with_unchecked_key(self.key).unwrap();
        signer.with_algorithm(self.algorithm)
    }
}

#[test]
fn are_signed() {
    for example in examples() {
        let signed = example
            .signer()
            .sign_with(example.url, &example.options)
            .unwrap();
        assert_eq!(signed.as_str(), example.signed);
        assert_eq!(signed.made_at(), time(example.made_at));
        assert_eq!(signed.expires_at(HOUR), time(example.made_at) + HOUR);
    }
}

#[test]
fn are_verified() {
    for example in examples() {
        let end = time(example.made_at) + HOUR;
        let before = end - std::time::Duration::from_nanos(1);
        let verified = example
            .signer()
            .verify(example.signed, before, HOUR)
            .unwrap();
        assert_eq!(verified.made_at(), time(example.made_at));
        assert_eq!(verified.expires_at(), end);
        assert!(
            example.url.ends_with(verified.path()),
            "{}",
            verified.path()
        );
        let preview = (example.algorithm == Algorithm::E).then_some(300);
        assert_eq!(verified.preview_seconds(), preview);

        let ended = example.signer().verify(example.signed, end, HOUR);
        assert_eq!(ended, Err(VerifyUrlError::Expired { expired_at: end }));
    }
}
