//! What `WHAT-HOLDS.md` names as shown by is there.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::path::{Path, PathBuf};

const PAGE: &str = include_str!("../../WHAT-HOLDS.md");

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> Option<String> {
    fs::read_to_string(root().join(path)).ok()
}

/// The rows of all tables: a promise, and what shows it.
fn rows(page: &str) -> Vec<(&str, Vec<&str>)> {
    let rows = page.lines().filter_map(|line| {
        let line = line.strip_prefix("| ")?.strip_suffix(" |")?;
        let (promise, shown_by) = line.split_once(" | ")?;
        let spans = shown_by.split('`').skip(1).step_by(2);
        Some((promise, spans.collect()))
    });
    rows.filter(|(promise, _)| *promise != "promise").collect()
}

/// Whether a test or a command is there.
fn is_there(proof: &str) -> bool {
    if let Some(step) = proof.strip_prefix(".ci/run ") {
        return read(".ci/run")
            .unwrap()
            .contains(&format!("\nstep_{step}() "));
    }
    if let Some(target) = proof.strip_prefix("fuzz/run ") {
        return read(&format!("fuzz/fuzz_targets/{target}.rs")).is_some();
    }
    let Some((path, name)) = proof.split_once("::") else {
        return false;
    };
    let text = read(path).unwrap_or_default();
    let function = format!("fn {name}(");
    let before = text.split_once(&function).map(|(before, _)| before);
    // Its attributes stand above it, within some lines.
    let above = before.unwrap_or_default().lines().rev().take(8);
    let mut above = above.take_while(|line| !line.starts_with('}'));
    above.any(|line| line.starts_with("#[test") || line.starts_with("#[tokio::test"))
}

#[test]
fn each_promise_is_shown() {
    let rows = rows(PAGE);
    assert!(rows.len() > 40, "the tables are not read: {rows:?}");
    for (promise, proofs) in rows {
        assert!(!proofs.is_empty(), "nothing shows: {promise}");
        for proof in proofs {
            assert!(is_there(proof), "{promise}\n{proof} is not there");
        }
    }
}

#[test]
fn what_is_not_there_is_noticed() {
    for (proof, expected) in [
        (".ci/run test", true),
        (".ci/run tests", false),
        ("fuzz/run replies", true),
        ("fuzz/run reply", false),
        (
            "architecture/tests/promises.rs::each_promise_is_shown",
            true,
        ),
        ("architecture/tests/promises.rs::each_promise", false),
        ("architecture/tests/promises.rs::is_there", false),
        ("architecture/tests/gone.rs::each_promise_is_shown", false),
        ("cargo bench", false),
    ] {
        assert_eq!(is_there(proof), expected, "{proof}");
    }
}
