//! What is kept of a text of the vendor's: enough to tell that it is another one, and which of its sentences are new.

use std::fmt;

/// What is kept of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hash {
    /// Of the whole text.
    pub(super) whole: String,
    /// Of its sentences, where it has several.
    sentences: Vec<String>,
}

impl Hash {
    pub(super) fn of(text: &str) -> Self {
        let sentences: Vec<_> = sentences(text).map(sentence).collect();
        Self {
            whole: fingerprint(text),
            sentences: if sentences.len() > 1 {
                sentences
            } else {
                Vec::new()
            },
        }
    }

    /// Reads what was written; nothing if it is no hash.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (whole, sentences) = match text.split_once(':') {
            Some((whole, sentences)) => (whole, sentences.split(',').collect()),
            None => (text, Vec::new()),
        };
        let is_hash = |text: &str, digits: usize| {
            text.len() == digits && text.chars().all(|c| c.is_ascii_hexdigit())
        };
        let is_known = is_hash(whole, 8) && sentences.iter().all(|it| is_hash(it, 4));
        is_known.then(|| Self {
            whole: whole.to_owned(),
            sentences: sentences.into_iter().map(str::to_owned).collect(),
        })
    }

    /// The sentences of a text that were not there, and how many are no longer there.
    pub(super) fn changes<'t>(&self, text: &'t str) -> (Vec<&'t str>, usize) {
        let mut left = self.sentences.clone();
        let mut added = Vec::new();
        for part in sentences(text) {
            match left.iter().position(|it| *it == sentence(part)) {
                Some(at) => {
                    left.remove(at);
                }
                None => added.push(part.trim()),
            }
        }
        (added, left.len())
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.whole)?;
        if !self.sentences.is_empty() {
            write!(f, ":{}", self.sentences.join(","))?;
        }
        Ok(())
    }
}

/// The sentences of a text. Where its lines break means nothing, as copies of one page differ there.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    let parts = std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = |(at, c): (usize, char)| {
            let end = at + c.len_utf8();
            let is_last = rest
                .get(end..)?
                .chars()
                .next()
                .is_none_or(char::is_whitespace);
            let ends = matches!(c, '。' | '；') || matches!(c, '.' | ';' | '!' | '?') && is_last;
            ends.then_some(end)
        };
        let end = rest.char_indices().find_map(end).unwrap_or(rest.len());
        let (part, after) = rest.split_at_checked(end)?;
        rest = after;
        Some(part)
    });
    parts.filter(|part| part.contains(char::is_alphanumeric))
}

/// Four digits are enough to tell the sentences of one text apart.
fn sentence(text: &str) -> String {
    let whole = fingerprint(text);
    whole.get(..4).unwrap_or_default().to_owned()
}

/// A text that stands for another one, where that must not be kept or is too long.
pub(super) fn fingerprint(text: &str) -> String {
    short(hash(START, text))
}

/// Where FNV-1a starts.
const START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a over letters and digits alone: copies of one page differ in space, punctuation, bullets and capitals.
fn hash(start: u64, text: &str) -> u64 {
    let letters = text
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase);
    letters.fold(start, |hash, c| {
        let mut bytes = [0; 4];
        c.encode_utf8(&mut bytes).bytes().fold(hash, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    })
}

/// Eight digits are enough: nobody words a text so that it keeps its hash.
fn short(hash: u64) -> String {
    format!("{:08x}", (hash >> 32) ^ (hash & 0xffff_ffff))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_one_text_hash_equal() {
        let hash = fingerprint;
        assert_eq!(hash("Options:\n- A_b\n- C"), hash("options:  A\\_b • c."));
        assert_ne!(hash("At most 10."), hash("At most 11."));
    }

    #[test]
    fn sentences_that_are_new_or_gone_are_told() {
        let recorded = Hash::of("One video. At most 1.5 GB; more is refused.\nIt is free.");
        assert_eq!(recorded.sentences.len(), 4);
        let again = "One  video.\nAt most 1.5 GB; more is refused. It is\nfree.";
        assert_eq!(recorded.changes(again), (vec![], 0));
        let other = "One video. At most 2.5 GB; more is refused. It is free. 一个。两个。";
        let added = vec!["At most 2.5 GB;", "一个。", "两个。"];
        assert_eq!(recorded.changes(other), (added, 1));
        assert_eq!(Hash::parse(&recorded.to_string()), Some(recorded));
    }
}
