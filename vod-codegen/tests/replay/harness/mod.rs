//! Documents of a service, drafted and compared; and two copies of them, one after the other.
//!
//! The test and the example `replay` share this module.

mod change;
mod described;
mod replay;
mod schema;
mod truth;
mod value;

use std::fs;
use std::path::Path;

use serde_json::Value;
use vod_spec::page::{self, Page};

pub(crate) use self::described::{Described, findings};
pub(crate) use self::replay::replay;

/// A document of an operation.
pub(crate) struct Document {
    /// The name of its file, without the ending.
    pub(crate) name: String,
    /// What is read in it.
    pub(crate) page: Page,
    /// The same without the reader.
    pub(crate) json: Value,
}

/// The documents in a folder, by their names.
///
/// # Errors
///
/// Why the folder cannot be read.
pub(crate) fn documents(folder: &Path) -> Result<Vec<Document>, String> {
    let failed = |error: std::io::Error| format!("cannot read {}: {error}", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let is_json = path.extension().is_some_and(|it| it == "json");
        let name = path.file_stem().and_then(|it| it.to_str());
        let (true, Some(name)) = (is_json, name) else {
            continue;
        };
        let text = fs::read_to_string(&path).map_err(failed)?;
        let page = page::read(&text);
        // Not all copies have what their name says.
        if page.trouble().is_some() {
            println!("{name}: {}", page.trouble().unwrap_or_default());
            continue;
        }
        let json = serde_json::from_str(&text).map_err(|error| format!("{name}: {error}"))?;
        let name = name.to_owned();
        found.push(Document { name, page, json });
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}
