//! Addresses of the web, as far as they are needed here.

use std::fmt::{self, Display};

use super::Problem;

/// An address that may be asked: `https`, or `http` on this machine.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// Scheme, host and port.
    origin: String,
    /// Path and query, from the first `/` on; empty if there is none.
    path: String,
}

impl Address {
    /// Reads an address.
    ///
    /// # Errors
    ///
    /// It is not `https`, nor `http` on this machine; it names a user; it has characters that
    /// addresses do not have.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let wrong = || Problem::Address(text.to_owned());
        if !text.chars().all(|c| c.is_ascii_graphic()) {
            return Err(wrong());
        }
        let (scheme, rest) = text.split_once("://").ok_or_else(wrong)?;
        let (rest, _fragment) = rest.split_once('#').unwrap_or((rest, ""));
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (host, path) = rest.split_at(end);
        let host = host.to_ascii_lowercase();
        let named = host
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-.:[]".contains(c));
        let allowed = match scheme {
            "https" => true,
            "http" => is_loopback(&host),
            _ => false,
        };
        if host.is_empty() || !named || !allowed || path.starts_with('?') {
            return Err(wrong());
        }
        Ok(Self {
            origin: format!("{scheme}://{host}"),
            path: path.to_owned(),
        })
    }

    /// Scheme, host and port.
    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    /// Path and query.
    pub(super) fn path(&self) -> &str {
        if self.path.is_empty() {
            "/"
        } else {
            &self.path
        }
    }

    /// The address of what lies below this one.
    pub(super) fn below(&self, path: &str) -> Self {
        Self {
            origin: self.origin.clone(),
            path: format!("{}{path}", self.path.trim_end_matches('/')),
        }
    }

    /// The address of a path of the same host.
    pub(super) fn at_root(&self, path: &str) -> Self {
        Self {
            origin: self.origin.clone(),
            path: path.to_owned(),
        }
    }

    /// Where a link on this page leads to.
    pub(super) fn join(&self, link: &str) -> Result<Self, Problem> {
        let scheme = self.origin.split("//").next().unwrap_or_default();
        if link.contains("://") {
            return Self::parse(link);
        }
        if link.starts_with("//") {
            return Self::parse(&format!("{scheme}{link}"));
        }
        if link.starts_with('/') {
            return Self::parse(&format!("{}{link}", self.origin));
        }
        let path = self.path().split('?').next().unwrap_or_default();
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        Self::parse(&format!("{}{folder}/{link}", self.origin))
    }
}

impl Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, self.path)
    }
}

fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.chars().all(|c| c.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_and_this_machine_are_asked() {
        let cases = [
            ("https", "https://docs.example.com/a/b.html?c=d", true),
            ("a host alone", "https://docs.example.com", true),
            ("this machine", "http://127.0.0.1:8080/a", true),
            ("this machine by name", "http://localhost:8080", true),
            ("http elsewhere", "http://docs.example.com/a", false),
            (
                "looks like this machine",
                "http://127.0.0.1.example.com/",
                false,
            ),
            ("a file", "file:///etc/passwd", false),
            ("a user", "https://user@docs.example.com/", false),
            ("no host", "https:///a", false),
            ("a space", "https://docs.example.com/a b", false),
            ("no scheme", "docs.example.com", false),
        ];
        for (name, text, allowed) in cases {
            assert_eq!(Address::parse(text).is_ok(), allowed, "{name}");
        }
    }

    #[test]
    fn links_lead_where_a_browser_would_go() {
        let page = Address::parse("https://docs.example.com/en/api/a.html?x=1").unwrap();
        let cases = [
            (
                "absolute",
                "https://example.org/b",
                Some("https://example.org/b"),
            ),
            (
                "same scheme",
                "//example.org/b",
                Some("https://example.org/b"),
            ),
            (
                "same host",
                "/b.html#top",
                Some("https://docs.example.com/b.html"),
            ),
            (
                "same folder",
                "b.html",
                Some("https://docs.example.com/en/api/b.html"),
            ),
            ("not safe", "http://docs.example.com/b.html", None),
        ];
        for (name, link, leads_to) in cases {
            let joined = page.join(link).ok().map(|it| it.to_string());
            assert_eq!(joined.as_deref(), leads_to, "{name}");
        }
    }
}
