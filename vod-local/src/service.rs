//! The handle that tests hold.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::panic::Location;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::task::JoinSet;
use vod_api::operation::{self, OperationMeta};
use vod_api::{Client, ClientBuilder, Credentials};

use crate::clock::Clock;
use crate::gateway::Auth;
use crate::lock::lock;
use crate::mistake::ScriptError;
use crate::objects::Objects;
use crate::reply::Reply;
use crate::request::ReceivedRequest;
use crate::rules::{Progress, Rules, Scope};
use crate::script::Script;
use crate::sockets::{NO_RUNTIME, Requests, State, Unknown, serve};
use crate::state::Document;
use crate::store::{Storage, Store};
use crate::world::World;

/// A VOD service on a free port of this machine. It stops when it is dropped, or with the runtime it was started on.
///
/// See the [crate](crate) for how it is used.
pub struct Service {
    address: SocketAddr,
    state: Arc<State>,
    objects: Option<Objects>,
    /// Aborted on drop.
    _server: JoinSet<()>,
}

impl Service {
    /// The project that the service knows.
    pub const PROJECT_ID: &str = "0123456789abcdef0123456789abcdef";
    /// Access key of [`credentials`](Self::credentials).
    pub const ACCESS_KEY: &str = "TEST-ACCESS-KEY";
    /// Secret key of [`credentials`](Self::credentials).
    pub const SECRET_KEY: &str = "test-secret-key";
    /// Access key of [`temporary_credentials`](Self::temporary_credentials).
    pub const TEMPORARY_ACCESS_KEY: &str = "TEST-TEMPORARY-ACCESS-KEY";
    /// Secret key of [`temporary_credentials`](Self::temporary_credentials).
    pub const TEMPORARY_SECRET_KEY: &str = "test-temporary-secret-key";
    /// Security token of [`temporary_credentials`](Self::temporary_credentials).
    pub const SECURITY_TOKEN: &str = "test-security-token";
    /// Token of [`token_credentials`](Self::token_credentials).
    pub const TOKEN: &str = "test-iam-token";

    /// Starts a service with the operations of this crate, on the current tokio runtime.
    ///
    /// # Errors
    ///
    /// There is no free port.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Sets up a service that knows other operations, or does not check limits.
    pub fn builder() -> ServiceBuilder {
        ServiceBuilder {
            operations: operation::all(),
            accept_unknown: false,
            validate: true,
            storage: None,
        }
    }

    /// Sets up a client of this service, with its endpoint, project id and [`credentials`](Self::credentials).
    pub fn client(&self) -> ClientBuilder {
        Client::builder()
            .endpoint(self.endpoint())
            .project_id(self.project_id())
            .credentials(self.credentials())
    }

    /// Where it listens, as `http://127.0.0.1:49152`.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The project that it knows, [`PROJECT_ID`](Self::PROJECT_ID).
    pub fn project_id(&self) -> &str {
        Self::PROJECT_ID
    }

    /// An access key that it knows.
    pub fn credentials(&self) -> Credentials {
        Credentials::new(Self::ACCESS_KEY, Self::SECRET_KEY)
    }

    /// A temporary access key that it knows, with its security token.
    pub fn temporary_credentials(&self) -> Credentials {
        Credentials::new(Self::TEMPORARY_ACCESS_KEY, Self::TEMPORARY_SECRET_KEY)
            .with_security_token(Self::SECURITY_TOKEN)
    }

    /// An IAM token that it knows.
    pub fn token_credentials(&self) -> Credentials {
        Credentials::token(Self::TOKEN)
    }

    /// Lets others call as well, until they expire by the service's time of day: for tests of a
    /// [`ProvideCredentials`](vod_api::ProvideCredentials).
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    /// use vod_api::Credentials;
    /// # fn example(service: &vod_local::Service) {
    /// let in_a_minute = SystemTime::now() + Duration::from_secs(60);
    /// service.accept(Credentials::new("ak", "sk").with_security_token("t").with_expiry(in_a_minute));
    /// # }
    /// ```
    pub fn accept(&self, credentials: Credentials) {
        lock(&self.state.known).push(credentials);
    }

    /// The reply to the next valid request, whatever its operation; or to the next one of the operation that it was made
    /// for by [`Reply::to`]. Replies are queued, and the first that fits is used.
    ///
    /// From then on there has to be a reply for each request; see the [crate](crate#mistakes).
    #[track_caller]
    pub fn reply(&self, reply: Reply) {
        self.state.script.push(None, reply, Location::caller());
    }

    /// The same for the next request of one operation, as `DeleteThumbnails`. They are in the same queue.
    #[track_caller]
    pub fn reply_to(&self, operation: &str, reply: Reply) {
        let place = Location::caller();
        self.state.script.push(Some(operation), reply, place);
    }

    /// Answers all valid requests that no reply is queued for. Replaces the closure that was set before.
    ///
    /// ```
    /// use serde_json::json;
    /// use vod_local::{Reply, Service};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let service = Service::start().await?;
    /// service.respond(|request| match request.parameters()["asset_id"].as_str() {
    ///     Some("gone") => Reply::error(400, "VOD.10062", "The asset does not exist."),
    ///     _ => Reply::documented(),
    /// });
    ///
    /// let client = service.client().build()?;
    /// assert!(client.delete_thumbnails().asset_id("there").await.is_ok());
    /// assert!(client.delete_thumbnails().asset_id("gone").await.unwrap_err().is_not_found());
    /// # Ok(())
    /// # }
    /// ```
    pub fn respond(&self, handler: impl Fn(&ReceivedRequest) -> Reply + Send + Sync + 'static) {
        self.state.script.set_handler(handler);
    }

    /// The requests so far, also those that were refused, in the order in which they came.
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.state.requests.all()
    }

    /// Waits until the service has had `count` requests, all in all; they need not be answered yet. It waits for ever
    /// if they do not come.
    pub async fn received(&self, count: usize) {
        self.state.requests.received(count).await;
    }

    /// The object storage; `None` unless the service was started with one, by
    /// [`ServiceBuilder::storage`].
    pub fn storage(&self) -> Option<&Objects> {
        self.objects.as_ref()
    }

    /// Stops the service, and says whether the test and the code under test agree with what it was told to answer.
    /// Otherwise the service says so when it is dropped, by a panic.
    ///
    /// # Errors
    ///
    /// All [mistakes](crate#mistakes) that were found.
    pub fn finish(self) -> Result<(), ScriptError> {
        self.state.script.end()
    }

    /// Sets the service's time of day, from which signatures may be 15 minutes off, and which the header `Date` tells.
    /// It goes on from there.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    /// # async fn example(service: &vod_local::Service) {
    /// service.set_clock(SystemTime::now() + Duration::from_secs(20 * 60));
    /// # }
    /// ```
    pub fn set_clock(&self, now: SystemTime) {
        self.state.clock.set(now);
    }
}

/// Panics if there were [mistakes](crate#mistakes), so that the test fails. While another panic is on its way it writes
/// them to standard error instead.
impl Drop for Service {
    fn drop(&mut self) {
        self.state.script.end_in_drop();
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service")
            .field("endpoint", &self.endpoint())
            .field("requests", &self.state.requests.all())
            .finish_non_exhaustive()
    }
}

/// Sets up a [`Service`].
#[derive(Debug, Clone)]
#[must_use = "nothing happens until `start`"]
pub struct ServiceBuilder {
    operations: &'static [&'static OperationMeta],
    accept_unknown: bool,
    validate: bool,
    storage: Option<Storage>,
}

impl ServiceBuilder {
    /// The operations that the service knows, instead of those of this crate, as `&[DeleteThumbnailsRequest::META]`. It
    /// answers others with a 404, as the gateway does.
    pub fn operations(mut self, operations: &'static [&'static OperationMeta]) -> Self {
        self.operations = operations;
        self
    }

    /// Whether the service lets requests through that are of no operation it knows; by default it does not. Signature or
    /// token are checked, and the answer is an empty success unless [`Service::reply`] or [`Service::respond`] says
    /// something else. For tests of code that calls [`Client::raw`](vod_api::Client::raw).
    pub fn accept_unknown(mut self, accept: bool) -> Self {
        self.accept_unknown = accept;
        self
    }

    /// Whether the service refuses requests that break the docs: values beyond limits, values that an enum does not
    /// list, and broken constraints between parameters. On by default; turn it off for tests with values made by an
    /// enum's `unlisted`.
    pub fn validate(mut self, validate: bool) -> Self {
        self.validate = validate;
        self
    }

    /// Adds object storage, which files are uploaded to, and state: the operations of an upload
    /// answer from what happened before, instead of with the examples of the docs.
    ///
    /// They are `CreateAssetByFileUpload`, `UpdateAsset`, `ShowAssetTempAuthority`,
    /// `ConfirmAssetUpload`, `CheckMd5Duplication`, `ShowAssetDetail`, `ShowAssetMeta` with ids,
    /// `CreateWatermarkTemplate` and `ConfirmImageUpload`. [`Service::reply`] and
    /// [`Service::respond`] go first, and change no state; [`Reply::documented`] leaves the answer
    /// to the state.
    pub fn storage(mut self, storage: Storage) -> Self {
        self.storage = Some(storage);
        self
    }

    /// Starts the service on the current tokio runtime.
    ///
    /// # Errors
    ///
    /// There is no free port, or no tokio runtime.
    pub async fn start(self) -> io::Result<Service> {
        // Without a runtime, tokio's sockets panic.
        Handle::try_current().map_err(|_| io::Error::other(NO_RUNTIME))?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let clock = Arc::new(Clock::system());
        let world = self.storage.map(|config| {
            let store = Arc::new(Store::new(config, clock.clone(), usize::MAX));
            let rules = Rules {
                scope: Scope::Uploads,
                seed: None,
                progress: Progress::instant(),
                stale: 0,
            };
            Arc::new(World::new(rules, Document::default(), store, clock.clone()))
        });
        let objects = world.clone().map(|world| Objects {
            store: world.store.clone(),
            world,
            base: format!("http://{address}"),
        });
        let state = Arc::new(State {
            address,
            operations: self.operations,
            accept_unknown: self.accept_unknown,
            validate: self.validate,
            unknown: Unknown::Refuse,
            project_id: Some(Service::PROJECT_ID),
            known: Mutex::new(vec![
                Credentials::new(Service::ACCESS_KEY, Service::SECRET_KEY),
                Credentials::new(Service::TEMPORARY_ACCESS_KEY, Service::TEMPORARY_SECRET_KEY)
                    .with_security_token(Service::SECURITY_TOKEN),
                Credentials::token(Service::TOKEN),
            ]),
            auth: Auth::Strict,
            account: None,
            clock,
            world,
            script: Script::new(self.operations),
            requests: Requests::keeping(usize::MAX),
            deliveries: Arc::default(),
            #[cfg(feature = "playback")]
            url_validation: None,
            #[cfg(feature = "server")]
            standalone: None,
        });
        let mut server = JoinSet::new();
        server.spawn(serve(listener, state.clone()));
        Ok(Service {
            address,
            state,
            objects,
            _server: server,
        })
    }
}
