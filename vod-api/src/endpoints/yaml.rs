//! A small tree of YAML whose nodes know their lines: text, lists and maps.

use std::fmt;

use granit_parser::{Event, Parser, ScalarStyle, StrInput};

/// A piece of YAML, with its line.
pub(super) struct Node {
    line: usize,
    kind: Kind,
}

enum Kind {
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
    /// Stands for a node elsewhere. The file is shared: those of other services do not matter.
    Alias,
}

impl Node {
    /// Reads a whole file. An empty one is an empty map.
    pub(super) fn parse(text: &str) -> Result<Self, YamlError> {
        let mut events = Events(Parser::new_from_str(text));
        match events.next()? {
            (Event::StreamEnd, line) => Ok(Self {
                line,
                kind: Kind::Map(Vec::new()),
            }),
            start => events.node(start),
        }
    }

    /// Where it begins.
    pub(super) fn line(&self) -> usize {
        self.line
    }

    /// Its text. `wanted` is what an error says should be here, with an article.
    pub(super) fn text(&self, wanted: &'static str) -> Result<&str, YamlError> {
        match &self.kind {
            Kind::Text(text) => Ok(text),
            _ => self.refuse(wanted),
        }
    }

    /// Its items. A key without a value has an empty list.
    pub(super) fn list(&self, wanted: &'static str) -> Result<&[Self], YamlError> {
        match &self.kind {
            Kind::List(items) => Ok(items),
            Kind::Text(text) if text.is_empty() => Ok(&[]),
            _ => self.refuse(wanted),
        }
    }

    /// Its entries. A key without a value has an empty map.
    pub(super) fn map(&self, wanted: &'static str) -> Result<&[(String, Self)], YamlError> {
        match &self.kind {
            Kind::Map(entries) => match entries.iter().find(|(key, _)| key == "<<") {
                Some((_, merged)) => Err(Problem::Merge.at(merged.line)),
                None => Ok(entries),
            },
            Kind::Text(text) if text.is_empty() => Ok(&[]),
            _ => self.refuse(wanted),
        }
    }

    fn refuse<T>(&self, wanted: &'static str) -> Result<T, YamlError> {
        let problem = match self.kind {
            Kind::Alias => Problem::Alias(wanted),
            _ => Problem::Other(wanted),
        };
        Err(problem.at(self.line))
    }
}

/// Why a text cannot be read.
#[derive(Debug)]
pub(crate) struct YamlError {
    line: usize,
    problem: Problem,
}

#[derive(Debug)]
enum Problem {
    Syntax(String),
    /// Something else than what is wanted.
    Other(&'static str),
    /// An alias instead of what is wanted.
    Alias(&'static str),
    /// A key `<<`, which adds the entries of another map.
    Merge,
    /// Neither text nor a list nor a map.
    Unknown,
}

impl Problem {
    fn at(self, line: usize) -> YamlError {
        YamlError {
            line,
            problem: self,
        }
    }
}

impl fmt::Display for YamlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        match &self.problem {
            Problem::Syntax(message) => f.write_str(message),
            Problem::Other(wanted) => write!(f, "expected {wanted}"),
            Problem::Alias(wanted) => write!(f, "expected {wanted}, not an alias"),
            Problem::Merge => f.write_str("`<<` is not supported here"),
            Problem::Unknown => f.write_str("only text, lists and maps are supported here"),
        }
    }
}

/// The parser, with the line of each event. Its own limits bound how deep things nest.
struct Events<'a>(Parser<'a, StrInput<'a>>);

impl<'a> Events<'a> {
    /// The next event that matters.
    fn next(&mut self) -> Result<(Event<'a>, usize), YamlError> {
        for event in self.0.by_ref() {
            match event {
                Ok((
                    Event::StreamStart
                    | Event::DocumentStart(..)
                    | Event::DocumentEnd
                    | Event::Comment(..),
                    _,
                )) => {}
                Ok((event, span)) => return Ok((event, span.start.line())),
                Err(error) => {
                    let problem = Problem::Syntax(error.info().to_owned());
                    return Err(problem.at(error.marker().line()));
                }
            }
        }
        Ok((Event::StreamEnd, 1))
    }

    /// The node that an event begins.
    fn node(&mut self, (event, line): (Event<'a>, usize)) -> Result<Node, YamlError> {
        let kind = match event {
            Event::Scalar(text, style, ..) => {
                let none = matches!(&*text, "~" | "null" | "Null" | "NULL");
                Kind::Text(if style == ScalarStyle::Plain && none {
                    String::new()
                } else {
                    text.into_owned()
                })
            }
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        (Event::SequenceEnd, _) => break Kind::List(items),
                        start => items.push(self.node(start)?),
                    }
                }
            }
            Event::MappingStart(..) => {
                let mut entries = Vec::new();
                loop {
                    let key = match self.next()? {
                        (Event::MappingEnd, _) => break Kind::Map(entries),
                        start => self.node(start)?,
                    };
                    let start = self.next()?;
                    entries.push((key.text("text")?.to_owned(), self.node(start)?));
                }
            }
            Event::Alias(..) => Kind::Alias,
            _ => return Err(Problem::Unknown.at(line)),
        };
        Ok(Node { line, kind })
    }
}
