//! Why credentials cannot be used.

use std::fmt;

use crate::credentials::ProjectIdError;

/// Why credentials cannot be used. It does not show their values.
#[derive(Debug, PartialEq)]
pub(crate) enum InvalidCredentials {
    /// One of their texts, by its name, is empty.
    Empty(&'static str),
    /// One of their texts, by its name, has characters that a header cannot have.
    Characters(&'static str),
    /// A security token beside an IAM token.
    TwoTokens,
    ProjectId(ProjectIdError),
}

impl fmt::Display for InvalidCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty(name) => write!(f, "the {name} is empty"),
            Self::Characters(name) => write!(
                f,
                "the {name} contains white space, a line break or another character that cannot \
                 be sent"
            ),
            Self::TwoTokens => f.write_str(
                "a security token belongs to an access key and cannot be used with an IAM token",
            ),
            Self::ProjectId(why) => why.fmt(f),
        }
    }
}

impl From<ProjectIdError> for InvalidCredentials {
    fn from(why: ProjectIdError) -> Self {
        Self::ProjectId(why)
    }
}
