//! Removes the caller's secrets from replies: a gateway may repeat a request in its error.

mod search;

use std::ops::Range;

use bytes::Bytes;

use self::search::Pattern;

const MARK: &str = "[redacted]";

/// Shorter texts would be found inside ordinary words.
const SHORTEST: usize = 4;

/// Knows the secrets, also as they are escaped in a URL or in JSON.
pub(crate) struct Redactor {
    secrets: Vec<Pattern>,
    /// The text before a signature, which can be replayed for some minutes and differs for each
    /// request.
    signature: Pattern,
}

impl Redactor {
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let secrets = secrets.into_iter().filter(|text| text.len() >= SHORTEST);
        Self {
            secrets: secrets.map(Pattern::new).collect(),
            signature: Pattern::new("Signature="),
        }
    }

    pub(crate) fn text(&self, text: String) -> String {
        match self.hidden(text.as_bytes()) {
            hidden if hidden.is_empty() => text,
            hidden => String::from_utf8_lossy(&without(text.as_bytes(), &hidden)).into_owned(),
        }
    }

    /// Takes time linear in the text, a few milliseconds for each MiB: no timeout can end it.
    pub(crate) fn bytes(&self, bytes: Bytes) -> Bytes {
        match self.hidden(&bytes) {
            hidden if hidden.is_empty() => bytes,
            hidden => without(&bytes, &hidden).into(),
        }
    }

    /// The ranges to remove, in order; they can overlap.
    fn hidden(&self, text: &[u8]) -> Vec<Range<usize>> {
        let secrets = self.secrets.iter().flat_map(|secret| secret.find(text));
        let signatures = self.signature.find(text).into_iter();
        let signatures = signatures.filter_map(|before| digits(text, before.end));
        let mut hidden: Vec<_> = secrets.chain(signatures).collect();
        hidden.sort_unstable_by_key(|range| range.start);
        hidden
    }
}

impl Default for Redactor {
    /// Knows no secrets; removes signatures only.
    fn default() -> Self {
        Self::new([])
    }
}

/// The text with a mark in place of each hidden range.
fn without(text: &[u8], hidden: &[Range<usize>]) -> Vec<u8> {
    let mut clean = Vec::with_capacity(text.len());
    let mut seen = 0;
    for range in hidden {
        if range.start >= seen {
            clean.extend_from_slice(text.get(seen..range.start).unwrap_or_default());
            clean.extend_from_slice(MARK.as_bytes());
        }
        seen = seen.max(range.end);
    }
    clean.extend_from_slice(text.get(seen..).unwrap_or_default());
    clean
}

/// The range of the hexadecimal digits at a position, if there are any.
fn digits(text: &[u8], at: usize) -> Option<Range<usize>> {
    let is_digit = |byte: &&u8| byte.is_ascii_hexdigit();
    let count = text.get(at..)?.iter().take_while(is_digit).count();
    (count > 0).then_some(at..at + count)
}

#[cfg(test)]
mod tests;
