//! A change of a document, as its two copies show it.

use std::fmt;

use vod_spec::Rule;

/// A change of a document, as its two copies show it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Change {
    /// What changed, by the names of the older document.
    pub(crate) at: String,
    pub(crate) kind: Kind,
    /// What it was and what it is.
    pub(crate) what: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Method,
    Path,
    Added,
    Removed,
    TypeAdded,
    Type,
    Required,
    Limit,
    Default,
    Deprecated,
    ValueAdded,
    ValueRemoved,
    StatusAdded,
    StatusRemoved,
    /// The description has no key for it.
    Outside(&'static str),
    /// A text or an example: what it states may have changed with it.
    Text,
}

impl Kind {
    /// Whether a finding of this rule tells such a change.
    pub(crate) fn is_told_by(self, rule: Rule) -> bool {
        match self {
            Self::Method => rule == Rule::MethodChanged,
            Self::Path => rule == Rule::PathChanged,
            Self::Added => matches!(rule, Rule::ParameterAdded | Rule::FieldAdded),
            // One that the description has no place for was acknowledged while it was there.
            Self::Removed => matches!(
                rule,
                Rule::ParameterRemoved | Rule::FieldRemoved | Rule::StaleDeviation
            ),
            Self::TypeAdded => rule == Rule::TypeAdded,
            Self::Type => matches!(rule, Rule::TypeChanged | Rule::TypeRemoved),
            Self::Required => rule == Rule::RequiredChanged,
            Self::Limit => rule == Rule::LimitChanged,
            Self::Default => rule == Rule::DefaultChanged,
            Self::Deprecated => rule == Rule::DeprecationChanged,
            Self::ValueAdded => rule == Rule::ValueAdded,
            Self::ValueRemoved => rule == Rule::ValueRemoved,
            Self::StatusAdded => rule == Rule::StatusAdded,
            Self::StatusRemoved => rule == Rule::StatusRemoved,
            Self::Outside(_) | Self::Text => false,
        }
    }

    /// Whether `drift` has to tell it.
    pub(crate) fn is_fact(self) -> bool {
        !matches!(self, Self::Outside(_) | Self::Text)
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?} {}", self.at, self.kind, self.what)
    }
}
