//! Sets up the service with state.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::task::JoinSet;
use vod_api::reqwest::{self, redirect::Policy};
use vod_api::{Credentials, operation};

#[cfg(feature = "server")]
use super::standalone::Saved;
use super::{ImportError, Local};
use crate::clock::Clock;
use crate::data::Data;
use crate::gateway::Auth;
use crate::iam::Account;
use crate::notifier::{Deliveries, Notifications, Notifier};
use crate::objects::Objects;
use crate::rules::{Progress, Rules, Scope};
use crate::script::Script;
#[cfg(feature = "server")]
use crate::sockets::Standalone;
use crate::sockets::{NO_RUNTIME, Requests, State, Unknown, serve};
use crate::state::Document;
use crate::store::{Storage, Store};
#[cfg(feature = "playback")]
use crate::validation::UrlValidation;
use crate::world::World;

/// How many requests are kept.
const REQUESTS: usize = 1000;

/// Sets up a [`Local`].
#[derive(Debug, Clone)]
#[must_use = "nothing happens until `start`"]
pub struct LocalBuilder {
    #[cfg(feature = "server")]
    pub(super) standalone: Option<Arc<Standalone>>,
    #[cfg(feature = "server")]
    pub(super) saved: Option<Saved>,
    pub(super) auth: Auth,
    address: SocketAddr,
    seed: u64,
    state: Document,
    progress: Progress,
    stale: u32,
    storage: Storage,
    /// Access keys and their secret keys; the first is also who can log in.
    pub(super) keys: Vec<[String; 2]>,
    validate: bool,
    unknown: Unknown,
    notifications: Option<Notifications>,
    #[cfg(feature = "playback")]
    url_validation: Option<UrlValidation>,
}

impl LocalBuilder {
    pub(super) fn new() -> Self {
        Self {
            #[cfg(feature = "server")]
            standalone: None,
            #[cfg(feature = "server")]
            saved: None,
            auth: Auth::Strict,
            address: (Ipv4Addr::LOCALHOST, 0).into(),
            seed: 0,
            state: Document::default(),
            progress: Progress::instant(),
            stale: 0,
            storage: Storage::new(),
            keys: vec![[Local::ACCESS_KEY.to_owned(), Local::SECRET_KEY.to_owned()]],
            validate: true,
            unknown: Unknown::Refuse,
            notifications: None,
            #[cfg(feature = "playback")]
            url_validation: None,
        }
    }

    /// Where it listens; on a free port of 127.0.0.1 by default.
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// What ids are made of. The same requests in the same order give the same ids; another seed
    /// gives others. 0 by default.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The state that it starts with, and that [`Local::reset`] goes back to: what
    /// [`Local::export`] gave, or a part of it. Members that are left out have their defaults.
    ///
    /// # Errors
    ///
    /// The document is none: the message says where, and what is wrong.
    ///
    /// ```
    /// use serde_json::json;
    /// use vod_local::Local;
    ///
    /// # fn main() -> Result<(), vod_local::ImportError> {
    /// let asset = json!({"id": "a1", "title": "Holidays", "upload": "CREATED"});
    /// let seed = json!({"projects": {"p1": {"assets": [asset]}}});
    /// let builder = Local::builder().seed_state(seed)?;
    /// # let _ = builder;
    ///
    /// let wrong = json!({"projects": {"p1": {"assets": [{"id": "a1", "upload": "DONE"}]}}});
    /// let error = Local::builder().seed_state(wrong).unwrap_err();
    /// assert!(error.to_string().contains("projects.p1.assets[0].upload must be one of CREATING"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn seed_state(mut self, document: Value) -> Result<Self, ImportError> {
        self.state = Document::read(document).map_err(ImportError)?;
        Ok(self)
    }

    /// When tasks go on; [`Progress::instant`] by default.
    pub fn progress(mut self, progress: Progress) -> Self {
        self.progress = progress;
        self
    }

    /// How many answers after the start of a task still show the state of before: the docs warn of
    /// that. 0 by default.
    pub fn stale(mut self, answers: u32) -> Self {
        self.stale = answers;
        self
    }

    /// How the object storage behaves.
    pub fn storage(mut self, storage: Storage) -> Self {
        self.storage = storage;
        self
    }

    /// The access key that it knows and its secret key, instead of `local` and `local`.
    pub fn credentials(
        mut self,
        access_key: impl Into<String>,
        secret_key: impl Into<String>,
    ) -> Self {
        self.keys = vec![[access_key.into(), secret_key.into()]];
        self
    }

    /// Whether requests that break the documented limits are refused; on by default.
    pub fn validate(mut self, validate: bool) -> Self {
        self.validate = validate;
        self
    }

    /// Drops members and parameters that the docs do not know, and has
    /// [`ReceivedRequest::warnings`](crate::ReceivedRequest::warnings) say so, instead of refusing
    /// the request: for clients that are newer than this crate.
    pub fn warn_about_unknown(mut self) -> Self {
        self.unknown = Unknown::Warn;
        self
    }

    /// Sends all events to a server. [`Local::deliveries`] tells what became of them.
    pub fn notify(mut self, target: Notifications) -> Self {
        self.notifications = Some(target);
        self
    }

    /// Gives files of media assets to signed URLs alone; all others get status 403, as from the CDN
    /// of a domain with URL validation. The header `X-Vod-Local` says why.
    #[cfg(feature = "playback")]
    pub fn url_validation(mut self, validation: UrlValidation) -> Self {
        self.url_validation = Some(validation);
        self
    }

    /// Starts the service on the current tokio runtime.
    ///
    /// # Errors
    ///
    /// The address is in use, or there is no tokio runtime.
    pub async fn start(self) -> io::Result<Local> {
        // Without a runtime, tokio's sockets panic.
        let runtime = Handle::try_current().map_err(|_| io::Error::other(NO_RUNTIME))?;
        let listener = TcpListener::bind(self.address).await?;
        let address = listener.local_addr()?;
        let clock = Arc::new(Clock::of(runtime));
        let store = Arc::new(Store::new(self.storage, clock.clone(), REQUESTS));
        let rules = Rules {
            scope: Scope::Everything,
            seed: Some(self.seed),
            progress: self.progress,
            stale: self.stale,
        };
        let world = Arc::new(World::new(rules, self.state, store.clone(), clock.clone()));
        #[cfg(feature = "server")]
        if let Some(saved) = self.saved {
            saved.restore(&world)?;
        }
        let keys = self.keys.iter();
        let known = keys.map(|[access, secret]| Credentials::new(access.as_str(), secret.as_str()));
        let known = known.collect();
        let [user, password] = self.keys.into_iter().next().unwrap_or_default();
        // A server of its own has a log that is bounded by its bytes as well.
        #[cfg(feature = "server")]
        let kept = if self.standalone.is_some() {
            1
        } else {
            REQUESTS
        };
        #[cfg(not(feature = "server"))]
        let kept = REQUESTS;
        let deliveries = Arc::new(Deliveries::default());
        let state = Arc::new(State {
            address,
            operations: operation::all(),
            accept_unknown: false,
            validate: self.validate,
            unknown: self.unknown,
            project_id: None,
            known: Mutex::new(known),
            auth: self.auth,
            account: Some(Account {
                user,
                password,
                project_id: Local::PROJECT_ID.to_owned(),
            }),
            clock,
            world: Some(world.clone()),
            script: Script::new(operation::all()),
            requests: Requests::keeping(kept),
            deliveries: deliveries.clone(),
            #[cfg(feature = "playback")]
            url_validation: self.url_validation,
            #[cfg(feature = "server")]
            standalone: self.standalone,
        });
        let mut server = JoinSet::new();
        server.spawn(serve(listener, state.clone()));
        if let Some(target) = self.notifications {
            let http = reqwest::Client::builder().no_proxy();
            let http = http.redirect(Policy::none()).build();
            let notifier = Notifier {
                target,
                world: world.clone(),
                base: format!("http://{address}"),
                deliveries,
            };
            let events = world.emitted();
            server.spawn(notifier.run(http.map_err(io::Error::other)?, events));
        }
        Ok(Local {
            address,
            state,
            objects: Objects {
                store,
                world: world.clone(),
                base: format!("http://{address}"),
            },
            world,
            _server: server,
        })
    }
}
