//! Limits, defaults and deprecation, by the phrases that state them.

use super::Told;
use super::scan::{Interval, Scan};
use crate::describe::{Part, is_none};
use crate::facts::{CellType, Stated, Statement};

/// What a phrase announces.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Cue {
    /// Two numbers, smallest and largest.
    Both(What),
    Least(What),
    Most(What),
    Default,
    Deprecated,
}

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq)]
enum What {
    /// The value itself, or the number of items of an array.
    Value,
    Length,
    Items,
    /// What the word after the number says, or else the type.
    Counted,
}

/// The phrases; where one begins like another one, the longer one comes first.
const CUES: &[(&str, Cue)] = &[
    ("value ranges from", Cue::Both(What::Value)),
    ("value range", Cue::Both(What::Value)),
    ("values range from", Cue::Both(What::Value)),
    ("ranges from", Cue::Both(What::Value)),
    ("range:", Cue::Both(What::Value)),
    ("array length", Cue::Both(What::Items)),
    ("minimum length", Cue::Least(What::Length)),
    ("maximum length", Cue::Most(What::Length)),
    ("min length", Cue::Least(What::Length)),
    ("max length", Cue::Most(What::Length)),
    ("length:", Cue::Both(What::Length)),
    ("length range", Cue::Both(What::Length)),
    ("minimum value", Cue::Least(What::Value)),
    ("maximum value", Cue::Most(What::Value)),
    ("minimum:", Cue::Least(What::Value)),
    ("maximum:", Cue::Most(What::Value)),
    ("a maximum of", Cue::Most(What::Counted)),
    ("a minimum of", Cue::Least(What::Counted)),
    ("up to", Cue::Most(What::Counted)),
    ("at most", Cue::Most(What::Counted)),
    ("no more than", Cue::Most(What::Counted)),
    ("cannot exceed", Cue::Most(What::Counted)),
    ("not exceed", Cue::Most(What::Counted)),
    ("at least", Cue::Least(What::Counted)),
    ("default value", Cue::Default),
    ("default:", Cue::Default),
    ("default is", Cue::Default),
    ("defaults to", Cue::Default),
    ("deprecated", Cue::Deprecated),
    ("no longer used", Cue::Deprecated),
    ("数组长度", Cue::Both(What::Items)),
    ("最小长度", Cue::Least(What::Length)),
    ("最大长度", Cue::Most(What::Length)),
    ("长度不超过", Cue::Most(What::Length)),
    ("长度", Cue::Both(What::Length)),
    ("取值范围", Cue::Both(What::Value)),
    ("范围", Cue::Both(What::Value)),
    ("最小值", Cue::Least(What::Value)),
    ("最大值", Cue::Most(What::Value)),
    ("最多", Cue::Most(What::Counted)),
    ("不超过", Cue::Most(What::Counted)),
    ("不能超过", Cue::Most(What::Counted)),
    ("不大于", Cue::Most(What::Counted)),
    ("最大", Cue::Most(What::Counted)),
    ("至少", Cue::Least(What::Counted)),
    ("默认值", Cue::Default),
    ("缺省值", Cue::Default),
    ("默认", Cue::Default),
    ("已废弃", Cue::Deprecated),
    ("已弃用", Cue::Deprecated),
    ("不再使用", Cue::Deprecated),
];

/// Words between a phrase and its numbers.
const FILLERS: &[&str] = &[
    ":", "is", "are", "of", "from", "for", "within", "为", "是", "在", "支持", "可以", "the",
];

/// Words after a number that count the characters of a text.
const CHARACTERS: &[&str] = &["character", "letter", "个字符", "字符", "个字", "位"];

/// Words that make another number of the one before them.
const MULTIPLIERS: &[&str] = &[
    "hundred", "thousand", "million", "billion", "k", "m", "百", "千", "万", "亿",
];

/// Words before another number or range that is possible as well.
const ALTERNATIVES: &[&str] = &["or", "and", "或", "和", "、"];

/// Words that count something else than characters or items.
const BYTES: &[&str] = &["byte", "个字节", "字节", "kb", "mb", "gb"];

/// Words that speak of a part of the value.
const PARTS: &[&str] = &["each", "every", "every single", "per ", "每", "单个"];

/// Reads what one paragraph states.
pub(super) fn read(part: &Part, ty: Option<&CellType>, told: &mut Told) {
    let mut scan = Scan::new(&part.text);
    while scan.at < scan.folded.len() {
        let start = scan.at;
        let found = match scan.cue() {
            Some(cue) => scan.statement(cue, ty),
            None => scan.characters(ty),
        };
        match found {
            Some(Ok(value)) => told.states.push(Stated {
                value,
                line: part.line,
            }),
            Some(Err(why)) => {
                let trouble = (part.line, format!("{why}: {}", scan.sentence(start)));
                if told.troubles.last() != Some(&trouble) {
                    told.troubles.push(trouble);
                }
            }
            None => {}
        }
        scan.at = scan.at.max(start + 1);
    }
}

type Found = Option<Result<Statement, &'static str>>;

impl Scan {
    fn cue(&mut self) -> Option<Cue> {
        if !self.at_word() && self.peek()?.is_ascii() {
            return None;
        }
        CUES.iter()
            .find(|(words, _)| self.take(words))
            .map(|(_, cue)| *cue)
    }

    fn fillers(&mut self) {
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
    fn ends_word(&self, word: &str) -> bool {
        let next = self.folded.get(self.at + word.chars().count());
        !word.is_ascii() || word == ":" || !next.is_some_and(char::is_ascii_alphanumeric)
    }

    fn statement(&mut self, cue: Cue, ty: Option<&CellType>) -> Found {
        match cue {
            Cue::Deprecated => Some(Ok(Statement::Deprecated)),
            Cue::Default => self.default(),
            Cue::Both(what) => {
                self.fillers();
                if let Some(interval) = self.interval() {
                    self.limit(what, interval, ty)
                } else if self.cue_of_most()
                    && let Some(number) = self.number()
                {
                    self.limit(what, Interval::to(number), ty)
                } else {
                    self.unread()
                }
            }
            Cue::Least(what) => {
                self.fillers();
                match self.number() {
                    Some(number) => self.limit(what, Interval::from(number), ty),
                    None => self.unread(),
                }
            }
            Cue::Most(what) => {
                self.fillers();
                match self.number() {
                    Some(number) => self.limit(what, Interval::to(number), ty),
                    None => self.unread(),
                }
            }
        }
    }

    /// A phrase for the largest number, after a word such as `长度`.
    fn cue_of_most(&mut self) -> bool {
        let start = self.at;
        let most = matches!(self.cue(), Some(Cue::Most(_)));
        if most {
            self.fillers();
        } else {
            self.at = start;
        }
        most
    }

    /// Whether there is more to the number before this place: `10万`, `2^31`, `99 or 200`.
    fn goes_on(&mut self) -> bool {
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

    /// What a phrase announced is no number; that matters if there is one in the same clause.
    fn unread(&self) -> Found {
        let rest = self.folded.get(self.at..).unwrap_or_default();
        let clause = rest
            .iter()
            .take_while(|c| !matches!(c, '.' | ';' | ','))
            .take(20);
        let digit = clause.clone().any(char::is_ascii_digit);
        digit.then_some(Err("a limit that is not understood"))
    }

    /// A number of characters without a phrase before it: `1 to 128 characters`.
    fn characters(&mut self, ty: Option<&CellType>) -> Found {
        if !self.peek()?.is_ascii_digit() || !self.at_word() {
            return None;
        }
        let start = self.at;
        let interval = self.interval();
        match interval {
            Some(interval) if self.unit(CHARACTERS) => self.limit(What::Length, interval, ty),
            Some(_) => None,
            None => {
                self.at = start;
                while self.peek().is_some_and(|c| c.is_ascii_alphanumeric()) {
                    self.at += 1;
                }
                None
            }
        }
    }

    /// The statement that the numbers make, given what they limit and of which type that is.
    fn limit(
        &mut self,
        what: What,
        Interval { least, most }: Interval,
        ty: Option<&CellType>,
    ) -> Found {
        let characters = self.unit(CHARACTERS);
        if self.unit(BYTES) {
            return Some(Err("a limit in bytes"));
        }
        if !characters && self.goes_on() {
            return Some(Err("a limit that is not understood"));
        }
        if PARTS.iter().any(|part| self.clause_before().contains(part)) {
            return Some(Err("a limit of a part of the value"));
        }
        let ends = !self.peek().is_some_and(|c| c == ' ' || c.is_alphanumeric());
        let counted = what == What::Counted;
        Some(match ty {
            Some(CellType::Array(_)) if !characters && what != What::Length => {
                Ok(Statement::Items(least, most))
            }
            Some(CellType::String) if characters || what == What::Length => {
                Ok(Statement::Length(least, most))
            }
            Some(CellType::Integer | CellType::Long | CellType::Number)
                if what == What::Value || (counted && ends) =>
            {
                Ok(Statement::Range(least, most))
            }
            _ => Err("a limit that does not fit the type"),
        })
    }

    /// What is assumed, after the words for it.
    fn default(&mut self) -> Found {
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
        if value.is_empty() || is_none(&value) || value == "null" {
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
