//! Which addresses in a message may be asked.

use reqwest::Url;

use crate::notification::smn::error::CheckMessageError;

/// The hosts that SMN is known to use; `*` is the id of a region. Not all of `myhuaweicloud.com` and
/// `huaweicloud.com`: anyone can put a file on some of their hosts, such as those of OBS and CDN.
pub(super) const HOSTS: [&str; 3] = [
    "smn.*.myhuaweicloud.com",
    "console.huaweicloud.com",
    "console-intl.huaweicloud.com",
];

/// The address as it is asked, if it is one of `https` on a host that fits one of the patterns.
pub(super) fn check(
    name: &'static str,
    address: &str,
    patterns: &[String],
) -> Result<Url, CheckMessageError> {
    let plain = || {
        let url = Url::parse(address).ok()?;
        let is_plain = url.scheme() == "https"
            && url.username().is_empty()
            && url.password().is_none()
            // None is the port of https, also if it is written.
            && url.port().is_none();
        let host = url.host_str()?.to_owned();
        (is_plain && host.len() <= 253).then_some((url, host))
    };
    let (url, host) = plain().ok_or(CheckMessageError::Address { name })?;
    if patterns.iter().any(|pattern| fits(&host, pattern)) {
        Ok(url)
    } else {
        Err(CheckMessageError::Host { name, host })
    }
}

fn fits(host: &str, pattern: &str) -> bool {
    let labels = host.split('.');
    let expected = pattern.split('.');
    labels.clone().count() == expected.clone().count()
        && labels.zip(expected).all(|(label, expected)| {
            label.eq_ignore_ascii_case(expected) || expected == "*" && is_region(label)
        })
}

/// Whether this is written as the id of a region, such as `cn-north-4`. Any label would not do: a
/// bucket of OBS can be called `smn`, and then has the host `smn.obs.myhuaweicloud.com`.
fn is_region(label: &str) -> bool {
    let mut parts = label.split('-');
    let (Some(area), Some(place), Some(number), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let all = |text: &str, is: fn(&u8) -> bool| !text.is_empty() && text.as_bytes().iter().all(is);
    area.len() == 2
        && all(area, u8::is_ascii_lowercase)
        && all(place, u8::is_ascii_lowercase)
        && all(number, u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(address: &str) -> Result<String, CheckMessageError> {
        let patterns = HOSTS.map(str::to_owned);
        check("signing_cert_url", address, &patterns).map(String::from)
    }

    #[test]
    fn hosts_of_smn_are_accepted() {
        for (address, asked) in [
            (
                "https://smn.cn-north-4.myhuaweicloud.com/smn/SMN_cn-north-4_0.pem",
                "https://smn.cn-north-4.myhuaweicloud.com/smn/SMN_cn-north-4_0.pem",
            ),
            (
                "HTTPS://SMN.CN-North-4.MyHuaweiCloud.com:443/a",
                "https://smn.cn-north-4.myhuaweicloud.com/a",
            ),
            (
                "https://console.huaweicloud.com/smn/subscription/unsubscribe?a=b",
                "https://console.huaweicloud.com/smn/subscription/unsubscribe?a=b",
            ),
            (
                "https://console-intl.huaweicloud.com/",
                "https://console-intl.huaweicloud.com/",
            ),
        ] {
            assert_eq!(checked(address).as_deref(), Ok(asked));
        }
    }

    #[test]
    fn hosts_that_only_look_right_are_not() {
        for address in [
            "https://evil-myhuaweicloud.com/",
            "https://smn.cn-north-4.evil-myhuaweicloud.com/",
            "https://smn.cn-north-4.myhuaweicloud.com.evil.example/",
            "https://smn.cn-north-4.myhuaweicloud.com./",
            "https://smn..myhuaweicloud.com/",
            "https://smn.myhuaweicloud.com/",
            "https://myhuaweicloud.com/",
            "https://a.smn.cn-north-4.myhuaweicloud.com/",
            "https://bucket.obs.cn-north-4.myhuaweicloud.com/a.pem",
            "https://smn.obs.cn-north-4.myhuaweicloud.com/a.pem",
            "https://smn.obs.myhuaweicloud.com/a.pem",
            "https://smn.cn-north.myhuaweicloud.com/a.pem",
            "https://smn.cn-north-4-a.myhuaweicloud.com/a.pem",
            "https://smn.cn--4.myhuaweicloud.com/a.pem",
            "https://smn.cn-north-a.myhuaweicloud.com/a.pem",
            "https://1.cdn-vod.huaweicloud.com/asset/a.pem",
            "https://evil.example/?smn.cn-north-4.myhuaweicloud.com",
            "https://evil.example#smn.cn-north-4.myhuaweicloud.com",
            "https://evil.example\\smn.cn-north-4.myhuaweicloud.com/",
            // A Cyrillic letter, and its escape.
            "https://smn.cn-north-4.myhu\u{430}weicloud.com/",
            "https://smn.cn-north-4.xn--myhuweicloud-34h.com/",
            "https://127.0.0.1/",
            "https://[::1]/",
        ] {
            let verdict = checked(address);
            assert!(
                matches!(verdict, Err(CheckMessageError::Host { .. })),
                "{address}: {verdict:?}"
            );
        }
    }

    #[test]
    fn addresses_with_more_than_a_host_are_not() {
        let long = format!("https://{}/", ["a"; 200].join("."));
        for address in [
            "http://smn.cn-north-4.myhuaweicloud.com/",
            "ftp://smn.cn-north-4.myhuaweicloud.com/",
            "//smn.cn-north-4.myhuaweicloud.com/",
            "file:///etc/passwd",
            "https://user@smn.cn-north-4.myhuaweicloud.com/",
            "https://smn.cn-north-4.myhuaweicloud.com@evil.example/",
            "https://:secret@smn.cn-north-4.myhuaweicloud.com/",
            "https://smn.cn-north-4.myhuaweicloud.com:444/",
            "https://smn.cn-north-4.myhuaweicloud.com:80/",
            "https://",
            "",
            &long,
        ] {
            let error = CheckMessageError::Address {
                name: "signing_cert_url",
            };
            assert_eq!(checked(address), Err(error), "{address}");
        }
    }
}
