//! What the handle and the connections share.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use http::HeaderMap;
use vod_api::Credentials;
use vod_api::operation::OperationMeta;

#[cfg(feature = "server")]
use super::forwarded;
use super::log::Requests;
#[cfg(feature = "server")]
use super::standalone::{Proxy, Standalone};
use crate::clock::Clock;
use crate::gateway::Auth;
use crate::iam::Account;
use crate::notifier::Deliveries;
use crate::script::Script;
#[cfg(feature = "playback")]
use crate::validation::UrlValidation;
use crate::world::World;

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) address: SocketAddr,
    pub(crate) operations: &'static [&'static OperationMeta],
    /// Whether other operations are let through.
    pub(crate) accept_unknown: bool,
    /// Whether limits are checked.
    pub(crate) validate: bool,
    pub(crate) unknown: Unknown,
    /// The one project there is, or `None` for any.
    pub(crate) project_id: Option<&'static str>,
    /// Who may call.
    pub(crate) known: Mutex<Vec<Credentials>>,
    /// How that is checked.
    pub(crate) auth: Auth,
    /// Who may log in, if IAM is there; then all operations that have state answer from it.
    pub(crate) account: Option<Account>,
    pub(crate) clock: Arc<Clock>,
    /// What has state, if anything has.
    pub(crate) world: Option<Arc<World>>,
    pub(crate) script: Script,
    pub(crate) requests: Requests,
    /// What became of events that were sent to a server.
    pub(crate) deliveries: Arc<Deliveries>,
    /// Which URLs files of media assets are given to, if not to all.
    #[cfg(feature = "playback")]
    pub(crate) url_validation: Option<UrlValidation>,
    /// What else there is, unless it runs in a test.
    #[cfg(feature = "server")]
    pub(crate) standalone: Option<Arc<Standalone>>,
}

/// How much clients may ask for. There are none in a test, whose clients mean well and whose clock
/// can jump.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// How many connections there can be at a time.
    pub(crate) connections: usize,
    /// How long a client may send nothing where it is its turn.
    pub(crate) patience: Duration,
}

/// What happens to members of requests that the docs do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// The request is refused.
    Refuse,
    /// They are dropped, and the log says so.
    Warn,
}

impl State {
    #[cfg(feature = "server")]
    pub(crate) fn bounds(&self) -> Option<Bounds> {
        Some(self.standalone.as_ref()?.bounds)
    }

    #[cfg(not(feature = "server"))]
    #[expect(clippy::unused_self, reason = "there is nothing to look at")]
    pub(crate) fn bounds(&self) -> Option<Bounds> {
        None
    }

    /// Scheme and host of URLs in a reply: those of the request that asks, unless others are set.
    pub(crate) fn base(&self, headers: &HeaderMap) -> String {
        let host = headers.get("host").and_then(|host| host.to_str().ok());
        #[cfg(feature = "server")]
        if let Some(standalone) = &self.standalone {
            if let Some(url) = &standalone.public_url {
                return url.clone();
            }
            if standalone.proxy == Proxy::Trusted {
                let host = forwarded::host(headers).or(host);
                return self.url(forwarded::scheme(headers), host);
            }
        }
        self.url("http", host)
    }

    fn url(&self, scheme: &str, host: Option<&str>) -> String {
        match host {
            Some(host) => format!("{scheme}://{host}"),
            None => format!("{scheme}://{}", self.address),
        }
    }

    /// The times that signatures may have. With a clock that can be moved on, clients that follow
    /// the system's are still let in.
    pub(super) fn times(&self) -> Vec<SystemTime> {
        let own = self.clock.now();
        let system = self.account.is_some().then(SystemTime::now);
        std::iter::once(own).chain(system).collect()
    }
}
