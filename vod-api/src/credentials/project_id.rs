//! What a project id may be.

use std::fmt;

use crate::error::text;

/// The largest length of an id; ids of the service have 32 characters.
const LONGEST_ID: usize = 128;

/// Refuses an id that would break a path or a header.
pub(crate) fn check_project_id(id: &str) -> Result<(), ProjectIdError> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let shown = || text::line(id, text::NAME);
    if id.is_empty() {
        return Err(ProjectIdError::Empty);
    }
    if !id.bytes().all(plain) {
        return Err(ProjectIdError::Characters { id: shown() });
    }
    if id.len() > LONGEST_ID {
        return Err(ProjectIdError::TooLong {
            id: shown(),
            length: id.len(),
        });
    }
    Ok(())
}

/// Why a text is not a project id. A long one is cut.
#[derive(Debug, PartialEq)]
pub(crate) enum ProjectIdError {
    Empty,
    Characters { id: String },
    TooLong { id: String, length: usize },
}

impl fmt::Display for ProjectIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the project id is empty"),
            Self::Characters { id } => {
                write!(
                    f,
                    "the project id {id:?} can only contain A-Z, a-z, 0-9, - and _"
                )
            }
            Self::TooLong { id, length } => write!(
                f,
                "the project id {id:?} has {length} characters; at most {LONGEST_ID} are allowed"
            ),
        }
    }
}
