//! Points in time, as the document has them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;
use vod_api::{format_rfc3339, format_time, parse_time};

use crate::data::{Data, Misread};

/// Milliseconds since 1970. In the document it is text of the form of RFC 3339.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(u64);

impl Moment {
    /// As most replies have it: `yyyymmddhhmmss`.
    pub(crate) fn compact(self) -> String {
        format_time(self.into())
    }

    /// As the replies about tasks have it, in whole seconds.
    pub(crate) fn rfc3339(self) -> String {
        format_rfc3339(self.into())
    }

    /// The start of its second.
    pub(crate) fn second(self) -> Self {
        Self(self.0 - self.0 % 1000)
    }

    /// The number of its day, in UTC.
    pub(crate) fn day(self) -> u64 {
        self.0 / 86_400_000
    }

    pub(crate) fn after(self, time: Duration) -> Self {
        let millis = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        Self(self.0.saturating_add(millis))
    }

    /// How long it is after another moment; nothing if it is before.
    pub(crate) fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// The moment that a request names; `None` if it cannot be read.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        parse_time(text).map(Self::from)
    }
}

impl From<SystemTime> for Moment {
    fn from(time: SystemTime) -> Self {
        let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
        Self(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    }
}

impl From<Moment> for SystemTime {
    fn from(moment: Moment) -> Self {
        let since = Duration::from_millis(moment.0);
        UNIX_EPOCH.checked_add(since).unwrap_or(UNIX_EPOCH)
    }
}

impl Data for Moment {
    fn write(&self) -> Value {
        let text = self.rfc3339();
        match self.0 % 1000 {
            0 => text.into(),
            millis => format!("{}.{millis:03}Z", text.trim_end_matches('Z')).into(),
        }
    }

    fn read(value: Value) -> Result<Self, Misread> {
        let moment = value.as_str().and_then(Self::parse);
        moment.ok_or_else(|| Misread::kind("a time such as 2026-03-20T08:15:00Z", &value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milliseconds_survive() {
        for millis in [0, 1_773_994_500_000, 1_773_994_500_007] {
            let moment = Moment(millis);
            assert_eq!(Moment::read(moment.write()), Ok(moment));
        }
        assert_eq!(
            Moment(1_773_994_500_250).write(),
            "2026-03-20T08:15:00.250Z"
        );
        assert!(Moment::read("2026".into()).is_err());
    }
}
