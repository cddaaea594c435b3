//! Limits, defaults and deprecation, by the phrases that state them.

use super::Told;
use super::cues::{Cue, What};
use super::scan::{Interval, Scan};
use super::words::{
    BYTES, CHARACTERS, COUNTS, FILLERS, ITEMS, JOINS, MEASURES, OR_LESS, PARTS, SIZES, TIMES,
    WHOLES,
};
use crate::describe::Part;
use crate::facts::{CellType, Stated, Statement};

/// What a paragraph speaks of.
#[derive(Clone, Copy)]
pub(super) struct Of<'t> {
    pub(super) ty: Option<&'t CellType>,
    /// Whether the value is a number of something.
    pub(super) counts: bool,
}

/// Whether a text says that a value is a number of something.
pub(super) fn counts(text: &str) -> bool {
    let text = super::fold(text);
    COUNTS.iter().any(|word| text.contains(word))
}

/// Whether a text has a phrase of a default.
pub(super) fn says_default(text: &str) -> bool {
    let text = super::fold(text);
    ["默认", "缺省", "default"]
        .iter()
        .any(|word| text.contains(word))
}

/// Whether a text has a word, and not within another one, as `per` in `upper`.
fn has_word(text: &str, word: &str) -> bool {
    let mut found = text.match_indices(word);
    found.any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        !word.is_ascii() || !before.ends_with(|c: char| c.is_ascii_alphanumeric())
    })
}

/// Whether values of a type are numbers or truth values.
fn is_plain(of: Of<'_>) -> bool {
    use CellType::{Boolean, Integer, Long, Number};
    matches!(of.ty, Some(Boolean | Integer | Long | Number))
}

/// Reads what one paragraph states.
pub(super) fn read(part: &Part, of: Of<'_>, told: &mut Told) {
    let mut scan = Scan::new(&part.text);
    let mut read = Vec::new();
    while scan.at < scan.folded.len() {
        let start = scan.at;
        let found = match scan.cue() {
            Some(cue) => scan.statement(start, cue, of),
            None => scan.characters(of),
        };
        if found.is_some() {
            read.push(start..scan.at.max(start + 1));
        }
        match found {
            Some(Ok(value)) => told.states.push(Stated {
                value,
                line: part.line,
            }),
            Some(Err(why)) => told.unread(part.line, why, &scan, start),
            None => {}
        }
        scan.at = scan.at.max(start + 1);
    }
    for clause in scan.clauses() {
        let is_read = read
            .iter()
            .any(|it| it.start < clause.end && clause.start < it.end);
        if !is_read && scan.has_limit(&clause) {
            told.unread(part.line, NOT_UNDERSTOOD, &scan, clause.start);
        }
    }
}

impl Told {
    fn unread(&mut self, line: usize, why: &str, scan: &Scan, at: usize) {
        let trouble = (line, format!("{why}: {}", scan.sentence(at)));
        if self.troubles.last() != Some(&trouble) {
            self.troubles.push(trouble);
        }
    }
}

const NOT_UNDERSTOOD: &str = "a limit that is not understood";

/// How many characters can stand between a phrase and its number.
const GAP: usize = 48;

pub(super) type Found = Option<Result<Statement, &'static str>>;

impl Scan {
    fn cue(&mut self) -> Option<Cue> {
        if !self.at_word() && self.peek()?.is_ascii_alphanumeric() {
            return None;
        }
        let found = self.cues.iter().find(|it| self.follows(it.0)).copied();
        let (words, cue) = found?;
        self.take(words);
        Some(*cue)
    }

    pub(super) fn fillers(&mut self) {
        loop {
            self.blank();
            let word = FILLERS.iter().find(|word| self.follows(word)).copied();
            match word {
                Some(word) if self.ends_word(word) => {
                    self.take(word);
                }
                _ => return,
            }
        }
    }

    /// Whether a word that follows is a whole word.
    pub(super) fn ends_word(&self, word: &str) -> bool {
        let next = self.folded.get(self.at + word.chars().count());
        !word.is_ascii()
            || matches!(word, ":" | "=")
            || !next.is_some_and(char::is_ascii_alphanumeric)
    }

    fn statement(&mut self, start: usize, cue: Cue, of: Of<'_>) -> Found {
        let behind = self.at;
        let found = match cue {
            Cue::Deprecated => return self.deprecated(start),
            Cue::Default => self.default(),
            Cue::MaybeDefault if is_plain(of) => self.default_at_once(),
            Cue::DefaultBefore if is_plain(of) => self.default_before(start),
            Cue::MaybeDefault | Cue::DefaultBefore => None,
            Cue::Both(what) => {
                self.fillers();
                if let Some(interval) = self.interval() {
                    self.limit(what, interval, of)
                } else {
                    let at = self.at;
                    match self.cue() {
                        Some(Cue::Most(_)) => self.end_of(Cue::Most(what), of),
                        Some(Cue::Least(_)) => self.end_of(Cue::Least(what), of),
                        _ => {
                            self.at = at;
                            self.unread()
                        }
                    }
                }
            }
            Cue::Maybe(what) => {
                self.at -= usize::from(self.folded.get(self.at - 1) == Some(&'['));
                self.fillers();
                let interval = self.interval()?;
                self.limit(what, interval, of)
            }
            Cue::Above | Cue::Below => return self.compared(start, cue, of),
            Cue::Least(_) | Cue::Most(_) => self.end_of(cue, of),
        };
        match found {
            Some(Ok(_)) if self.is_conditional(behind) => {
                Some(Err("it is not understood when this holds"))
            }
            found => found,
        }
    }

    /// The smallest or the largest number, after its phrase: other words can stand between, such as
    /// `最多[同时查询]10个`, and another phrase for the same end.
    fn end_of(&mut self, cue: Cue, of: Of<'_>) -> Found {
        let (Cue::Least(mut what) | Cue::Most(mut what)) = cue else {
            return None;
        };
        let is_most = matches!(cue, Cue::Most(_));
        let begin = self.at;
        self.fillers();
        let mut number = self.number().or_else(|| self.number_of_english());
        let mut passed = 0;
        while number.is_none() && passed < GAP {
            match self.peek() {
                None | Some('.' | ';' | ',' | '(' | '[' | '"') => break,
                _ => {}
            }
            let at = self.at;
            match self.cue() {
                Some(Cue::Most(inner)) if is_most && inner != What::Counted => what = inner,
                Some(Cue::Least(inner)) if !is_most && inner != What::Counted => what = inner,
                Some(Cue::Most(_)) if is_most => {}
                Some(Cue::Least(_)) if !is_most => {}
                Some(_) => {
                    // Another statement begins here.
                    self.at = at;
                    return self.unread_from(begin, at);
                }
                None => self.at = at + 1,
            }
            passed += self.at - at;
            number = if self.at_word() { self.number() } else { None };
        }
        let number = match number {
            Some(number) => Some(number),
            None => {
                self.at = begin;
                self.number_in_words()
            }
        };
        let Some(number) = number else {
            self.at = begin;
            return self.unread();
        };
        let interval = match self.range_end(number) {
            Some(interval) => interval,
            None if is_most => Interval::to(number),
            None => Interval::from(number),
        };
        self.limit(what, interval, of)
    }

    /// A comparison with a number. In a condition it limits nothing.
    fn compared(&mut self, start: usize, cue: Cue, of: Of<'_>) -> Found {
        self.fillers();
        let number = self.number()?;
        let interval = match cue {
            Cue::Above => Interval::from(number.checked_add(1)?),
            _ => Interval::to(number.checked_sub(1)?),
        };
        let clause = self.clause_of(start);
        let speaks_of_it = ["值", "must", "should", "必须", "应", "value"]
            .iter()
            .any(|word| clause.contains(word))
            || clause.trim().is_empty();
        let is_number = matches!(of.ty, Some(CellType::Integer | CellType::Long));
        if self.is_conditional(start) {
            return None;
        }
        match self.limit(What::Value, interval, of) {
            Some(Ok(found)) if speaks_of_it && is_number => Some(Ok(found)),
            Some(_) if speaks_of_it => Some(Err(NOT_UNDERSTOOD)),
            _ => None,
        }
    }

    /// What a phrase announced is no number; that matters if there is one in the same clause.
    fn unread(&self) -> Found {
        let rest = self.folded.get(self.at..).unwrap_or_default();
        let clause = rest
            .iter()
            .take_while(|c| !matches!(c, '.' | ';' | ','))
            .take(20);
        let digit = clause.clone().any(char::is_ascii_digit);
        digit.then_some(Err(NOT_UNDERSTOOD))
    }

    fn unread_from(&self, from: usize, to: usize) -> Found {
        let passed = self.folded.get(from..to).unwrap_or_default();
        let digit = passed.iter().any(char::is_ascii_digit);
        digit.then_some(Err(NOT_UNDERSTOOD))
    }

    /// A number of characters without a phrase before it: `1 to 128 characters`.
    fn characters(&mut self, of: Of<'_>) -> Found {
        if !self.peek()?.is_ascii_digit() || !self.at_word() {
            return None;
        }
        let start = self.at;
        let interval = self.interval();
        let is_array = matches!(of.ty, Some(CellType::Array(_)));
        match interval {
            Some(interval) if is_array && self.unit(ITEMS) && !self.unit(CHARACTERS) => {
                self.limit(What::Items, interval, of)
            }
            Some(interval) if self.unit(CHARACTERS) => self.limit(What::Length, interval, of),
            Some(_) => None,
            None => {
                self.at = start;
                if let Some(number) = self.number()
                    && self.is_or_less()
                {
                    return self.limit(What::Length, Interval::to(number), of);
                }
                self.at = start;
                while self.peek().is_some_and(|c| c.is_ascii_alphanumeric()) {
                    self.at += 1;
                }
                None
            }
        }
    }

    /// Whether the number before this place is a largest number of characters: `64 characters or less`.
    fn is_or_less(&self) -> bool {
        let rest = self.folded.get(self.at..).unwrap_or_default();
        let rest: String = rest.iter().take(GAP).collect();
        let rest = rest.trim_start();
        let word = CHARACTERS.iter().find(|word| rest.starts_with(**word));
        let after = word.and_then(|word| rest.get(word.len()..));
        let after = after.map(|it| it.trim_start_matches('s').trim_start());
        after.is_some_and(|it| OR_LESS.iter().any(|word| it.starts_with(word)))
    }

    /// The statement that the numbers make, given what they limit and of which type that is.
    fn limit(&mut self, what: What, interval: Interval, of: Of<'_>) -> Found {
        let Interval { least, most } = interval;
        let clause = self.clause_before();
        let characters = self.unit(CHARACTERS)
            || matches!(what, What::Value | What::Counted)
                && ["长度", "length", "字符数"]
                    .iter()
                    .any(|word| clause.contains(word));
        let bytes = self.unit(BYTES);
        if !bytes && self.unit(SIZES) {
            return Some(Err("a limit of the size of something"));
        }
        if !characters && !bytes && self.goes_on() {
            return Some(Err(NOT_UNDERSTOOD));
        }
        let mut of_whole = clause.clone();
        for word in WHOLES {
            of_whole = of_whole.replace(word, "");
        }
        if PARTS.iter().any(|part| has_word(&of_whole, part)) {
            // The length of each text of an array.
            if let Some(CellType::Array(items)) = of.ty
                && **items == CellType::String
                && self.unit(CHARACTERS)
            {
                return Some(Ok(Statement::Length(least, most)));
            }
            return Some(Err("a limit of a part of the value"));
        }
        let measured = self.unit(MEASURES);
        let ends =
            !self.peek().is_some_and(|c| c == ' ' || c.is_alphanumeric()) || self.unit(JOINS);
        let counted = what == What::Counted;
        Some(match of.ty {
            Some(CellType::Array(_)) if counted && (measured || self.unit(TIMES)) && !ends => {
                Err("a limit of something else than the number of items")
            }
            Some(CellType::String) if bytes => Ok(Statement::Bytes(least, most)),
            _ if bytes => Err("a limit in bytes of something else than a text"),
            Some(CellType::Array(_)) if !characters && what != What::Length => {
                Ok(Statement::Items(least, most))
            }
            Some(CellType::String) if characters || matches!(what, What::Length | What::Size) => {
                Ok(Statement::Length(least, most))
            }
            Some(CellType::String) if what == What::Value => {
                Err("a limit of a number that is sent as text")
            }
            Some(CellType::String) => Err("a limit of something within the text"),
            Some(CellType::Integer | CellType::Long | CellType::Number)
                if matches!(what, What::Value | What::Size)
                    || counted && (ends || measured || of.counts) =>
            {
                Ok(Statement::Range(least, most))
            }
            Some(CellType::Integer | CellType::Long | CellType::Number) => {
                Err("a limit that may be one of the value, or not")
            }
            Some(CellType::Array(_)) => Err("a limit of the items rather than of their number"),
            _ => Err("a limit that values of this type do not have"),
        })
    }
}
