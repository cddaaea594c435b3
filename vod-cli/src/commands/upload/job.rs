//! What is to be done with each file.

use serde_json::{Value, json};
use vod_api::model::ShowAssetMetaRequest;
use vod_api::operation::Operation;
use vod_api::support::project_id;
use vod_api::{Client, ErrorKind};

use crate::commands::upload::find::Found;
use crate::exit::Failure;
use crate::records::{Home, Print, Record, Records};
use crate::session::Session;

/// A file, and what is to be done with it.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Job {
    /// Its path, for people.
    pub(in crate::commands) name: String,
    pub(in crate::commands) print: Print,
    pub(in crate::commands) record: Record,
    pub(in crate::commands) action: Action,
}

/// What is to be done with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::commands) enum Action {
    /// It was uploaded before, as this media asset.
    Skip(String),
    /// It is uploaded from its start.
    Begin,
    /// The upload that was begun goes on: it was asked for in the same words.
    Resume,
    /// The upload that was begun goes on as its journal says.
    ResumeAsBegun,
    /// It has changed since its upload was begun, which is dropped.
    BeginAnew,
}

/// Whether files that were uploaded before are uploaded once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    Yes,
    No,
}

/// Where the uploads of a client go.
pub(in crate::commands) async fn home(
    session: &Session<'_>,
    client: &Client,
) -> Result<Home, Failure> {
    Ok(Home {
        endpoint: session.place().await?.address(),
        project_id: project_id(client).await?,
    })
}

/// Uploads once more what was uploaded before and is no longer there.
///
/// # Errors
///
/// The service cannot be asked.
pub(super) async fn look_again(
    session: &Session<'_>,
    client: &Client,
    jobs: &mut [Job],
) -> Result<(), Failure> {
    let skipped = jobs.iter_mut().filter_map(|job| match &job.action {
        Action::Skip(id) => Some((id.clone(), job)),
        _ => None,
    });
    let mut skipped: Vec<_> = skipped.collect();
    for some in skipped.chunks_mut(PER_QUESTION) {
        let ids: Vec<_> = some.iter().map(|(id, _)| id).collect();
        let question = client.call(ShowAssetMetaRequest::META, json!({"asset_id": ids}));
        let answer = question.await?;
        let assets = answer["asset_info_array"].as_array().into_iter().flatten();
        let is_there = |asset: &&Value| {
            let status = asset["status"].as_str();
            status.is_some_and(|status| !GONE.contains(&status))
        };
        let there = assets.filter(is_there).map(|asset| &asset["asset_id"]);
        let there: Vec<_> = there.collect();
        for (id, job) in some
            .iter_mut()
            .filter(|(id, _)| !there.contains(&&json!(id)))
        {
            let text = format!(
                "{}: its media asset {id} is gone: uploaded once more",
                job.name
            );
            session.messages.progress(&text);
            job.action = Action::Begin;
        }
    }
    Ok(())
}

/// Media assets that one question can be about.
const PER_QUESTION: usize = 10;
/// States of media assets that are not there, or have no media file.
const GONE: [&str; 4] = ["UNCREATED", "DELETED", "CANCELLED", "UPLOAD_FAILED"];

/// Decides what is to be done with a file, by what is known of it.
pub(super) fn job(found: Found, (records, home): (&Records, &Home), again: Again) -> Job {
    let record = records.of(home, &found.path);
    let is_same = record.entry.print == found.print;
    let action = match (record.begun(), &record.entry.asset_id) {
        (Some(begun), _) if begun.print == found.print => Action::Resume,
        (Some(_), _) => Action::BeginAnew,
        (None, Some(id)) if is_same && again == Again::No => Action::Skip(id.clone()),
        (None, _) => Action::Begin,
    };
    Job {
        name: found.name,
        print: found.print,
        record,
        action,
    }
}

impl Job {
    /// A failure, with what else can be done where an earlier upload stands in the way.
    pub(super) fn explained(&self, failure: Failure) -> Failure {
        let Failure::Call(error) = &failure else {
            return failure;
        };
        if error.kind() != ErrorKind::Source {
            return failure;
        }
        let id = self.record.begun().and_then(|begun| begun.asset_id);
        let id = id.unwrap_or_else(|| self.name.clone());
        let other = match self.action {
            Action::Resume => format!("`vod uploads resume {id}` goes on as it was begun"),
            Action::ResumeAsBegun => format!("`vod upload {}` begins anew", self.name),
            _ => return failure,
        };
        let hint = format!("{other}, `vod uploads abort {id}` drops it");
        Failure::usage_with(error.to_string(), hint)
    }

    /// What would be done, as a row.
    pub(super) fn to_row(&self) -> Value {
        json!({
            "path": self.name,
            "bytes": self.print.size,
            "action": self.action.name(),
        })
    }
}

impl Action {
    fn name(&self) -> &'static str {
        match self {
            Self::Skip(_) => "skip",
            Self::Begin => "upload",
            Self::Resume | Self::ResumeAsBegun => "resume",
            Self::BeginAnew => "upload anew",
        }
    }
}
