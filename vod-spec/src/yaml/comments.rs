//! Where comments stand.

use std::ops::Range;

use granit_parser::{Event, Parser};

/// The comments of a text, each from its `#` to the end of its line. Of a text that is not YAML, those before the
/// place where it is not.
pub(crate) fn comments(text: &str) -> Vec<Range<usize>> {
    let mut comments = Vec::new();
    for event in Parser::new_from_str(text) {
        let Ok((event, place)) = event else { break };
        if let (Event::Comment(..), Some(range)) = (event, place.byte_range()) {
            comments.push(range);
        }
    }
    comments
}
