//! The command, as people run it.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vod-codegen"))
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .args(arguments)
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn check_counts_what_is_there() {
    let output = run(&["check"]);
    assert!(output.status.success());
    assert_eq!(
        stdout(&output),
        "operations 82, types 144, fields 954, enum values 274\n"
    );
}

#[test]
fn check_fails_with_the_diagnostics() {
    let spec = tempfile::tempdir().unwrap();
    let service = include_str!("../../spec/service.yaml");
    fs::write(
        spec.path().join("service.yaml"),
        service.replace("title:", "titel:"),
    )
    .unwrap();
    let folder = spec.path().to_str().unwrap();

    let output = run(&["check", "--spec", folder]);
    assert_eq!(output.status.code(), Some(1));
    let text = stdout(&output);
    assert!(
        text.contains("error[unknown-key]") && text.contains("`titel`"),
        "{text}"
    );
    assert!(text.contains("service.yaml:2:1"), "{text}");
    assert!(text.contains("did you mean `title`?"), "{text}");

    let short = stdout(&run(&["check", "--spec", folder, "--format", "short"]));
    assert!(
        short.contains("service.yaml:2:1: error[unknown-key]: "),
        "{short}"
    );
    let github = stdout(&run(&["check", "--spec", folder, "--format", "github"]));
    assert!(
        github.contains("service.yaml,line=2,col=1,title=unknown-key::"),
        "{github}"
    );
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let output = run(&["check", "--spec", "no/such/folder"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("error[unreadable]: cannot read no/such/folder"));
}

#[test]
fn generate_writes_the_files() {
    let out = tempfile::tempdir().unwrap();
    let output = run(&["generate", "--out", out.path().to_str().unwrap()]);
    assert!(output.status.success());
    let text =
        fs::read_to_string(out.path().join("snapshot_management/delete_thumbnails.rs")).unwrap();
    assert!(text.contains("pub struct DeleteThumbnailsRequest"));
}

#[test]
fn openapi_writes_the_document() {
    let spec = "vod-codegen/fixtures/spec";
    let yaml = stdout(&run(&["openapi", "--spec", spec]));
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!("openapi", yaml);
    });
    assert_eq!(yaml, stdout(&run(&["openapi", "--spec", spec])));

    // The real one has texts of all kinds. Both formats hold the same.
    let out = tempfile::tempdir().unwrap();
    let [yaml, json] = ["yaml", "json"].map(|format| {
        let file = out.path().join(format);
        let file = file.to_str().unwrap();
        let output = run(&["openapi", "--format", format, "--out", file]);
        assert!(output.status.success());
        assert_eq!(stdout(&output), "");
        fs::read_to_string(file).unwrap()
    });
    let yaml: Value = serde_saphyr::from_str(&yaml).unwrap();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(yaml, json);
    assert_eq!(json["openapi"], "3.1.0");

    let output = run(&["openapi", "--out", "no/such/folder/file"]);
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("no/such/folder/file"), "{stderr}");
}
