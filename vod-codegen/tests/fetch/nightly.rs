//! The nightly job, as its script does it, with a server on this machine and a `gh` that only notes
//! what it is told.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::library::{LIST, document_path, list, page_path, quiet};
use super::server::Reply;
use super::{World, busy};

/// Notes its arguments, and says that the issue with the number in `number` is open.
const GH: &str = "#!/bin/sh\n\
    if [ \"$2\" = list ]; then cat number; else echo \"$@\" >>said; fi\n";

fn script(name: &str) -> PathBuf {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.ci");
    scripts.canonicalize().unwrap().join(name)
}

/// Runs `.ci/docs`: its exit code, and the report with the server's address as a word.
fn docs(world: &World) -> (Option<i32>, String) {
    let mut command = Command::new(script("docs"));
    let url = &world.server.url;
    let output = command
        .current_dir(world.folder.path())
        .env("VOD_CODEGEN", env!("CARGO_BIN_EXE_vod-codegen"))
        .args(["pages", "report.md", "--pause", "0", "--docs", url])
        .args(["--api-explorer", &format!("{url}/explorer")])
        .output()
        .unwrap();
    let report = fs::read_to_string(world.folder.path().join("report.md")).unwrap();
    (output.status.code(), report.replace(url, "SERVER"))
}

/// Runs `.ci/docs-issue`, where the issue with this number is open: how it went, and what it told
/// `gh`.
fn issue(world: &World, code: i32, number: &str) -> (Output, String) {
    let folder = world.folder.path();
    fs::write(folder.join("gh"), GH).unwrap();
    fs::set_permissions(folder.join("gh"), fs::Permissions::from_mode(0o755)).unwrap();
    fs::write(folder.join("number"), number).unwrap();
    fs::write(folder.join("said"), "").unwrap();
    let path = std::env::var("PATH").unwrap();
    let output = Command::new(script("docs-issue"))
        .current_dir(folder)
        .env("PATH", format!("{}:{path}", folder.display()))
        .args(["report.md", &code.to_string()])
        .output()
        .unwrap();
    (output, fs::read_to_string(folder.join("said")).unwrap())
}

#[test]
fn a_night_with_changes_makes_an_issue_of_the_report() {
    let world = World::new(quiet());
    docs(&world);
    world.server.change(|replies| {
        busy(replies);
        // The script would really wait.
        let served = replies.get_mut(&document_path("ListLoans")).unwrap();
        served.remove(0);
    });
    let (code, report) = docs(&world);
    assert_eq!(code, Some(1), "{report}");
    let (download, comparison) = report.split_once("\n## Comparison\n").unwrap();
    insta::assert_snapshot!("nightly", download);
    assert!(comparison.contains("en-us/LendBook.html"), "{comparison}");
    assert!(comparison.contains("MendBook"), "{comparison}");

    let (output, said) = issue(&world, 1, "");
    assert!(output.status.success());
    let title = "The docs of the vendor have changed";
    assert_eq!(
        said,
        format!("issue create --title {title} --body-file report.md\n")
    );
    let (output, said) = issue(&world, 1, "7\n");
    assert!(output.status.success());
    assert_eq!(said, "issue edit 7 --body-file report.md\n");
    let (output, said) = issue(&world, 0, "7\n");
    assert!(output.status.success());
    assert_eq!(
        said,
        "issue close 7 --comment The docs are as described again.\n"
    );
    let (output, said) = issue(&world, 0, "");
    assert!(output.status.success() && said.is_empty());
}

#[test]
fn a_night_that_could_not_read_everything_is_loud() {
    let world = World::new(quiet());
    world.server.change(|replies| {
        replies.insert(LIST.to_owned(), vec![list(&["LendBook"], 7)]);
        replies.insert(page_path("LendBook.html"), vec![Reply::new(403, "")]);
    });
    let (code, report) = docs(&world);
    assert_eq!(code, Some(2));
    assert!(report.starts_with("**INCOMPLETE: "), "{report}");
    assert!(
        report.contains("`HTTP status 403 (SERVER/intl/en-us"),
        "{report}"
    );
    let (output, said) = issue(&world, 2, "7\n");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(said, "issue edit 7 --body-file report.md\n");
}

#[test]
fn without_a_report_there_is_no_issue() {
    let world = World::new(quiet());
    fs::write(world.folder.path().join("report.md"), "").unwrap();
    let (output, said) = issue(&world, 0, "7\n");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(said, "");
}
