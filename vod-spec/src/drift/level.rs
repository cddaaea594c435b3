//! How much a difference matters, which can depend on the way that a value travels.

use std::fmt;

use crate::format::rule::{Rule, Weight};
use crate::model::Direction;

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

impl Level {
    /// The level of a rule.
    pub fn of(rule: Rule, direction: Direction) -> Self {
        match (rule.weight(), direction) {
            (Weight::Info, _) | (Weight::Checked, Direction::Reply) => Self::Info,
            (Weight::Warning, _) => Self::Warning,
            (Weight::Error, _) | (Weight::Checked, Direction::Request) => Self::Error,
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
