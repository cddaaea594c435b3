//! Tasks begin, go on and end.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::Value;

use super::effects::{self, change_state};
use super::{Context, fate};
use crate::machine::{Event, Machine, TaskStatus};
use crate::rules::{Pace, Rules};
use crate::state::{Moment, Project, Stale, Task, Work};

/// How long a slow task waits and works where the time is not set.
const SLOW: [Duration; 2] = [Duration::from_secs(10), Duration::from_secs(30)];
/// How much longer slow tasks take.
const SLOWER: u32 = 10;

/// A task that begins.
#[derive(Debug)]
pub(crate) struct Beginning<'a> {
    pub(crate) work: Work,
    /// The media asset that it works on; empty if there is none.
    pub(crate) asset_id: &'a str,
    pub(crate) details: Value,
}

/// Begins a task, and gives its id. The state of the media asset follows.
pub(crate) fn begin(project: &mut Project, context: &Context<'_>, what: Beginning<'_>) -> String {
    let Beginning {
        work,
        asset_id,
        details,
    } = what;
    let id = context.id(project, "task");
    // Tasks of one kind are told apart by the second in which they were created.
    let earlier = project.tasks.last(asset_id, work);
    let created = match earlier {
        Some(earlier) if !asset_id.is_empty() => {
            let next = earlier.created.second().after(Duration::from_secs(1));
            context.now.max(next)
        }
        _ => context.now,
    };
    let stale = context.rules.stale;
    let mut title = String::new();
    if let Some(asset) = project.assets.get_mut(asset_id) {
        title.clone_from(&asset.title);
        if stale > 0 && asset.stale.is_none() {
            asset.stale = Some(Stale {
                answers: stale,
                transcode: asset.transcode,
                thumbnail: asset.thumbnail,
                review: asset.review,
            });
        }
        change_state(asset, work, Event::Ask);
    }
    let fate = fate::of(&title, work);
    project.tasks.insert(Task {
        id: id.clone(),
        work,
        asset_id: asset_id.to_owned(),
        status: first_status(work),
        created,
        started: (first_status(work) == TaskStatus::Processing).then_some(created),
        hidden: stale,
        slow: fate.slow,
        fails_with: fate.fails_with,
        details,
        ..Task::default()
    });
    id
}

/// The state of a new task: some kinds are never seen to wait.
fn first_status(work: Work) -> TaskStatus {
    match work {
        Work::Refresh | Work::Preload => TaskStatus::Processing,
        _ => TaskStatus::Waiting,
    }
}

/// Has all tasks go on that are due, the earliest first.
pub(crate) fn advance(project: &mut Project, context: &Context<'_>) {
    let due_at = |task: &Task| Some((due(task, context)?, task.created, task.id.clone()));
    let mut queue: BTreeSet<_> = project.tasks.open().filter_map(due_at).collect();
    while let Some((at, _, id)) = queue.pop_first() {
        let Some(task) = project.tasks.get(&id) else {
            continue;
        };
        let asset_id = task.asset_id.clone();
        let context = Context {
            now: at,
            ..*context
        };
        match task.status {
            TaskStatus::Waiting => start(project, &context, &id),
            _ => {
                let failure = task.fails_with.clone();
                end(project, &context, &id, failure);
            }
        }
        // It can be due again, and others of the media asset can have begun.
        let open = project
            .tasks
            .of(&asset_id)
            .filter(|task| task.status.is_open());
        queue.extend(open.filter_map(due_at));
    }
}

/// When the next task goes on by itself.
pub(crate) fn next(project: &Project, context: &Context<'_>) -> Option<Moment> {
    let open = project.tasks.open();
    open.filter_map(|task| scheduled(task, context)).min()
}

/// When a task goes on, if that is now or was before.
fn due(task: &Task, context: &Context<'_>) -> Option<Moment> {
    let is_due = |at: &Moment| *at <= context.now || pace(task, context.rules) == Pace::Instant;
    scheduled(task, context).filter(is_due)
}

/// When a task goes on, if that is known.
fn scheduled(task: &Task, context: &Context<'_>) -> Option<Moment> {
    let since = task.started.unwrap_or(task.created);
    let is_waiting = task.status == TaskStatus::Waiting;
    match pace(task, context.rules) {
        Pace::Instant => Some(since),
        Pace::Time { waiting, .. } if is_waiting => Some(since.after(waiting)),
        Pace::Time { processing, .. } => Some(since.after(processing)),
        Pace::Polls(answers) => {
            let needed = if is_waiting { 1 } else { answers };
            (task.asked >= needed).then_some(context.now)
        }
        Pace::Manual => None,
    }
}

/// How a task goes on, with regard to its slowness.
fn pace(task: &Task, rules: &Rules) -> Pace {
    let pace = rules.progress.0;
    if !task.slow {
        return pace;
    }
    match pace {
        Pace::Instant => {
            let [waiting, processing] = SLOW;
            Pace::Time {
                waiting,
                processing,
            }
        }
        Pace::Time {
            waiting,
            processing,
        } => Pace::Time {
            waiting: waiting.saturating_mul(SLOWER),
            processing: processing.saturating_mul(SLOWER),
        },
        Pace::Polls(answers) => Pace::Polls(answers.saturating_mul(SLOWER)),
        Pace::Manual => Pace::Manual,
    }
}

/// A task begins to work, if it waits.
pub(crate) fn start(project: &mut Project, context: &Context<'_>, id: &str) {
    let started = project.tasks.change(id, |task| {
        task.status = task.status.after(Event::Start)?;
        task.started = Some(context.now);
        Some((task.asset_id.clone(), task.work))
    });
    if let Some((asset_id, work)) = started.flatten()
        && let Some(asset) = project.assets.get_mut(&asset_id)
    {
        change_state(asset, work, Event::Start);
    }
}

/// A task ends, with the code of an error if it failed. One that waits begins before.
pub(crate) fn end(project: &mut Project, context: &Context<'_>, id: &str, failure: Option<String>) {
    start(project, context, id);
    let event = match failure {
        Some(_) => Event::Fail,
        None => Event::Succeed,
    };
    let ended = project.tasks.change(id, |task| {
        task.status = task.status.after(event)?;
        task.ended = Some(context.now);
        task.fails_with = failure;
        Some(task.clone())
    });
    if let Some(task) = ended.flatten() {
        effects::of(project, context, &task);
    }
}

/// How much of a task is done, in percent.
pub(crate) fn percent(task: &Task, context: &Context<'_>) -> u64 {
    match task.status {
        TaskStatus::Succeeded => return 100,
        TaskStatus::Processing => {}
        _ => return 0,
    }
    let since = context.now.since(task.started.unwrap_or(task.created));
    let (done, all) = match pace(task, context.rules) {
        Pace::Time { processing, .. } => (since.as_millis(), processing.as_millis()),
        Pace::Polls(answers) => (task.asked.into(), answers.into()),
        Pace::Instant | Pace::Manual => (0, 1),
    };
    let percent = done.saturating_mul(100).checked_div(all).unwrap_or(0);
    u64::try_from(percent.min(99)).unwrap_or(99)
}
