//! Any text as what the command `vod` makes a request of: the name of an operation, then lines with
//! JSON or with a path and a value.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vod_cli::fuzz;

fuzz_target!(|text: &str| {
    let mut lines = text.lines();
    let operation = lines.next().unwrap_or_default();
    let lines: Vec<_> = lines.collect();
    if let Ok((request, shown)) = fuzz::request(operation, &lines) {
        // What can be sent can be sent as JSON as well, and shows the same.
        let json = request.to_string();
        let again = fuzz::request(operation, &[&json]);
        assert_eq!(again, Ok((request, shown)));
    }
});
