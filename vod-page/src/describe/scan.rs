//! A place in a description, and the numbers that can be read there.

use std::ops::Range;

use super::cues::{CUES, Cue};
use super::fold;

/// How many characters around a phrase are looked at.
const FAR: usize = 120;

/// A description, as written and folded, and a place in it.
pub(super) struct Scan {
    pub(super) written: Vec<char>,
    pub(super) folded: Vec<char>,
    pub(super) at: usize,
    /// The phrases that the description has.
    pub(super) cues: Vec<&'static (&'static str, Cue)>,
}

/// An interval as written; the ends belong to it unless a round bracket stands there.
pub(super) struct Interval {
    pub(super) least: Option<i64>,
    pub(super) most: Option<i64>,
}

impl Interval {
    pub(super) fn from(least: i64) -> Self {
        Self {
            least: Some(least),
            most: None,
        }
    }

    pub(super) fn to(most: i64) -> Self {
        Self {
            least: None,
            most: Some(most),
        }
    }
}

impl Scan {
    pub(super) fn new(text: &str) -> Self {
        let folded = fold(text);
        Self {
            written: text.chars().collect(),
            cues: CUES.iter().filter(|it| folded.contains(it.0)).collect(),
            folded: folded.chars().collect(),
            at: 0,
        }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.folded.get(self.at).copied()
    }

    pub(super) fn follows(&self, words: &str) -> bool {
        let rest = self.folded.get(self.at..).unwrap_or_default();
        words
            .chars()
            .enumerate()
            .all(|(at, c)| rest.get(at) == Some(&c))
    }

    pub(super) fn take(&mut self, words: &str) -> bool {
        let follows = self.follows(words);
        if follows {
            self.at += words.chars().count();
        }
        follows
    }

    /// Whether a word can begin here.
    pub(super) fn at_word(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.folded.get(at));
        !before.is_some_and(char::is_ascii_alphanumeric)
    }

    pub(super) fn blank(&mut self) {
        while self.peek() == Some(' ') {
            self.at += 1;
        }
    }

    /// Whether the number before this place counts one of these.
    pub(super) fn unit(&mut self, units: &[&str]) -> bool {
        let start = self.at;
        self.blank();
        let counts = units.iter().any(|unit| self.follows(unit));
        self.at = start;
        counts
    }

    /// The clause up to here.
    pub(super) fn clause_before(&self) -> String {
        let start = self.at.saturating_sub(FAR);
        let before = self.folded.get(start..self.at).unwrap_or_default();
        let start = before.iter().rposition(|c| matches!(c, '.' | ';' | ','));
        before
            .get(start.unwrap_or_default()..)
            .unwrap_or_default()
            .iter()
            .collect()
    }

    /// The clause that a place is in, up to there.
    pub(super) fn clause_of(&self, at: usize) -> String {
        let before = self
            .folded
            .get(at.saturating_sub(FAR)..at)
            .unwrap_or_default();
        let start = before
            .iter()
            .rposition(|c| matches!(c, '.' | ';' | ',' | ':' | '('));
        let clause = start.map_or(0, |it| it + 1);
        before.get(clause..).unwrap_or_default().iter().collect()
    }

    /// The sentence that a place is in, up to there.
    pub(super) fn sentence_before(&self, at: usize) -> String {
        let from = at.saturating_sub(FAR);
        let start = (from..at)
            .rfind(|at| self.is_end(*at))
            .map_or(from, |end| end + 1);
        self.folded
            .get(start..at)
            .unwrap_or_default()
            .iter()
            .collect()
    }

    /// The clauses of the description.
    pub(super) fn clauses(&self) -> Vec<Range<usize>> {
        let mut clauses = Vec::new();
        let mut from = 0;
        for at in 0..=self.folded.len() {
            let comma = self.folded.get(at) == Some(&',') && !self.is_end_of_digits(at);
            if comma || self.is_end(at) {
                clauses.push(from..at);
                from = at + 1;
            }
        }
        clauses
    }

    /// Whether a mark stands between digits.
    fn is_end_of_digits(&self, at: usize) -> bool {
        let digit = |at: Option<usize>| {
            at.and_then(|at| self.folded.get(at))
                .is_some_and(char::is_ascii_digit)
        };
        digit(at.checked_sub(1)) && digit(at.checked_add(1))
    }

    /// The interval that a number begins that was read already: `1` of `1-64`.
    pub(super) fn range_end(&mut self, least: i64) -> Option<Interval> {
        let start = self.at;
        self.blank();
        let separated = ["~", "-", "至", "到"].iter().any(|it| self.take(it));
        let most = if separated { self.number() } else { None };
        match most {
            Some(most) if least <= most => Some(Interval {
                least: Some(least),
                most: Some(most),
            }),
            _ => {
                self.at = start;
                None
            }
        }
    }

    /// The sentence that a place is in, as written.
    pub(super) fn sentence(&self, at: usize) -> String {
        let from = at.saturating_sub(FAR);
        let start = (from..at)
            .rfind(|at| self.is_end(*at))
            .map_or(from, |end| end + 1);
        let far = self.folded.len().min(at + FAR);
        let end = (at..far).find(|at| self.is_end(*at)).unwrap_or(far);
        let sentence: String = self
            .written
            .get(start..end)
            .unwrap_or_default()
            .iter()
            .collect();
        sentence.trim().to_owned()
    }

    /// Whether a sentence ends here; a point between digits ends none.
    fn is_end(&self, at: usize) -> bool {
        match self.folded.get(at) {
            // The point of a name, such as `H.264`.
            Some('.') if self.written.get(at) == Some(&'.') => {
                let next = self.folded.get(at + 1);
                !next.is_some_and(char::is_ascii_alphanumeric)
            }
            Some('.') => true,
            Some(c) => *c == ';',
            None => true,
        }
    }

    /// `1 to 100`, `[1,100]`, `1-100`
    pub(super) fn interval(&mut self) -> Option<Interval> {
        let start = self.at;
        let open = self.peek().filter(|c| matches!(c, '[' | '('));
        if open.is_some() {
            self.at += 1;
        }
        let interval = self.ends(open);
        if interval.is_none() {
            self.at = start;
        }
        interval
    }

    fn ends(&mut self, open: Option<char>) -> Option<Interval> {
        self.blank();
        let least = if open.is_some() {
            self.digits()
        } else {
            self.number()
        }?;
        self.blank();
        let separators: &[&str] = match open {
            Some(_) => &[",", "~", "-", "to"],
            None => &["to", "through", "~", "-", "至", "到", "and"],
        };
        if !separators.iter().any(|separator| self.take(separator)) {
            return None;
        }
        self.blank();
        let most = if open.is_some() {
            self.digits()
        } else {
            self.number()
        }?;
        let mut interval = Interval {
            least: Some(least),
            most: Some(most),
        };
        if open.is_some() {
            self.blank();
            match self.peek() {
                Some(']') => {}
                Some(')') => interval.most = most.checked_sub(1),
                _ => return None,
            }
            self.at += 1;
            if open == Some('(') {
                interval.least = least.checked_add(1);
            }
        }
        (least <= most).then_some(interval)
    }

    /// A number without commas.
    fn digits(&mut self) -> Option<i64> {
        let start = self.at;
        if self.peek() == Some('-') {
            self.at += 1;
        }
        while self.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
        }
        let fraction = self.peek() == Some('.')
            && self
                .folded
                .get(self.at + 1)
                .is_some_and(char::is_ascii_digit);
        let text: String = self
            .folded
            .get(start..self.at)
            .unwrap_or_default()
            .iter()
            .collect();
        let number = text.parse().ok().filter(|_| !fraction);
        if number.is_none() {
            self.at = start;
        }
        number
    }

    /// A number, perhaps with commas between thousands.
    pub(super) fn number(&mut self) -> Option<i64> {
        self.blank();
        let mut number = self.digits()?;
        while self.peek() == Some(',') && self.thousands() {
            self.at += 1;
            number = number.checked_mul(1_000)?.checked_add(self.digits()?)?;
        }
        Some(number)
    }

    fn thousands(&self) -> bool {
        let next = self.folded.get(self.at + 1..).unwrap_or_default();
        next.iter().take_while(|c| c.is_ascii_digit()).count() == 3
    }
}
