//! Functions for the fuzz targets. Compiled only with `--cfg fuzzing`.

use serde_json::Value;

use crate::api;
use crate::catalog::Catalog;
use crate::settings::Keys;

/// A request of an operation from lines, each of which is an object for `--json` or text for
/// `--set`; and what a dry run shows of it.
pub fn request(operation: &str, lines: &[&str]) -> Result<(Value, String), String> {
    let catalog = Catalog::of_service();
    let operations = catalog.operations();
    let found = catalog
        .find(operation)
        .or_else(|| operations.first().copied());
    let meta = found.ok_or("there are operations")?;
    api::fuzz_request(meta, lines)
}

/// JSON as `--json` takes it.
pub fn json(text: &str) -> Result<Value, String> {
    api::fuzz_json(text)
}

/// A credentials file after a change of a key; `None` if it is no such file.
pub fn set_key(file: &str, section: &str, (key, value): (&str, &str)) -> Option<String> {
    let mut keys = Keys::parse(file).ok()?;
    keys.set(section, key, value);
    Some(keys.text())
}

/// A value in a credentials file.
pub fn key(file: &str, section: &str, key: &str) -> Option<String> {
    let keys = Keys::parse(file).ok()?;
    keys.get(section, key).map(str::to_owned)
}
