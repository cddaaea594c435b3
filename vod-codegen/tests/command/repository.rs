//! A description that git knows.

use std::fs;
use std::path::Path;
use std::process::Command;

fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.current_dir(folder).args(arguments);
    assert!(git.output().unwrap().status.success(), "{arguments:?}");
}

pub(super) fn commit(folder: &Path) {
    git(folder, &["add", "."]);
    let author = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
    git(
        folder,
        &[&author[..], &["commit", "--quiet", "-m", "All"]].concat(),
    );
}

/// A folder with a description that git knows, and that has been changed since: a field is gone.
pub(super) fn changed_description() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("the spec");
    for part in ["", "things", "types"] {
        fs::create_dir_all(spec.join(part)).unwrap();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff/spec");
        for entry in fs::read_dir(from.join(part)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let to = spec.join(part).join(path.file_name().unwrap());
                fs::copy(path, to).unwrap();
            }
        }
    }
    for name in ["README.md", "things/.#ping.yaml"] {
        fs::write(spec.join(name), "Not a part of the description.").unwrap();
    }
    git(folder.path(), &["init", "--quiet"]);
    commit(folder.path());
    let show = spec.join("things/show-thing.yaml");
    let text = fs::read_to_string(&show).unwrap();
    let gone = "\nquery:\n  id: { type: string, doc: The thing. }\n";
    assert!(text.contains(gone));
    fs::write(show, text.replace(gone, "")).unwrap();
    folder
}
