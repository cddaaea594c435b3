//! Several uploads at once, until all have ended or somebody stops them.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};
use vod_api::Client;

use crate::commands::creation::{Created, CreationWait};
use crate::commands::upload::job::{Action, Job};
use crate::commands::upload::tally::Tally;
use crate::commands::upload::transfer::{How, Sent, Share, transfer};
use crate::exit::{Exit, Failure};
use crate::output::{Column, Listing, Printer, Show, bytes, seconds};
use crate::progress::{Activity, Board, Entry, Transfer};
use crate::session::Session;

/// What is shown of an upload.
pub(in crate::commands) const COLUMNS: &[Column] = &[
    Column::text("PATH", "path"),
    Column::text("ID", "asset_id"),
    Column::new("SIZE", "bytes", Show::Bytes),
    Column::text("PARTS", "parts"),
    Column::text("RESUMED", "resumed"),
    Column::text("SKIPPED", "skipped"),
];
/// So many parts are sent at the same time, of all files together, if there are not more files.
const PARTS: usize = 4;
/// How long the creation of a media asset is waited for when the command is stopped.
const GRACE: Duration = Duration::from_secs(10);

/// What is to be done.
pub(in crate::commands) struct Plan {
    pub(in crate::commands) jobs: Vec<Job>,
    pub(in crate::commands) how: How,
    /// Files at the same time.
    pub(in crate::commands) at_once: usize,
    /// Whether the service is waited for.
    pub(in crate::commands) waiting: Option<CreationWait>,
}

/// Uploads in their course.
struct Run<'p> {
    client: Client,
    how: Arc<How>,
    waiting: Option<CreationWait>,
    board: Board,
    queue: VecDeque<Job>,
    under_way: JoinSet<Ended>,
    /// Parts and files that may still be begun.
    free: Free,
    listing: Listing<'p>,
    tally: Tally,
}

#[derive(Debug)]
struct Free {
    parts: usize,
    all_parts: usize,
    files: usize,
}

/// The end of a step.
enum Ended {
    Sent {
        job: Job,
        parts: usize,
        shown: Arc<Entry>,
        result: Result<Sent, Failure>,
    },
    Waited {
        job: Job,
        sent: Sent,
        result: Result<Vec<String>, Failure>,
    },
}

/// Does what is to be done, and shows what comes of it.
pub(in crate::commands) async fn run(
    session: &mut Session<'_>,
    client: Client,
    printer: &Printer,
    plan: Plan,
) -> Result<Exit, Failure> {
    let files = plan.jobs.len();
    let size = plan.jobs.iter().map(|job| job.print.size).sum();
    let all_parts = PARTS.max(plan.at_once);
    let mut run = Run {
        client,
        how: Arc::new(plan.how),
        waiting: plan.waiting,
        board: Board::new(session, (files, size)),
        queue: plan.jobs.into(),
        under_way: JoinSet::new(),
        free: Free {
            parts: all_parts,
            all_parts,
            files: plan.at_once,
        },
        listing: Listing::new(printer, session.shape(COLUMNS)),
        tally: Tally {
            files,
            ..Tally::default()
        },
    };
    let interrupt = session.io.interrupt.clone();
    let drawing = run.board.clone();
    let stopped = {
        let work = run.finish(session);
        interrupt.unless(drawing.beside(work)).await
    };
    run.board.clear();
    let stopped = match stopped {
        Ok(Ok(())) => None,
        Ok(Err(failure)) => return Err(failure),
        Err(signal) => Some(signal),
    };
    if stopped.is_some() {
        run.stop(session).await?;
    }
    // A table without rows says nothing that the message does not.
    if stopped.is_none() || run.tally.done > 0 {
        run.listing.end()?;
    }
    match stopped {
        Some(signal) => Err(run.tally.stopped(signal)),
        None => run.tally.ended(),
    }
}

impl Run<'_> {
    async fn finish(&mut self, session: &Session<'_>) -> Result<(), Failure> {
        loop {
            self.begin_what_fits()?;
            let Some(ended) = self.under_way.join_next().await else {
                return Ok(());
            };
            match ended {
                Ok(ended) => self.take(session, ended)?,
                // None of them is stopped before the end.
                Err(error) => match error.try_into_panic() {
                    Ok(panic) => std::panic::resume_unwind(panic),
                    Err(_) => return Ok(()),
                },
            }
        }
    }

    /// Drops what is under way, and with it what it holds of journals. What has ended meanwhile
    /// counts.
    async fn stop(&mut self, session: &Session<'_>) -> Result<(), Failure> {
        self.waiting = None;
        // Of a media asset that was being created, nobody would know whether it is there.
        let deadline = Instant::now() + GRACE;
        while self.board.is_preparing() && Instant::now() < deadline {
            sleep(GRACE / 500).await;
        }
        self.under_way.abort_all();
        while let Some(ended) = self.under_way.join_next().await {
            if let Ok(ended) = ended {
                self.take(session, ended)?;
            }
        }
        Ok(())
    }

    /// Begins with as many files as may be under way.
    fn begin_what_fits(&mut self) -> Result<(), Failure> {
        while self.free.files > 0 {
            let Some(job) = self.queue.pop_front() else {
                return Ok(());
            };
            if let Action::Skip(id) = &job.action {
                let sent = Sent {
                    asset_id: id.clone(),
                    bytes: job.print.size,
                    parts: 0,
                    resumed: 0,
                };
                let shown = Arc::new(self.board.add(&job.name, job.print.size));
                shown.found(job.print.size);
                self.sent(job, sent, shown)?;
                continue;
            }
            self.free.files -= 1;
            self.tally.begun += 1;
            // What is free is shared by those that can be begun now.
            let others = self.queue.len().min(self.free.files);
            let parts = (self.free.parts / (others + 1)).max(1);
            self.free.parts = self.free.parts.saturating_sub(parts);
            self.upload(job, parts);
        }
        Ok(())
    }

    fn upload(&mut self, mut job: Job, parts: usize) {
        let of_all = |rate: u64| (rate * parts as u64 / self.free.all_parts as u64).max(1);
        let share = Share {
            parts,
            rate: self.how.rate.map(of_all),
        };
        let work = (self.client.clone(), self.how.clone());
        let board = self.board.clone();
        let shown = Arc::new(board.add(&job.name, job.print.size));
        self.under_way.spawn(async move {
            let begin = Instant::now();
            let result = transfer(work, &mut job, share, (&board, &shown)).await;
            if let Ok(sent) = &result {
                board.say(&line(&job.name, sent, begin));
            }
            Ended::Sent {
                job,
                parts,
                shown,
                result,
            }
        });
    }

    fn take(&mut self, session: &Session<'_>, ended: Ended) -> Result<(), Failure> {
        match ended {
            Ended::Sent {
                job,
                parts,
                shown,
                result,
            } => {
                self.free.files += 1;
                self.free.parts += parts;
                self.tally.begun -= 1;
                match result {
                    Ok(sent) => self.sent(job, sent, shown),
                    Err(failure) => self.failed(session, &job, failure),
                }
            }
            Ended::Waited { job, sent, result } => match result {
                Ok(states) => self.row(&job, &sent, Some(&states)),
                Err(failure) => {
                    // The media asset is there, whatever has become of the rest.
                    self.row(&job, &sent, Some(&[]))?;
                    self.tally.done -= 1;
                    self.failed(session, &job, failure)
                }
            },
        }
    }

    /// A file is there: waits for the rest, if that was asked for.
    fn sent(&mut self, job: Job, sent: Sent, shown: Arc<Entry>) -> Result<(), Failure> {
        shown.done();
        self.tally.sent += 1;
        let Some(waiting) = self.waiting else {
            return self.row(&job, &sent, None);
        };
        let client = self.client.clone();
        let created = Created {
            asset_id: sent.asset_id.clone(),
            template: job.record.entry.template.clone(),
        };
        self.under_way.spawn(async move {
            let mut states = Vec::new();
            let result = waiting.wait(&client, &created, |now| {
                states.clone_from(&now.states);
                let word = now.states.join(", ");
                shown.update(Transfer {
                    activity: Activity::Waiting(word, now.elapsed),
                    ..Transfer::default()
                });
            });
            let result = result.await;
            Ended::Waited {
                job,
                sent,
                result: result.map(|()| states),
            }
        });
        Ok(())
    }

    fn row(&mut self, job: &Job, sent: &Sent, states: Option<&[String]>) -> Result<(), Failure> {
        self.tally.done += 1;
        let mut row = json!({
            "path": job.name,
            "asset_id": sent.asset_id,
            "bytes": sent.bytes,
            "parts": sent.parts,
            "resumed": sent.resumed,
            "skipped": matches!(job.action, Action::Skip(_)),
        });
        if let Some(states) = states {
            row["states"] = Value::from(states);
        }
        self.board.clear();
        self.listing.push(row)
    }

    fn failed(
        &mut self,
        session: &Session<'_>,
        job: &Job,
        failure: Failure,
    ) -> Result<(), Failure> {
        let failure = job.explained(failure);
        if failure.exit() == Exit::Credentials {
            // What is wrong with the caller is wrong for all files: it is told once.
            self.queue.clear();
        } else if self.tally.files > 1 {
            self.board.clear();
            session.messages.failure_of(&job.name, &failure);
        }
        self.tally.failures.push(failure);
        Ok(())
    }
}

/// What is said of a file that is there.
fn line(name: &str, sent: &Sent, begin: Instant) -> String {
    let parts = match sent.parts {
        0 => String::new(),
        parts => format!(" in {parts} parts"),
    };
    let time = seconds(begin.elapsed().as_secs());
    format!("{name}: {}{parts}, {time}", bytes(sent.bytes))
}
