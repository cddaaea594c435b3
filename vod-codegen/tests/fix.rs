//! `drift --fix`, as people run it. What edits of a page lead to is tested in vod-spec.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const PAGE: &str = include_str!("../../vod-page/tests/pages/delete-thumbnails.txt");
const FILE: &str = "snapshot-management/delete-thumbnails.yaml";

/// A page and a description, both to be changed at will.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new(page: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vod-spec/tests/spec");
        for name in ["service.yaml", FILE] {
            let to = folder.path().join("spec").join(name);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(spec.join(name), to).unwrap();
        }
        fs::write(folder.path().join("page.txt"), page).unwrap();
        Self { folder }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("spec").join(FILE)
    }

    fn text(&self) -> String {
        fs::read_to_string(self.file()).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_vod-codegen"))
            .current_dir(self.folder.path())
            .args(arguments)
            .output()
            .unwrap()
    }

    /// All that lies beside the file.
    fn names(&self) -> Vec<String> {
        let folder = fs::read_dir(self.file().parent().unwrap()).unwrap();
        let names = folder.map(|it| it.unwrap().file_name().into_string().unwrap());
        names.collect()
    }
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The page with another limit.
fn page() -> String {
    PAGE.replace(
        "clean up after. A maximum of 10",
        "clean up after. A maximum of 20",
    )
}

const DIFF: &str = "\
--- a/spec/snapshot-management/delete-thumbnails.yaml
+++ b/spec/snapshot-management/delete-thumbnails.yaml
@@ -24,7 +24,7 @@
   task_id:
     type: array<string>
     rust: task_ids
-    max_items: 10
+    max_items: 20
     batch: true
     doc: Snapshot tasks whose results are deleted.
 
";

#[test]
fn edits_are_shown_and_written_once() {
    let place = Place::new(&page());
    let before = place.text();

    let dry = place.run(&["drift", "page.txt", "--fix", "--dry-run"]);
    assert_eq!(dry.status.code(), Some(0), "{}", stderr(&dry));
    assert!(stdout(&dry).starts_with(DIFF), "{}", stdout(&dry));
    assert_eq!(place.text(), before);

    let output = place.run(&["drift", "page.txt", "--fix"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stdout(&output), stdout(&dry));
    assert!(stdout(&output).contains("0 errors, 0 warnings, 1 info"));
    let after = before.replace("max_items: 10", "max_items: 20");
    assert_eq!(place.text(), after);
    assert_eq!(place.names(), ["delete-thumbnails.yaml"]);
    assert!(place.run(&["check"]).status.success());

    let again = place.run(&["drift", "page.txt", "--fix"]);
    assert!(!stdout(&again).contains("+++"), "{}", stdout(&again));
    assert_eq!(place.text(), after);
}

#[test]
fn the_diff_can_be_applied() {
    let place = Place::new(&page());
    let dry = place.run(&[
        "drift",
        "page.txt",
        "--fix",
        "--dry-run",
        "--format",
        "json",
    ]);
    let document: Value = serde_json::from_str(&stdout(&dry)).unwrap();
    assert!(document["findings"].is_array());
    assert_eq!(stderr(&dry).trim_end(), DIFF.trim_end());
    fs::write(place.folder.path().join("fix.diff"), DIFF).unwrap();
    let git = Command::new("git")
        .current_dir(place.folder.path())
        .args(["apply", "fix.diff"])
        .output()
        .unwrap();
    assert!(git.status.success(), "{}", stderr(&git));
    assert!(place.text().contains("max_items: 20"));
}

#[test]
fn what_is_left_out_is_told() {
    // In Rust, the two would have one name.
    let place = Place::new(&page().replace("  • DELETED\n", "  • DELETED\n\n  • deleted\n"));
    let before = place.text();
    let output = place.run(&["drift", "page.txt", "--fix"]);
    assert_eq!(output.status.code(), Some(1));
    let told = stderr(&output);
    let start = "page.txt:178: value-added at type.DeleteThumbnailResult.status.deleted was not fixed: `check` would report: ";
    assert!(told.starts_with(start), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert_eq!(
        place.text(),
        before.replace("max_items: 10", "max_items: 20")
    );
}

#[test]
fn the_date_is_taken_over_with_the_texts() {
    let place = Place::new(&page().replace("2026-03-20", "2026-04-01"));
    let output = place.run(&["drift", "page.txt", "--fix", "--record", "--dry-run"]);
    assert!(stdout(&output).contains("+updated: 2026-04-01"));
    assert!(!place.folder.path().join("spec/pages.lock").exists());

    // Nobody has read the texts.
    place.run(&["drift", "page.txt", "--fix"]);
    assert!(place.text().contains("updated: 2026-03-20"));

    let output = place.run(&["drift", "page.txt", "--fix", "--record"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).contains("0 errors, 0 warnings, 0 infos"));
    assert!(place.text().contains("updated: 2026-04-01"));
    assert!(place.folder.path().join("spec/pages.lock").exists());
    let after = place.text();
    place.run(&["drift", "page.txt", "--fix", "--record"]);
    assert_eq!(place.text(), after);
}

#[test]
fn nothing_is_shown_without_edits() {
    let place = Place::new(PAGE);
    let plain = place.run(&["drift", "page.txt"]);
    let fixed = place.run(&["drift", "page.txt", "--fix"]);
    assert_eq!(stdout(&fixed), stdout(&plain));
    assert_eq!(stderr(&fixed), "");
    let alone = place.run(&["drift", "page.txt", "--dry-run"]);
    assert_eq!(alone.status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn a_link_stays_one() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let place = Place::new(&page());
    let real = place.folder.path().join("real.yaml");
    fs::rename(place.file(), &real).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&real, place.file()).unwrap();
    place.run(&["drift", "page.txt", "--fix"]);
    assert!(fs::symlink_metadata(place.file()).unwrap().is_symlink());
    assert!(fs::read_to_string(&real).unwrap().contains("max_items: 20"));
    let mode = fs::metadata(&real).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn all_files_are_written_or_none() {
    let place = Place::new(&page());
    let before = place.text();
    // Where the new text is to be put first, something stands in the way.
    let draft = place.file().with_file_name(".delete-thumbnails.yaml.tmp");
    fs::create_dir(&draft).unwrap();
    let output = place.run(&["drift", "page.txt", "--fix"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("cannot write spec/snapshot-management/delete-thumbnails.yaml: ")
    );
    assert_eq!(place.text(), before);
    assert!(draft.is_dir());
}
