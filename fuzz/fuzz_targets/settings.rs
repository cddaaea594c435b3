//! Any text as what says who calls and where: the files that users keep, and the answers of the services that give
//! credentials.

#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use vod_api::fuzz;
use vod_api::http::{HeaderMap, HeaderValue, StatusCode};

const PASSWORD: &str = "Pa55-of-a-user";

fuzz_target!(|text: &str| {
    let profile = fuzz::profile(text);
    drop(format!("{profile:?}"));
    // A change of one key leaves the others where the client finds them.
    if let Some(changed) = vod_cli::fuzz::set_key(text, "basic", ("region", "cn%north")) {
        let region = vod_cli::fuzz::key(&changed, "basic", "region");
        assert_eq!(region.as_deref(), Some("cn%north"), "{changed:?}");
        // What was not read may be read from now on, as the profile that was missing is there.
        let is_read = fuzz::profile(&changed).is_ok();
        assert!(is_read || profile.is_err(), "{changed:?}");
    }
    drop(format!("{:?}", fuzz::metadata(text.as_bytes())));

    for endpoint in fuzz::regions(text, "cn-north-4").unwrap_or_default() {
        assert!(!endpoint.is_empty());
    }

    let mut headers = HeaderMap::new();
    headers.insert("x-subject-token", HeaderValue::from_static("token"));
    for status in [StatusCode::CREATED, StatusCode::UNAUTHORIZED] {
        let body = Bytes::copy_from_slice(text.as_bytes());
        let read = fuzz::login(status, headers.clone(), body, PASSWORD);
        assert!(!format!("{read:?}").contains(PASSWORD), "{read:?}");
    }
});
