//! Changes as they are shown.

use vod_codegen::diff::{Diff, Level};

use super::{Spec, compare};

/// A change of each level, with both sides, one side and none.
fn some_changes() -> Diff {
    let (old, mut spec) = (Spec::new().load(), Spec::new());
    spec.replace("service.yaml", "  second-2: Second Region2\n", "");
    spec.replace("things/list-things.yaml", "max_items: 5", "max_items: 6");
    spec.replace("things/list-things.yaml", "Kind of things.", "The kind.");
    spec.replace("things/list-things.yaml", "  key:", "  token:");
    spec.replace(
        "things/ping.yaml",
        "\nhttp:",
        "deprecated: Use `ListThings`.\n\nhttp:",
    );
    compare(&old, &spec.load())
}

#[test]
fn as_text() {
    let diff = some_changes();
    assert_eq!(diff.bump(), Some(Level::Major));
    insta::assert_snapshot!(diff);
}

#[test]
fn as_markdown() {
    insta::assert_snapshot!(some_changes().to_markdown());
}

#[test]
fn as_json() {
    // A change per line, to be read.
    let json = some_changes().to_json().replace("},{", "},\n{");
    insta::assert_snapshot!(json);
}
