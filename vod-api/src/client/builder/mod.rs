//! Sets up a client.

mod build;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::credentials::{Credentials, ProvideCredentials};
use crate::endpoints::region::Region;
use crate::pipeline::options::CallOptions;
use crate::retry::{Retry, RetryPolicy};
use crate::time::clock;
use crate::transport::proxy::Route;
use crate::variables::Variables;

/// Sets up a [`Client`](crate::Client): a region or endpoint is needed, everything else has a
/// default.
///
/// ```
/// use std::time::Duration;
/// use vod_api::{Client, Credentials, Region, Retry};
///
/// # fn example(ak: String, sk: String) -> Result<(), vod_api::Error> {
/// let client = Client::builder()
///     .region(Region::CN_NORTH_4)
///     .credentials(Credentials::new(ak, sk))
///     .timeout(Duration::from_secs(120))
///     .retry_policy(Retry::default().max_attempts(5))
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "nothing happens until `build`"]
pub struct ClientBuilder {
    region: Option<Region>,
    endpoint: Option<String>,
    project_id: Option<String>,
    iam_endpoint: Option<String>,
    credentials: Option<Provider>,
    variables: Variables,
    allow_http: bool,
    rate_limiting: bool,
    options: CallOptions,
    route: Route,
    http: Option<reqwest::Client>,
    clock: clock::Source,
    seed: Option<u64>,
    connect_timeout: Option<Duration>,
    max_response_size: usize,
    max_response_values: Option<usize>,
}

/// Credentials that are given and can be checked, or a source of them.
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
            allow_http: false,
            rate_limiting: false,
            options: CallOptions {
                timeout: Some(Duration::from_secs(60)),
                attempt_timeout: Some(Duration::from_secs(30)),
                retry: Arc::new(Retry::default()),
                idempotent: None,
                validate: true,
                headers: HeaderMap::new(),
                unusable: None,
            },
            route: Route::System,
            http: None,
            clock: Arc::new(SystemTime::now),
            seed: None,
            connect_timeout: Some(Duration::from_millis(3100)),
            max_response_size: 64 << 20,
            max_response_values: None,
        }
    }

    /// Where the service runs: a constant of [`Region`], or an id such as `"cn-north-4"`.
    ///
    /// As in the vendor's own clients, the variable `HUAWEICLOUD_SDK_REGION_VOD_CN_NORTH_4` can
    /// name other endpoints for `cn-north-4` (and so on; a comma between several), and so can a
    /// file, which is read before the first call: `~/.huaweicloud/regions.yaml`, or the one that
    /// `HUAWEICLOUD_SDK_REGIONS_FILE` names, which must then exist and have a section `VOD`. A
    /// region that is not in the file has its usual endpoint. If the connection to an endpoint
    /// fails, the next endpoint is used; if no answer comes in time, it is used from the next
    /// attempt on.
    ///
    /// ```yaml
    /// VOD:
    ///   - id: cn-north-4
    ///     endpoints: [https://one.example.com, https://two.example.com]
    /// ```
    pub fn region(mut self, region: impl Into<Region>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Scheme, host and port of the service, instead of the region's own:
    /// `https://vod.example.com`. Without a scheme it is `https`; a path, query, fragment or user
    /// name is an error, and so is a host that a URL parser changes: `//vod.example.com`, `127.1`,
    /// or a name with characters that are not ASCII. A region is then needed only to look up the
    /// project id.
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// Project that the calls are for, in the region of the client: at most 128 characters, which
    /// may be `A-Z`, `a-z`, `0-9`, `-` and `_`. Without one it is the project of the credentials,
    /// where they have one, or else the region's own, which the client asks IAM for before its
    /// first call.
    pub fn project_id(mut self, project_id: impl Into<String>) -> Self {
        self.project_id = Some(project_id.into());
        self
    }

    /// Scheme, host and port of IAM, where the project id is looked up. Without it, in this order:
    /// what the credentials file says, what the variable `HUAWEICLOUD_SDK_IAM_ENDPOINT` says,
    /// `https://iam.{region}.myhuaweicloud.com`.
    pub fn iam_endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.iam_endpoint = Some(endpoint.into());
        self
    }

    /// The credentials. Replaces a provider that was set before.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = Some(Provider::Given(credentials));
        self
    }

    /// Where to get the credentials when they are needed, and again before they expire. By default
    /// it is [`Chain::default`](crate::credentials::Chain). Replaces credentials that were set
    /// before.
    pub fn credentials_provider(mut self, provider: impl ProvideCredentials) -> Self {
        self.credentials = Some(Provider::Asked(Arc::new(provider)));
        self
    }

    /// The environment variables that the client reads, instead of those of the process; for tests.
    /// The variables for proxies are not among them.
    pub fn variables(
        mut self,
        lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.variables = Variables::new(lookup);
        self
    }

    /// Whether requests are checked against the docs before they are sent: required parameters,
    /// limits, values of enums, forms of times, and constraints between parameters. On by default.
    /// If the docs are wrong, turn it off to let the service decide;
    /// [`Call::with_validate`](crate::Call::with_validate) does so for one call.
    pub fn validate(mut self, validate: bool) -> Self {
        self.options.validate = validate;
        self
    }

    /// Whether `http://` endpoints are accepted; off by default, except for this machine
    /// (`localhost`, `127.0.0.0/8`, `[::1]`). Tokens and data are then sent unencrypted.
    pub fn allow_http(mut self, allow: bool) -> Self {
        self.allow_http = allow;
        self
    }

    /// How long a whole call may take, with all attempts and the waits between them; 60 s by
    /// default, `None` for no limit. [`Call::with_timeout`](crate::Call::with_timeout) sets it for
    /// one call.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.options.timeout = timeout.into();
        self
    }

    /// How long each attempt of a call may take; 30 s by default, `None` for no limit but that of
    /// the whole call. Getting credentials and looking up the project id do not count.
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.options.attempt_timeout = timeout.into();
        self
    }

    /// Whether calls wait so that they keep to the documented limits per minute, instead of being
    /// refused by the service. Off by default.
    ///
    /// The limits are those of an account and of a group of operations, and the docs of each method
    /// have them ([`OperationMeta::rate`](crate::operation::OperationMeta::rate)). All clones of
    /// the client count together, and so does each attempt of a call; other clients and other
    /// programs are not known. Where several share an account, the service can still refuse calls,
    /// which are then tried again as usual. Operations without a documented limit do not wait.
    ///
    /// Calls wait in the order in which they came. That time does not count for
    /// [`timeout`](Self::timeout).
    pub fn rate_limiting(mut self, enabled: bool) -> Self {
        self.rate_limiting = enabled;
        self
    }

    /// What to do when an attempt fails; [`Retry::default`] by default, which makes up to 3
    /// attempts.
    pub fn retry_policy(mut self, policy: impl RetryPolicy) -> Self {
        self.options.retry = Arc::new(policy);
        self
    }

    /// A proxy for all requests, as `http://user:password@proxy.example.com:8080`, instead of those
    /// that the system or the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`)
    /// names. They are not used for an endpoint on this machine. `https://` is for a proxy that is
    /// itself reached over TLS; `socks5://`, `socks5h://`, `socks4://` and `socks4a://` need the
    /// feature `socks`. [`build`](Self::build) refuses a proxy that cannot be used, also one from
    /// the environment.
    ///
    /// A source of credentials sends requests of its own, and not through this proxy:
    /// [`IamPassword`](crate::credentials::IamPassword) uses the proxies of the system or an HTTP
    /// client that it is given, [`EcsMetadata`](crate::credentials::EcsMetadata) none.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.route = Route::Proxy(url.into());
        self
    }

    /// No proxy, whatever the system says. This does not apply to the requests that a source of
    /// credentials sends.
    pub fn no_proxy(mut self) -> Self {
        self.route = Route::Direct;
        self
    }

    /// An HTTP client that you have set up, with certificates, name look-up or limits of your own,
    /// to be shared with others. It keeps its own settings:
    /// [`connect_timeout`](Self::connect_timeout) has no effect on it, and [`proxy`](Self::proxy)
    /// or [`no_proxy`](Self::no_proxy) beside it is an error. These are the ones to set:
    ///
    /// ```
    /// use std::time::Duration;
    /// use vod_api::reqwest::{self, redirect, retry};
    ///
    /// # fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let http = reqwest::Client::builder()
    ///     // Needed: a redirect would carry a signature elsewhere. A call that meets one fails.
    ///     .redirect(redirect::Policy::none())
    ///     // Otherwise reqwest repeats requests that no retry policy has seen.
    ///     .retry(retry::never())
    ///     // Otherwise a dead HTTP/2 connection is used again and again.
    ///     .http2_keep_alive_interval(Duration::from_secs(10))
    ///     .http2_keep_alive_timeout(Duration::from_secs(5))
    ///     .connect_timeout(Duration::from_secs(3))
    ///     .build()?;
    /// let client = vod_api::Client::builder().region("cn-north-4").http_client(http).build()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// It takes a client of reqwest 0.13: a new major version of reqwest means one of this crate.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// Sends a header of your own with each request, that for the project id included; a call can
    /// replace it by [`with_header`](crate::Call::with_header), which says what it can be.
    /// `User-Agent`, for example, replaces the name of this crate.
    pub fn header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        self.options.add_header(name, value);
        self
    }

    /// How long connecting may take; 3.1 s by default, `None` for no limit of its own. It is never
    /// more than half of [`attempt_timeout`](Self::attempt_timeout) and of
    /// [`timeout`](Self::timeout), so that a failed connection is reported as
    /// [`Sent::No`](crate::Sent::No). A call whose own time is shorter may report
    /// [`Sent::Maybe`](crate::Sent::Maybe).
    pub fn connect_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.connect_timeout = timeout.into();
        self
    }

    /// The largest number of bytes in the body of a reply, after decompression; 64 MiB by default.
    /// A call with a larger reply fails with an error of kind [`Decode`](crate::ErrorKind::Decode).
    /// Only the first 1 MiB of an error is read and kept.
    ///
    /// A decoded reply takes more memory than its body: see
    /// [`max_response_values`](Self::max_response_values). Decoding blocks the thread, for up to a
    /// second in the worst case that the defaults allow.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = bytes;
        self
    }

    /// The largest number of values in the JSON of a reply; lists, objects and names of members
    /// count too. 500,000 by default, nearly four times as many as the largest documented page has.
    /// A reply with more is not decoded, and the call fails with an error of kind
    /// [`Decode`](crate::ErrorKind::Decode).
    ///
    /// It limits the memory that a decoded reply takes in addition to its body. A value can become
    /// an empty structure of 800 bytes, so 500,000 of them take 400 MB in the worst case, or 115 MB
    /// in a raw call. Documented replies take a tenth of that.
    pub fn max_response_values(mut self, values: usize) -> Self {
        self.max_response_values = Some(values);
        self
    }

    /// The time of day that requests are signed with, instead of the system's; for tests. Timeouts
    /// and waits use tokio's clock.
    pub fn clock(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(now);
        self
    }

    /// Makes the random parts of waits the same each time; for tests.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
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
