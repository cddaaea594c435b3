//! The command, as people run it.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod diff;
mod repository;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use self::repository::{changed_description, commit};

/// A page, as seen from where the commands run.
const PAGE: &str = "../../vod-page/tests/pages/delete-thumbnails.txt";

/// The command, run where the folder `spec` is that of the tests. It is read unless another is
/// named.
fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vod-codegen"));
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vod-spec/tests");
    command.current_dir(place).args(arguments);
    command
}

fn run(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
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
        "operations 2, events 0, types 2, fields 6, enum values 3\n"
    );
}

#[test]
fn check_fails_with_the_diagnostics() {
    let spec = tempfile::tempdir().unwrap();
    let service = include_str!("../../../vod-spec/tests/spec/service.yaml");
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
    let spec = "../../vod-codegen/fixtures/spec";
    let yaml = stdout(&run(&["openapi", "--spec", spec]));
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!("openapi", yaml);
    });
    assert_eq!(yaml, stdout(&run(&["openapi", "--spec", spec])));

    // Both formats hold the same.
    let out = tempfile::tempdir().unwrap();
    let [yaml, json] = ["yaml", "json"].map(|format| {
        let file = out.path().join(format);
        let file = file.to_str().unwrap();
        let output = run(&["openapi", "--spec", spec, "--format", format, "--out", file]);
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
    let why = stderr(&output);
    assert!(why.contains("no/such/folder/file"), "{why}");
}

/// What these print is for a file or a program, and mistakes of the description must not get into it.
#[test]
fn what_is_printed_is_the_result_or_nothing() {
    for (arguments, code) in [
        (&["drift", PAGE, "--format", "json"][..], 2),
        (&["new", PAGE], 2),
        (&["diff", "spec"], 2),
        (&["openapi"], 1),
    ] {
        let output = run(&[arguments, &["--spec", "no/such/folder"]].concat());
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert_eq!(stdout(&output), "", "{arguments:?}");
        let why = stderr(&output);
        assert!(
            why.contains("error[unreadable]: cannot read no/such/folder"),
            "{why}"
        );
    }
}

/// As in `vod-codegen openapi | head`: how a command ends does not depend on who still reads.
#[test]
fn nobody_has_to_listen() {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().to_str().unwrap();
    for (arguments, code) in [
        (&["check"][..], 0),
        (&["check", "--spec", "no/such/folder"], 1),
        (&["diff", "spec", "spec"], 0),
        (&["diff", "spec", "spec", "--format", "json"], 0),
        (&["drift", PAGE], 0),
        (
            &["drift", PAGE, "--format", "markdown", "--fail-on", "info"],
            1,
        ),
        (&["generate", "--out", folder], 0),
        (&["new", PAGE], 0),
        (&["openapi"], 0),
        (&["openapi", "--format", "json"], 0),
        (&["--help"], 0),
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = command(arguments).stdout(writer).output().unwrap();
        assert_eq!(stderr(&output), "", "{arguments:?}");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
    }

    // Nor to what is complained of.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let arguments = ["new", "no/such/page"];
    let output = command(&arguments).stderr(writer).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

/// A disk that is full is another matter.
#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_is_told() {
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = command(&["check"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let why = stderr(&output);
    assert!(why.starts_with("cannot write: "), "{why}");
}

#[cfg(unix)]
fn make_pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// Nobody ever writes into these pipes.
#[cfg(unix)]
#[test]
fn pipes_and_devices_are_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    make_pipe(&pipe);
    let pipe = pipe.to_str().unwrap();
    for file in [pipe, "/dev/zero", folder.path().to_str().unwrap()] {
        for arguments in [["drift", file], ["new", file]] {
            let output = run(&arguments);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            let why = match (arguments[0], Path::new(file).is_dir()) {
                (_, false) => format!("cannot read {file}: it is not a regular file\n"),
                ("drift", true) => format!("cannot read {file}: it holds no pages\n"),
                (_, true) => {
                    "a folder of pages needs `--out` with the folder for the drafts\n".to_owned()
                }
            };
            assert_eq!(stderr(&output), why);
        }
    }

    let described = changed_description();
    let spec = described.path().join("the spec");
    let lock = spec.join("pages.lock");
    make_pipe(&lock);
    let spec = spec.to_str().unwrap();
    let output = run(&["drift", PAGE, "--record", "--spec", spec]);
    assert_eq!(output.status.code(), Some(2));
    let due = format!("cannot read {}: it is not a regular file\n", lock.display());
    assert_eq!(stderr(&output), due);

    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    make_pipe(&out.join("mod.rs"));
    let output = run(&["generate", "--out", out.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let why = stderr(&output);
    assert!(why.ends_with("mod.rs: it is not a regular file\n"), "{why}");
}

#[test]
fn pages_are_not_larger_than_pages_are() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.html");
    fs::File::create(&page).unwrap().set_len(1 << 40).unwrap();
    for command in ["drift", "new"] {
        let output = run(&[command, page.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2));
        let why = stderr(&output);
        assert!(
            why.ends_with(": it is larger than 4194304 bytes\n"),
            "{why}"
        );
    }
}

/// A name with a line break would end a comment of the generated code, and what follows would be code.
#[cfg(unix)]
#[test]
fn names_that_nobody_can_see_are_refused() {
    let folder = changed_description();
    let spec = folder.path().join("the spec");
    let ping = spec.join("things/ping.yaml");
    for (name, shown) in [
        ("a\nfn injected() {}.yaml", "a\\nfn injected() {}.yaml"),
        ("ping\u{1b}[2J.yaml", "ping\\u{1b}[2J.yaml"),
        ("ping\u{202e}lmay.yaml", "ping\\u{202e}lmay.yaml"),
    ] {
        let path = spec.join("things").join(name);
        fs::copy(&ping, &path).unwrap();
        commit(folder.path());
        let spec = spec.to_str().unwrap();
        let out = folder.path().join("out");
        let refused = [
            stdout(&run(&["check", "--spec", spec])),
            stdout(&run(&["check", "--spec", spec, "--format", "short"])),
            stdout(&run(&[
                "generate",
                "--spec",
                spec,
                "--out",
                out.to_str().unwrap(),
            ])),
            stderr(&run(&["diff", "HEAD", "--spec", spec])),
            stderr(&run(&["openapi", "--spec", spec])),
        ];
        for text in refused {
            assert!(
                text.contains("[wrong-place]: the name of `things/"),
                "{text}"
            );
            assert!(
                text.contains("contains a control character, or one that changes"),
                "{text}"
            );
            assert!(text.contains(shown), "{text}");
            assert!(!text.contains(name), "{text}");
        }
        assert!(!out.exists());
        fs::remove_file(&path).unwrap();
    }
}
