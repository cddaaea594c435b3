//! Who may visit the admin interface.

use std::net::{IpAddr, SocketAddr};

use http::HeaderMap;
use http::uri::Authority;

use super::problem::Problem;

/// What is known of those who may.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guard<'a> {
    /// Whether others than this machine may.
    pub(super) from_anywhere: bool,
    /// The address that the server has for others.
    pub(super) public_url: Option<&'a str>,
}

impl Guard<'_> {
    /// A page of another site must not reach the interface through a browser: neither by itself,
    /// which `Origin` tells, nor by a name of its own that leads to this machine, which `Host` tells.
    pub(super) fn check(&self, peer: SocketAddr, headers: &HeaderMap) -> Result<(), Problem> {
        if !self.from_anywhere && !peer.ip().to_canonical().is_loopback() {
            let message = format!(
                "{} is not this machine: start the server with --admin any to let others in",
                peer.ip()
            );
            return Err(Problem::forbidden("address", message));
        }
        let text = |name| {
            headers
                .get(name)
                .map(|value| value.to_str().unwrap_or_default())
        };
        let host = text("host").unwrap_or_default();
        if !self.is_known(host) {
            let message = format!(
                "{host:?} is not a name of this machine: --public-url tells the server another one"
            );
            return Err(Problem::forbidden("Host", message));
        }
        let Some(origin) = text("origin") else {
            return Ok(());
        };
        let is_ours = [Some(host), self.public_host()]
            .into_iter()
            .flatten()
            .any(|host| {
                let site = origin.split_once("://").map_or("", |(_, site)| site);
                site.eq_ignore_ascii_case(host)
            });
        if is_ours {
            Ok(())
        } else {
            let message = format!("{origin:?} is another site");
            Err(Problem::forbidden("Origin", message))
        }
    }

    fn is_known(&self, host: &str) -> bool {
        if self.public_host() == Some(host) {
            return true;
        }
        let Ok(authority) = host.parse::<Authority>() else {
            return false;
        };
        let name = authority.host();
        let address = name.trim_start_matches('[').trim_end_matches(']');
        let name = name.to_ascii_lowercase();
        // A name without a dot is one of a local network, as containers have them.
        let is_local = name == "localhost" || name.ends_with(".localhost");
        match address.parse::<IpAddr>() {
            Ok(address) => self.from_anywhere || address.to_canonical().is_loopback(),
            Err(_) => is_local || self.from_anywhere && !name.is_empty() && !name.contains('.'),
        }
    }

    fn public_host(&self) -> Option<&str> {
        let (_, rest) = self.public_url?.split_once("://")?;
        rest.split('/').next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lets_in_who_is_on_this_machine() {
        struct Case {
            name: &'static str,
            from_anywhere: bool,
            peer: &'static str,
            host: &'static str,
            origin: Option<&'static str>,
            is_let_in: bool,
        }
        const US: Case = Case {
            name: "a program",
            from_anywhere: false,
            peer: "127.0.0.1:5",
            host: "127.0.0.1:8863",
            origin: None,
            is_let_in: true,
        };

        let cases = [
            US,
            Case {
                name: "the page",
                origin: Some("http://127.0.0.1:8863"),
                ..US
            },
            Case {
                name: "version 6",
                peer: "[::1]:5",
                host: "[::1]:8863",
                ..US
            },
            Case {
                name: "mapped",
                peer: "[::ffff:127.0.0.1]:5",
                host: "localhost",
                ..US
            },
            Case {
                name: "a subdomain",
                host: "vod.localhost:1",
                ..US
            },
            Case {
                name: "the public name",
                host: "vod.example.com",
                ..US
            },
            Case {
                name: "another machine",
                peer: "10.0.0.7:5",
                is_let_in: false,
                ..US
            },
            Case {
                name: "another site",
                origin: Some("http://evil.example"),
                is_let_in: false,
                ..US
            },
            Case {
                name: "another port",
                origin: Some("http://127.0.0.1:80"),
                is_let_in: false,
                ..US
            },
            Case {
                name: "a file",
                origin: Some("null"),
                is_let_in: false,
                ..US
            },
            Case {
                name: "a rebound name",
                host: "evil.example",
                is_let_in: false,
                ..US
            },
            Case {
                name: "almost ours",
                host: "evil-localhost",
                is_let_in: false,
                ..US
            },
            Case {
                name: "an address",
                host: "10.0.0.1",
                is_let_in: false,
                ..US
            },
            Case {
                name: "no host",
                host: "",
                is_let_in: false,
                ..US
            },
            Case {
                name: "anybody",
                from_anywhere: true,
                peer: "10.0.0.7:5",
                host: "10.0.0.1",
                ..US
            },
            Case {
                name: "a container",
                from_anywhere: true,
                peer: "10.0.0.7:5",
                host: "vod:80",
                ..US
            },
            Case {
                name: "a rebound name, anybody",
                from_anywhere: true,
                host: "evil.example",
                is_let_in: false,
                ..US
            },
        ];
        for case in cases {
            let guard = Guard {
                from_anywhere: case.from_anywhere,
                public_url: Some("https://vod.example.com/"),
            };
            let mut headers = HeaderMap::new();
            headers.insert("host", case.host.parse().unwrap());
            if let Some(origin) = case.origin {
                headers.insert("origin", origin.parse().unwrap());
            }
            let checked = guard.check(case.peer.parse().unwrap(), &headers);
            assert_eq!(
                checked.is_ok(),
                case.is_let_in,
                "{}: {checked:?}",
                case.name
            );
        }
    }
}
