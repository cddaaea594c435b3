//! Sets up a client.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::HeaderMap;

use crate::client::{Client, Shared};
use crate::clock::{self, Chance, Clock};
use crate::credentials::Credentials;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::options::CallOptions;
use crate::redact::Redactor;
use crate::region::Region;
use crate::retry::{Budget, Retry, RetryPolicy};
use crate::transport::{Route, Transport};

/// Sets up a [`Client`]: a region or endpoint, a project id and credentials are needed, all else has defaults.
#[derive(Clone)]
#[must_use = "nothing happens until `build`"]
pub struct ClientBuilder {
    region: Option<Region>,
    endpoint: Option<String>,
    project_id: Option<String>,
    credentials: Option<Credentials>,
    validate: bool,
    allow_http: bool,
    options: CallOptions,
    route: Route,
    http: Option<reqwest::Client>,
    clock: clock::Source,
    seed: Option<u64>,
    connect_timeout: Option<Duration>,
    max_response_size: usize,
}

impl ClientBuilder {
    pub(crate) fn new() -> Self {
        Self {
            region: None,
            endpoint: None,
            project_id: None,
            credentials: None,
            validate: true,
            allow_http: false,
            options: CallOptions {
                timeout: Some(Duration::from_secs(60)),
                attempt_timeout: Some(Duration::from_secs(30)),
                retry: Arc::new(Retry::default()),
                idempotent: None,
                headers: HeaderMap::new(),
                unusable: None,
            },
            route: Route::System,
            http: None,
            clock: Arc::new(SystemTime::now),
            seed: None,
            connect_timeout: Some(Duration::from_millis(3100)),
            max_response_size: 64 << 20,
        }
    }

    /// Where the service runs.
    pub fn region(mut self, region: impl Into<Region>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Scheme, host and port of the service, instead of the region's own: `https://vod.example.com`. Without a scheme
    /// it is `https`; a path, query, fragment or user name is an error.
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// Project that the calls are for, in the region of the client.
    pub fn project_id(mut self, project_id: impl Into<String>) -> Self {
        self.project_id = Some(project_id.into());
        self
    }

    /// Who calls.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// Whether requests are checked against the documented limits before they are sent; on by default. Turn it off
    /// where the docs are wrong, and the service decides.
    pub fn validate(mut self, validate: bool) -> Self {
        self.validate = validate;
        self
    }

    /// Whether `http://` endpoints are accepted; off by default, except for this machine (`localhost`, `127.0.0.0/8`,
    /// `[::1]`). Tokens and data then travel in the clear.
    pub fn allow_http(mut self, allow: bool) -> Self {
        self.allow_http = allow;
        self
    }

    /// How long a whole call may take, with all attempts; 60 s by default, `None` for no limit.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.options.timeout = timeout.into();
        self
    }

    /// How long each attempt of a call may take; 30 s by default, `None` for no limit but that of the whole call.
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.options.attempt_timeout = timeout.into();
        self
    }

    /// What to do when an attempt fails; [`Retry::default`] by default.
    pub fn retry_policy(mut self, policy: impl RetryPolicy) -> Self {
        self.options.retry = Arc::new(policy);
        self
    }

    /// A proxy for all requests, as `http://user:password@proxy.example.com:8080`, instead of those that the system or
    /// the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`) names.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.route = Route::Proxy(url.into());
        self
    }

    /// No proxy, whatever the system says.
    pub fn no_proxy(mut self) -> Self {
        self.route = Route::Direct;
        self
    }

    /// An HTTP client that you have set up, with certificates, name look-up or limits of your own, to be shared with
    /// others. It must not follow redirects: they would carry a signature elsewhere. The settings for proxies and
    /// connecting are its own then.
    ///
    /// This method follows the versions of the crate `reqwest`, and changes with them.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// How long connecting may take, within the time of the call; 3.1 s by default, `None` for no limit of its own.
    pub fn connect_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.connect_timeout = timeout.into();
        self
    }

    /// Most bytes that the body of a reply may have; 64 MiB by default.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = bytes;
        self
    }

    /// The time of day that requests are signed with, instead of the system's.
    #[cfg(feature = "test-util")]
    pub fn clock(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(now);
        self
    }

    /// Makes the random parts of waits the same each time.
    #[cfg(feature = "test-util")]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Checks the settings and makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// An error of kind [`Configuration`](crate::ErrorKind::Configuration) that says what is missing or wrong.
    pub fn build(self) -> Result<Client, Error> {
        let endpoint = match (self.endpoint, self.region) {
            (Some(endpoint), _) => endpoint,
            (None, Some(region)) => {
                region.check().map_err(Error::configuration)?;
                region.endpoint()
            }
            (None, None) => {
                return Err(Error::configuration(
                    "no region: call ClientBuilder::region or ClientBuilder::endpoint",
                ));
            }
        };
        let endpoint = Endpoint::parse(&endpoint, self.allow_http).map_err(Error::configuration)?;
        let Some(project_id) = self.project_id else {
            return Err(Error::configuration(
                "no project id: call ClientBuilder::project_id",
            ));
        };
        // It goes into the path of every request and into a header.
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if project_id.is_empty() || !project_id.bytes().all(plain) {
            let message =
                format!("the project id {project_id:?} may hold A-Z, a-z, 0-9, - and _ only");
            return Err(Error::configuration(message));
        }
        let Some(credentials) = self.credentials else {
            return Err(Error::configuration(
                "no credentials: call ClientBuilder::credentials",
            ));
        };
        credentials.check().map_err(Error::configuration)?;
        let route = match self.route {
            // A proxy would look for the service on its own machine.
            Route::System if endpoint.is_loopback() => Route::Direct,
            route => route,
        };
        let transport = match self.http {
            Some(client) => Transport::over(client, self.max_response_size),
            None => Transport::new(self.connect_timeout, self.max_response_size, &route)?,
        };
        Ok(Client::from_shared(Shared {
            transport,
            endpoint,
            project_id,
            redactor: Redactor::new(&credentials),
            credentials,
            validate: self.validate,
            options: self.options,
            clock: Clock::new(self.clock),
            chance: Chance::new(self.seed),
            budget: Budget::default(),
        }))
    }
}

// Without the endpoint, which could hold a password until `build` has refused it.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("region", &self.region)
            .field("project_id", &self.project_id)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}
