//! Text to values that know their places: RFC 8259 to the letter, and no name twice in an object.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Json, Object};

/// Deeper nesting than any example needs.
const MAX_DEPTH: usize = 64;

/// Where a value stands in its text, in bytes.
#[derive(Debug)]
pub struct Place {
    /// Its name, quotes included, if it is a member of an object.
    pub key: Range<usize>,
    /// Its value.
    pub value: Range<usize>,
    /// Those of its items, or of its members in the order of [`Object`].
    pub inner: Vec<Place>,
}

/// Why a text is not JSON; the place has whole characters.
#[derive(Debug)]
pub struct Error {
    /// What is wrong.
    pub problem: Problem,
    /// Where.
    pub place: Range<usize>,
}

/// What is wrong with a text that is not JSON.
#[derive(Debug)]
pub enum Problem {
    /// It breaks a rule of JSON.
    Syntax(&'static str),
    /// A member has the name of an earlier one, which stands at `first`.
    Duplicate {
        /// The name.
        name: String,
        /// The place of the first one.
        first: Range<usize>,
    },
}

/// Reads a text that is one value.
///
/// # Errors
///
/// The first place where the text is not JSON.
pub fn parse(text: &str) -> Result<(Json, Place), Error> {
    let mut reader = Reader { text, at: 0 };
    let read = reader.value(0)?;
    reader.blank();
    match reader.peek() {
        None => Ok(read),
        Some(_) => Err(reader.fail("trailing characters")),
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn eat(&mut self, due: &str) -> bool {
        let found = self.rest().starts_with(due);
        if found {
            self.at += due.len();
        }
        found
    }

    /// Goes past all characters like that and says how many bytes they have.
    fn skip(&mut self, like: impl Fn(char) -> bool) -> usize {
        let rest = self.rest();
        let skipped = rest.len() - rest.trim_start_matches(like).len();
        self.at += skipped;
        skipped
    }

    fn blank(&mut self) {
        self.skip(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
    }

    /// A problem with the next character, or with the last one if there is no next.
    fn fail(&self, message: &'static str) -> Error {
        let (message, at, c) = match self.peek() {
            Some(c) => (message, self.at, Some(c)),
            None => {
                let last = self.text.trim_end().char_indices().next_back();
                let (at, c) = last.unzip();
                ("it ends too early", at.unwrap_or_default(), c)
            }
        };
        Error {
            problem: Problem::Syntax(message),
            place: at..at + c.map_or(0, char::len_utf8),
        }
    }

    fn value(&mut self, depth: usize) -> Result<(Json, Place), Error> {
        self.blank();
        let start = self.at;
        let mut inner = Vec::new();
        let value = match self.peek() {
            Some('"') => Json::String(self.string()?),
            Some('-' | '0'..='9') => self.number()?,
            Some('[' | '{') if depth == MAX_DEPTH => return Err(self.fail("nested too deeply")),
            Some('[') => Json::Array(self.array(depth + 1, &mut inner)?),
            Some('{') => Json::Object(self.object(depth + 1, &mut inner)?),
            _ if self.eat("null") => Json::Null,
            _ if self.eat("true") => Json::Bool(true),
            _ if self.eat("false") => Json::Bool(false),
            _ => return Err(self.fail("expected value")),
        };
        let place = Place {
            key: start..start,
            value: start..self.at,
            inner,
        };
        Ok((value, place))
    }

    /// Whether there is another entry behind `[` or `{`.
    fn first(&mut self, open: &str, close: &str) -> bool {
        self.eat(open);
        self.blank();
        !self.eat(close)
    }

    /// Whether there is another entry behind an entry.
    fn next(&mut self, close: char, message: &'static str) -> Result<bool, Error> {
        self.blank();
        if self.peek() == Some(close) {
            self.at += 1;
            return Ok(false);
        }
        if !self.eat(",") {
            return Err(self.fail(message));
        }
        self.blank();
        match self.peek() {
            Some(c) if c == close => Err(self.fail("trailing comma")),
            _ => Ok(true),
        }
    }

    fn array(&mut self, depth: usize, places: &mut Vec<Place>) -> Result<Vec<Json>, Error> {
        let mut items = Vec::new();
        let mut more = self.first("[", "]");
        while more {
            let (item, place) = self.value(depth)?;
            items.push(item);
            places.push(place);
            more = self.next(']', "expected `,` or `]`")?;
        }
        Ok(items)
    }

    fn object(&mut self, depth: usize, places: &mut Vec<Place>) -> Result<Object, Error> {
        let mut members = BTreeMap::<String, (Json, Place)>::new();
        let mut more = self.first("{", "}");
        while more {
            let start = self.at;
            if self.peek() != Some('"') {
                return Err(self.fail("key must be a string"));
            }
            let name = self.string()?;
            let key = start..self.at;
            if let Some((_, first)) = members.get(&name) {
                let first = first.key.clone();
                return Err(Error {
                    problem: Problem::Duplicate { name, first },
                    place: key,
                });
            }
            self.blank();
            if !self.eat(":") {
                return Err(self.fail("expected `:`"));
            }
            let (member, place) = self.value(depth)?;
            members.insert(name, (member, Place { key, ..place }));
            more = self.next('}', "expected `,` or `}`")?;
        }
        let split = members.into_iter().map(|(name, (member, place))| {
            places.push(place);
            (name, member)
        });
        Ok(split.collect())
    }

    fn number(&mut self) -> Result<Json, Error> {
        let start = self.at;
        let digit = |c: char| c.is_ascii_digit();
        self.eat("-");
        // Nothing but a point or an exponent can follow a zero at the start.
        if (!self.eat("0") && self.skip(digit) == 0) || self.peek().is_some_and(digit) {
            return Err(self.fail("invalid number"));
        }
        let whole = self.at;
        if self.eat(".") && self.skip(digit) == 0 {
            return Err(self.fail("invalid number"));
        }
        if self.eat("e") || self.eat("E") {
            let _ = self.eat("+") || self.eat("-");
            if self.skip(digit) == 0 {
                return Err(self.fail("invalid number"));
            }
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        // `-0` is a float, as everywhere: whole numbers have no such zero.
        if self.at == whole && text != "-0" {
            if let Ok(number) = text.parse() {
                return Ok(Json::Int(number));
            }
            if let Ok(number) = text.parse() {
                return Ok(Json::Large(number));
            }
        }
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Json::Float(number)),
            _ => Err(Error {
                problem: Problem::Syntax("number out of range"),
                place: start..self.at,
            }),
        }
    }

    fn string(&mut self) -> Result<String, Error> {
        let mut text = String::new();
        self.eat("\"");
        while !self.eat("\"") {
            match self.peek() {
                Some('\\') => text.push(self.escape()?),
                Some(c) if c >= ' ' => {
                    text.push(c);
                    self.at += c.len_utf8();
                }
                _ => return Err(self.fail("a line break or control character in a string")),
            }
        }
        Ok(text)
    }

    fn escape(&mut self) -> Result<char, Error> {
        let start = self.at;
        self.eat("\\");
        let c = match self.peek() {
            Some(c @ ('"' | '\\' | '/')) => c,
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => {
                let mut code = self.code()?;
                if (0xD800..0xDC00).contains(&code)
                    && self.eat("\\")
                    && let low @ 0xDC00..0xE000 = self.code()?
                {
                    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                }
                return char::from_u32(code).ok_or(Error {
                    problem: Problem::Syntax("half of a surrogate pair in a string"),
                    place: start..self.at,
                });
            }
            _ => return Err(self.fail("invalid escape")),
        };
        self.at += 1;
        Ok(c)
    }

    /// The `u` of an escape and the number behind it.
    fn code(&mut self) -> Result<u32, Error> {
        let mut code = 0;
        if !self.eat("u") {
            return Err(self.fail("half of a surrogate pair in a string"));
        }
        for _ in 0..4 {
            let digit = self.peek().and_then(|c| c.to_digit(16));
            code = code * 16 + digit.ok_or_else(|| self.fail("invalid escape"))?;
            self.at += 1;
        }
        Ok(code)
    }
}
