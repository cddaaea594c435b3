//! What becomes of unusual URLs and options.

use crate::playback::tests::{AT, signer, time};
use crate::playback::{Algorithm, SignOptions, SignUrlError};

#[test]
fn keep_what_is_not_signed() {
    struct Case {
        name: &'static str,
        url: &'static str,
        /// The path, as it is signed.
        path: &'static str,
        /// `{}` stands for what the signature adds.
        signed: &'static str,
    }

    let cases = [
        Case {
            name: "a query",
            url: "https://h/a.mp4?x=1&y=%26",
            path: "/a.mp4",
            signed: "https://h/a.mp4?x=1&y=%26&{}",
        },
        Case {
            name: "an empty query",
            url: "https://h/a.mp4?",
            path: "/a.mp4",
            signed: "https://h/a.mp4?{}",
        },
        Case {
            name: "a fragment",
            url: "https://h/a.mp4#t=10",
            path: "/a.mp4",
            signed: "https://h/a.mp4?{}#t=10",
        },
        Case {
            name: "a port",
            url: "http://h:8080/a.mp4",
            path: "/a.mp4",
            signed: "http://h:8080/a.mp4?{}",
        },
        Case {
            name: "escapes, in both cases",
            url: "https://h/%e4%BD%a0/a%20b%2Fc.mp4",
            path: "/%e4%BD%a0/a%20b%2Fc.mp4",
            signed: "https://h/%e4%BD%a0/a%20b%2Fc.mp4?{}",
        },
        Case {
            name: "characters that a URL cannot have",
            url: "https://h/你 好.mp4",
            path: "/%E4%BD%A0%20%E5%A5%BD.mp4",
            signed: "https://h/%E4%BD%A0%20%E5%A5%BD.mp4?{}",
        },
        Case {
            name: "dots that lead up",
            url: "https://h/a/../b.mp4",
            path: "/b.mp4",
            signed: "https://h/b.mp4?{}",
        },
        Case {
            name: "an empty segment",
            url: "https://h//a.mp4",
            path: "//a.mp4",
            signed: "https://h//a.mp4?{}",
        },
    ];
    let options = SignOptions::new().at(time(AT));
    for case in cases {
        let signer = signer(Algorithm::E);
        let signed = signer.sign_with(case.url, &options).unwrap();
        let hash = crate::playback::hash::sha256(&[super::KEY, case.path, "1547123166"]);
        let added = format!("auth_key={hash}&timestamp=1547123166");
        assert_eq!(
            signed.as_str(),
            case.signed.replace("{}", &added),
            "{}",
            case.name
        );
    }
}

#[test]
fn are_refused() {
    const B: &str = "https://h/201901102026/713ef643de8df076da6ec3c0545968cb/a.mp4";
    const C: &str = "https://h/afa20c956043fe6d130b16f2704ac870/5C3739DE/a.mp4";

    struct Case {
        name: &'static str,
        algorithm: Algorithm,
        url: &'static str,
        options: SignOptions,
        message: &'static str,
    }

    let case = |name, url, message| Case {
        name,
        algorithm: Algorithm::E,
        url,
        options: SignOptions::new(),
        message,
    };
    let not_a_url = "it is not an absolute http or https URL";
    let no_path = "the URL has no path, so it leads to no file";
    let in_path = "the URL is already signed: its path begins with a signature";
    let preview = "a preview needs algorithm E and at least 1 second";
    let playlist = "algorithm A cannot play HLS and DASH: set E for the domain and here; \
                    `SignOptions::allow_playlists` signs the URL nevertheless";
    let time_range = "the time is not in the years 2002 to 2285";
    let random = "the random part needs ASCII letters or digits, and nothing else";
    let film = "https://h/a.mp4";
    let cases = [
        case("a path alone", "/asset/a.mp4", not_a_url),
        case("no scheme", "h/a.mp4", not_a_url),
        case("another scheme", "rtmp://h/a.mp4", not_a_url),
        case("empty", "", not_a_url),
        case("no path", "https://h?x=1", no_path),
        case("only a slash", "https://h/", no_path),
        case(
            "signed by A or E",
            "https://h/a.mp4?x&auth_key=1",
            "the URL is already signed: its query has `auth_key`, which a signature adds",
        ),
        case(
            "signed by D",
            "https://h/a.mp4?auth_info=1",
            "the URL is already signed: its query has `auth_info`, which a signature adds",
        ),
        case(
            "a parameter of E",
            "https://h/a.mp4?timestamp=1",
            "the URL is already signed: its query has `timestamp`, which a signature adds",
        ),
        case("signed by B", B, in_path),
        case("signed by C", C, in_path),
        Case {
            algorithm: Algorithm::A,
            ..case("HLS by A", "https://h/a.M3U8?x", playlist)
        },
        Case {
            algorithm: Algorithm::A,
            ..case("DASH by A", "https://h/a.mpd", playlist)
        },
        Case {
            algorithm: Algorithm::A,
            options: SignOptions::new().preview_seconds(1),
            ..case("a preview by A", film, preview)
        },
        Case {
            options: SignOptions::new().preview_seconds(0),
            ..case("a preview of nothing", film, preview)
        },
        Case {
            options: SignOptions::new().at(time(1_009_843_199)),
            ..case("too early", film, time_range)
        },
        Case {
            options: SignOptions::new().at(time(9_972_028_800)),
            ..case("too late", film, time_range)
        },
        Case {
            algorithm: Algorithm::A,
            options: SignOptions::new().random("a-b"),
            ..case("a dash in the random part", film, random)
        },
        Case {
            algorithm: Algorithm::A,
            options: SignOptions::new().random(""),
            ..case("an empty random part", film, random)
        },
    ];
    for case in cases {
        let error = signer(case.algorithm)
            .sign_with(case.url, &case.options)
            .unwrap_err();
        assert_eq!(error.to_string(), case.message, "{}", case.name);
    }
}

#[test]
fn of_playlists_can_be_signed_by_all() {
    for algorithm in [Algorithm::A, Algorithm::B, Algorithm::C] {
        let signer = signer(algorithm);
        let url = "https://h/a/index.m3u8";
        assert_eq!(
            signer.sign(url).unwrap_err(),
            SignUrlError::Playlist { algorithm }
        );
        let options = SignOptions::new().allow_playlists();
        assert!(signer.sign_with(url, &options).is_ok());
    }
    assert!(signer(Algorithm::D).sign("https://h/a/index.m3u8").is_ok());
    assert!(signer(Algorithm::E).sign("https://h/a/index.mpd").is_ok());
}

#[test]
fn of_one_file_differ_where_something_is_random() {
    for algorithm in [Algorithm::A, Algorithm::D] {
        let options = SignOptions::new().at(time(AT));
        let sign = || {
            signer(algorithm)
                .sign_with("https://h/a.mp4", &options)
                .unwrap()
        };
        assert_ne!(sign().as_str(), sign().as_str());
    }
}

#[test]
fn have_the_time_that_was_given_also_in_the_future() {
    for at in [1_009_843_200, 9_972_028_799] {
        let options = SignOptions::new().at(time(at));
        let signed = signer(Algorithm::E)
            .sign_with("https://h/a.mp4", &options)
            .unwrap();
        assert_eq!(signed.made_at(), time(at));
        assert!(signed.as_str().contains(&format!("timestamp={at}")));
    }
}
