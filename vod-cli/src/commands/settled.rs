//! Waits until the service is done with a media asset that was just created.

use std::time::{Duration, SystemTime};

use clap::{Arg, ArgAction, ArgMatches};
use vod_api::model::{
    CreateAssetProcessTaskRequest, CreateAssetProcessTaskResponse, FileAddr,
    PublishAssetFromObsRequest, PublishAssetFromObsResponse,
};
use vod_api::{Client, ErrorKind, Progress, TaskParts};

use crate::exit::Failure;
use crate::session::Session;
use crate::settings::duration;

/// How long is waited, and how often the service is asked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    deadline: Option<Duration>,
    interval: Option<Duration>,
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
pub(super) fn flags() -> Vec<Arg> {
    let flag = |name: &'static str, value: &'static str, help: &'static str| {
        let flag = Arg::new(name).long(name).value_name(value).help(help);
        flag.value_parser(duration).requires("wait")
    };
    let wait = Arg::new("wait")
        .long("wait")
        .action(ArgAction::SetTrue)
        .help("Waits until the service is done, transcoding included");
    let flags = [
        wait,
        flag("wait-timeout", "TIME", "How long to wait; 1h by default"),
        flag(
            "poll-interval",
            "TIME",
            "How often to ask; 2s to 30s by default",
        ),
    ];
    flags
        .map(|flag| flag.help_heading("Waiting"))
        .into_iter()
        .collect()
}

impl Patience {
    /// What the flags say; `None` if nothing is to be waited for.
    pub(super) fn read(session: &Session<'_>, matches: &ArgMatches) -> Option<Self> {
        matches.get_flag("wait").then(|| Self {
            deadline: matches.get_one("wait-timeout").copied(),
            interval: matches.get_one("poll-interval").copied(),
            since: (session.io.now)()
                .checked_sub(SLACK)
                .unwrap_or(SystemTime::UNIX_EPOCH),
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
        let id = created.asset_id.as_str();
        macro_rules! wait {
            ($request:expr, $reply:expr) => {{
                let task = client.task(TaskParts::new($request, $reply, self.since));
                let mut waiter = task.until_done().on_progress(&mut report);
                if let Some(deadline) = self.deadline {
                    waiter = waiter.with_deadline(deadline);
                }
                if let Some(interval) = self.interval {
                    waiter = waiter.with_interval(interval, interval);
                }
                waiter.await.map(drop)
            }};
        }
        // The states of all media assets that are being created are those of one from OBS. A file
        // that could not be fetched is never transcoded.
        let mut reply = PublishAssetFromObsResponse::default();
        reply.asset_id = Some(id.to_owned());
        let request = PublishAssetFromObsRequest::new("MP4", id, FileAddr::default());
        let mut ended = wait!(request, reply);
        if let (Ok(()), Some(template)) = (&ended, &created.template) {
            ended = wait!(
                CreateAssetProcessTaskRequest::new(id).template_group_name(template),
                CreateAssetProcessTaskResponse::default()
            );
        }
        ended.map_err(|error| match error.kind() {
            ErrorKind::Timeout => Failure::StillRunning(error),
            _ => Failure::Call(error),
        })
    }
}
