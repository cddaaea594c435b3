//! Text to a tree of nodes that know their places.
//!
//! The tree keeps what later checks need and ordinary YAML readers drop: every key of a map, repeated ones too, how a
//! scalar was written, and the comment behind it. What the format leaves out is refused here: anchors, aliases, tags,
//! directives, keys that are not text, a second document.

#[cfg(feature = "drift")]
pub(crate) mod comments;
mod explain;
pub(crate) mod read;
#[cfg(feature = "drift")]
pub(crate) mod write;

use granit_parser::{Event, Options, Parser, Placement, ScalarStyle};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourceFile, SourceId, Span};

/// Longer texts are refused: every one of them is written by hand.
pub(crate) const MAX_BYTES: usize = 1 << 20;

/// Deeper nesting than any description needs.
const MAX_DEPTH: usize = 32;

/// A piece of YAML.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) kind: NodeKind,
}

#[derive(Debug, Clone)]
pub(crate) enum NodeKind {
    Scalar(Scalar),
    Map(Vec<Entry>),
    List(Vec<Node>),
}

/// A key with its value; the key is always a scalar.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Span,
    pub(crate) value: Node,
}

#[derive(Debug, Clone)]
pub(crate) struct Scalar {
    pub(crate) text: String,
    pub(crate) style: Style,
    /// The comment that cuts it short: the one behind it, if it has no quotes.
    pub(crate) comment: Option<Span>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Without quotes: the one style in which `true` is not text.
    Plain,
    Quoted,
    /// A `|` block, which keeps its lines.
    Literal,
    /// A `>` block.
    Folded,
}

impl Node {
    /// What the node is, for messages.
    pub(crate) fn what(&self) -> &'static str {
        match &self.kind {
            NodeKind::Scalar(scalar) if scalar.is_null() => "nothing",
            NodeKind::Scalar(scalar) if scalar.boolean().is_some() => "true or false",
            NodeKind::Scalar(scalar) if scalar.integer().is_some() => "a number",
            NodeKind::Scalar(scalar) if scalar.is_number() => {
                "a fraction or a number beyond 64 bits"
            }
            NodeKind::Scalar(_) => "text",
            NodeKind::Map(_) => "a map",
            NodeKind::List(_) => "a list",
        }
    }

    /// The value of `key`, if the node is a map that has it.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.kind {
            NodeKind::Map(entries) => entry(entries, key),
            _ => None,
        }
    }
}

/// The entry of a map that has this key.
pub(crate) fn entry<'e>(entries: &'e [Entry], key: &str) -> Option<&'e Entry> {
    entries.iter().find(|entry| entry.key == key)
}

impl Scalar {
    fn plain(&self) -> Option<&str> {
        (self.style == Style::Plain).then_some(self.text.as_str())
    }

    /// Whether YAML reads it as the absence of a value.
    pub(crate) fn is_null(&self) -> bool {
        matches!(self.plain(), Some("" | "~" | "null" | "Null" | "NULL"))
    }

    /// Its truth value: only `true` and `false` have one.
    pub(crate) fn boolean(&self) -> Option<bool> {
        match self.plain()? {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// Its value as a whole number in decimal digits.
    pub(crate) fn integer(&self) -> Option<i64> {
        self.plain()?.parse().ok()
    }

    /// Whether it is a number of any kind.
    pub(crate) fn is_number(&self) -> bool {
        self.plain().is_some_and(|text| {
            text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'))
                && text.parse::<f64>().is_ok()
        })
    }
}

/// Reads one file.
pub(crate) fn parse(id: SourceId, file: &SourceFile) -> Result<Node, Diagnostic> {
    if file.text.len() > MAX_BYTES {
        return Err(Diagnostic::new(
            Code::Syntax,
            one_character(id, &file.text, 0),
            format!("the file is larger than {MAX_BYTES} bytes"),
        )
        .help("split it, or shorten its examples"));
    }
    let text = file.text.as_str();
    let mut options = Options::default();
    options.strict_indentation = true;
    options.disallow_directives = true;
    options.emit_unresolved_aliases = true;
    options.emit_anchor_events = true;
    let mut builder = Builder {
        text,
        open: Vec::new(),
        root: None,
    };
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, place) = event.map_err(|error| {
            let (at, message, help) = explain::explain(&error, text, builder.bracket());
            Diagnostic::new(Code::Syntax, one_character(id, text, at), message).help(help)
        })?;
        let range = place.byte_range().unwrap_or_default();
        let span = Span {
            source: id,
            start: range.start,
            end: range.end,
        };
        builder.take(event, span)?;
    }
    builder.root.ok_or_else(|| {
        Diagnostic::new(
            Code::Syntax,
            Span {
                source: id,
                start: 0,
                end: 0,
            },
            "the file is empty",
        )
        .help("spec/README.md shows what belongs in it")
    })
}

/// The span of the character at `at`, or an empty one at the end of the text.
fn one_character(source: SourceId, text: &str, at: usize) -> Span {
    let start = (0..=at.min(text.len()))
        .rev()
        .find(|&index| text.is_char_boundary(index))
        .unwrap_or_default();
    let width = text
        .get(start..)
        .and_then(|rest| rest.chars().next())
        .map_or(0, char::len_utf8);
    Span {
        source,
        start,
        end: start + width,
    }
}

/// A map or list that is not complete yet.
enum Open {
    Map {
        span: Span,
        entries: Vec<Entry>,
        key: Option<(String, Span)>,
    },
    List {
        span: Span,
        items: Vec<Node>,
    },
}

struct Builder<'t> {
    text: &'t str,
    open: Vec<Open>,
    root: Option<Node>,
}

impl Builder<'_> {
    /// Where the innermost bracket stands that is still open.
    fn bracket(&self) -> Option<usize> {
        let starts = self.open.iter().rev().map(|open| match open {
            Open::Map { span, .. } | Open::List { span, .. } => span.start,
        });
        let is_bracket = |at: &usize| {
            let rest = self.text.get(*at..);
            rest.is_some_and(|rest| rest.starts_with(['{', '[']))
        };
        starts.into_iter().find(is_bracket)
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Diagnostic> {
        match event {
            Event::Scalar(text, style, _, tag) => {
                self.refuse_tag(tag.is_some(), span)?;
                self.add(Node {
                    span,
                    kind: NodeKind::Scalar(Scalar {
                        text: text.into_owned(),
                        style: style_of(style),
                        comment: None,
                    }),
                })
            }
            Event::MappingStart(_, _, tag) => {
                self.refuse_tag(tag.is_some(), span)?;
                self.push(
                    Open::Map {
                        span,
                        entries: Vec::new(),
                        key: None,
                    },
                    span,
                )
            }
            Event::SequenceStart(_, _, tag) => {
                self.refuse_tag(tag.is_some(), span)?;
                self.push(
                    Open::List {
                        span,
                        items: Vec::new(),
                    },
                    span,
                )
            }
            Event::MappingEnd | Event::SequenceEnd => self.close(span),
            Event::Alias(_) | Event::UnresolvedAlias(_) | Event::Anchor(..) => {
                Err(references(span))
            }
            Event::DocumentStart(..) if self.root.is_some() => {
                Err(
                    Diagnostic::new(Code::Syntax, span, "a second document begins here")
                        .help("move it to a file of its own"),
                )
            }
            Event::Comment(_, Placement::Right) => {
                self.comment(span);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// A tag stands right before its node.
    fn refuse_tag(&self, tagged: bool, node: Span) -> Result<(), Diagnostic> {
        if !tagged {
            return Ok(());
        }
        let before = self.text.get(..node.start).unwrap_or_default().trim_end();
        let word = before
            .rsplit(char::is_whitespace)
            .find(|word| word.starts_with('!'));
        let span = word
            .and_then(|word| before.rfind(word).map(|start| (start, start + word.len())))
            .map_or(node, |(start, end)| Span { start, end, ..node });
        Err(outside(
            span,
            "tags",
            "drop it; text that begins with `!` needs quotes",
        ))
    }

    fn push(&mut self, open: Open, span: Span) -> Result<(), Diagnostic> {
        if self.open.len() == MAX_DEPTH {
            return Err(Diagnostic::new(
                Code::Syntax,
                span,
                format!("more than {MAX_DEPTH} levels of nesting"),
            )
            .help("no description needs that many: close what is open"));
        }
        self.open.push(open);
        Ok(())
    }

    fn close(&mut self, end: Span) -> Result<(), Diagnostic> {
        let (span, last, kind) = match self.open.pop() {
            Some(Open::Map { span, entries, .. }) => {
                let last = entries.last().map(|entry| entry.value.span);
                (span, last, NodeKind::Map(entries))
            }
            Some(Open::List { span, items }) => {
                let last = items.last().map(|item| item.span);
                (span, last, NodeKind::List(items))
            }
            None => return Ok(()),
        };
        // A block ends where the next thing begins; its last entry says where its own text ends.
        let last = last.filter(|_| end.start == end.end).unwrap_or(end);
        let span = Span {
            end: last.end,
            ..span
        };
        self.add(Node { span, kind })
    }

    fn add(&mut self, node: Node) -> Result<(), Diagnostic> {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, key, .. }) => match (key.take(), node) {
                (Some((key, key_span)), value) => entries.push(Entry {
                    key,
                    key_span,
                    value,
                }),
                (
                    None,
                    Node {
                        kind: NodeKind::Scalar(scalar),
                        span,
                    },
                ) => *key = Some((scalar.text, span)),
                (None, node) => {
                    return Err(outside(
                        node.span,
                        "keys that are maps or lists",
                        "write one entry per key, and text that begins with a bracket in quotes",
                    ));
                }
            },
        }
        Ok(())
    }

    /// Notes a comment with the plain scalar that it cuts short, if there is one right before it.
    fn comment(&mut self, comment: Span) {
        let last = match self.open.last_mut() {
            Some(Open::Map {
                entries, key: None, ..
            }) => entries.last_mut().map(|entry| &mut entry.value),
            Some(Open::List { items, .. }) => items.last_mut(),
            _ => None,
        };
        if let Some(Node {
            kind: NodeKind::Scalar(scalar),
            span,
        }) = last
        {
            let between = self.text.get(span.end..comment.start);
            let is_behind =
                between.is_some_and(|text| text.chars().all(|c| matches!(c, ' ' | '\t')));
            if scalar.style == Style::Plain && is_behind {
                scalar.comment = Some(comment);
            }
        }
    }
}

fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    }
}

fn references(span: Span) -> Diagnostic {
    outside(
        span,
        "anchors or aliases",
        "write the value out where it is used; text that begins with `&` or `*` needs quotes",
    )
}

fn outside(span: Span, what: &str, help: &str) -> Diagnostic {
    Diagnostic::new(Code::Syntax, span, format!("this format has no {what}")).help(help)
}
