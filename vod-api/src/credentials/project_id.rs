//! What a project id may be.

use crate::error::text;

/// The largest length of an id; ids of the service have 32 characters.
const LONGEST_ID: usize = 128;

/// Refuses an id that would break a path or a header.
pub(crate) fn check_project_id(id: &str) -> Result<(), String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let shown = text::line(id, text::NAME);
    if id.is_empty() {
        return Err("the project id is empty".to_owned());
    }
    if !id.bytes().all(plain) {
        return Err(format!(
            "the project id {shown:?} may hold A-Z, a-z, 0-9, - and _ only"
        ));
    }
    if id.len() <= LONGEST_ID {
        Ok(())
    } else {
        Err(format!(
            "the project id {shown:?} has {} characters; at most {LONGEST_ID} are allowed",
            id.len()
        ))
    }
}
