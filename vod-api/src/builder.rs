//! Sets up a client.

use std::fmt;
use std::time::Duration;

use crate::client::{Client, Shared};
use crate::credentials::Credentials;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::redact::Redactor;
use crate::region::Region;
use crate::transport::Transport;

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
    timeout: Option<Duration>,
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
            timeout: Some(Duration::from_secs(60)),
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

    /// How long a whole call may take; 60 s by default, `None` for no limit.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
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
        Ok(Client::from_shared(Shared {
            // A proxy would look for the service on its own machine.
            transport: Transport::new(
                self.connect_timeout,
                self.max_response_size,
                endpoint.is_loopback(),
            )?,
            endpoint,
            project_id,
            redactor: Redactor::new(&credentials),
            credentials,
            validate: self.validate,
            timeout: self.timeout,
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
