//! The address of the service, checked.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use reqwest::Url;

/// Scheme, host and port; nothing else.
#[derive(Debug, Clone)]
pub(crate) struct Endpoint {
    /// As `https://host:port`, without a slash at the end.
    origin: String,
    /// The value of the `Host` header, which has the port only if it is not the default of the
    /// scheme.
    authority: String,
    loopback: bool,
}

/// Why a text is not an endpoint. It does not repeat the text, which can contain a password.
#[derive(Debug, PartialEq)]
pub(crate) enum EndpointError {
    NotAUrl(<Url as FromStr>::Err),
    NoHost,
    /// It has a user name or password.
    Login,
    QueryOrFragment,
    Path,
    /// `http` to another machine.
    Http,
    Scheme(String),
    /// A URL parser would change it to this origin.
    ReadAs(String),
}

impl Endpoint {
    /// Reads an endpoint. `https://` is added where there is no scheme.
    pub(crate) fn parse(text: &str, allow_http: bool) -> Result<Self, EndpointError> {
        let text = text.trim_matches(' ');
        let with_scheme = if text.contains("://") {
            text.to_owned()
        } else {
            format!("https://{text}")
        };
        let url = Url::parse(&with_scheme).map_err(EndpointError::NotAUrl)?;
        let Some(host) = url.host_str().filter(|host| !host.is_empty()) else {
            return Err(EndpointError::NoHost);
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(EndpointError::Login);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(EndpointError::QueryOrFragment);
        }
        // The signature covers the path, and a proxy that drops a prefix would break it.
        if url.path() != "/" {
            return Err(EndpointError::Path);
        }
        let loopback = is_loopback(host);
        match url.scheme() {
            "https" => {}
            "http" if loopback || allow_http => {}
            "http" => return Err(EndpointError::Http),
            other => return Err(EndpointError::Scheme(other.to_owned())),
        }
        let authority = match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        let origin = format!("{}://{authority}", url.scheme());
        // URL parsers drop tabs and slashes, and replace characters that look like ASCII letters:
        // calls would go to another host than the text shows.
        let written = with_scheme.to_ascii_lowercase();
        let written = written.strip_suffix('/').unwrap_or(&written);
        let default_port = url.port_or_known_default().map(|port| format!(":{port}"));
        let plain = written
            .strip_prefix(&origin)
            .is_some_and(|rest| rest.is_empty() || Some(rest) == default_port.as_deref());
        if !plain {
            return Err(EndpointError::ReadAs(origin));
        }
        Ok(Self {
            origin,
            authority,
            loopback,
        })
    }

    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    pub(crate) fn authority(&self) -> &str {
        &self.authority
    }

    /// For spans.
    #[cfg(feature = "tracing")]
    pub(crate) fn host_and_port(&self) -> (&str, u16) {
        let port = if self.origin.starts_with("https") {
            443
        } else {
            80
        };
        match self.authority.rsplit_once(':') {
            Some((host, number)) if !number.ends_with(']') => {
                (host, number.parse().unwrap_or(port))
            }
            _ => (&self.authority, port),
        }
    }

    pub(crate) fn is_loopback(&self) -> bool {
        self.loopback
    }
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAUrl(error) => return write!(f, "the endpoint is not a URL: {error}"),
            Self::NoHost => "the endpoint has no host",
            Self::Login => {
                "the endpoint contains a user name or password; use ClientBuilder::credentials"
            }
            Self::QueryOrFragment => {
                "the endpoint contains a query or fragment; give scheme, host and port only"
            }
            Self::Path => "the endpoint contains a path; give scheme, host and port only",
            Self::Http => {
                "the endpoint has the scheme http, which sends everything unencrypted; use https, \
                 or ClientBuilder::allow_http"
            }
            Self::Scheme(scheme) => {
                return write!(f, "the endpoint has the scheme {scheme:?}; use https");
            }
            Self::ReadAs(origin) => {
                return write!(
                    f,
                    "the endpoint would be read as {origin}; write it in that form if that is \
                     what you mean"
                );
            }
        })
    }
}

fn is_loopback(host: &str) -> bool {
    let v6 = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    match (v6, host.parse::<Ipv4Addr>()) {
        (Some(v6), _) => v6
            .parse::<Ipv6Addr>()
            .is_ok_and(|address| address.is_loopback()),
        (None, Ok(v4)) => v4.is_loopback(),
        (None, Err(_)) => host == "localhost",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_is_for_loopback() {
        for local in [
            "http://localhost:1",
            "http://127.0.0.1",
            "http://127.9.9.9:80",
            "http://[::1]:8080/",
        ] {
            assert!(
                Endpoint::parse(local, false).unwrap().is_loopback(),
                "{local}"
            );
        }
        for remote in [
            "http://vod.example.com",
            "http://localhost.example.com",
            "http://128.0.0.1",
            "http://[::2]",
        ] {
            let error = Endpoint::parse(remote, false).unwrap_err().to_string();
            assert!(error.contains("allow_http"), "{remote}");
            assert!(
                !Endpoint::parse(remote, true).unwrap().is_loopback(),
                "{remote}"
            );
        }
    }

    #[test]
    fn keeps_origin_and_port() {
        let read = |text| {
            let endpoint = Endpoint::parse(text, true).unwrap();
            (
                endpoint.origin().to_owned(),
                endpoint.authority().to_owned(),
            )
        };
        let pair = |origin: &str, authority: &str| (origin.to_owned(), authority.to_owned());
        assert_eq!(
            read(" http://Host.Example:8080/ "),
            pair("http://host.example:8080", "host.example:8080")
        );
        assert_eq!(
            read("http://host.example:80"),
            pair("http://host.example", "host.example")
        );
        assert_eq!(read("http://[::1]:9"), pair("http://[::1]:9", "[::1]:9"));
    }

    #[test]
    fn leads_where_people_read_that_it_leads() {
        for (text, origin) in [
            ("//evil.com", "https://evil.com"),
            ("https:////evil.com", "https://evil.com"),
            ("https:///evil.com", "https://evil.com"),
            ("https://\\evil.com", "https://evil.com"),
            ("https://vod.\texample.com", "https://vod.example.com"),
            ("https://vod.exam\r\nple.com", "https://vod.example.com"),
            ("https://vod.example.com\n", "https://vod.example.com"),
            ("ht\ttps://vod.example.com", "https://vod.example.com"),
            (
                "https://vod\u{3002}example\u{ff0e}com",
                "https://vod.example.com",
            ),
            (
                "https://\u{24e5}\u{24de}\u{24d3}.example.com",
                "https://vod.example.com",
            ),
            ("https://vod\u{200b}.example.com", "https://vod.example.com"),
            ("https://v%6fd.example.com", "https://vod.example.com"),
            ("https://bücher.example", "https://xn--bcher-kva.example"),
            ("http://2130706433", "http://127.0.0.1"),
            ("http://127.1:8080", "http://127.0.0.1:8080"),
            ("https://vod.example.com:0443", "https://vod.example.com"),
        ] {
            let why = format!(
                "the endpoint would be read as {origin}; write it in that form if that is what you mean"
            );
            let error = Endpoint::parse(text, false).unwrap_err();
            assert_eq!(error.to_string(), why, "{text:?}");
            assert_eq!(Endpoint::parse(origin, false).unwrap().origin(), origin);
        }
        for text in [
            "HTTPS://VOD.example.com:443/",
            " vod.example.com ",
            "vod.example.com/",
        ] {
            let read = Endpoint::parse(text, false).unwrap();
            assert_eq!(read.origin(), "https://vod.example.com", "{text:?}");
        }
    }

    #[test]
    fn adds_https() {
        let endpoint = Endpoint::parse("vod.example.com:8443", false).unwrap();
        assert_eq!(endpoint.origin(), "https://vod.example.com:8443");
        assert_eq!(
            Endpoint::parse("localhost:443", false).unwrap().authority(),
            "localhost"
        );
    }

    #[test]
    fn refuses_everything_but_an_origin() {
        for (bad, why) in [
            ("http://user@localhost", "user name"),
            ("http://:hidden@localhost", "user name or password"),
            ("http://localhost?a=b", "query"),
            ("http://localhost/#a", "fragment"),
            ("http://localhost/v1", "path"),
            ("ftp://localhost", "scheme"),
            ("file:///etc", "no host"),
            ("http://", "not a URL"),
            ("", "not a URL"),
            ("http://ho st", "not a URL"),
        ] {
            let error = Endpoint::parse(bad, false).unwrap_err().to_string();
            assert!(
                error.contains(why) && !error.contains("hidden"),
                "{bad}: {error}"
            );
        }
    }
}
