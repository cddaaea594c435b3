//! Periods of time, as `30s` or `1h`.

use std::time::Duration;

/// Reads a period: a number and `ms`, `s`, `m`, `h` or `d`; seconds without a unit.
///
/// # Errors
///
/// What a period looks like, for the message about another text.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    const FORM: &str = "it is a number with ms, s, m, h or d, such as 30s";
    let end = text.find(|letter: char| !letter.is_ascii_digit());
    let (number, unit) = text.split_at(end.unwrap_or(text.len()));
    let number: u64 = number.parse().map_err(|_| FORM.to_owned())?;
    let seconds = match unit {
        "ms" => return Ok(Duration::from_millis(number)),
        "" | "s" => 1,
        "m" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        _ => return Err(FORM.to_owned()),
    };
    let seconds = number.checked_mul(seconds).filter(|it| *it <= LONGEST);
    seconds
        .map(Duration::from_secs)
        .ok_or_else(|| "it is at most 1000d".to_owned())
}

const LONGEST: u64 = 1000 * 24 * 60 * 60;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_periods() {
        for (text, millis) in [
            ("250ms", 250),
            ("30", 30_000),
            ("30s", 30_000),
            ("2m", 120_000),
            ("1h", 3_600_000),
            ("1d", 86_400_000),
        ] {
            assert_eq!(duration(text), Ok(Duration::from_millis(millis)), "{text}");
        }
        for text in ["", "s", "-1s", "1.5s", "1w", "1 s", "99999999999999999999s"] {
            assert!(duration(text).is_err(), "{text}");
        }
        assert_eq!(duration("1001d"), Err("it is at most 1000d".to_owned()));
    }
}
