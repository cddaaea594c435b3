//! What is wrong with a script, or with the code under test.

use std::fmt;
use std::panic::Location;

/// A mistake in what a [`Service`](crate::Service) was told to answer, or a request that nobody foresaw.
///
/// As text it is a sentence that begins with the place of the reply in the test, if it is about one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    kind: MistakeKind,
    message: String,
    place: Option<&'static Location<'static>>,
}

/// The kinds of [`Mistake`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MistakeKind {
    /// A reply is for an operation that the service does not know.
    UnknownOperation,
    /// A reply was not sent, as the operation has no such reply.
    Misfit,
    /// No request came for a reply.
    Unused,
    /// No reply was queued for a valid request.
    Unforeseen,
}

impl Mistake {
    pub(crate) fn new(kind: MistakeKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            place: None,
        }
    }

    pub(crate) fn at(mut self, place: &'static Location<'static>) -> Self {
        self.place = Some(place);
        self
    }

    /// What kind of mistake it is.
    pub fn kind(&self) -> MistakeKind {
        self.kind
    }

    /// What is wrong, without the place.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where the reply was given to the service or, if a closure made it, where it was made; `None` for a request that
    /// nobody foresaw.
    pub fn place(&self) -> Option<&'static Location<'static>> {
        self.place
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = self.place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.message)
    }
}

/// The test and the code under test do not agree on what the service is asked and answers. From
/// [`Service::finish`](crate::Service::finish).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptError {
    mistakes: Vec<Mistake>,
}

/// How many mistakes the message has.
const SHOWN: usize = 10;

impl ScriptError {
    /// `None` if there are no mistakes.
    pub(crate) fn of(mistakes: Vec<Mistake>) -> Option<Self> {
        (!mistakes.is_empty()).then_some(Self { mistakes })
    }

    /// All mistakes: first those that were found while the service ran, in the order of their time, then the replies that
    /// no request came for.
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the VOD service of this test was not used as its script says:")?;
        for mistake in self.mistakes.iter().take(SHOWN) {
            write!(f, "\n- {mistake}")?;
        }
        match self.mistakes.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, "\n- and {more} more"),
        }
    }
}

impl std::error::Error for ScriptError {}
