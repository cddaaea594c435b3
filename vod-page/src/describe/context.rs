//! What stands around a limit: conditions, and what goes on behind its numbers.

use std::ops::Range;

use super::scan::Scan;
use super::words::{ABSENCE, ALTERNATIVES, CONDITIONS, LIMITS, MULTIPLIERS};

impl Scan {
    /// Whether the sentence up to here says when it holds.
    pub(super) fn is_conditional(&self, start: usize) -> bool {
        let sentence = self.sentence_before(start);
        // That holds under the condition, and what comes behind it always.
        let mandatory = ["必填,", "必选,"]
            .iter()
            .find_map(|end| sentence.rsplit_once(end));
        let sentence = mandatory.map_or(sentence.as_str(), |it| it.1).trim_start();
        let begins = |word: &&&str| {
            let clauses = sentence.split([',', ':']).map(str::trim_start);
            let mut starts = clauses.filter(|it| it.starts_with(**word));
            starts.next().is_some()
        };
        let condition = CONDITIONS.iter().find(begins);
        // `如` is also a word before examples, and `for` before what something is for.
        let is_sure = condition.is_some_and(|word| match *word {
            "如" => sentence.contains("时"),
            "for " => sentence.starts_with("for "),
            _ => true,
        });
        let ends_so = |clause: &str| clause.ends_with('时') && clause.contains('为');
        let of_part = sentence.split(',').any(ends_so);
        (is_sure || of_part) && !ABSENCE.iter().any(|word| sentence.contains(word))
    }

    /// Whether there is more to the number before this place: `10万`, `2^31`, `99 or 200`.
    pub(super) fn goes_on(&mut self) -> bool {
        let start = self.at;
        let next = self.peek();
        let glued = next.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '^' | '*' | '×'));
        self.blank();
        let mut multipliers = MULTIPLIERS.iter();
        let multiplied = multipliers.any(|word| self.follows(word) && self.ends_word(word));
        let another = if ALTERNATIVES.iter().any(|word| self.take(word)) {
            self.blank();
            self.take("-");
            self.peek().is_some_and(|c| c.is_ascii_digit())
        } else {
            self.take(",") && self.interval().is_some()
        };
        self.at = start;
        glued || multiplied || another
    }

    /// Whether a clause has a word of limits and a number.
    pub(super) fn has_limit(&self, clause: &Range<usize>) -> bool {
        let text: String = self
            .folded
            .get(clause.clone())
            .unwrap_or_default()
            .iter()
            .collect();
        let conditional = CONDITIONS
            .iter()
            .any(|word| text.trim_start().starts_with(word));
        !conditional
            && text.contains(|c: char| c.is_ascii_digit())
            && LIMITS.iter().any(|word| text.contains(word))
    }
}
