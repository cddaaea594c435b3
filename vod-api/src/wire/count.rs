//! Counts the values of a JSON text while it comes in, before memory is allocated for them.

/// The number of values so far, including the names of members. Never fewer than a parser will
/// find, and at most one more than there are bytes.
pub(crate) struct ValueCount {
    values: usize,
    place: Place,
}

enum Place {
    Outside,
    InText,
    /// After a backslash.
    Escaped,
}

impl ValueCount {
    pub(crate) fn new() -> Self {
        Self {
            values: 1,
            place: Place::Outside,
        }
    }

    /// The number after the next piece of the text.
    pub(crate) fn add(&mut self, text: &[u8]) -> usize {
        for byte in text {
            self.place = match (&self.place, byte) {
                (Place::Outside, b'"') | (Place::Escaped, _) => Place::InText,
                (Place::InText, b'"') => Place::Outside,
                (Place::InText, b'\\') => Place::Escaped,
                (Place::InText, _) => Place::InText,
                (Place::Outside, byte) => {
                    // Each value but the first stands behind one of these.
                    self.values += usize::from(matches!(byte, b'[' | b'{' | b',' | b':'));
                    Place::Outside
                }
            };
        }
        self.values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_names_and_values() {
        for (text, count) in [
            ("", 1),
            ("7", 1),
            ("[1, 2, 3]", 4),
            (r#"{"a": 1, "b": [true, null]}"#, 7),
            (r#"["[,:{", "\"[", "\\", 1]"#, 5),
            ("[]", 2),
        ] {
            assert_eq!(ValueCount::new().add(text.as_bytes()), count, "{text}");
            let mut counter = ValueCount::new();
            let in_pieces = text.bytes().map(|byte| counter.add(&[byte])).last();
            assert_eq!(in_pieces.unwrap_or(1), count, "{text}");
        }
    }
}
