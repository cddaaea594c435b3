//! Waits until the service is done with a media asset that was just created.

use std::time::{Duration, SystemTime};

use clap::{Arg, ArgMatches};
use vod_api::model::{
    CreateAssetProcessTaskRequest, CreateAssetProcessTaskResponse, FileAddr,
    PublishAssetFromObsRequest, PublishAssetFromObsResponse,
};
use vod_api::{Client, ErrorKind, Progress, TaskParts};

use crate::commands::waiting::Waiting;
use crate::exit::Failure;
use crate::session::Session;

/// How media assets are waited for.
#[derive(Debug, Clone, Copy)]
pub(super) struct CreationWait {
    waiting: Waiting,
    /// Media assets that were created before are not waited for.
    since: SystemTime,
}

/// A media asset to be waited for.
#[derive(Debug, Clone)]
pub(super) struct Created {
    pub(super) asset_id: String,
    /// The template group that it is transcoded by; `None` if it only has to be there.
    pub(super) template: Option<String>,
}

/// Clocks differ by less, and no media asset that is new has tasks from before.
const SLACK: Duration = Duration::from_secs(24 * 60 * 60);

/// The flags.
pub(super) fn flags() -> [Arg; 3] {
    let help = "Waits until the service is done, transcoding included";
    Waiting::optional(help).map(|flag| flag.help_heading("Waiting"))
}

impl CreationWait {
    /// What the flags say; `None` if nothing is to be waited for.
    pub(super) fn read(session: &Session<'_>, matches: &ArgMatches) -> Option<Self> {
        let since = (session.io.now)().checked_sub(SLACK);
        matches.get_flag("wait").then(|| Self {
            waiting: Waiting::read(matches),
            since: since.unwrap_or(SystemTime::UNIX_EPOCH),
        })
    }

    /// Waits for a media asset. `report` is called with each answer.
    ///
    /// # Errors
    ///
    /// The service could not make or transcode it, time has run out, or a call has failed.
    pub(super) async fn wait(
        self,
        client: &Client,
        created: &Created,
        mut report: impl FnMut(&Progress) + Send,
    ) -> Result<(), Failure> {
        let Self { waiting, since } = self;
        let id = created.asset_id.as_str();
        // The states of all media assets that are being created are those of one from OBS. A file
        // that could not be fetched is never transcoded.
        let mut reply = PublishAssetFromObsResponse::default();
        reply.asset_id = Some(id.to_owned());
        let request = PublishAssetFromObsRequest::new("MP4", id, FileAddr::default());
        let creation = client.task(TaskParts::new(request, reply, since));
        let made = waiting.typed(creation, &mut report).await;
        made.map_err(of_creation)?;
        if let Some(template) = &created.template {
            let request = CreateAssetProcessTaskRequest::new(id).template_group_name(template);
            let reply = CreateAssetProcessTaskResponse::default();
            let transcoding = client.task(TaskParts::new(request, reply, since));
            waiting.typed(transcoding, report).await?;
        }
        Ok(())
    }
}

/// A failure without the name of an operation: the media asset can come from another one.
fn of_creation(failure: Failure) -> Failure {
    let exit = failure.exit();
    match failure {
        Failure::Call(error) if error.kind() == ErrorKind::Task => {
            let message = error.message();
            // What stands before it names the task.
            let (_, why) = message.split_once(" has failed: ").unwrap_or(("", message));
            Failure::other(exit, format!("the media asset was not made: {why}"))
        }
        other => other,
    }
}
