//! Mistakes in YAML in the words of somebody who writes it.

use granit_parser::{ErrorKind, ScanError};

/// What is wrong, and what to do about it.
pub(super) fn explain(error: &ScanError) -> (String, &'static str) {
    let (message, help) = match error.kind() {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar => (
            "a tab where only spaces can stand",
            "use two spaces for each level",
        ),
        ErrorKind::MappingValueNotAllowed => (
            "a `: ` where none can stand",
            "put text with a `: ` in quotes or in a `>-` block; leave a space behind each colon; indent keys of one map alike",
        ),
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
        | ErrorKind::UnexpectedEofImplicitFlowMapping => (
            "a `{` or `[` is still open here",
            "close it where it ends, and separate its entries with commas",
        ),
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
                format!("not YAML: {}", error.info()),
                "spec/README.md shows the form",
            );
        }
    };
    (format!("not YAML: {message}"), help)
}
