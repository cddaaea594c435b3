//! Sets up a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::client::{Client, Shared};
use crate::credentials::{Chain, Credentials, ProvideCredentials};
use crate::endpoint::Endpoint;
use crate::endpoints::Endpoints;
use crate::error::Error;
use crate::keyring::Keyring;
use crate::project::{self, Iam, Project};
use crate::region::Region;
use crate::transport::Transport;
use crate::variables::Variables;

/// Sets up a [`Client`]: a region or endpoint is needed, all else has defaults.
#[derive(Clone)]
#[must_use = "nothing happens until `build`"]
pub struct ClientBuilder {
    region: Option<Region>,
    endpoint: Option<String>,
    project_id: Option<String>,
    iam_endpoint: Option<String>,
    credentials: Option<Provider>,
    variables: Variables,
    validate: bool,
    allow_http: bool,
    timeout: Option<Duration>,
    connect_timeout: Option<Duration>,
    max_response_size: usize,
}

/// Who calls, and whether it can be checked beforehand.
#[derive(Clone)]
enum Provider {
    Given(Credentials),
    Asked(Arc<dyn ProvideCredentials>),
}

impl ClientBuilder {
    pub(crate) fn new() -> Self {
        Self {
            region: None,
            endpoint: None,
            project_id: None,
            iam_endpoint: None,
            credentials: None,
            variables: Variables::of_process(),
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

    /// Project that the calls are for, in the region of the client. Without one it is the project of the credentials,
    /// where they have one, or else the region's own, which the client asks IAM for before its first call.
    pub fn project_id(mut self, project_id: impl Into<String>) -> Self {
        self.project_id = Some(project_id.into());
        self
    }

    /// Scheme, host and port of IAM, where the project id is looked up. Without it, in this order: what the credentials
    /// file says, what the variable `HUAWEICLOUD_SDK_IAM_ENDPOINT` says, `https://iam.{region}.myhuaweicloud.com`.
    pub fn iam_endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.iam_endpoint = Some(endpoint.into());
        self
    }

    /// Who calls. Replaces a provider that was set before.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = Some(Provider::Given(credentials));
        self
    }

    /// Where to get the credentials when they are needed, and again before they expire. By default it is
    /// [`Chain::default`]. Replaces credentials that were set before.
    pub fn credentials_provider(mut self, provider: impl ProvideCredentials) -> Self {
        self.credentials = Some(Provider::Asked(Arc::new(provider)));
        self
    }

    /// The environment variables that the client reads, instead of those of the process; for tests.
    #[cfg(feature = "test-util")]
    pub fn variables(
        mut self,
        lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.variables = Variables::new(lookup);
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

    /// Checks the settings and makes the client. Nothing is sent, and no file is read.
    ///
    /// # Errors
    ///
    /// An error of kind [`Configuration`](crate::ErrorKind::Configuration) that says what is missing or wrong.
    pub fn build(self) -> Result<Client, Error> {
        let endpoints = match (&self.endpoint, &self.region) {
            (Some(endpoint), _) => {
                Endpoint::parse(endpoint, self.allow_http).map(|one| Endpoints::given(vec![one]))
            }
            (None, Some(region)) => Endpoints::of_region(region, &self.variables, self.allow_http),
            (None, None) => Err(
                "no region: call ClientBuilder::region or ClientBuilder::endpoint".to_owned(),
            ),
        };
        let endpoints = endpoints.map_err(Error::configuration)?;
        if let Some(id) = &self.project_id {
            project::check_id(id).map_err(Error::configuration)?;
        }
        let provider: Arc<dyn ProvideCredentials> = match self.credentials {
            Some(Provider::Given(credentials)) => {
                credentials.check().map_err(Error::configuration)?;
                Arc::new(credentials)
            }
            Some(Provider::Asked(provider)) => provider,
            None => Arc::new(Chain::of(self.variables.clone())),
        };
        let iam = Iam::new(self.iam_endpoint, self.variables, self.allow_http);
        Ok(Client::from_shared(Shared {
            // A proxy would look for the service on its own machine.
            transport: Transport::new(
                self.connect_timeout,
                self.max_response_size,
                endpoints.are_loopback(),
            )?,
            endpoints,
            project: Project::new(self.project_id, self.region, iam.map_err(Error::configuration)?),
            keyring: Keyring::new(provider),
            validate: self.validate,
            timeout: self.timeout,
        }))
    }
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Given(credentials) => credentials.fmt(f),
            Self::Asked(provider) => provider.fmt(f),
        }
    }
}

// Without the endpoints, which could hold a password until `build` has refused it.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("region", &self.region)
            .field("project_id", &self.project_id)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}
