//! Signed URLs that are right, and those that are not.

use std::time::Duration;

use crate::playback::tests::{AT, HOUR, KEY, signer, time};
use crate::playback::{Algorithm, SignOptions, UrlSigner, VerifyUrlError};

#[test]
fn says_why_not() {
    struct Case {
        name: &'static str,
        algorithm: Algorithm,
        url: String,
        error: VerifyUrlError,
    }

    let signed = |algorithm: Algorithm| {
        let options = SignOptions::new().at(time(AT)).random("r").iv([7; 16]);
        let signed = signer(algorithm).sign_with("https://h/film/a.mp4", &options);
        signed.unwrap().as_str().to_owned()
    };
    let unsigned = |name, algorithm, url: &str| Case {
        name,
        algorithm,
        url: url.to_owned(),
        error: VerifyUrlError::NotSigned { algorithm },
    };
    let e = signed(Algorithm::E);
    let cases = [
        unsigned("A", Algorithm::A, "https://h/film/a.mp4"),
        unsigned("B", Algorithm::B, "https://h/film/a.mp4"),
        unsigned("C", Algorithm::C, "https://h/film/a.mp4"),
        unsigned("D", Algorithm::D, "https://h/film/a.mp4"),
        unsigned("E", Algorithm::E, "https://h/film/a.mp4"),
        unsigned("E read as A", Algorithm::A, &e),
        unsigned("A read as E", Algorithm::E, &signed(Algorithm::A)),
        unsigned("D read as E", Algorithm::E, &signed(Algorithm::D)),
        unsigned("C read as B", Algorithm::B, &signed(Algorithm::C)),
        unsigned("given twice", Algorithm::E, &format!("{e}&auth_key=1")),
        unsigned(
            "digits that moved from the time to the preview",
            Algorithm::E,
            &e.replace("1547123166", "154712316&exper=6"),
        ),
        unsigned(
            "a preview that is not as written",
            Algorithm::E,
            &format!("{e}&exper=01"),
        ),
        Case {
            name: "not a URL",
            algorithm: Algorithm::E,
            url: "/film/a.mp4?auth_key=1".to_owned(),
            error: VerifyUrlError::NotAUrl,
        },
        Case {
            name: "a preview that was not signed",
            algorithm: Algorithm::E,
            url: format!("{e}&exper=1"),
            error: VerifyUrlError::Mismatch,
        },
        Case {
            name: "another folder",
            algorithm: Algorithm::D,
            url: signed(Algorithm::D).replace("/film/", "/other/"),
            error: VerifyUrlError::Mismatch,
        },
    ];
    for case in cases {
        let verdict = signer(case.algorithm).verify(&case.url, time(AT), HOUR);
        assert_eq!(verdict, Err(case.error), "{}", case.name);
    }
}

#[test]
fn another_key_is_found() {
    for algorithm in [
        Algorithm::A,
        Algorithm::B,
        Algorithm::C,
        Algorithm::D,
        Algorithm::E,
    ] {
        let other = UrlSigner::new("32d6b2d740f10b87")
            .unwrap()
            .with_algorithm(algorithm);
        let options = SignOptions::new().at(time(AT));
        let signed = other.sign_with("https://h/film/a.mp4", &options).unwrap();
        let verdict = signer(algorithm).verify(signed.as_str(), time(AT), HOUR);
        assert_eq!(verdict, Err(VerifyUrlError::Mismatch), "{algorithm}");
    }
}

#[test]
fn d_has_all_that_is_below_its_folder() {
    let options = SignOptions::new().at(time(AT)).iv([1; 16]);
    let url = "https://h/film/index.m3u8";
    let signed = signer(Algorithm::D).sign_with(url, &options).unwrap();
    for file in ["/film/1.ts", "/film/hd/1.ts"] {
        let url = signed.as_str().replace("/film/index.m3u8", file);
        let verified = signer(Algorithm::D).verify(&url, time(AT), HOUR).unwrap();
        assert_eq!(verified.path(), file);
    }
}

/// A key of more than 16 characters is cut, and a shorter one filled up.
#[test]
fn d_uses_16_bytes_of_the_key() {
    let options = SignOptions::new().at(time(AT)).iv([1; 16]);
    let sign = |key: &str| {
        let signer = UrlSigner::with_unchecked_key(key).unwrap();
        let signer = signer.with_algorithm(Algorithm::D);
        signer.sign_with("https://h/film/a.mp4", &options).unwrap()
    };
    assert_eq!(sign(KEY).as_str(), sign(&format!("{KEY}more")).as_str());
    assert_eq!(
        sign("key").as_str(),
        sign(&format!("key{}", "\0".repeat(13))).as_str()
    );
}

#[test]
fn a_time_in_the_future_is_accepted_and_no_end_overflows() {
    let future = SignOptions::new().at(time(9_972_028_799));
    let signed = signer(Algorithm::E)
        .sign_with("https://h/a.mp4", &future)
        .unwrap();
    let verified = signer(Algorithm::E).verify(signed.as_str(), time(AT), Duration::MAX);
    assert_eq!(verified.unwrap().expires_at(), time(253_402_300_799));
    assert_eq!(signed.expires_at(Duration::MAX), time(253_402_300_799));
}
