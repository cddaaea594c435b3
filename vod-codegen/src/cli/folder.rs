//! The pages and documents in a folder.

use std::fs;
use std::path::{Path, PathBuf};

use super::shown;

/// The file, or the files in a folder and the folders in it, by name; none that starts with a dot.
pub(super) fn pages_in(path: &Path) -> Result<Vec<PathBuf>, String> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let is_form = |path: &Path| {
        let form = path.extension().and_then(|it| it.to_str());
        form.is_some_and(|it| FORMS.contains(&it))
    };
    let mut files = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        let cannot = |error| format!("cannot read {}: {error}", shown(&folder));
        for entry in fs::read_dir(&folder).map_err(cannot)? {
            let entry = entry.map_err(cannot)?;
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if entry.file_type().map_err(cannot)?.is_dir() {
                folders.push(path);
            } else if is_form(&path) {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// What the names of saved pages and documents end with.
const FORMS: &[&str] = &["html", "htm", "md", "txt", "json"];
