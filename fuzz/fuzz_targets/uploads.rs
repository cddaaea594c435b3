//! Any text as a reply of object storage, and as the journal of an upload.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vod_api::fuzz;

fuzz_target!(|text: &str| {
    drop(fuzz::store_reply(text));
    if let Ok(written) = fuzz::journal(text) {
        assert_eq!(fuzz::journal(&written).as_deref(), Ok(written.as_str()));
    }
});
