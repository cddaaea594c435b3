//! When a signed URL ends.

use std::time::{Duration, SystemTime};

use percent_encoding::percent_decode_str;

use crate::secret::Secret;

/// Whether a URL says that it has ended by this time. Without `Expires` it does not say.
pub(super) fn is_over(url: &Secret, now: SystemTime) -> bool {
    let query = url.expose().split_once('?').map_or("", |(_, query)| query);
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let expires = pairs.find(|(name, _)| *name == "Expires");
    let seconds = expires.and_then(|(_, value)| {
        let value = percent_decode_str(value).decode_utf8_lossy();
        value.parse().ok()
    });
    let end = seconds.and_then(|it| SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(it)));
    end.is_some_and(|end| end <= now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_says_when_it_ends() {
        struct Case {
            name: &'static str,
            url: &'static str,
            over: bool,
        }

        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1000);
        let cases = [
            Case {
                name: "now",
                url: "https://h/o?AWSAccessKeyId=a&Expires=1000&Signature=s",
                over: true,
            },
            Case {
                name: "in a second",
                url: "https://h/o?Expires=1001",
                over: false,
            },
            Case {
                name: "never said",
                url: "https://h/o?expires=1",
                over: false,
            },
            Case {
                name: "not a time",
                url: "https://h/o?Expires=soon",
                over: false,
            },
        ];
        for Case { name, url, over } in cases {
            assert_eq!(is_over(&Secret::new(url.to_owned()), now), over, "{name}");
        }
    }
}
