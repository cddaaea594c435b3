//! How large the parts are.

use std::fmt;
use std::ops::RangeInclusive;

/// The docs advise parts of at most so many bytes. A file that is not larger is sent in one piece.
pub(super) const ADVISED: u64 = 20_000_000;

/// The most parts that OBS takes.
pub(super) const MOST_PARTS: u32 = 10_000;

/// The sizes that OBS allows for a part. The last one can be smaller.
const ALLOWED: RangeInclusive<u64> = 100 << 10..=5 << 30;

/// Why a file cannot be sent with parts of a size.
#[derive(Debug, PartialEq)]
pub(super) enum SizeError {
    /// OBS does not allow parts of this size.
    NotAllowed(u64),
    /// There would be more than 10,000 parts.
    TooManyParts { part_size: u64, length: u64 },
}

/// The size of the parts of a file of this length, which is the given one or the one that is
/// advised, and larger only if there would be too many parts otherwise.
pub(super) fn part_size(given: Option<u64>, length: Option<u64>) -> Result<u64, SizeError> {
    let needed = length.unwrap_or(0).div_ceil(MOST_PARTS.into());
    let size = given.unwrap_or(ADVISED.max(needed));
    if !ALLOWED.contains(&size) {
        return Err(SizeError::NotAllowed(size));
    }
    match length {
        Some(length) if size < needed => Err(SizeError::TooManyParts {
            part_size: size,
            length,
        }),
        _ => Ok(size),
    }
}

impl fmt::Display for SizeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAllowed(size) => write!(
                f,
                "parts of {size} bytes are not possible: OBS takes {} to {} bytes",
                ALLOWED.start(),
                ALLOWED.end()
            ),
            Self::TooManyParts { part_size, length } => write!(
                f,
                "{length} bytes are more than {MOST_PARTS} parts of {part_size} bytes: set a larger \
                 part_size, or none"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_thousand_parts_suffice() {
        struct Case {
            name: &'static str,
            given: Option<u64>,
            length: Option<u64>,
            size: Result<u64, &'static str>,
        }

        let cases = [
            Case {
                name: "the advised size",
                given: None,
                length: Some(200_000_000_000),
                size: Ok(20_000_000),
            },
            Case {
                name: "larger where it has to be",
                given: None,
                length: Some(200_000_000_001),
                size: Ok(20_000_001),
            },
            Case {
                name: "an unknown length",
                given: None,
                length: None,
                size: Ok(20_000_000),
            },
            Case {
                name: "a given size",
                given: Some(5_000_000),
                length: Some(50_000_000_000),
                size: Ok(5_000_000),
            },
            Case {
                name: "a given size that is too small for the file",
                given: Some(5_000_000),
                length: Some(50_000_000_001),
                size: Err(
                    "50000000001 bytes are more than 10000 parts of 5000000 bytes: set a \
                           larger part_size, or none",
                ),
            },
            Case {
                name: "less than OBS takes",
                given: Some(102_399),
                length: Some(1),
                size: Err(
                    "parts of 102399 bytes are not possible: OBS takes 102400 to 5368709120 \
                           bytes",
                ),
            },
            Case {
                name: "a file that no parts are large enough for",
                given: None,
                length: Some(u64::MAX),
                size: Err(
                    "parts of 1844674407370956 bytes are not possible: OBS takes 102400 to \
                           5368709120 bytes",
                ),
            },
        ];
        for case in cases {
            let size = part_size(case.given, case.length).map_err(|error| error.to_string());
            let expected = case.size.map_err(str::to_owned);
            assert_eq!(size, expected, "{}", case.name);
        }
    }
}
