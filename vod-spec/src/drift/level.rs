//! How much a difference matters, which can depend on the way that a value travels.

use std::fmt;

use crate::format::rule::Rule;

/// How much a difference matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth knowing; the crate does the same either way.
    Info,
    /// The page cannot be read with certainty, or contradicts itself.
    Warning,
    /// Users of the crate break, or miss something that they need.
    Error,
}

/// The way that a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To the service: the crate checks it before it sends it.
    Request,
    /// From the service: the crate takes it as it comes.
    Reply,
}

impl Level {
    /// The level of a rule.
    pub fn of(rule: Rule, direction: Direction) -> Self {
        match rule {
            Rule::UnknownOperation
            | Rule::StaleDeviation
            | Rule::MethodChanged
            | Rule::PathChanged
            | Rule::ParameterAdded
            | Rule::ParameterRemoved
            | Rule::FieldAdded
            | Rule::FieldRemoved
            | Rule::TypeAdded
            | Rule::TypeRemoved
            | Rule::TypeChanged
            | Rule::ValueAdded
            | Rule::ValueRemoved
            | Rule::StatusAdded
            | Rule::StatusRemoved
            | Rule::PermissionChanged => Self::Error,
            Rule::RequiredChanged | Rule::LimitChanged | Rule::DefaultChanged => match direction {
                Direction::Request => Self::Error,
                Direction::Reply => Self::Info,
            },
            Rule::Unreadable | Rule::DuplicateRow | Rule::ExampleMisfit => Self::Warning,
            Rule::TitleChanged
            | Rule::PageNewer
            | Rule::PageOlder
            | Rule::DeprecationChanged
            | Rule::WordingChanged
            | Rule::WordingUnrecorded => Self::Info,
        }
    }

    /// The level as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
