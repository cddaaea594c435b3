//! A media file in parts: started, sent several at a time, and joined.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use bytes::Bytes;
use tokio::task::{JoinError, JoinSet};

use crate::Client;
use crate::error::{Error, ErrorKind, Sent};
use crate::upload::file::SourceError;
use crate::upload::hash::{self, Comparison, Md5};
use crate::upload::input::{Input, Piece};
use crate::upload::observe;
use crate::upload::progress::Meter;
use crate::upload::sender::{Sender, StepError};
use crate::upload::sizes::MOST_PARTS;
use crate::upload::step::{Payload, Step};
use crate::upload::store::other_bytes;
use crate::upload::target::{Signed, Target};
use crate::upload::xml::{self, ListedPart, Reply, XmlError};

/// An upload in parts of one media file.
#[derive(Clone)]
pub(super) struct Multipart {
    pub(super) client: Client,
    pub(super) sender: Arc<Sender>,
    pub(super) target: Target,
    pub(super) upload_id: String,
    /// Whether ETags are compared.
    pub(super) verify: bool,
}

/// A part that the store has, and that was compared with the file as far as that is possible.
#[derive(Debug, Clone)]
pub(super) struct SentPart {
    number: u32,
    etag: String,
    /// `None` for a part that was sent by somebody else, and whose ETag is no hash.
    md5: Option<Md5>,
    compared: bool,
}

/// Why the parts could not be sent.
#[derive(Debug)]
pub(super) enum PartsError {
    Source(SourceError),
    Step(Error),
}

impl From<SourceError> for PartsError {
    fn from(error: SourceError) -> Self {
        Self::Source(error)
    }
}

impl From<Error> for PartsError {
    fn from(error: Error) -> Self {
        Self::Step(error)
    }
}

/// How a join ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joined {
    /// The ETag of the whole is the one that its parts make.
    Compared,
    /// The ETag says nothing, or was not to be compared.
    NotCompared,
    /// The answer was lost, and the store no longer knows the upload: it was joined.
    Unseen,
}

/// Why parts were not joined, and what is left of them.
#[derive(Debug)]
pub(super) struct NotJoined {
    pub(super) error: Error,
    pub(super) left: Left,
}

/// What is left of an upload in parts that could not be joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// The parts.
    Parts,
    /// Nothing that can be used: it was aborted, or joined to other bytes.
    Nothing,
    /// The parts, or the whole.
    Unknown,
}

impl From<StepError> for NotJoined {
    fn from(error: StepError) -> Self {
        let status = error.error.status();
        let left = if error.is_gone() {
            Left::Nothing
        } else if status.is_some_and(|status| status.is_client_error()) || !error.unanswered {
            Left::Parts
        } else {
            Left::Unknown
        };
        Self {
            error: error.error,
            left,
        }
    }
}

/// Starts an upload in parts, and returns its id.
pub(super) async fn start(
    client: &Client,
    sender: &Sender,
    target: &Target,
    content_type: &str,
) -> Result<String, Error> {
    let signed = Signed::Asked {
        client,
        target,
        upload_id: None,
    };
    let payload = Payload {
        content_type: Some(content_type.to_owned()),
        ..Payload::empty(Step::Start)
    };
    let reply = sender.step(&signed, &payload, None).await?;
    let id = Reply::read(&reply.body).and_then(|reply| {
        let id = reply.element("InitiateMultipartUploadResult", "UploadId")?;
        Ok(id.to_owned())
    });
    id.map_err(|error| unreadable(Step::Start, &error))
}

impl Multipart {
    pub(super) fn signed(&self) -> Signed<'_> {
        Signed::Asked {
            client: &self.client,
            target: &self.target,
            upload_id: Some(&self.upload_id),
        }
    }

    /// The parts that the store has; `None` if it does not know the upload.
    pub(super) async fn list(&self) -> Result<Option<Vec<ListedPart>>, Error> {
        let mut parts = Vec::new();
        let mut after = None;
        loop {
            let payload = Payload {
                after,
                ..Payload::empty(Step::List)
            };
            let reply = match self.sender.step(&self.signed(), &payload, None).await {
                Err(error) if error.is_gone() => return Ok(None),
                reply => reply?,
            };
            let list = Reply::read(&reply.body).and_then(|reply| reply.part_list());
            let list = list.map_err(|error| unreadable(Step::List, &error))?;
            parts.extend(list.parts);
            match list.next {
                // A store that ignores the number would give the same page for ever.
                Some(next) if after.is_none_or(|after| next > after) => after = Some(next),
                Some(_) => {
                    let error = XmlError::Element("NextPartNumberMarker");
                    return Err(unreadable(Step::List, &error));
                }
                None => return Ok(Some(parts)),
            }
        }
    }

    /// Sends all parts that the store does not have, several at a time.
    pub(super) async fn send(
        &self,
        input: &mut Input,
        plan: Plan<'_>,
    ) -> Result<Vec<SentPart>, PartsError> {
        let mut running = JoinSet::new();
        let sent = self.send_all(input, plan, &mut running).await;
        // No part is still being sent when it is dropped, or sent by a later run.
        running.shutdown().await;
        let mut sent = sent?;
        sent.sort_unstable_by_key(|part| part.number);
        Ok(sent)
    }

    async fn send_all(
        &self,
        input: &mut Input,
        plan: Plan<'_>,
        running: &mut Running,
    ) -> Result<Vec<SentPart>, PartsError> {
        let mut sent = Vec::new();
        let mut number = 0;
        while let Some(piece) = next(input, plan.part_size, running, &mut sent).await? {
            number += 1;
            if number > MOST_PARTS {
                return Err(too_many(plan.part_size).into());
            }
            let listed = plan.listed.iter().find(|part| part.number == number);
            let (this, meter) = (self.clone(), plan.meter.clone());
            let part = this.part(number, piece, listed.cloned(), meter);
            running.spawn(observe::in_this_span(part));
            while running.len() >= plan.in_flight {
                let done = running.join_next().await;
                keep(done, &mut sent)?;
            }
        }
        while let Some(done) = running.join_next().await {
            keep(Some(done), &mut sent)?;
        }
        Ok(sent)
    }

    /// Sends one part, unless the store has it.
    async fn part(
        self,
        number: u32,
        piece: Piece,
        listed: Option<ListedPart>,
        meter: Arc<Meter>,
    ) -> Result<SentPart, PartsError> {
        let loaded = piece.load().await?;
        let (md5, size) = (loaded.md5, loaded.data.len() as u64);
        let part = |etag: &str, compared| SentPart {
            number,
            etag: hash::plain(etag).to_owned(),
            md5: Some(md5),
            compared,
        };
        if let Some(listed) = listed.filter(|listed| listed.size == size) {
            let comparison = md5.compare(&listed.etag);
            let trusted = match comparison {
                Comparison::Equal => true,
                Comparison::Different => false,
                Comparison::Unknown => !self.verify,
            };
            if trusted {
                meter.found(size);
                return Ok(part(&listed.etag, comparison == Comparison::Equal));
            }
        }
        let payload = Payload {
            md5: Some(md5),
            data: loaded.data,
            ..Payload::empty(Step::Part(number))
        };
        let reply = self
            .sender
            .step(&self.signed(), &payload, Some(&meter))
            .await;
        let reply = reply.map_err(Error::from)?;
        meter.stored(size);
        let etag = reply.etag.unwrap_or_else(|| md5.to_string());
        Ok(part(&etag, reply.compared))
    }

    /// Joins the parts.
    pub(super) async fn join(&self, parts: &[SentPart]) -> Result<Joined, NotJoined> {
        let list: Vec<_> = parts
            .iter()
            .map(|part| (part.number, part.etag.clone()))
            .collect();
        let payload = Payload {
            data: Bytes::from(xml::join(&list)),
            ..Payload::empty(Step::Join)
        };
        let reply = match self.sender.step(&self.signed(), &payload, None).await {
            // Only this request ends an upload that nobody aborts.
            Err(error) if error.unanswered && error.is_gone() => return Ok(Joined::Unseen),
            Err(error) => return Err(error.into()),
            Ok(reply) => reply,
        };
        let reply = Reply::read(&reply.body).unwrap_or_default();
        let Some(etag) = reply.text("ETag") else {
            return Ok(Joined::NotCompared);
        };
        let hashes: Option<Vec<_>> = parts.iter().map(|part| part.md5).collect();
        let Some(hashes) = hashes.filter(|_| self.verify) else {
            return Ok(Joined::NotCompared);
        };
        match hash::compare_joined(etag, &hashes) {
            Comparison::Equal => Ok(Joined::Compared),
            Comparison::Unknown => Ok(Joined::NotCompared),
            Comparison::Different => Err(NotJoined {
                error: other_bytes(etag).in_call(Step::Join.to_string(), 1),
                left: Left::Nothing,
            }),
        }
    }

    /// Drops the parts.
    pub(super) async fn abort(&self) -> Result<(), Error> {
        let payload = Payload::empty(Step::Abort);
        match self.sender.step(&self.signed(), &payload, None).await {
            Err(error) if error.is_gone() => Ok(()),
            reply => Ok(reply.map(drop)?),
        }
    }
}

/// How parts are sent.
#[derive(Clone, Copy)]
pub(super) struct Plan<'a> {
    pub(super) part_size: u64,
    pub(super) in_flight: usize,
    /// The parts that the store has.
    pub(super) listed: &'a [ListedPart],
    pub(super) meter: &'a Arc<Meter>,
}

impl SentPart {
    /// A part that was sent by somebody else.
    pub(super) fn of_others(listed: &ListedPart) -> Self {
        Self {
            number: listed.number,
            etag: hash::plain(&listed.etag).to_owned(),
            md5: Md5::of_etag(&listed.etag),
            compared: false,
        }
    }

    /// Whether its ETag was compared with its bytes.
    pub(super) fn is_compared(&self) -> bool {
        self.compared
    }
}

type Running = JoinSet<Result<SentPart, PartsError>>;

/// The next piece, unless a part fails before it is read: a reader can be slow.
async fn next(
    input: &mut Input,
    size: u64,
    running: &mut Running,
    sent: &mut Vec<SentPart>,
) -> Result<Option<Piece>, PartsError> {
    let mut piece = pin!(input.next(size));
    poll_fn(|context| {
        if let Poll::Ready(piece) = piece.as_mut().poll(context) {
            return Poll::Ready(piece.map_err(PartsError::from));
        }
        while let Poll::Ready(Some(done)) = running.poll_join_next(context) {
            if let Err(error) = keep(Some(done), sent) {
                return Poll::Ready(Err(error));
            }
        }
        Poll::Pending
    })
    .await
}

type Done = Result<Result<SentPart, PartsError>, JoinError>;

fn keep(done: Option<Done>, sent: &mut Vec<SentPart>) -> Result<(), PartsError> {
    let ended = |error: JoinError| {
        Error::new(ErrorKind::Transport, Sent::Maybe, "a part was given up").with_source(error)
    };
    if let Some(done) = done {
        sent.push(done.map_err(ended)??);
    }
    Ok(())
}

fn unreadable(step: Step, error: &XmlError) -> Error {
    Error::new(ErrorKind::Decode, Sent::Yes, error.to_string()).in_call(step.to_string(), 1)
}

fn too_many(part_size: u64) -> Error {
    let message = format!(
        "the source has more than {MOST_PARTS} parts of {part_size} bytes, the most that OBS \
         takes: set a larger part_size"
    );
    Error::new(ErrorKind::Source, Sent::Yes, message)
}
