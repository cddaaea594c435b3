//! Two small copies of the documents of an invented service, one after the other.

#![expect(clippy::panic, reason = "helpers of tests")]

mod harness;

use std::path::{Path, PathBuf};

use harness::replay;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/replay")
        .join(name)
}

#[test]
fn exactly_what_changed_is_found() {
    let outcome = replay(&folder("old"), &folder("new")).unwrap();
    assert!(outcome.is_exact(), "{outcome}");
    assert_eq!(outcome.left, []);
    insta::assert_snapshot!(outcome);
}

#[test]
fn the_way_back_is_found_as_well() {
    let outcome = replay(&folder("new"), &folder("old")).unwrap();
    assert!(outcome.is_exact(), "{outcome}");
    assert_eq!(outcome.gone, ["ListShelves"]);
}

#[test]
fn a_draft_agrees_with_its_own_document() {
    for name in ["old", "new", "../../../vod-page/tests/documents"] {
        let outcome = replay(&folder(name), &folder(name)).unwrap();
        assert!(outcome.is_exact(), "{name}: {outcome}");
    }
}
