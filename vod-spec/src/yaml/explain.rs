//! Mistakes in YAML in the words of somebody who writes it.

use granit_parser::{ErrorKind, ScanError};

/// A text with a colon in it: what is wrong, and what to do about it.
const COLON: (&str, &str) = (
    "a `: ` where none can stand",
    "put text with a `: ` in quotes or in a `>-` block; leave a space behind each colon; indent keys of one map alike",
);

/// What is wrong in `text` and where, and what to do about it; `bracket` is the innermost one that is still open.
pub(super) fn explain(
    error: &ScanError,
    text: &str,
    bracket: Option<usize>,
) -> (usize, String, &'static str) {
    let mut at = error.marker().byte_offset().unwrap_or(text.len());
    let (message, help) = match error.kind() {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar => (
            "a tab where only spaces can stand",
            "use two spaces for each level",
        ),
        ErrorKind::MappingValueNotAllowed => COLON,
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::ExpectedBlockSequenceEntry => (
            "this line does not continue what stands above it",
            "indent keys of one map alike, and put text that begins with a quote in quotes as a whole",
        ),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => (
            "a key without its `: `",
            "write `key: value`, with a space behind the colon",
        ),
        ErrorKind::UnexpectedCharacter { .. } => (
            "a text without quotes cannot begin like this",
            "put the text in quotes or in a `>-` block",
        ),
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar => {
            ("a quote is still open here", "close it where its text ends")
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => (
            "text behind the closing quote",
            "put the whole text in quotes; write `''` for a quote between single quotes, `\\\"` between double ones",
        ),
        ErrorKind::UnknownQuotedScalarEscape => (
            "an escape that YAML does not know, in a text between double quotes",
            "write `\\\\` for a backslash, or use single quotes",
        ),
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::InvalidIndentation
        | ErrorKind::InvalidFlowScalarIndent
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofImplicitFlowMapping => {
            let rest = |at: usize| text.get(at..).unwrap_or_default();
            if rest(at).starts_with(':') {
                COLON
            } else {
                at = bracket.unwrap_or(at);
                let line = rest(at).lines().next().unwrap_or_default();
                let help = if line.contains(" #") {
                    "put text with a ` #` in quotes: YAML takes the rest of the line for a comment"
                } else {
                    "close it where it ends, and separate its entries with commas"
                };
                ("a `{` or `[` that is not closed", help)
            }
        }
        ErrorKind::MisplacedFlowCollectionEnd | ErrorKind::MismatchedFlowCollectionEnd { .. } => (
            "a bracket that closes nothing",
            "drop it, or put the text in quotes",
        ),
        ErrorKind::DirectiveDisallowed => (
            "a line that begins with `%`",
            "drop it; text that begins like this needs quotes",
        ),
        _ => {
            return (
                at,
                format!("not YAML: {}", error.info()),
                "spec/README.md shows the form",
            );
        }
    };
    (at, format!("not YAML: {message}"), help)
}
