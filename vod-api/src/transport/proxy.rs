//! Finds the proxy that a request goes through. reqwest ignores a proxy that it cannot use, and
//! connects directly. To prevent this, proxies are checked here, with the same matcher that reqwest
//! uses.

use std::env;
use std::ffi::OsString;
use std::fmt;

use http::Uri;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use reqwest::Url;

use crate::transport::tls;
use crate::variables::NotUtf8;

/// The route of requests to the service.
#[derive(Clone)]
pub(crate) enum Route {
    /// Through the proxies of the system, `HTTPS_PROXY` for example.
    System,
    /// Without a proxy.
    Direct,
    /// Through this proxy; the URL can contain a password.
    Proxy(String),
}

/// The proxies of a route.
pub(crate) struct Proxies {
    matcher: Matcher,
    /// What is wrong with the proxy of each scheme. Ignored for origins that are exempt.
    refused: Refused,
    /// Matches all origins that no variable exempts from proxies.
    exempt: Matcher,
}

#[derive(Default)]
struct Refused {
    http: Option<ProxyError>,
    https: Option<ProxyError>,
}

/// Why a proxy cannot be used. It shows no password.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ProxyError {
    /// The text, without what can be a password, does not name one.
    Unusable(String),
    /// It needs a feature of this crate.
    Needs {
        proxy: String,
        feature: Feature,
    },
    NotUtf8(NotUtf8),
    /// A variable names a proxy that cannot be used.
    In {
        variable: &'static str,
        why: Box<Self>,
    },
}

/// A feature of this crate that a proxy needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Feature {
    Tls,
    Socks,
}

/// Returns the value of a variable.
type Lookup<'a> = &'a dyn Fn(&str) -> Option<OsString>;

impl Proxies {
    /// The proxies of the system. One that cannot be used is an error only when a request would
    /// need it.
    pub(crate) fn of_system() -> Self {
        let lookup = |name: &str| env::var_os(name);
        // Like reqwest: in a CGI script, a request header could set `HTTP_PROXY`.
        let cgi = lookup("REQUEST_METHOD").is_some();
        let (refused, no) = if cgi {
            (Refused::default(), String::new())
        } else {
            read(&lookup)
        };
        Self {
            matcher: Matcher::from_system(),
            refused,
            exempt: Matcher::builder().all("http://proxy").no(no).build(),
        }
    }

    /// The given proxy, and its URL in the form that reqwest takes.
    pub(crate) fn given(text: &str) -> Result<(Self, String), ProxyError> {
        let url = check(text)?;
        let proxies = Self {
            matcher: Matcher::builder().all(&url).build(),
            refused: Refused::default(),
            exempt: Matcher::builder().build(),
        };
        Ok((proxies, url))
    }

    /// The proxy for requests to an origin, without user name and password. An error if it cannot
    /// be used.
    pub(crate) fn find(&self, origin: &str) -> Result<Option<String>, ProxyError> {
        let Ok(origin) = origin.parse::<Uri>() else {
            return Ok(None);
        };
        let refused = match origin.scheme_str() {
            Some("https") => &self.refused.https,
            _ => &self.refused.http,
        };
        match refused {
            Some(why) if self.exempt.intercept(&origin).is_some() => Err(why.clone()),
            _ => Ok(self.matcher.intercept(&origin).as_ref().map(shown)),
        }
    }
}

/// Reads what is wrong with the variables, and which origins they exempt.
fn read(lookup: Lookup<'_>) -> (Refused, String) {
    let no = match variable(lookup, ["NO_PROXY", "no_proxy"]) {
        Ok(no) => no.map(|(_, list)| list).unwrap_or_default(),
        Err(why) => {
            let refused = Refused {
                http: Some(why.clone()),
                https: Some(why),
            };
            return (refused, String::new());
        }
    };
    let all = ["ALL_PROXY", "all_proxy"];
    let problem = |names: [&'static str; 2]| {
        let first = variable(lookup, names).transpose();
        let (variable, value) = match first.or_else(|| variable(lookup, all).transpose())? {
            Ok(set) => set,
            Err(why) => return Some(why),
        };
        let why = Box::new(check(&value).err()?);
        Some(ProxyError::In { variable, why })
    };
    let refused = Refused {
        http: problem(["HTTP_PROXY", "http_proxy"]),
        https: problem(["HTTPS_PROXY", "https_proxy"]),
    };
    (refused, no)
}

/// The first of the names that is set, with its value; `None` if the value is empty.
fn variable(
    lookup: Lookup<'_>,
    names: [&'static str; 2],
) -> Result<Option<(&'static str, String)>, ProxyError> {
    let mut set = names.iter().filter_map(|name| Some((*name, lookup(name)?)));
    let Some((name, value)) = set.next() else {
        return Ok(None);
    };
    match value.into_string() {
        Ok(value) => Ok(Some((name, value)).filter(|(_, value)| !value.is_empty())),
        Err(_) => Err(ProxyError::NotUtf8(NotUtf8::of(name))),
    }
}

/// Checks that requests would go through a proxy, and returns its URL. It can be given without a
/// scheme.
fn check(value: &str) -> Result<String, ProxyError> {
    let plain = !value.contains(|it: char| it.is_whitespace() || it.is_control());
    let url = if value.contains("://") {
        Url::parse(value)
    } else {
        Url::parse(&format!("http://{value}"))
    };
    let matcher = Matcher::builder().all(value).build();
    let proxy = matcher.intercept(&Uri::from_static("http://service/"));
    let (Ok(url), Some(proxy), true) = (url, proxy, plain) else {
        return Err(ProxyError::Unusable(hidden(value)));
    };
    let needs = |feature| {
        let proxy = shown(&proxy);
        Err(ProxyError::Needs { proxy, feature })
    };
    match proxy.uri().scheme_str() {
        Some("https") if !tls::AVAILABLE => needs(Feature::Tls),
        Some("http" | "https") => Ok(url.into()),
        _ if cfg!(feature = "socks") => Ok(url.into()),
        _ => needs(Feature::Socks),
    }
}

impl fmt::Display for ProxyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unusable(text) => write!(
                f,
                "the proxy {text:?} cannot be used: a proxy has the form \
                 http://user:password@proxy.example.com:8080"
            ),
            Self::Needs { proxy, feature } => {
                let feature = match feature {
                    Feature::Tls => "a feature for TLS, `rustls` for example,",
                    Feature::Socks => "the feature `socks`",
                };
                write!(f, "the proxy {proxy} needs {feature} of the crate vod-api")
            }
            Self::NotUtf8(why) => why.fmt(f),
            Self::In { variable, why } => write!(
                f,
                "{variable}: {why}; correct it, or override it with ClientBuilder::proxy or \
                 ClientBuilder::no_proxy"
            ),
        }
    }
}

/// The text without what can be a user name or password: the part before the last `@`, and a port
/// that is not a number.
fn hidden(text: &str) -> String {
    const HIDDEN: &str = "[redacted]";
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (format!("{scheme}://"), rest),
        None => (String::new(), text),
    };
    let (user, rest) = match rest.rsplit_once('@') {
        Some((_, rest)) => (format!("{HIDDEN}@"), rest),
        None => (String::new(), rest),
    };
    let host = match rest.rsplit_once(':') {
        Some((host, port)) if !port.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{host}:{HIDDEN}")
        }
        _ => rest.to_owned(),
    };
    let text = format!("{scheme}{user}{host}");
    text.chars().take(200).collect()
}

fn shown(proxy: &Intercept) -> String {
    let uri = proxy.uri();
    let scheme = uri.scheme_str().unwrap_or("http");
    let authority = uri.authority().map_or("", |it| it.as_str());
    format!("{scheme}://{authority}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(set: &[(&str, &str)]) -> (Option<String>, Option<String>) {
        let lookup = |name: &str| {
            let found = set.iter().find(|(known, _)| *known == name)?;
            Some(OsString::from(found.1))
        };
        let (Refused { http, https }, _) = read(&lookup);
        let text = |why: ProxyError| why.to_string();
        (http.map(text), https.map(text))
    }

    #[test]
    fn variables_are_checked_as_they_are_used() {
        let (bad, good) = ("htpp://proxy:8080", "http://proxy:8080");
        for (set, http, https) in [
            (&[][..], None, None),
            (&[("http_proxy", bad)], Some("http_proxy"), None),
            (&[("HTTPS_PROXY", bad)], None, Some("HTTPS_PROXY")),
            (&[("all_proxy", bad)], Some("all_proxy"), Some("all_proxy")),
            (
                &[("ALL_PROXY", bad), ("https_proxy", good)],
                Some("ALL_PROXY"),
                None,
            ),
            // reqwest would take the other proxy.
            (
                &[("ALL_PROXY", good), ("https_proxy", bad)],
                None,
                Some("https_proxy"),
            ),
            (&[("HTTPS_PROXY", good), ("https_proxy", bad)], None, None),
            (&[("HTTPS_PROXY", ""), ("https_proxy", bad)], None, None),
        ] {
            let names = |problem: Option<String>| {
                problem.map(|text| text.split(':').next().unwrap_or_default().to_owned())
            };
            let (of_http, of_https) = problems(set);
            assert_eq!(names(of_http).as_deref(), http, "{set:?}");
            assert_eq!(names(of_https).as_deref(), https, "{set:?}");
        }
    }

    #[test]
    fn what_cannot_be_used_is_told_without_passwords() {
        let like =
            "cannot be used: a proxy has the form http://user:password@proxy.example.com:8080";
        for (value, told) in [
            ("htpp://proxy:8080", "htpp://proxy:8080"),
            ("socks://user:hidden@proxy", "socks://[redacted]@proxy"),
            ("ftp://hid:den@hidden@proxy:1", "ftp://[redacted]@proxy:1"),
            ("http://user:hidden", "http://user:[redacted]"),
            ("/proxy", "/proxy"),
            (" http://proxy:8080", " http://proxy:8080"),
            ("http://proxy:8080\n", "http://proxy:[redacted]"),
        ] {
            let expected = format!("the proxy {told:?} {like}");
            let error = check(value).unwrap_err();
            assert_eq!(error.to_string(), expected);
            assert_eq!(Proxies::given(value).err(), Some(error));
        }
        let whole = problems(&[("https_proxy", "htpp://a:1")]).1.unwrap();
        assert_eq!(
            whole,
            format!(
                "https_proxy: the proxy \"htpp://a:1\" {like}; correct it, or override it with ClientBuilder::proxy or \
                 ClientBuilder::no_proxy"
            )
        );
        for good in [
            "proxy",
            "proxy:8080",
            "http://u:p@[::1]:8080",
            "127.0.0.1:1",
        ] {
            assert!(check(good).is_ok(), "{good}");
            assert!(Proxies::given(good).is_ok(), "{good}");
        }
        #[cfg(not(feature = "socks"))]
        assert_eq!(
            check("socks5://user:hidden@proxy:1080")
                .unwrap_err()
                .to_string(),
            "the proxy socks5://proxy:1080 needs the feature `socks` of the crate vod-api"
        );
    }

    #[cfg(unix)]
    #[test]
    fn what_is_not_utf8_is_not_passed_over() {
        use std::os::unix::ffi::OsStringExt;

        for name in ["https_proxy", "NO_PROXY"] {
            let lookup = |asked: &str| {
                (asked == name).then(|| OsString::from_vec(b"http://\xff:1".to_vec()))
            };
            let (refused, _) = read(&lookup);
            assert_eq!(
                refused.https.unwrap().to_string(),
                format!("the variable {name} is not UTF-8: correct or unset it")
            );
        }
    }

    #[test]
    fn exemptions_count() {
        let bad = || ProxyError::Unusable("bad".to_owned());
        let proxies = Proxies {
            matcher: Matcher::builder().build(),
            refused: Refused {
                http: None,
                https: Some(bad()),
            },
            exempt: Matcher::builder()
                .all("http://proxy")
                .no("inner.example")
                .build(),
        };
        assert_eq!(proxies.find("https://a.inner.example"), Ok(None));
        assert_eq!(proxies.find("http://outer.example"), Ok(None));
        assert_eq!(proxies.find("https://outer.example:1"), Err(bad()));
    }
}
