//! The command `diff`.

use std::fs;
use std::path::Path;

use super::repository::{changed_description, commit};
use super::{run, stderr, stdout};

#[test]
fn diff_compares_with_a_revision() {
    let folder = changed_description();
    let spec = folder.path().join("the spec");
    let spec = spec.to_str().unwrap();

    let output = run(&["diff", "HEAD", "--spec", spec]);
    assert!(output.status.success());
    assert_eq!(
        stdout(&output),
        format!(
            "major[field-removed]: ShowThing query.id (request): `ShowThingRequest::id` is gone, \
             and requests in JSON that have `id` are refused\n  \
             old: HEAD:{spec}/things/show-thing.yaml:12\n\n\
             major: 1 major, 0 minor, 0 patch\n"
        )
    );
    let json = stdout(&run(&["diff", "HEAD", "--spec", spec, "--format", "json"]));
    assert!(
        json.starts_with(r#"{"bump":"major","changes":[{"at":"query.id","#),
        "{json}"
    );
    let markdown = stdout(&run(&[
        "diff", "HEAD", "--spec", spec, "--format", "markdown",
    ]));
    assert!(markdown.contains("### Removed\n\n- **Breaking:** `ShowThingRequest::id` is gone, and requests in JSON that have `id` are refused.\n"));

    // Two revisions, and a folder on either side.
    let same = stdout(&run(&["diff", "HEAD", "HEAD", "--spec", spec]));
    assert_eq!(same, "none: 0 major, 0 minor, 0 patch\n");
    let same = stdout(&run(&["diff", spec, spec]));
    assert_eq!(same, "none: 0 major, 0 minor, 0 patch\n");
    let back = stdout(&run(&["diff", spec, "HEAD", "--spec", spec]));
    assert!(
        back.starts_with("minor[field-added]: ShowThing query.id"),
        "{back}"
    );
}

#[test]
fn diff_fails_where_it_is_told_to() {
    let folder = changed_description();
    let spec = folder.path().join("the spec");
    let spec = spec.to_str().unwrap();
    let code = |arguments: &[&str]| {
        run(&[&["diff", "--spec", spec], arguments].concat())
            .status
            .code()
    };
    let forwards = |level| code(&["HEAD", "--fail-on", level]);
    let backwards = |level| code(&[spec, "HEAD", "--fail-on", level]);
    let unchanged = |level| code(&["HEAD", "HEAD", "--fail-on", level]);
    // A field that is gone is a major change, and a field that is there again a minor one.
    for (level, fails) in [("major", 1), ("minor", 1), ("patch", 1), ("never", 0)] {
        assert_eq!(forwards(level), Some(fails), "{level}");
    }
    for (level, fails) in [("major", 0), ("minor", 1), ("patch", 1), ("never", 0)] {
        assert_eq!(backwards(level), Some(fails), "{level}");
    }
    for level in ["major", "minor", "patch", "never"] {
        assert_eq!(unchanged(level), Some(0), "{level}");
    }

    let output = run(&["diff", "no-such-revision", "--spec", spec]);
    assert_eq!(output.status.code(), Some(2));
    let why = stderr(&output);
    assert!(
        why.starts_with("`no-such-revision` is neither a folder nor a revision that has "),
        "{why}"
    );
    fs::write(Path::new(spec).join("service.yaml"), "service: [").unwrap();
    assert_eq!(code(&["HEAD"]), Some(2));
}

#[cfg(unix)]
#[test]
fn diff_follows_no_link_in_a_revision() {
    let folder = changed_description();
    let spec = folder.path().join("the spec");
    let types = spec.join("types");
    fs::rename(types.join("shared.yaml"), types.join("real.txt")).unwrap();
    std::os::unix::fs::symlink("real.txt", types.join("shared.yaml")).unwrap();
    commit(folder.path());
    let spec = spec.to_str().unwrap();
    assert!(run(&["check", "--spec", spec]).status.success());
    let output = run(&["diff", "HEAD", "--spec", spec]);
    assert_eq!(output.status.code(), Some(2));
    let why = stderr(&output);
    let due =
        format!("HEAD:{spec}/types/shared.yaml is a link, which is not followed in a revision");
    assert!(why.starts_with(&due), "{why}");
}
