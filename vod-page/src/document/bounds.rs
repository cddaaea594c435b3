//! Limits, defaults and values: what the members of a type say and what its description says.
//!
//! A member is what a program reads, so it wins. Where the description says something else, that is
//! a trouble; where it says more, both hold.

use crate::Address;
use crate::facts::{CellType, Stated, Statement};
use crate::json::Json;

use super::reader::{Opened, Reader};
use super::schema::Shape;
use super::tree::Member;

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Range,
    Length,
    Items,
}

/// Which end a limit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Least,
    Most,
}

/// One end of a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bound {
    what: What,
    end: End,
    value: i64,
    line: usize,
}

const UNFIT: &str = "a limit that does not fit the type";

const MEMBERS: &[(&str, What, End)] = &[
    ("minimum", What::Range, End::Least),
    ("maximum", What::Range, End::Most),
    ("minLength", What::Length, End::Least),
    ("maxLength", What::Length, End::Most),
    ("minItems", What::Items, End::Least),
    ("maxItems", What::Items, End::Most),
];

impl<'d> Reader<'d> {
    /// The limits among the members of a type.
    pub(super) fn bounds(&mut self, opened: &Opened<'d>, shape: &mut Shape, at: &Address) {
        let ty = shape.ty.as_ref().map(|it| it.value.clone());
        for (name, what, end) in MEMBERS {
            let Some(member) = opened.get(name) else {
                continue;
            };
            if !ty.as_ref().is_some_and(|ty| what.is_of(ty)) {
                self.skip(*member, UNFIT);
                continue;
            }
            let Some(value) = self.whole_number(*member, at) else {
                continue;
            };
            let exclusive = match end {
                End::Least => opened.get("exclusiveMinimum"),
                End::Most => opened.get("exclusiveMaximum"),
            };
            let is_exclusive =
                *what == What::Range && self.truth(exclusive, at).is_some_and(|it| it.value);
            let value = match (end, is_exclusive) {
                (End::Least, true) => value.saturating_add(1),
                (End::Most, true) => value.saturating_sub(1),
                _ => value,
            };
            if *what == What::Range && i32::try_from(value).is_err() {
                match &mut shape.ty {
                    // It does not say how many bits it has, and needs more than 32.
                    Some(ty) if ty.value == CellType::Integer && !opened.contains_key("format") => {
                        ty.value = CellType::Long;
                    }
                    Some(ty) if ty.value == CellType::Integer => {
                        let message = format!("`{name}` is {value}, more than 32 bits hold");
                        self.note(member.key, at, message);
                        self.skip(*member, "a limit that its type cannot reach");
                        continue;
                    }
                    _ => {}
                }
            }
            let line = self.line(member.value.start());
            let (what, end) = (*what, *end);
            shape.bounds.push(Bound {
                what,
                end,
                value,
                line,
            });
        }
        if let (Some(member), Some(ty)) = (opened.get("x-annotations"), ty) {
            for item in member.value.items() {
                let line = self.line(item.start());
                match item.json.as_str().and_then(|it| annotation(it, &ty)) {
                    Some(Annotation::Limits(limits)) => {
                        for (what, end, value) in limits {
                            let bound = Bound {
                                what,
                                end,
                                value,
                                line,
                            };
                            let is_idle = |it: &Bound| it.is_same_end(&bound) && it.is_idle();
                            shape.bounds.retain(|it| !is_idle(it));
                            let other = shape.bounds.iter().find(|it| it.is_same_end(&bound));
                            match other.map(|it| it.value) {
                                None => shape.bounds.push(bound),
                                Some(other) if other == value => {}
                                Some(other) => {
                                    let message = format!(
                                        "`{}` is not the limit {other} of the member",
                                        item.json.as_str().unwrap_or_default()
                                    );
                                    self.note(item.start(), at, message);
                                }
                            }
                        }
                    }
                    Some(Annotation::Mandatory) => {}
                    None => {
                        let message = format!("the annotation {} is not known", item.json);
                        self.note(item.start(), at, message);
                    }
                }
                let text = item.json.as_str().unwrap_or_default();
                if text.starts_with("@Not") {
                    let value = text.to_owned();
                    shape.annotated = Some(Stated { value, line });
                }
            }
        }
    }

    fn whole_number(&mut self, member: Member<'d>, at: &Address) -> Option<i64> {
        match member.value.json {
            Json::Int(value) => Some(*value),
            Json::Float(value) if value.fract() == 0.0 && value.abs() < 9e15 => Some(*value as i64),
            Json::Float(_) | Json::Large(_) => {
                self.skip(member, "limits are whole numbers of 64 bits");
                None
            }
            other => {
                let message = format!("`{}` is {other}, no number", member.name);
                self.note(member.key, at, message);
                None
            }
        }
    }
}

impl What {
    /// Whether a value of this type can have such a limit itself.
    fn is_of(self, ty: &CellType) -> bool {
        match self {
            Self::Range => matches!(ty, CellType::Integer | CellType::Long | CellType::Number),
            Self::Length => *ty == CellType::String,
            Self::Items => matches!(ty, CellType::Array(_)),
        }
    }

    fn statement(self, least: Option<i64>, most: Option<i64>) -> Statement {
        match self {
            Self::Range => Statement::Range(least, most),
            Self::Length => Statement::Length(least, most),
            Self::Items => Statement::Items(least, most),
        }
    }
}

impl Bound {
    fn is_same_end(&self, other: &Self) -> bool {
        self.what == other.what && self.end == other.end
    }

    /// Whether it only says what holds anyway.
    fn is_idle(&self) -> bool {
        match (self.what, self.end) {
            (What::Length | What::Items, End::Least) => self.value == 0,
            (_, End::Most) => self.value >= i64::from(i32::MAX),
            (What::Range, End::Least) => self.value <= i64::from(i32::MIN),
        }
    }

    fn statement(&self) -> Stated<Statement> {
        let value = match self.end {
            End::Least => self.what.statement(Some(self.value), None),
            End::Most => self.what.statement(None, Some(self.value)),
        };
        let line = self.line;
        Stated { value, line }
    }
}

enum Annotation {
    Mandatory,
    Limits(Vec<(What, End, i64)>),
}

/// Reads `@Range(min = 1, max = 6)`.
fn annotation(text: &str, ty: &CellType) -> Option<Annotation> {
    let (name, rest) = text.trim().split_once('(').unwrap_or((text.trim(), ")"));
    let sized = match ty {
        CellType::Array(_) => What::Items,
        _ => What::Length,
    };
    let what = match name {
        "@NotNull" => return Some(Annotation::Mandatory),
        "@NotEmpty" | "@NotBlank" => {
            return Some(Annotation::Limits(vec![(sized, End::Least, 1)]));
        }
        "@Range" => What::Range,
        "@Size" | "@Length" => sized,
        _ => return None,
    };
    let mut limits = Vec::new();
    for pair in rest.strip_suffix(')')?.split(',') {
        let (key, value) = pair.split_once('=')?;
        let end = match key.trim() {
            "min" => End::Least,
            "max" => End::Most,
            "message" => continue,
            _ => return None,
        };
        limits.push((what, end, value.trim().parse().ok()?));
    }
    what.is_of(ty).then_some(Annotation::Limits(limits))
}

/// What is stated of a value, with what does not fit together.
pub(super) struct Stating {
    pub(super) states: Vec<Stated<Statement>>,
    pub(super) troubles: Vec<(usize, String)>,
}

impl Stating {
    /// Puts the limits of the members and those of the description together.
    pub(super) fn of(bounds: &[Bound], told: &[Stated<Statement>]) -> Self {
        let mut stating = Self {
            states: Vec::new(),
            troubles: Vec::new(),
        };
        let told_bounds: Vec<_> = told.iter().flat_map(ends).collect();
        for bound in bounds {
            let other = told_bounds.iter().find(|it| it.is_same_end(bound));
            match other {
                // The description says more than a member that limits nothing.
                Some(_) if bound.is_idle() => {}
                Some(other) if other.value != bound.value && !other.is_idle() => {
                    stating.states.push(bound.statement());
                    let message = format!(
                        "the description says {}, a member {}",
                        other.value, bound.value
                    );
                    stating.troubles.push((other.line, message));
                }
                _ => stating.states.push(bound.statement()),
            }
        }
        let is_member = |it: &&Bound| {
            let mut known = bounds.iter();
            known.any(|bound| bound.is_same_end(it) && !bound.is_idle())
        };
        let more = told_bounds.iter().filter(|it| !is_member(it));
        stating.states.extend(more.map(Bound::statement));
        let others = told.iter().filter(|it| ends(it).is_empty());
        stating.states.extend(others.cloned());
        // A member does not say in which unit it counts.
        let in_bytes = |it: &Stated<Statement>| matches!(it.value, Statement::Bytes(..));
        if told.iter().any(in_bytes) {
            for stated in &mut stating.states {
                if let Statement::Length(least, most) = stated.value {
                    stated.value = Statement::Bytes(least, most);
                }
            }
        }
        stating
    }

    /// Takes up the default that a member states.
    pub(super) fn default(&mut self, member: Option<&Stated<String>>) {
        let Some(member) = member else { return };
        let told = self.states.iter().find_map(|it| match &it.value {
            Statement::Default(text) => Some((it.line, text.clone())),
            _ => None,
        });
        let is_default = |it: &Stated<Statement>| matches!(it.value, Statement::Default(_));
        self.states.retain(|it| !is_default(it));
        if let Some((line, text)) = told
            && !is_same(&text, &member.value)
        {
            let message = format!(
                "the description says that the default is `{text}`, a member `{}`",
                member.value
            );
            self.troubles.push((line, message));
        }
        self.states.push(Stated {
            value: Statement::Default(member.value.clone()),
            line: member.line,
        });
    }

    pub(super) fn deprecated(&mut self, member: Option<&Stated<bool>>) {
        let is_told = self
            .states
            .iter()
            .any(|it| it.value == Statement::Deprecated);
        if let Some(Stated { value: true, line }) = member
            && !is_told
        {
            self.states.push(Stated {
                value: Statement::Deprecated,
                line: *line,
            });
        }
    }

    /// The values of a member, or else those of the description.
    pub(super) fn values(
        &mut self,
        members: Vec<Stated<String>>,
        told: Vec<Stated<String>>,
    ) -> Vec<Stated<String>> {
        if members.is_empty() {
            return told;
        }
        let lacked = |list: &[Stated<String>], by: &[Stated<String>]| {
            let has_it = |it: &&Stated<String>| !by.iter().any(|other| other.value == it.value);
            let names = list.iter().filter(has_it).map(|it| it.value.as_str());
            names.collect::<Vec<_>>().join(", ")
        };
        if let Some(first) = told.first() {
            let parts = [
                (
                    "the description lists",
                    lacked(&told, &members),
                    "`enum` does not",
                ),
                (
                    "`enum` lists",
                    lacked(&members, &told),
                    "the description does not",
                ),
            ];
            let parts = parts.iter().filter(|(_, names, _)| !names.is_empty());
            let parts = parts.map(|(who, names, not)| format!("{who} {names}, which {not}"));
            let parts: Vec<_> = parts.collect();
            if !parts.is_empty() {
                self.troubles.push((first.line, parts.join("; ")));
            }
        }
        members
    }
}

/// Whether two texts are one default.
fn is_same(a: &str, b: &str) -> bool {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a.eq_ignore_ascii_case(b),
    }
}

/// The ends of a limit that a description states.
fn ends(stated: &Stated<Statement>) -> Vec<Bound> {
    let (what, least, most) = match stated.value {
        Statement::Range(least, most) => (What::Range, least, most),
        Statement::Length(least, most) | Statement::Bytes(least, most) => {
            (What::Length, least, most)
        }
        Statement::Items(least, most) => (What::Items, least, most),
        _ => return Vec::new(),
    };
    let ends = [(End::Least, least), (End::Most, most)];
    let ends = ends.into_iter().filter_map(|(end, value)| {
        Some(Bound {
            what,
            end,
            value: value?,
            line: stated.line,
        })
    });
    ends.collect()
}
