//! The service of a test: one that is told its replies, or one with state. Tests that hold for both
//! run twice; see `with_state`.

use vod_api::ClientBuilder;
use vod_local::{Local, LocalBuilder, Objects, ReceivedRequest, Reply, Service, Storage};

/// The variable that has tests run with state, whatever its value.
pub(crate) const WITH_STATE: &str = "VOD_TESTS_WITH_STATE";

/// Either service, for what both of them can do.
pub(crate) enum Backend {
    Told(Service),
    WithState(Local),
}

impl Backend {
    /// Whether tests run with state now.
    pub(crate) fn has_state() -> bool {
        std::env::var_os(WITH_STATE).is_some()
    }

    pub(crate) async fn start() -> Self {
        Self::set_up(|local| local).await
    }

    /// Starts a service, which is set up so if it has state.
    pub(crate) async fn set_up(set: impl FnOnce(LocalBuilder) -> LocalBuilder) -> Self {
        if Self::has_state() {
            Self::WithState(set(Local::builder()).start().await.unwrap())
        } else {
            Self::Told(Service::start().await.unwrap())
        }
    }

    pub(crate) async fn with_storage(storage: Storage) -> Self {
        if Self::has_state() {
            Self::set_up(|local| local.storage(storage)).await
        } else {
            let builder = Service::builder().storage(storage);
            Self::Told(builder.start().await.unwrap())
        }
    }

    pub(crate) fn client(&self) -> ClientBuilder {
        match self {
            Self::Told(service) => service.client(),
            Self::WithState(local) => local.client(),
        }
    }

    pub(crate) fn endpoint(&self) -> String {
        match self {
            Self::Told(service) => service.endpoint(),
            Self::WithState(local) => local.endpoint(),
        }
    }

    pub(crate) fn requests(&self) -> Vec<ReceivedRequest> {
        match self {
            Self::Told(service) => service.requests(),
            Self::WithState(local) => local.requests(),
        }
    }

    pub(crate) fn storage(&self) -> &Objects {
        match self {
            Self::Told(service) => service.storage().unwrap(),
            Self::WithState(local) => local.storage(),
        }
    }

    /// Answers the next request of an operation so.
    #[track_caller]
    pub(crate) fn reply_to(&self, operation: &str, reply: Reply) {
        match self {
            Self::Told(service) => service.reply_to(operation, reply),
            Self::WithState(local) => local.fail(operation).with(reply),
        }
    }
}
