//! The generated code, as a reviewer reads it: a snapshot per file.
//!
//! `cargo insta review` shows what a change does to it, or `INSTA_UPDATE=always cargo test` and then `git diff`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use vod_codegen::{Files, generate};
use vod_spec::{SourceFile, load_dir, load_sources};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn files(spec: &Path) -> Files {
    let api = load_dir(spec).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    generate(&api).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

/// Holds the files against `tests/snapshots/<set>`, which must hold nothing else.
fn assert_snapshots(set: &str, files: &Files) {
    let snapshots = folder("tests/snapshots").join(set);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&snapshots);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut due = BTreeSet::new();
    for (path, text) in files {
        let name = path.replace('/', "__");
        due.insert(format!("{name}.snap"));
        settings.bind(|| insta::assert_snapshot!(name, text));
    }
    let there: BTreeSet<_> = fs::read_dir(&snapshots)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".snap"))
        .collect();
    let stale: Vec<_> = there.difference(&due).collect();
    assert!(
        stale.is_empty(),
        "no file is generated any more for {stale:?}: delete them"
    );
}

#[test]
fn the_api() {
    assert_snapshots("api", &files(&folder("../spec")));
}

#[test]
fn the_fixtures() {
    assert_snapshots("fixtures", &files(&folder("fixtures/spec")));
}

#[test]
fn the_same_description_gives_the_same_files() {
    let spec = folder("fixtures/spec");
    let first = files(&spec);
    assert_eq!(first, files(&spec));

    let mut sources = Vec::new();
    for part in ["", "types", "fixtures", "notifications"] {
        for entry in fs::read_dir(spec.join(part)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path
                    .strip_prefix(&spec)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('\\', "/");
                sources.push(SourceFile::new(name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    sources.sort_by(|a, b| b.name.cmp(&a.name));
    let backwards = load_sources(sources.clone()).unwrap();
    assert_eq!(first, generate(&backwards).unwrap());
    let half = sources.len() / 2;
    sources.rotate_left(half);
    assert_eq!(first, generate(&load_sources(sources).unwrap()).unwrap());
}

#[test]
fn files_with_the_same_text_are_left_alone() {
    let files = files(&folder("fixtures/spec"));
    let out = tempfile::tempdir().unwrap();
    vod_codegen::write_to(out.path(), &files).unwrap();
    let written = |name: &str| {
        fs::metadata(out.path().join(name))
            .unwrap()
            .modified()
            .unwrap()
    };
    let long_ago =
        std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    for name in files.keys() {
        let file = fs::File::options()
            .write(true)
            .open(out.path().join(name))
            .unwrap();
        file.set_modified(long_ago).unwrap();
    }
    fs::write(out.path().join("mod.rs"), "changed by hand").unwrap();
    vod_codegen::write_to(out.path(), &files).unwrap();
    assert_eq!(written("regions.rs"), long_ago);
    assert_eq!(
        fs::read_to_string(out.path().join("mod.rs")).unwrap(),
        files["mod.rs"]
    );
}
