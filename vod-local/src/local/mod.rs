//! The service with state, as tests hold it.

mod builder;
mod faults;
mod project;
#[cfg(feature = "server")]
mod standalone;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::panic::Location;
use std::sync::Arc;

use serde_json::Value;
use tokio::task::JoinSet;
use vod_api::{ClientBuilder, Credentials};

use crate::clock::Clock;
use crate::mistake::ScriptError;
use crate::notifier::Delivery;
use crate::objects::Objects;
use crate::request::ReceivedRequest;
use crate::rules::Progress;
use crate::seen::{AssetState, TaskState};
use crate::sockets::State;
use crate::world::World;

pub use builder::LocalBuilder;
pub use faults::LocalFault;
pub use project::{LocalProject, TaskError};
#[cfg(feature = "server")]
pub(crate) use standalone::Saved;

/// A VOD service with state, on a free port of this machine: what is uploaded can be transcoded,
/// published, listed and deleted, and each operation answers from what happened before. It stops
/// when it is dropped, or with the runtime it was started on.
///
/// ```
/// use vod_api::model::UploadStatus;
/// use vod_api::reqwest;
/// use vod_local::Local;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let vod = Local::start().await?;
/// let client = vod.client().build()?;
///
/// let created = client
///     .create_asset_by_file_upload("Holidays", "holidays.mp4", "MP4")
///     .template_group_name("system_template_group")
///     .await?;
/// let asset_id = created.asset_id.as_deref().ok_or("the reply has an id")?;
/// let url = created.video_upload_url.as_deref().ok_or("the reply has a URL")?;
/// let put = reqwest::Client::new().put(url).header("Content-Type", "video/mp4");
/// assert_eq!(put.body("the file").send().await?.status(), 200);
/// client.confirm_asset_upload(asset_id, UploadStatus::Created).await?;
///
/// let shown = client.show_asset_detail(asset_id).await?;
/// let outputs = shown.transcode_info.as_ref().map(|info| info.outputs.len());
/// assert_eq!(outputs, Some(3));
/// let asset = vod.asset(asset_id).ok_or("it was created")?;
/// assert!(asset.is_published);
/// # Ok(())
/// # }
/// ```
///
/// # Projects
///
/// Each project id is a namespace of its own, which its first use makes. Tests that share a service
/// see nothing of each other if each has a [project](Self::project) of its own.
///
/// # Work
///
/// Transcoding and other work goes on as [`LocalBuilder::progress`] says. Marks in the title of a
/// media asset decide what comes of it:
///
/// | mark | meaning |
/// |---|---|
/// | `[fail]` | All work on it fails. |
/// | `[fail:VOD.10092]` | The same, with this code. |
/// | `[block]`, `[suspicious]` | A review finds something. |
/// | `[slow]` | Work takes ten times as long; where it takes no time, it waits 10 s and takes 30 s. |
///
/// # What is not there
///
/// Files are not looked into: every video is 60 s long, unless it was edited, and its outputs have
/// the bytes of the source. [`behaviours`](crate::behaviours) lists what each operation does, and
/// what of that no page states. Operations without state answer with the example of the docs, and
/// say so in the header `X-Vod-Local: example`.
pub struct Local {
    address: SocketAddr,
    state: Arc<State>,
    world: Arc<World>,
    objects: Objects,
    /// Aborted on drop.
    _server: JoinSet<()>,
}

impl Local {
    /// The project of the handle. All others exist, too.
    pub const PROJECT_ID: &str = "0123456789abcdef0123456789abcdef";
    /// Access key, until [`LocalBuilder::credentials`] sets another; for a log-in at IAM, the names
    /// of the account and of the user.
    pub const ACCESS_KEY: &str = "local";
    /// Its secret key, which is the password for a log-in, too.
    pub const SECRET_KEY: &str = "local";

    /// Starts a service, on the current tokio runtime.
    ///
    /// # Errors
    ///
    /// There is no free port, or no tokio runtime.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Sets up a service.
    pub fn builder() -> LocalBuilder {
        LocalBuilder::new()
    }

    /// Sets up a client of [`PROJECT_ID`](Self::PROJECT_ID), with endpoint, credentials and the
    /// [clock](Self::clock) of the service.
    pub fn client(&self) -> ClientBuilder {
        self.default_project().client()
    }

    /// Where it listens, as `http://127.0.0.1:49152`. IAM is there, too.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The credentials that it knows.
    pub fn credentials(&self) -> Credentials {
        let account = self.state.account.as_ref();
        let key = account.map(|account| [account.user.as_str(), account.password.as_str()]);
        let [access_key, secret_key] = key.unwrap_or([Self::ACCESS_KEY, Self::SECRET_KEY]);
        Credentials::new(access_key, secret_key)
    }

    /// A project, by any id that can stand in a path.
    ///
    /// ```
    /// # use vod_local::Local;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let vod = Local::start().await?;
    /// let ours = vod.project("ours").client().build()?;
    /// ours.create_asset_category("film").await?;
    /// let theirs = vod.project("theirs").client().build()?;
    /// assert!(theirs.list_category_info([0]).await?.items.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    pub fn project<'a>(&'a self, id: &'a str) -> LocalProject<'a> {
        LocalProject { local: self, id }
    }

    /// The ids of all projects that were used.
    pub fn projects(&self) -> Vec<String> {
        self.world.projects()
    }

    /// The clock of the service. It is that of the tokio runtime that the service was started on,
    /// and starts with the time of the system.
    ///
    /// With a paused runtime, such as that of `#[tokio::test(start_paused = true)]`, it moves as
    /// tokio's time does, exactly: by `tokio::time::advance`, and when the runtime is idle, to
    /// the next timer. Waiting for a task of an hour then takes no real time. Requests travel
    /// through real sockets, which tokio does not wait for: while one is on its way, the time can
    /// move on to the next timer, such as that of the timeout of an attempt.
    pub fn clock(&self) -> &Clock {
        &self.world.clock
    }

    /// Changes when tasks go on, for all that have not ended.
    pub fn set_progress(&self, progress: Progress) {
        self.world.set_progress(progress);
    }

    /// A media asset, of whatever project.
    pub fn asset(&self, id: &str) -> Option<AssetState> {
        self.world.asset(id, &self.endpoint())
    }

    /// The tasks of [`PROJECT_ID`](Self::PROJECT_ID); see [`LocalProject::tasks`].
    pub fn tasks(&self) -> Vec<TaskState> {
        self.default_project().tasks()
    }

    /// Has a task of [`PROJECT_ID`](Self::PROJECT_ID) begin; see [`LocalProject::start_task`].
    ///
    /// # Errors
    ///
    /// There is no such task, or it does not wait.
    pub fn start_task(&self, id: &str) -> Result<(), TaskError> {
        self.default_project().start_task(id)
    }

    /// Ends a task of [`PROJECT_ID`](Self::PROJECT_ID); see [`LocalProject::end_task`].
    ///
    /// # Errors
    ///
    /// There is no such task, or it has ended.
    pub fn end_task(&self, id: &str, failure: Option<&str>) -> Result<(), TaskError> {
        self.default_project().end_task(id, failure)
    }

    /// The events that [`PROJECT_ID`](Self::PROJECT_ID) has sent; see [`LocalProject::events`].
    pub fn events(&self) -> Vec<Value> {
        self.default_project().events()
    }

    /// Sends an event of [`PROJECT_ID`](Self::PROJECT_ID); see [`LocalProject::send_event`].
    pub fn send_event(&self, event: Value) {
        self.default_project().send_event(event);
    }

    /// What became of the last 1,000 events that were sent to the server of
    /// [`LocalBuilder::notify`], the oldest first. To send one again, give it to
    /// [`send_event`](Self::send_event).
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.state.deliveries.all()
    }

    /// Waits until `count` events were sent and answered, all in all, or could not be sent. It waits
    /// for ever if there are not so many.
    pub async fn delivered(&self, count: usize) {
        self.state.deliveries.delivered(count).await;
    }

    /// The object storage.
    pub fn storage(&self) -> &Objects {
        &self.objects
    }

    /// Has the next requests of an operation fail, whatever their project.
    ///
    /// ```
    /// use vod_api::Retry;
    /// use vod_local::{Local, Reply};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let vod = Local::start().await?;
    /// let client = vod.client().retry_policy(Retry::never()).build()?;
    /// vod.fail("ListAssetList").times(2).with(Reply::status(503));
    /// assert!(client.list_asset_list().await.is_err());
    /// assert!(client.list_asset_list().await.is_err());
    /// assert!(client.list_asset_list().await.is_ok());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// As with a [`Service`](crate::Service), replies that nobody asks for, and those that the
    /// operation cannot have, are [mistakes](crate#mistakes).
    #[track_caller]
    pub fn fail<'a>(&'a self, operation: &'a str) -> LocalFault<'a> {
        LocalFault {
            script: &self.state.script,
            operation,
            times: 1,
            place: Location::caller(),
        }
    }

    /// The last 1,000 requests, also those that were refused, in the order in which they came;
    /// without those to the object storage, which [`Objects::requests`] has.
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.state.requests.all()
    }

    /// Waits until there were `count` requests, all in all; they need not be answered yet. It waits
    /// for ever if they do not come.
    pub async fn received(&self, count: usize) {
        self.state.requests.received(count).await;
    }

    /// Everything that the service knows, as one JSON document, without the bytes of objects. The
    /// format can change with the minor version of this crate.
    pub fn export(&self) -> Value {
        self.world.export(&self.endpoint())
    }

    /// Replaces everything that the service knows. Objects stay.
    ///
    /// # Errors
    ///
    /// The document is not one of [`export`](Self::export): the message says where, and what is
    /// wrong.
    pub fn import(&self, document: Value) -> Result<(), ImportError> {
        self.world.import(document).map_err(ImportError)
    }

    /// Goes back to the start: the state is that of [`LocalBuilder::seed_state`] or empty, objects,
    /// requests and failures that were asked for are gone, and the same ids come again. Clock and
    /// progress stay as they are.
    pub fn reset(&self) {
        self.world.reset(None);
        self.state.requests.clear();
        self.objects.store.forget_requests();
        self.state.script.clear();
    }

    /// Stops the service, and says whether all failures that were asked for came. Otherwise the
    /// service says so when it is dropped, by a panic.
    ///
    /// # Errors
    ///
    /// All [mistakes](crate#mistakes) that were found.
    pub fn finish(self) -> Result<(), ScriptError> {
        self.state.script.end()
    }

    fn default_project(&self) -> LocalProject<'_> {
        self.project(Self::PROJECT_ID)
    }
}

/// Panics if there were [mistakes](crate#mistakes), so that the test fails. While another panic is
/// on its way it writes them to standard error instead.
impl Drop for Local {
    fn drop(&mut self) {
        self.state.script.end_in_drop();
    }
}

impl fmt::Debug for Local {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Local")
            .field("endpoint", &self.endpoint())
            .field("projects", &self.projects())
            .finish_non_exhaustive()
    }
}

/// A document is not one of a service; see [`Local::import`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError(crate::data::Misread);

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "this is not a state of the service: {}", self.0)
    }
}

impl std::error::Error for ImportError {}
