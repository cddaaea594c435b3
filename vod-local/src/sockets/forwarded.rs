//! What a proxy in front of the server says of a request.

use http::uri::Authority;
use http::{HeaderMap, HeaderValue};

const HOST: &str = "x-forwarded-host";
const SCHEME: &str = "x-forwarded-proto";

/// Has the request say that it is for the host that the proxy was asked for: signatures are over
/// that one.
pub(super) fn restore_host(headers: &mut HeaderMap) {
    let host = host(headers).and_then(|host| HeaderValue::from_str(host).ok());
    if let Some(host) = host {
        headers.insert("host", host);
    }
}

/// The host that the proxy was asked for.
pub(super) fn host(headers: &HeaderMap) -> Option<&str> {
    first(headers, HOST).filter(|host| host.parse::<Authority>().is_ok())
}

/// The scheme that the proxy was asked by.
pub(super) fn scheme(headers: &HeaderMap) -> &'static str {
    match first(headers, SCHEME) {
        Some(scheme) if scheme.eq_ignore_ascii_case("https") => "https",
        _ => "http",
    }
}

/// Each proxy on the way adds what it was asked for at the end, so the client asked for the first.
fn first<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let text = headers.get(name)?.to_str().ok()?;
    text.split(',').next().map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_host_and_scheme_are_those_of_the_client() {
        struct Case {
            name: &'static str,
            headers: &'static [(&'static str, &'static str)],
            base: &'static str,
        }
        let cases = [
            Case {
                name: "no proxy",
                headers: &[],
                base: "http://vod:8863",
            },
            Case {
                name: "a proxy",
                headers: &[(SCHEME, "https"), (HOST, "vod.example.com")],
                base: "https://vod.example.com",
            },
            Case {
                name: "two proxies",
                headers: &[(SCHEME, "HTTPS, http"), (HOST, "a.example:444, b")],
                base: "https://a.example:444",
            },
            Case {
                name: "the scheme alone",
                headers: &[(SCHEME, "https")],
                base: "https://vod:8863",
            },
            Case {
                name: "neither is one",
                headers: &[(SCHEME, "javascript"), (HOST, "a/b")],
                base: "http://vod:8863",
            },
            Case {
                name: "nothing in them",
                headers: &[(SCHEME, ""), (HOST, " ,b")],
                base: "http://vod:8863",
            },
        ];
        for case in cases {
            let mut headers = HeaderMap::new();
            headers.insert("host", HeaderValue::from_static("vod:8863"));
            for (name, value) in case.headers {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            restore_host(&mut headers);
            let host = headers["host"].to_str().unwrap();
            let base = format!("{}://{host}", scheme(&headers));
            assert_eq!(base, case.base, "{}", case.name);
        }
    }
}
