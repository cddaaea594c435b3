//! The differences that are meant to be, or that are not ours to mend: `known.json`.

use serde_json::Value;

use crate::compare::Difference;

/// All of them, and how often each was met.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) entries: Vec<Entry>,
}

/// A kind of difference.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Of this operation; of any if there is none.
    operation: Option<String>,
    /// Here, or anywhere inside.
    at: String,
    /// How the value of either side begins.
    ours: String,
    official: String,
    /// Why it stays.
    pub(crate) because: String,
    pub(crate) count: usize,
}

impl Known {
    /// Reads `known.json`.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let entries: Vec<Value> =
            serde_json::from_str(text).map_err(|error| format!("known.json: {error}"))?;
        let entries = entries.iter().map(Entry::read).collect::<Result<_, _>>()?;
        Ok(Self { entries })
    }

    /// Whether the difference is one of them; it counts then.
    pub(crate) fn has(&mut self, operation: &str, difference: &Difference) -> bool {
        let mut entries = self.entries.iter_mut();
        let entry = entries.find(|entry| entry.covers(operation, difference));
        entry.map(|entry| entry.count += 1).is_some()
    }
}

impl Entry {
    fn read(value: &Value) -> Result<Self, String> {
        let text = |name: &str| value[name].as_str().map(str::to_owned);
        let needed =
            |name: &str| text(name).ok_or_else(|| format!("known.json: no {name} in {value}"));
        Ok(Self {
            operation: text("operation"),
            at: needed("at")?,
            ours: needed("ours")?,
            official: needed("official")?,
            because: needed("because")?,
            count: 0,
        })
    }

    /// Where it is, for people.
    pub(crate) fn place(&self) -> String {
        match &self.operation {
            Some(operation) => format!("{operation}, {}", self.at),
            None => self.at.clone(),
        }
    }

    fn covers(&self, operation: &str, difference: &Difference) -> bool {
        let inside = difference.at.strip_prefix(&self.at);
        inside.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
            && self.operation.as_ref().is_none_or(|own| own == operation)
            && difference.ours.starts_with(&self.ours)
            && difference.official.starts_with(&self.official)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(at: &str) -> Known {
        let text = format!(
            r#"[{{"operation": "A", "at": "{at}", "ours": "nothing", "official": "[]", "because": "x"}}]"#
        );
        Known::read(&text).unwrap()
    }

    #[test]
    fn covers_its_place_and_all_within() {
        for at in ["body", "body.tags", "body[]"] {
            assert!(
                known("body").has("A", &Difference::new(at, "nothing", "[]")),
                "{at}"
            );
        }
        for at in ["bod", "bodyguard", "query"] {
            assert!(
                !known("body").has("A", &Difference::new(at, "nothing", "[]")),
                "{at}"
            );
        }
    }

    #[test]
    fn covers_its_operation_and_values_only() {
        let mut known = known("body");
        assert!(!known.has("B", &Difference::new("body", "nothing", "[]")));
        assert!(!known.has("A", &Difference::new("body", "1", "[]")));
        assert!(!known.has("A", &Difference::new("body", "nothing", "1")));
        assert_eq!(known.entries[0].count, 0);
        assert!(known.has("A", &Difference::new("body", "nothing", "[]")));
        assert_eq!(known.entries[0].count, 1);
    }

    #[test]
    fn each_needs_a_reason() {
        let error = Known::read(r#"[{"at": "body", "ours": "", "official": ""}]"#).unwrap_err();
        assert!(error.contains("no because"), "{error}");
    }
}
