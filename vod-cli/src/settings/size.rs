//! Numbers of bytes, as `20MB`.

/// Reads a number of bytes: a number, and `k`, `M`, `G` with or without `B` for powers of a
/// thousand, or `KiB`, `MiB`, `GiB` for powers of 1,024.
///
/// # Errors
///
/// What it looks like, for the message about another text.
pub(crate) fn size(text: &str) -> Result<u64, String> {
    const FORM: &str =
        "it is a number of bytes, or one with kB, MB, GB, KiB, MiB or GiB, such as 20MB";
    let end = text.find(|letter: char| !letter.is_ascii_digit());
    let (number, unit) = text.split_at(end.unwrap_or(text.len()));
    let number: u64 = number.parse().map_err(|_| FORM.to_owned())?;
    let factor = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        _ => return Err(FORM.to_owned()),
    };
    match number.checked_mul(factor) {
        Some(0) => Err("it is more than 0".to_owned()),
        Some(bytes) => Ok(bytes),
        None => Err("it is too large".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_of_bytes() {
        for (text, bytes) in [
            ("102400", 102_400),
            ("5m", 5_000_000),
            ("20MB", 20_000_000),
            ("1GiB", 1_073_741_824),
            ("8kB", 8000),
        ] {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in ["", "0", "MB", "1.5MB", "-1", "20 MB", "99999999999G"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
