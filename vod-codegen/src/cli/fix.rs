//! The edits of `drift --fix`: shown as a diff, then written.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use similar::TextDiff;
use vod_spec::drift::{self, Fixed, Report, Wordings};
use vod_spec::model::Api;
use vod_spec::{Diagnostics, SourceFile};

use super::{complain, shown};

/// What is edited, and what it is held against.
pub(super) struct Fixing<'f> {
    /// The description as it is.
    pub(super) api: &'f Api,
    /// The pages that it is to agree with.
    pub(super) pages: &'f [SourceFile],
    /// How pages were worded.
    pub(super) wordings: &'f Wordings,
    /// Whether the texts of the pages are recorded in the same run.
    pub(super) record: bool,
}

impl Fixing<'_> {
    /// Makes the edits, and says which were left out. Nothing is written yet.
    ///
    /// # Errors
    ///
    /// Mistakes of the description, which are in the way.
    pub(super) fn fixed(&self) -> Result<Fixed, String> {
        check(self.api).map_err(|mistakes| mistakes.to_string())?;
        let fixed = self.on(self.api, self.wordings);
        let fixed = if self.record {
            // The date of a page is taken over once its texts are recorded, which are then read.
            let mut recorded = self.wordings.clone();
            let mut report = Report::new(&fixed.api);
            for page in self.pages {
                // What is no page is told with the report that is shown.
                let _ = report.add(&fixed.api, page.clone(), &mut recorded, true);
            }
            self.on(&fixed.api, &recorded)
        } else {
            fixed
        };
        for left in &fixed.left {
            complain(&vod_spec::visible(&left.to_string()));
        }
        Ok(fixed)
    }

    fn on(&self, api: &Api, wordings: &Wordings) -> Fixed {
        drift::fix(api, self.pages, wordings, &|files| {
            let api = vod_spec::load_sources(files)?;
            check(&api).map(|()| api)
        })
    }
}

/// Some mistakes show only when the names in Rust are chosen.
fn check(api: &Api) -> Result<(), Diagnostics> {
    vod_codegen::generate(api).map(|_| ())
}

/// The edits as a diff that `git apply` takes.
pub(super) fn diff(before: &Api, files: &[SourceFile]) -> String {
    let text_before = |file: &SourceFile| {
        let mut sources = before.sources.iter().map(|(_, it)| it);
        let same = sources.find(|it| it.name == file.name);
        same.map(|it| it.text.as_str()).unwrap_or_default()
    };
    let diffs = files.iter().map(|file| {
        let path = file.path.trim_start_matches('/');
        TextDiff::from_lines(text_before(file), &file.text)
            .unified_diff()
            .header(&format!("a/{path}"), &format!("b/{path}"))
            .to_string()
    });
    diffs.collect()
}

/// Writes files that were edited: each of them whole, and none if one of them cannot be written.
pub(super) fn write(spec: &Path, files: &[SourceFile]) -> Result<(), String> {
    let mut drafts = Vec::new();
    for file in files {
        let path = spec.join(&file.name);
        match Draft::new(&path, &file.text) {
            Ok(draft) => drafts.push((path, draft)),
            Err(error) => return Err(format!("cannot write {}: {error}", shown(&path))),
        }
    }
    for (path, draft) in drafts {
        let moved = draft.put_in_place();
        moved.map_err(|error| format!("cannot write {}: {error}", shown(&path)))?;
    }
    Ok(())
}

/// A file that is written and not yet in its place; it is removed unless it is put there.
struct Draft {
    /// A name that no description has: those with a dot are not read.
    path: PathBuf,
    place: PathBuf,
}

impl Draft {
    fn new(path: &Path, text: &str) -> io::Result<Self> {
        // A link stays one.
        let place = fs::canonicalize(path)?;
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let path = place.with_file_name(format!(".{name}.tmp"));
        let mut file = File::create(&path)?;
        let draft = Self { path, place };
        file.set_permissions(fs::metadata(&draft.place)?.permissions())?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        Ok(draft)
    }

    fn put_in_place(self) -> io::Result<()> {
        fs::rename(&self.path, &self.place)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // It is not there any more once it is in its place.
        let _ = fs::remove_file(&self.path);
    }
}
