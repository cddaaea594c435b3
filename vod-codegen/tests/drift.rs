//! `drift` and `new`, as people and programs run them. What edits of a page lead to is tested in vod-spec.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

const PAGE: &str = include_str!("../../vod-page/tests/pages/delete-thumbnails.txt");

/// A page and a description, both to be changed at will.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new(page: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vod-spec/tests/spec");
        for name in ["service.yaml", "snapshot-management/delete-thumbnails.yaml"] {
            let to = folder.path().join("spec").join(name);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(spec.join(name), to).unwrap();
        }
        let place = Self { folder };
        fs::write(place.page(), page).unwrap();
        place
    }

    fn page(&self) -> PathBuf {
        self.folder.path().join("page.txt")
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_vod-codegen"))
            .current_dir(self.folder.path())
            .args(arguments)
            .output()
            .unwrap()
    }
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn findings(output: &Output) -> Vec<Value> {
    let document: Value = serde_json::from_str(&stdout(output)).unwrap();
    document["findings"].as_array().unwrap().clone()
}

#[test]
fn json_says_everything() {
    let place = Place::new(&PAGE.replace("UNKNOW\n", "UNKNOWN\n"));
    let output = place.run(&["drift", "page.txt", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let findings = findings(&output);
    let ats: Vec<_> = findings
        .iter()
        .map(|it| it["at"].as_str().unwrap())
        .collect();
    assert_eq!(
        ats,
        [
            "description",
            "header.X-Auth-Token",
            "type.DeleteThumbnailResult.status.UNKNOW",
            "type.DeleteThumbnailResult.status.UNKNOWN",
        ]
    );
    let mut added = findings[3].clone();
    let message = added.as_object_mut().unwrap().remove("message").unwrap();
    assert!(message.as_str().unwrap().contains("`UNKNOWN`"));
    assert_eq!(
        added,
        json!({
            "page": "page.txt",
            "operation": "DeleteThumbnails",
            "rule": "value-added",
            "level": "error",
            "at": "type.DeleteThumbnailResult.status.UNKNOWN",
            "page_line": 180,
            "spec_file": "spec/snapshot-management/delete-thumbnails.yaml",
            "spec_line": 57,
            "states": null,
            "pinned": null,
            "acknowledged": false,
        })
    );
    assert_eq!(findings[1]["acknowledged"], json!(true));
}

#[test]
fn an_unknown_page_has_no_operation() {
    let place = Place::new("Renaming a Shelf\n\nFunction\n\nGives it a name.\n");
    let output = place.run(&["drift", "page.txt", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let findings = findings(&output);
    let rules: Vec<_> = findings.iter().map(|it| &it["rule"]).collect();
    assert_eq!(rules, ["unknown-operation", "unreadable"]);
    for finding in &findings {
        for key in ["operation", "spec_file", "spec_line"] {
            assert_eq!(finding[key], Value::Null, "{key}");
        }
    }
}

#[test]
fn what_is_no_page_is_not_read() {
    let place = Place::new("<!DOCTYPE html><title>404</title><h1>404 Not Found</h1>\n");
    for arguments in [&["drift", "page.txt"], &["new", "page.txt"]] {
        let output = place.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let why =
            "cannot read page.txt: no section of a page of an operation was found\n".to_owned();
        assert_eq!(stderr(&output), why, "{arguments:?}");
    }
}

#[test]
fn people_see_both_sides() {
    let place = Place::new(&PAGE.replace("UNKNOW\n", "UNKNOWN\n"));
    let text = stdout(&place.run(&["drift", "page.txt"]));
    for part in [
        "error[value-added]: type.DeleteThumbnailResult.status.UNKNOWN: the page lists the value `UNKNOWN`",
        "page.txt:180:3",
        "spec/snapshot-management/delete-thumbnails.yaml:57:3",
        "2 errors, 0 warnings, 1 info; 1 acknowledged",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!text.contains("duplicate-row"), "{text}");

    let github = stdout(&place.run(&["drift", "page.txt", "--format", "github"]));
    let start = "::error file=spec/snapshot-management/delete-thumbnails.yaml,line=57,col=3,title=value-added::";
    assert!(github.contains(start), "{github}");
    assert!(github.contains("(page.txt:180)"), "{github}");

    let markdown = stdout(&place.run(&["drift", "page.txt", "--format", "markdown"]));
    let start = "| error | value-added | `type.DeleteThumbnailResult.status.UNKNOWN` |";
    assert!(markdown.contains(start), "{markdown}");
}

#[test]
fn the_exit_code_says_how_bad_it_is() {
    let code = |place: &Place, fail_on: &str| {
        place
            .run(&["drift", "page.txt", "--fail-on", fail_on])
            .status
            .code()
    };
    let changed = Place::new(&PAGE.replace("UNKNOW\n", "UNKNOWN\n"));
    assert_eq!(code(&changed, "error"), Some(1));
    assert_eq!(code(&changed, "never"), Some(0));

    let cut = Place::new(PAGE.split_once("Status Codes").unwrap().0);
    assert_eq!(code(&cut, "error"), Some(0));
    assert_eq!(code(&cut, "warning"), Some(1));

    // The warning that a deviation knows does not count; that nothing was recorded does.
    let same = Place::new(PAGE);
    assert_eq!(code(&same, "warning"), Some(0));
    assert_eq!(code(&same, "info"), Some(1));
    assert_eq!(code(&same, "nothing"), Some(2));
}

#[test]
fn what_is_recorded_is_not_reported_again() {
    let place = Place::new(PAGE);
    let output = place.run(&["drift", "page.txt", "--record"]);
    assert_eq!(
        stdout(&output),
        "0 errors, 0 warnings, 0 infos; 1 acknowledged\n"
    );
    let output = place.run(&["drift", "page.txt", "--fail-on", "info"]);
    assert_eq!(output.status.code(), Some(0));

    fs::write(place.page(), PAGE.replace("The video.", "A video.")).unwrap();
    let text = stdout(&place.run(&["drift", "page.txt"]));
    assert!(
        text.contains("info[wording-changed]: query.asset_id: ")
            && text.contains(": new is `A video.`; "),
        "{text}"
    );

    fs::write(place.folder.path().join("spec/pages.lock"), "nonsense\n").unwrap();
    let output = place.run(&["drift", "page.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("pages.lock: line 1: "),
        "{}",
        stderr(&output)
    );
}

#[test]
fn nothing_is_recorded_of_a_page_that_breaks_off() {
    let (start, _) = PAGE.split_once("Status Codes").unwrap();
    let place = Place::new(start);
    let output = place.run(&["drift", "page.txt", "--record"]);
    assert_eq!(output.status.code(), Some(2), "{}", stdout(&output));
    assert_eq!(
        stderr(&output),
        "page.txt breaks off, so nothing of it was recorded\n"
    );
    let lock = fs::read_to_string(place.folder.path().join("spec/pages.lock")).unwrap();
    assert!(!lock.contains("DeleteThumbnails"), "{lock}");
}

#[test]
fn check_looks_at_what_is_recorded() {
    let place = Place::new(PAGE);
    place.run(&["drift", "page.txt", "--record"]);
    assert_eq!(place.run(&["check"]).status.code(), Some(0));
    let lock = place.folder.path().join("spec/pages.lock");
    let recorded = fs::read_to_string(&lock).unwrap();
    let bad = "GoneOperation en query.a 0123abcd\nDeleteThumbnails fr query.a 0123abcd\n\
               DeleteThumbnails en query.a 0123abcd:12\n";
    fs::write(&lock, format!("{recorded}{bad}")).unwrap();
    let output = place.run(&["check", "--format", "short"]);
    assert_eq!(output.status.code(), Some(1));
    let lines = recorded.lines().count();
    let due = [
        "the description has no operation `GoneOperation`",
        "`fr` is not a source; it is `en`, `zh` or `api`",
        "not an operation, a source, an address and a hash",
    ];
    let mut text = String::new();
    for (offset, why) in due.iter().enumerate() {
        let line = lines + 1 + offset;
        text.push_str(&format!(
            "spec/pages.lock:{line}:1: error[pages-lock]: {why}\n"
        ));
    }
    assert!(stdout(&output).starts_with(&text), "{}", stdout(&output));
}

#[test]
fn a_folder_says_what_was_compared() {
    let place = Place::new(PAGE);
    let pages = place.folder.path().join("pages");
    fs::create_dir_all(pages.join("more")).unwrap();
    fs::write(pages.join("more/DeleteThumbnails.txt"), PAGE).unwrap();
    fs::write(
        pages.join("history.md"),
        "# Change History\n\nWhat is new.\n",
    )
    .unwrap();
    fs::write(pages.join(".state"), "nothing to compare\n").unwrap();
    let listed = "spec/snapshot-management/list-thumbnails.yaml";
    let other = fs::read_to_string(
        place
            .folder
            .path()
            .join("spec/snapshot-management/delete-thumbnails.yaml"),
    )
    .unwrap()
    .replace("DeleteThumbnails", "ListThumbnails")
    .replace("http: DELETE", "http: GET")
    .replace("DeleteThumbnailResult", "Listed")
    .replace("ThumbnailDeletionStatus", "ListedStatus")
    .replace("title: Deleting", "title: Listing")
    .replace("    batch: true\n", "");
    fs::write(place.folder.path().join(listed), other).unwrap();
    let output = place.run(&["drift", "pages"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    let due = "nothing was compared with ListThumbnails (https://example.com/ListThumbnails.html)\n\
               pages/history.md is no page of an operation: no section of a page of an operation was found\n\
               1 of 2 operations compared: 1 with pages in English, 0 with pages in Chinese, \
               0 with documents of the API Explorer\n\
               0 errors, 0 warnings, 1 info; 1 acknowledged\n";
    assert!(text.ends_with(due), "{text}");

    let markdown = stdout(&place.run(&["drift", "pages", "--format", "markdown"]));
    assert!(markdown.starts_with("0 errors, 0 warnings, 1 info; 1 acknowledged\n\n| level "));
    let due = "\n1 of 2 operations compared: 1 with pages in English, 0 with pages in Chinese, \
               0 with documents of the API Explorer\n\n\
               Operations that nothing was compared with:\n\n\
               - `ListThumbnails` (https://example.com/ListThumbnails.html)\n\n\
               Files that are no page of an operation:\n\n\
               - `pages/history.md`: no section of a page of an operation was found\n";
    assert!(markdown.ends_with(due), "{markdown}");

    let json = stdout(&place.run(&["drift", "pages", "--format", "json"]));
    let document: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(document["missing"][0]["operation"], "ListThumbnails");
    assert_eq!(document["strangers"][0]["file"], "pages/history.md");
}

#[test]
fn errors_are_not_recorded_away() {
    let place = Place::new(PAGE);
    place.run(&["drift", "page.txt", "--record"]);
    // That the page is silent is an error because it was not when it was recorded.
    let silent = PAGE.replace(
        "clean up after. A maximum of 10 tasks is possible.",
        "clean.",
    );
    fs::write(place.page(), silent).unwrap();
    for arguments in [
        &["drift", "page.txt", "--record"][..],
        &["drift", "page.txt"],
    ] {
        let output = place.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let text = stdout(&output);
        assert!(
            text.contains("error[limit-changed]: query.task_id"),
            "{text}"
        );
    }
}

/// A page full of headings without a table has a finding for each.
#[test]
fn thousands_of_findings_are_counted() {
    let heading = "Parameter\n\nMandatory\n\nType\n\nDescription\n\n";
    let place = Place::new(&format!("{PAGE}{}", heading.repeat(2000)));
    for format in ["text", "markdown", "github"] {
        let text = stdout(&place.run(&["drift", "page.txt", "--format", format]));
        // Some of the 500 are other findings.
        let suggested = text.matches("rule: unreadable").count();
        let count = text.matches("unreadable").count() - suggested;
        assert!((495..=500).contains(&count), "{format}: {count}");
        let told = "; only the first 500 are shown, use the JSON format for all\n";
        assert!(text.contains(told), "{format}");
    }
    let output = place.run(&["drift", "page.txt", "--format", "json"]);
    assert!(findings(&output).len() > 2000);
}

#[test]
fn what_cannot_be_read_is_named() {
    let place = Place::new(PAGE);
    fs::write(place.folder.path().join("bad.txt"), b"\xff\xfe").unwrap();
    let output = place.run(&["drift", "no.txt", "page.txt", "bad.txt"]);
    assert_eq!(output.status.code(), Some(2));
    let text = stderr(&output);
    assert!(
        text.contains("cannot read no.txt: ") && text.contains("cannot read bad.txt: "),
        "{text}"
    );
    assert!(stdout(&output).contains("1 acknowledged"));

    assert_eq!(place.run(&["drift"]).status.code(), Some(2));
    assert_eq!(place.run(&["new", "no.txt"]).status.code(), Some(2));
}

#[test]
fn a_draft_is_printed() {
    let place = Place::new(PAGE);
    let output = place.run(&["new", "page.txt"]);
    assert_eq!(output.status.code(), Some(0));
    let text = stdout(&output);
    assert!(text.contains("\noperation: DeleteThumbnails\n"), "{text}");
}

#[test]
fn a_draft_takes_no_file_away() {
    let place = Place::new(PAGE);
    let file = place.folder.path().join("draft.yaml");
    let arguments = ["new", "page.txt", "--out", "draft.yaml"];
    assert_eq!(place.run(&arguments).status.code(), Some(0));
    let draft = stdout(&place.run(&["new", "page.txt"]));
    assert_eq!(fs::read_to_string(&file).unwrap(), draft);

    fs::write(&file, "by hand").unwrap();
    let output = place.run(&arguments);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("cannot write draft.yaml: "));
    assert_eq!(fs::read_to_string(&file).unwrap(), "by hand");
}

#[test]
fn a_folder_gives_a_draft_for_each_page() {
    let place = Place::new(PAGE);
    let pages = place.folder.path().join("pages");
    fs::create_dir(&pages).unwrap();
    fs::write(pages.join("a.txt"), PAGE).unwrap();
    let other = include_str!("../../vod-page/tests/pages/create-thumbnail-plan.txt");
    fs::write(pages.join("b.txt"), other).unwrap();
    let output = place.run(&["new", "pages", "--out", "drafts"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stdout(&output), "2 drafts of 2 files\n");
    // A page that does not name its operation keeps the name of its file.
    for (name, title) in [("delete-thumbnails", "Deleting"), ("b", "Creating")] {
        let file = place
            .folder
            .path()
            .join("drafts")
            .join(name)
            .with_extension("yaml");
        let draft = fs::read_to_string(file).unwrap();
        assert!(draft.contains(&format!("\ntitle: {title} ")), "{draft}");
    }
    let again = place.run(&["new", "pages", "--out", "drafts"]);
    assert_eq!(again.status.code(), Some(2));
    assert_eq!(place.run(&["new", "pages"]).status.code(), Some(2));
}

/// Each page of several gets its draft before any draft is finished.
#[test]
fn a_draft_is_in_nobodys_way() {
    let place = Place::new(PAGE);
    let draft = stdout(&place.run(&["new", "page.txt"]));
    let described = "spec/snapshot-management/delete-thumbnails.yaml";
    fs::write(place.folder.path().join(described), draft).unwrap();
    assert_eq!(place.run(&["check"]).status.code(), Some(1));

    let other = include_str!("../../vod-page/tests/pages/create-thumbnail-plan.txt");
    fs::write(place.page(), other).unwrap();
    let output = place.run(&["new", "page.txt"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).starts_with("the description has mistakes, "));
    let text = stdout(&output);
    assert!(text.contains("\nsection: Snapshot Management\n"), "{text}");

    fs::write(place.folder.path().join("spec/service.yaml"), "service: [").unwrap();
    assert_eq!(place.run(&["new", "page.txt"]).status.code(), Some(2));
}
