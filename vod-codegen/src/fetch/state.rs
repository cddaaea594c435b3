//! What was got before, as a file of the folder keeps it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::Problem;
use super::client::Version;

/// What was got before. It holds no secrets: nothing that is asked for needs any.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct State {
    /// By file: below the folder, with `/`.
    pub(super) files: BTreeMap<String, Got>,
    /// The operations that the list has ever had.
    pub(super) operations: BTreeSet<String>,
    /// The newest entry of the *Change History*, by language.
    pub(super) history: BTreeMap<String, String>,
}

/// A file that was got, though it may be gone by now.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Got {
    pub(super) address: String,
    pub(super) version: Version,
}

impl State {
    pub(super) fn parse(text: &str) -> Result<Self, Problem> {
        let wrong = |found: &str| {
            let expected = "what an earlier run wrote; without the file, all is downloaded again";
            Problem::shape(expected, found)
        };
        let value: Value = serde_json::from_str(text).map_err(|error| wrong(&error.to_string()))?;
        let object = |name: &'static str| -> Result<&Map<String, Value>, Problem> {
            let member = value.get(name).and_then(Value::as_object);
            member.ok_or_else(|| wrong(&format!("no object `{name}`")))
        };
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let mut state = Self::default();
        for (file, got) in object("files")? {
            let part = |name: &str| got.get(name).and_then(text);
            let address = part("address").ok_or_else(|| wrong("a file without `address`"))?;
            let (etag, modified) = (part("etag"), part("last_modified"));
            let version = Version { etag, modified };
            state.files.insert(file.clone(), Got { address, version });
        }
        let operations = value.get("operations").and_then(Value::as_array);
        for name in operations.ok_or_else(|| wrong("no array `operations`"))? {
            let name = text(name).ok_or_else(|| wrong("an operation that is no text"))?;
            state.operations.insert(name);
        }
        for (language, date) in object("history")? {
            let date = text(date).ok_or_else(|| wrong("a date that is no text"))?;
            state.history.insert(language.clone(), date);
        }
        Ok(state)
    }

    pub(super) fn text(&self) -> String {
        let files: Map<String, Value> = self
            .files
            .iter()
            .map(|(file, got)| {
                let mut entry = Map::new();
                entry.insert("address".to_owned(), json!(got.address));
                if let Some(etag) = &got.version.etag {
                    entry.insert("etag".to_owned(), json!(etag));
                }
                if let Some(modified) = &got.version.modified {
                    entry.insert("last_modified".to_owned(), json!(modified));
                }
                (file.clone(), Value::Object(entry))
            })
            .collect();
        let value = json!({
            "files": files,
            "operations": self.operations,
            "history": self.history,
        });
        format!("{value:#}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_comes_back_as_it_was() {
        let mut state = State::default();
        let version = Version {
            etag: Some("\"a\"".to_owned()),
            modified: None,
        };
        let address = "https://docs.example.com/a.html".to_owned();
        state
            .files
            .insert("en-us/a.html".to_owned(), Got { address, version });
        state.operations.insert("LendBook".to_owned());
        state
            .history
            .insert("en-us".to_owned(), "2026-01-02".to_owned());
        assert_eq!(State::parse(&state.text()).unwrap(), state);
        let error = State::parse("{\"files\": []}").unwrap_err().to_string();
        assert!(error.contains("no object `files`"), "{error}");
    }
}
