//! Defaults and deprecation.

use super::limits::Found;
use super::scan::Scan;
use super::words::ASSUMED;
use crate::facts::Statement;

impl Scan {
    /// That something is deprecated; a trouble if that may be something else than the value.
    pub(super) fn deprecated(&self, start: usize) -> Found {
        let clause = self.clause_of(start);
        let folded = clause.trim();
        if ["not ", "未", "不会", "没有"]
            .iter()
            .any(|word| folded.ends_with(word.trim_end()))
        {
            return None;
        }
        // A name in the clause is what is deprecated.
        let named = folded
            .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
            .any(|word| word.contains('_') || word.chars().any(|c| c.is_ascii_digit()));
        let at = start - folded.chars().count().min(start);
        let capitals = self.written.get(at..start).unwrap_or_default();
        let capitals = capitals
            .split(|c| !c.is_ascii_alphanumeric())
            .any(|word| word.len() > 1 && word.iter().all(char::is_ascii_uppercase));
        if (named || capitals) && !folded.contains("api") {
            return Some(Err("what is deprecated here is not understood"));
        }
        Some(Ok(Statement::Deprecated))
    }

    /// A number or a truth value that is assumed, where it follows at once.
    pub(super) fn default_at_once(&mut self) -> Found {
        let mut filled = true;
        while filled {
            self.blank();
            filled = ASSUMED.iter().any(|word| self.take(word));
        }
        self.blank();
        let rest = self.folded.get(self.at..).unwrap_or_default();
        let word = rest
            .iter()
            .take_while(|c| c.is_ascii_alphanumeric() || **c == '-');
        let word: String = word.collect();
        is_plain(&word).then(|| self.default()).flatten()
    }

    /// A number or a truth value that is assumed, where it stands before the words for it at `start`.
    pub(super) fn default_before(&self, start: usize) -> Found {
        let before: String = self.folded.get(..start)?.iter().collect();
        let mut words = before.split_whitespace().rev();
        let word = words.next().filter(|word| is_plain(word))?;
        // A limit, or the end of a range.
        let counts = words
            .next()
            .is_some_and(|it| matches!(it, "to" | "of" | "most" | "than" | "and" | "or"));
        (!counts).then(|| Ok(Statement::Default(word.to_owned())))
    }

    /// What is assumed, after the words for it.
    pub(super) fn default(&mut self) -> Found {
        // The default of something else.
        self.blank();
        if self.follows("of ") {
            return None;
        }
        let cue = self.at;
        self.fillers();
        let explicit = self.at > cue;
        let quoted = self.peek().filter(|c| matches!(c, '"' | '\'' | '`'));
        if let Some(quote) = quoted {
            self.at += 1;
            let rest = self.folded.get(self.at..).unwrap_or_default();
            let end = self.at + rest.iter().position(|c| *c == quote)?;
            let value: String = self.written.get(self.at..end)?.iter().collect();
            self.at = end + 1;
            return Some(Ok(Statement::Default(value)));
        }
        let start = self.at;
        while self.peek().is_some_and(|c| {
            c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '+' | '#' | '%')
        }) {
            self.at += 1;
        }
        while self.at > start && self.folded.get(self.at - 1) == Some(&'.') {
            self.at -= 1;
        }
        let value: String = self.written.get(start..self.at)?.iter().collect();
        if value.parse::<i64>().is_ok() {
            // Where another value ends at a comma, a number may go on.
            self.at = start;
            let number = self.number().filter(|_| !self.goes_on());
            let written = self.written.get(start..self.at)?.iter();
            let value = written
                .filter(|c| c.is_ascii_digit() || **c == '-')
                .collect();
            return Some(match number {
                Some(_) => Ok(Statement::Default(value)),
                None => Err("a default that is not understood"),
            });
        }
        if value.is_empty() || super::says_nothing(&value) {
            return None;
        }
        let rest = self.folded.get(self.at..).unwrap_or_default();
        let more = rest
            .iter()
            .find(|c| **c != ' ')
            .is_some_and(|c| c.is_alphanumeric());
        let plain = value
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_ascii_uppercase() || c == '_' || c == '.')
            || matches!(value.as_str(), "true" | "false");
        match () {
            () if !more || plain => Some(Ok(Statement::Default(value))),
            () if explicit => Some(Err("a default that is not understood")),
            () => None,
        }
    }
}

/// Whether a word is a number or a truth value.
fn is_plain(word: &str) -> bool {
    matches!(word, "true" | "false") || word.parse::<i64>().is_ok()
}
