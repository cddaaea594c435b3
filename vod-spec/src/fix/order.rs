//! Where a new key goes among those that are there.

use crate::format::{self, Keys};

/// Which entries a new one goes behind.
#[derive(Clone, Copy)]
pub(super) enum Order<'o> {
    /// Those that come before it in the table of its map.
    Keys(&'static Keys),
    /// The first of these that is there.
    Behind(&'o [String]),
    /// Those with smaller numbers.
    Numbers,
}

/// Keys that stand where the file has them: texts first or last, names beside what they name.
const FREE: &[&str] = &["doc", "rust"];

impl Order<'_> {
    /// The order of a map that has these keys, and is one that edits are made in.
    pub(super) fn of(entries: &[&str]) -> Self {
        let has = |key: &str| entries.contains(&key);
        Self::Keys(if has("type") {
            &format::FIELD
        } else if has("operation") {
            &format::OPERATION
        } else if has("action") {
            &format::PERMISSION
        } else {
            // Its keys are those of every limit, and the unit.
            &format::LENGTH
        })
    }

    /// The index of the entry that `key` goes behind; `None` if it goes before all.
    pub(super) fn behind(self, key: &str, entries: &[&str]) -> Option<usize> {
        match self {
            Self::Keys(keys) => {
                let rank = |key: &str| keys.keys.iter().position(|it| it.name == key);
                let is_before = |it: &&str| !FREE.contains(it) && rank(it) < rank(key);
                let at = entries.iter().rposition(is_before)?;
                // The name in Rust stands beside the type in most files.
                let is_name = entries.get(at + 1) == Some(&"rust");
                Some(if is_name { at + 1 } else { at })
            }
            Self::Behind(names) => names
                .iter()
                .find_map(|name| entries.iter().position(|it| it == name)),
            Self::Numbers => {
                let number = |key: &str| key.parse::<u32>().ok();
                entries.iter().rposition(|it| number(it) < number(key))
            }
        }
    }
}
