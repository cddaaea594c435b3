//! What is wrong with a value, and where it is.

use std::fmt;

use crate::check::constraints::{Name, Relation};
use crate::error::text;
use crate::facts::Property;
use crate::wire::Json;

/// What is wrong with a value, and where it is. In a box, as checks that find nothing return it as
/// well.
#[derive(Debug)]
pub(crate) struct Misfit(Box<Parts>);

#[derive(Debug)]
struct Parts {
    /// From the inside out, so that a request without mistakes needs none.
    path: Vec<Step>,
    message: Message,
    /// What a caller in Rust can do about it.
    advice: &'static str,
}

/// What is wrong, without the name of the value.
#[derive(Debug)]
enum Message {
    Text(String),
    Relation(Relation),
}

#[derive(Debug)]
enum Step {
    Member { name: String, rust_name: String },
    Item(usize),
}

impl Step {
    fn name(&self) -> Option<&String> {
        match self {
            Self::Member { name, .. } => Some(name),
            Self::Item(_) => None,
        }
    }

    fn rust_name(&self) -> Option<&String> {
        match self {
            Self::Member { rust_name, .. } => Some(rust_name),
            Self::Item(_) => None,
        }
    }
}

impl Misfit {
    /// `message` continues a sentence that begins with the name of the value: `takes at most …`.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self::with(Message::Text(message.into()))
    }

    /// The same about a parameter.
    pub(crate) fn of(property: &Property, message: impl Into<String>) -> Self {
        Self::new(message).inside(property.name, property.rust_name)
    }

    /// Members of an object that do not go together.
    pub(super) fn broken(relation: Relation) -> Self {
        Self::with(Message::Relation(relation))
    }

    fn with(message: Message) -> Self {
        Self(Box::new(Parts {
            path: Vec::new(),
            message,
            advice: "",
        }))
    }

    /// Adds what a caller in Rust can do about it; other callers do not see it.
    pub(super) fn with_advice(mut self, advice: &'static str) -> Self {
        self.0.advice = advice;
        self
    }

    pub(super) fn wrong_type(expected: &str, found: Json<'_>) -> Self {
        let found = match found {
            Json::Null => "null".to_owned(),
            Json::Bool(value) => value.to_string(),
            // Text is not shown, nor a number in place of text: it could be a key.
            Json::Number(_) if expected == "text" => "a number".to_owned(),
            Json::Number(number) => number.to_string(),
            Json::String(_) | Json::Unlisted(_) => "text".to_owned(),
            Json::Array(_) => "a list".to_owned(),
            Json::Object(_) => "an object".to_owned(),
        };
        Self::new(format!("must be {expected}, got {found}"))
    }

    pub(crate) fn inside(mut self, name: &str, rust_name: &str) -> Self {
        self.0.path.push(Step::Member {
            name: name.to_owned(),
            rust_name: rust_name.to_owned(),
        });
        self
    }

    pub(super) fn at(mut self, index: usize) -> Self {
        self.0.path.push(Step::Item(index));
        self
    }

    /// The same as a sentence about a JSON body, with the names on the wire alone.
    pub(crate) fn in_body(&self) -> String {
        let path = self.path(Step::name);
        let value = if path.is_empty() { "the body" } else { &path };
        format!("{value} {}", self.message(&|name| name.wire.to_owned()))
    }

    /// The names on the wire that lead to the value: the parameter, and the path inside of it.
    pub(crate) fn place(&self) -> (Option<&str>, String) {
        let mut steps = self.0.path.iter().rev();
        let parameter = steps.next().and_then(Step::name).map(String::as_str);
        (parameter, path(steps, Step::name))
    }

    /// What is wrong, without the name of the value and with the names of other members that
    /// `call` gives them.
    pub(crate) fn message(&self, call: &dyn Fn(Name) -> String) -> String {
        match &self.0.message {
            Message::Text(text) => text.clone(),
            Message::Relation(relation) => relation.message(call),
        }
    }

    fn path(&self, name_of: impl Fn(&Step) -> Option<&String>) -> String {
        path(self.0.path.iter().rev(), name_of)
    }
}

fn path<'a>(
    steps: impl Iterator<Item = &'a Step>,
    name_of: impl Fn(&Step) -> Option<&String>,
) -> String {
    let mut path = String::new();
    for step in steps {
        match (step, name_of(step)) {
            (Step::Item(index), _) => path.push_str(&format!("[{index}]")),
            (_, Some(name)) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(&text::line(name, text::NAME));
            }
            (_, None) => {}
        }
    }
    path
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wire = self.path(Step::name);
        let rust = self.path(Step::rust_name);
        match rust.as_str() {
            "" => f.write_str("the request")?,
            rust => f.write_str(&named(rust, &wire))?,
        }
        let message = self.message(&|name| name.to_string());
        write!(f, " {message}{}", self.0.advice)
    }
}

/// The name in Rust and, if it differs, the name on the wire.
fn named(rust_name: &str, name: &str) -> String {
    if rust_name == name {
        name.to_owned()
    } else {
        format!("{rust_name} (on the wire: {name})")
    }
}
