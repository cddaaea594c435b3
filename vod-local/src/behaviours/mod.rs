//! The table of all operations that have state: what each reads and changes, which events it leads
//! to, how it fails, and on what that rests.

mod categories;
mod cdn;
mod editing;
mod management;
mod others;
mod processing;
mod settings;
mod templates;
mod upload;
mod watermarks;

use crate::operations::Run;

/// What an operation of the service with state does.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Behaviour {
    /// The operation, by its name in the docs.
    pub operation: &'static str,
    /// The states that it looks at or shows.
    pub reads: &'static [&'static str],
    /// The states that it changes, or that change because of it.
    pub writes: &'static [&'static str],
    /// The events that it leads to, by their names on the wire.
    pub events: &'static [&'static str],
    /// How it is refused, besides what is wrong with any request.
    pub errors: &'static [Failure],
    /// What else is worth knowing.
    pub notes: &'static [Note],
    pub(crate) run: Run,
}

/// A way in which an operation is refused.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Failure {
    /// The code of the error.
    pub code: &'static str,
    /// When it comes.
    pub when: &'static str,
    /// What is in the way.
    pub cause: Cause,
    /// On what that rests.
    pub basis: Basis,
}

/// What makes an operation fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// Something that the request names does not exist.
    Missing,
    /// A state does not allow it.
    State,
    /// There would be too many of something, or two of the same name.
    Limit,
    /// A parameter is wrong in a way that depends on what is there.
    Parameter,
}

/// Something that an operation does.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Note {
    /// What it does.
    pub text: &'static str,
    /// On what that rests.
    pub basis: Basis,
}

/// On what a behaviour rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Basis {
    /// The page of the operation, or the list of error codes.
    Documented,
    /// No page states it, and this is why it was chosen.
    Inferred(&'static str),
}

/// All operations that have state, in the order of the docs.
pub fn behaviours() -> impl Iterator<Item = &'static Behaviour> {
    let sections = [
        upload::ALL,
        processing::ALL,
        management::ALL,
        categories::ALL,
        templates::ALL,
        watermarks::ALL,
        editing::ALL,
        cdn::ALL,
        settings::ALL,
        others::ALL,
    ];
    sections.into_iter().flatten()
}

/// What an operation does; `None` if it has no state.
pub(crate) fn find(operation: &str) -> Option<&'static Behaviour> {
    behaviours().find(|behaviour| behaviour.operation == operation)
}

impl Behaviour {
    const fn new(operation: &'static str, run: Run) -> Self {
        Self {
            operation,
            reads: &[],
            writes: &[],
            events: &[],
            errors: &[],
            notes: &[],
            run,
        }
    }

    const fn reads(mut self, states: &'static [&'static str]) -> Self {
        self.reads = states;
        self
    }

    const fn writes(mut self, states: &'static [&'static str]) -> Self {
        self.writes = states;
        self
    }

    const fn events(mut self, events: &'static [&'static str]) -> Self {
        self.events = events;
        self
    }

    const fn errors(mut self, errors: &'static [Failure]) -> Self {
        self.errors = errors;
        self
    }

    const fn notes(mut self, notes: &'static [Note]) -> Self {
        self.notes = notes;
        self
    }
}

impl Failure {
    const fn new(cause: Cause, code: &'static str, when: &'static str) -> Self {
        Self {
            code,
            when,
            cause,
            basis: Basis::Documented,
        }
    }

    const fn inferred(mut self, why: &'static str) -> Self {
        self.basis = Basis::Inferred(why);
        self
    }
}

impl Note {
    const fn documented(text: &'static str) -> Self {
        let basis = Basis::Documented;
        Self { text, basis }
    }

    const fn inferred(text: &'static str, why: &'static str) -> Self {
        let basis = Basis::Inferred(why);
        Self { text, basis }
    }
}

/// There is no media asset with the id of the request.
const NO_ASSET: Failure = Failure::new(
    Cause::Missing,
    vod_api::codes::RESOURCE_NOT_FOUND,
    "there is no such media asset",
);
