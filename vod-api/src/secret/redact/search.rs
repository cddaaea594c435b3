//! Finds a secret in a text, however the text escapes it, in time that depends on the length of the
//! text only.
//!
//! An escape can begin anywhere, also within what looks like another one: `\\u0041` contains
//! `\u0041`. But from each position on, a text is read in one way only, so each position has one
//! successor. Seen from the end of the text, the positions form a tree. The search walks this tree
//! from the end, with the secret reversed, by the Knuth-Morris-Pratt algorithm.

use std::ops::Range;

use zeroize::Zeroizing;

/// Longer than the longest escape, and a power of two.
const WINDOW: usize = 8;

/// A text to look for.
pub(super) struct Pattern {
    reversed: Zeroizing<Vec<u8>>,
    /// Where to go on when as many bytes as the index were found and the next one differs.
    fallback: Vec<Option<usize>>,
    readings: Vec<Reading>,
}

/// Which escapes count when a text is read.
#[derive(Clone, Copy)]
struct Reading {
    /// `\/`, `\u002f`
    json: bool,
    /// `%2f`
    url: bool,
}

impl Pattern {
    pub(super) fn new(text: &str) -> Self {
        let reversed: Vec<u8> = text.bytes().rev().collect();
        // Where the secret has a backslash or a percent sign itself, that need not begin an escape
        // in the text either.
        let ways = |sign| std::iter::once(true).chain(text.contains(sign).then_some(false));
        let readings = ways('\\').flat_map(|json| ways('%').map(move |url| Reading { json, url }));
        Self {
            fallback: fallback(&reversed),
            readings: readings.collect(),
            reversed: Zeroizing::new(reversed),
        }
    }

    /// All ranges where the pattern occurs; they can overlap.
    pub(super) fn find(&self, text: &[u8]) -> Vec<Range<usize>> {
        let found = |reading| self.ranges(text, reading, self.starts(text, reading));
        self.readings.iter().copied().flat_map(found).collect()
    }

    /// Where the pattern begins, from the end of the text to its start.
    fn starts(&self, text: &[u8], reading: Reading) -> Vec<usize> {
        let mut starts = Vec::new();
        // How many bytes of the pattern were found up to each of the next positions.
        let mut states = [0; WINDOW];
        for (at, byte) in text.iter().enumerate().rev() {
            let (byte, length) = match byte {
                b'\\' | b'%' => reading.at(text, at),
                byte => (*byte, 1),
            };
            let found = states[(at + length) % WINDOW];
            // A fast path for most positions.
            if found == 0 && self.reversed.first() != Some(&byte) {
                states[at % WINDOW] = 0;
                continue;
            }
            let state = self.advance(found, byte);
            states[at % WINDOW] = state;
            if state == self.reversed.len() {
                starts.push(at);
            }
        }
        starts
    }

    /// The ranges that the pattern covers if it begins at `starts`.
    fn ranges(&self, text: &[u8], reading: Reading, mut starts: Vec<usize>) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        // How many bytes of the pattern are left at each of the next positions.
        let mut left = [0; WINDOW];
        for at in starts.last().copied().unwrap_or(text.len())..text.len() {
            let mut steps = std::mem::take(&mut left[at % WINDOW]);
            if starts.pop_if(|start| *start == at).is_some() {
                steps = self.reversed.len();
            }
            if steps == 0 {
                continue;
            }
            let end = at + reading.at(text, at).1;
            match ranges.last_mut().filter(|last| last.end >= at) {
                Some(last) => last.end = last.end.max(end),
                None => ranges.push(at..end),
            }
            let next = &mut left[end % WINDOW];
            *next = (steps - 1).max(*next);
        }
        ranges
    }

    /// How much of the pattern has been found after one more byte.
    fn advance(&self, found: usize, byte: u8) -> usize {
        let mut found = Some(found);
        while let Some(count) = found {
            if self.reversed.get(count) == Some(&byte) {
                return count + 1;
            }
            found = self.fallback.get(count).copied().flatten();
        }
        0
    }
}

/// For each prefix of `pattern`, its longest border that is followed by another byte than the
/// prefix. Skipping the other borders keeps each step back short, however often the start of the
/// pattern is repeated in it.
fn fallback(pattern: &[u8]) -> Vec<Option<usize>> {
    let mut fallback: Vec<Option<usize>> = Vec::with_capacity(pattern.len() + 1);
    let mut border: Option<usize> = None;
    for count in 0..=pattern.len() {
        let next = pattern.get(count);
        let step = |count: usize| fallback.get(count).copied().flatten();
        let same = |border: &usize| next.is_some() && pattern.get(*border) == next;
        let back = border.filter(same).map_or(border, step);
        // The border of the prefix that is one longer.
        while let Some(length) = border.filter(|border| pattern.get(*border) != next) {
            border = step(length);
        }
        border = Some(border.map_or(0, |length| length + 1));
        fallback.push(back);
    }
    fallback
}

impl Reading {
    /// The byte that is encoded at a position, and the length of its encoding.
    fn at(self, text: &[u8], at: usize) -> (u8, usize) {
        let rest = text.get(at..).unwrap_or_default();
        let by_number = match rest {
            [b'\\', b'u', b'0', b'0', digits @ ..] if self.json => hex(digits).zip(Some(6)),
            [b'%', digits @ ..] if self.url => hex(digits).zip(Some(3)),
            _ => None,
        };
        by_number.unwrap_or(match rest {
            [b'\\', byte, ..] if self.json => (*byte, 2),
            [byte, ..] => (*byte, 1),
            [] => (0, 1),
        })
    }
}

/// The byte with these two hexadecimal digits.
fn hex(digits: &[u8]) -> Option<u8> {
    let value = |digit: u8| char::from(digit).to_digit(16);
    let [high, low, ..] = digits else {
        return None;
    };
    u8::try_from(value(*high)? * 16 + value(*low)?).ok()
}
