//! Points in time, as `7d` ago or `2026-11-30`.

use std::time::SystemTime;

use crate::settings::duration;

/// A point in time that an argument names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// So long ago.
    Ago(std::time::Duration),
    At(SystemTime),
}

impl Moment {
    /// Reads a period before now, or a time as `2026-11-30` or `2026-11-30T08:00:00Z`.
    ///
    /// # Errors
    ///
    /// What it looks like, for the message about another text.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        // The forms of times that have nothing but digits are long; no period is.
        let is_period = text.len() < "20261130".len();
        match duration(text) {
            Ok(period) if is_period => return Ok(Self::Ago(period)),
            _ => {}
        }
        let at = vod_api::parse_time(text);
        at.map(Self::At).ok_or_else(|| {
            "it is a period before now, such as 7d, or a time, such as 2026-11-30 or 2026-11-30T08:00:00Z"
                .to_owned()
        })
    }

    /// The point in time.
    pub(crate) fn at(self, now: SystemTime) -> SystemTime {
        match self {
            Self::Ago(period) => now.checked_sub(period).unwrap_or(SystemTime::UNIX_EPOCH),
            Self::At(at) => at,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn reads_periods_and_times() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_796_040_000);
        for (text, seconds) in [
            ("7d", 1_796_040_000 - 7 * 86_400),
            ("2026-11-30", 1_795_996_800),
            ("2026-11-30T08:00:00Z", 1_796_025_600),
            ("20261130080000", 1_796_025_600),
        ] {
            let at = Moment::parse(text).map(|moment| moment.at(now));
            let expected = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            assert_eq!(at, Ok(expected), "{text}");
        }
        for text in ["", "yesterday", "7 d", "2026-13-01"] {
            assert!(Moment::parse(text).is_err(), "{text}");
        }
    }
}
