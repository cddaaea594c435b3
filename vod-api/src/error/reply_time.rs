//! The times in the headers of a reply: when it was sent, and when to ask again.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{AGE, DATE, RETRY_AFTER};

/// The wait that the header `Retry-After` asks for, in seconds or until a date; `None` if it cannot
/// be read.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // Digits that do not make a number are too many.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    // By the clock of the service: ours can be off.
    let now = date(headers).unwrap_or_else(SystemTime::now);
    Some(until.duration_since(now).unwrap_or_default())
}

/// The time of the service when it answered; `None` also for a reply from a cache, which has a
/// header `Age`.
pub(crate) fn service_time(headers: &HeaderMap) -> Option<SystemTime> {
    date(headers).filter(|_| !headers.contains_key(AGE))
}

fn date(headers: &HeaderMap) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(DATE)?.to_str().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(retry_after_text: &str) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(DATE, "Fri, 20 Mar 2026 08:15:00 GMT".parse().unwrap());
        headers.insert(RETRY_AFTER, retry_after_text.parse().unwrap());
        retry_after(&headers).map(|hint| hint.as_secs())
    }

    #[test]
    fn reads_seconds_and_dates() {
        assert_eq!(hint("0"), Some(0));
        assert_eq!(hint(" 7 "), Some(7));
        assert_eq!(hint("Fri, 20 Mar 2026 08:15:09 GMT"), Some(9));
        assert_eq!(hint("Friday, 20-Mar-26 08:16:00 GMT"), Some(60));
        assert_eq!(hint("Fri, 20 Mar 2026 08:14:00 GMT"), Some(0));
        assert_eq!(hint("99999999999999999999999"), Some(u64::MAX));
        for absurd in [
            "",
            "-1",
            "1.5",
            "soon",
            "+3",
            "0x10",
            "Fri, 99 Mar 2026 08:15:09 GMT",
        ] {
            assert_eq!(hint(absurd), None, "{absurd}");
        }
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }

    #[test]
    fn a_cache_does_not_know_the_time() {
        let mut headers = HeaderMap::new();
        assert_eq!(service_time(&headers), None);
        headers.insert(DATE, "Thu, 01 Jan 1970 00:00:00 GMT".parse().unwrap());
        assert_eq!(service_time(&headers), Some(SystemTime::UNIX_EPOCH));
        headers.insert(AGE, "0".parse().unwrap());
        assert_eq!(service_time(&headers), None);
    }
}
