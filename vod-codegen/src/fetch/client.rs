//! Asks politely: with pauses, as `robots.txt` allows, and again only after a while.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;
use ureq::http::{HeaderMap, Response};
use ureq::{Agent, Body};

use super::robots::Robots;
use super::sources::{
    FIRST_WAIT, MAX_BYTES, MAX_FAILURES, MAX_REDIRECTS, MAX_TRIES, MAX_WAIT, RATE_WINDOW,
};
use super::{Address, Clock, Problem, Settings};

/// Names the project and its version.
const USER_AGENT: &str = concat!(
    env!("CARGO_PKG_NAME"),
    "/",
    env!("CARGO_PKG_VERSION"),
    " (reads the VOD docs for the Rust crate vod-api)"
);

/// The code of a refusal for the rate.
const RATE_CODE: &str = "APIGW.0308";

pub(super) struct Client<'a> {
    agent: Agent,
    clock: &'a mut dyn Clock,
    pause: Duration,
    hosts: BTreeMap<String, Host>,
    waits: usize,
}

/// What is known of a host that may be asked.
#[derive(Debug, Default)]
struct Host {
    /// When it was asked last.
    asked: Option<Duration>,
    /// How many requests failed in a row.
    failures: u32,
    robots: Option<Rules>,
}

#[derive(Debug)]
enum Rules {
    Read(Robots),
    /// Why they cannot be read.
    Unknown(String),
}

/// What the server said of the version that is there already.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Version {
    pub(super) etag: Option<String>,
    pub(super) modified: Option<String>,
}

/// What came of a request.
#[derive(Debug)]
pub(super) enum Reply {
    Text {
        text: String,
        version: Version,
    },
    NotModified,
    /// There is no such thing.
    Missing,
    /// It is elsewhere, on a host that may be asked.
    Moved(Address),
}

/// One reply as it came.
struct Raw {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl<'a> Client<'a> {
    pub(super) fn new(settings: &Settings, clock: &'a mut dyn Clock) -> Self {
        let config = Agent::config_builder()
            .user_agent(USER_AGENT)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(Duration::from_secs(20)))
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        let origins = [&settings.api_explorer, &settings.docs].map(|it| it.origin().to_owned());
        Self {
            agent: config.into(),
            clock,
            pause: settings.pause,
            hosts: origins.map(|it| (it, Host::default())).into(),
            waits: 0,
        }
    }

    /// How often it was waited before something was asked for again.
    pub(super) fn waits(&self) -> usize {
        self.waits
    }

    /// Asks for a text, unless it is still of this version.
    pub(super) fn get(&mut self, address: &Address, known: &Version) -> Result<Reply, Problem> {
        let mut at = address.clone();
        for _ in 0..=MAX_REDIRECTS {
            self.may_ask(&at)?;
            let raw = self.patiently(&at, known)?;
            match raw.status {
                200 => return text(raw, address, at),
                304 => return Ok(Reply::NotModified),
                404 | 410 => return Ok(Reply::Missing),
                301 | 302 | 303 | 307 | 308 => {
                    let link = header(&raw.headers, "location").unwrap_or_default();
                    at = at
                        .join(&link)
                        .ok()
                        .filter(|to| self.hosts.contains_key(to.origin()))
                        .ok_or(Problem::Redirect(link))?;
                }
                status => return Err(refusal(&raw.body).unwrap_or(Problem::Status(status))),
            }
        }
        Err(Problem::Redirects(MAX_REDIRECTS))
    }

    /// Whether the rules of the host allow it; they are read once.
    fn may_ask(&mut self, address: &Address) -> Result<(), Problem> {
        let Some(host) = self.hosts.get(address.origin()) else {
            return Err(Problem::Host(address.clone()));
        };
        if host.robots.is_none() {
            let rules = self.robots(&address.at_root("/robots.txt"));
            if let Some(host) = self.hosts.get_mut(address.origin()) {
                host.robots = Some(rules);
            }
        }
        match self.hosts.get(address.origin()).map(|it| &it.robots) {
            Some(Some(Rules::Read(robots))) if robots.allows(address.path()) => Ok(()),
            Some(Some(Rules::Unknown(why))) => Err(Problem::NoRobots(why.clone())),
            _ => Err(Problem::Robots),
        }
    }

    /// As RFC 9309 has it, a host without rules allows all, and one whose rules cannot be reached
    /// nothing. A redirect leads to no rules, but to where one signs in.
    fn robots(&mut self, address: &Address) -> Rules {
        match self.patiently(address, &Version::default()) {
            Ok(raw) if raw.status == 200 => match String::from_utf8(raw.body) {
                Ok(text) => Rules::Read(Robots::parse(&text)),
                Err(_) => Rules::Unknown(Problem::NotText.to_string()),
            },
            Ok(raw) if raw.status < 500 => Rules::Read(Robots::default()),
            Ok(raw) => Rules::Unknown(Problem::Status(raw.status).to_string()),
            Err(problem) => Rules::Unknown(problem.to_string()),
        }
    }

    /// Asks again where it can help, and gives a host up that fails all the time.
    fn patiently(&mut self, address: &Address, known: &Version) -> Result<Raw, Problem> {
        let origin = address.origin().to_owned();
        let failures = |client: &Self| client.hosts.get(&origin).map_or(0, |it| it.failures);
        if failures(self) >= MAX_FAILURES {
            return Err(Problem::GivenUp);
        }
        let outcome = self.tries(address, known);
        if let Some(host) = self.hosts.get_mut(&origin) {
            host.failures = match &outcome {
                Err(Problem::Tries { .. }) => host.failures + 1,
                // It asks to be left alone.
                Err(Problem::Later(_)) => MAX_FAILURES,
                _ => 0,
            };
        }
        outcome
    }

    fn tries(&mut self, address: &Address, known: &Version) -> Result<Raw, Problem> {
        let mut backoff = FIRST_WAIT;
        let mut tries = 1;
        loop {
            let outcome = self.once(address, known);
            let (wait, last) = match &outcome {
                Ok(raw) if is_rate_refusal(raw) => (
                    retry_after(raw).unwrap_or(backoff.max(RATE_WINDOW)),
                    refusal(&raw.body),
                ),
                Ok(raw) if raw.status == 429 || raw.status >= 500 => (
                    retry_after(raw).unwrap_or(backoff),
                    Some(Problem::Status(raw.status)),
                ),
                Err(Problem::Transport(why)) => (backoff, Some(Problem::Transport(why.clone()))),
                _ => return outcome,
            };
            if wait > MAX_WAIT {
                return Err(Problem::Later(wait.as_secs()));
            }
            if tries == MAX_TRIES {
                let last = Box::new(last.unwrap_or(Problem::GivenUp));
                return Err(Problem::Tries { tries, last });
            }
            self.waits += 1;
            self.clock.wait(wait);
            backoff *= 2;
            tries += 1;
        }
    }

    fn once(&mut self, address: &Address, known: &Version) -> Result<Raw, Problem> {
        self.keep_pace(address.origin());
        let mut request = self.agent.get(address.to_string());
        if let Some(etag) = &known.etag {
            request = request.header("If-None-Match", etag);
        }
        if let Some(modified) = &known.modified {
            request = request.header("If-Modified-Since", modified);
        }
        let mut response = request.call().map_err(transport)?;
        let body = body(&mut response)?;
        Ok(Raw {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body,
        })
    }

    fn keep_pace(&mut self, origin: &str) {
        let Some(host) = self.hosts.get_mut(origin) else {
            return;
        };
        if let Some(asked) = host.asked {
            let passed = self.clock.now().saturating_sub(asked);
            if let Some(left) = self.pause.checked_sub(passed) {
                self.clock.wait(left);
            }
        }
        host.asked = Some(self.clock.now());
    }
}

fn text(raw: Raw, asked: &Address, at: Address) -> Result<Reply, Problem> {
    if *asked != at {
        return Ok(Reply::Moved(at));
    }
    let version = Version {
        etag: header(&raw.headers, "etag"),
        modified: header(&raw.headers, "last-modified"),
    };
    let text = String::from_utf8(raw.body).map_err(|_| Problem::NotText)?;
    Ok(Reply::Text { text, version })
}

fn body(response: &mut Response<Body>) -> Result<Vec<u8>, Problem> {
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
    let read = response.body_mut().with_config().limit(most).read_to_vec();
    read.map_err(|error| match error {
        ureq::Error::BodyExceedsLimit(_) => Problem::TooLarge,
        error => transport(error),
    })
}

fn transport(error: ureq::Error) -> Problem {
    Problem::Transport(error.to_string())
}

/// A header, if it is one that could be sent back.
fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    (value.len() <= 2000).then(|| value.to_owned())
}

/// The time to wait; where it is a date, it is not read, and our own time holds.
fn retry_after(raw: &Raw) -> Option<Duration> {
    let seconds = header(&raw.headers, "retry-after")?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

fn is_rate_refusal(raw: &Raw) -> bool {
    matches!(refusal(&raw.body), Some(Problem::Code { code, .. }) if code == RATE_CODE)
}

/// What the service says of why it does not answer, whatever the status is.
fn refusal(body: &[u8]) -> Option<Problem> {
    // Documents are larger, and need not be read twice.
    let short = body.len() <= 4096;
    let value: Value = short.then(|| serde_json::from_slice(body).ok()).flatten()?;
    let text = |name: &str| {
        let text = value.get(name)?.as_str()?;
        Some(text.chars().take(300).collect())
    };
    Some(Problem::Code {
        code: text("error_code")?,
        message: text("error_msg").unwrap_or_default(),
    })
}

/// The same, of a text that came with the status of a success.
pub(super) fn refused(text: &str) -> Option<Problem> {
    refusal(text.as_bytes())
}
