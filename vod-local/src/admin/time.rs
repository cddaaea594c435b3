//! The clock, and when tasks go on.

use std::time::Duration;

use serde_json::{Value, json};

use super::asked::Asked;
use super::problem::Problem;
use super::routes::Content;
use crate::data::{Data, data, words};
use crate::rules::{Pace, Progress};
use crate::state::Moment;

words! {
    /// Whether the clock goes on.
    enum ClockMode {
        Running = "running",
        Paused = "paused",
    }
}

data! {
    struct ClockBody {
        now: Option<Moment>,
        mode: Option<ClockMode>,
    }
}

data! {
    struct Advance {
        seconds: Option<f64>,
    }
}

words! {
    enum Mode {
        Instant = "instant",
        Time = "time",
        Polls = "polls",
        Manual = "manual",
    }
}

data! {
    struct ProgressBody {
        mode: Option<Mode>,
        waiting_ms: Option<u64>,
        processing_ms: Option<u64>,
        answers: Option<u32>,
    }
}

pub(super) fn clock(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    asked.query.end()?;
    Ok(Content::Json(clock_told(asked)))
}

pub(super) fn set_clock(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    asked.query.end()?;
    let ClockBody { now, mode } = asked.read()?;
    if now.is_none() && mode.is_none() {
        return Err(Problem::invalid("body", "give now, mode or both"));
    }
    let clock = &asked.world.clock;
    match mode {
        Some(ClockMode::Paused) => clock.pause(),
        Some(ClockMode::Running) => clock.resume(),
        None => {}
    }
    if let Some(now) = now {
        clock.set(now.into());
    }
    Ok(Content::Json(clock_told(asked)))
}

pub(super) fn advance(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    asked.query.end()?;
    let Advance { seconds } = asked.read()?;
    let wrong = || Problem::invalid("seconds", "seconds must be a number, 0 or more");
    let by = seconds.ok_or_else(wrong)?;
    let by = Duration::try_from_secs_f64(by).map_err(|_| wrong())?;
    asked.world.clock.advance(by);
    Ok(Content::Json(clock_told(asked)))
}

fn clock_told(asked: &Asked<'_>) -> Value {
    let clock = &asked.world.clock;
    let mode = if clock.is_paused() {
        ClockMode::Paused
    } else {
        ClockMode::Running
    };
    json!({"now": Moment::from(clock.now()).write(), "mode": mode.write()})
}

pub(super) fn progress(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    asked.query.end()?;
    Ok(Content::Json(told(asked.world.progress())))
}

pub(super) fn set_progress(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    asked.query.end()?;
    let body: ProgressBody = asked.read()?;
    let mode = body.mode.ok_or_else(|| {
        Problem::invalid("mode", "mode must be given: instant, time, polls or manual")
    })?;
    let only = |is_given: bool, name: &str, of: Mode| {
        if is_given && mode != of {
            let message = format!("{name} is only for the mode {}", word(of));
            return Err(Problem::invalid(name, message));
        }
        Ok(())
    };
    only(body.waiting_ms.is_some(), "waiting_ms", Mode::Time)?;
    only(body.processing_ms.is_some(), "processing_ms", Mode::Time)?;
    only(body.answers.is_some(), "answers", Mode::Polls)?;
    let [waiting, processing] = Progress::TIMES;
    asked.world.set_progress(match mode {
        Mode::Instant => Progress::instant(),
        Mode::Manual => Progress::manual(),
        Mode::Polls => Progress::polls(body.answers.unwrap_or(2)),
        Mode::Time => Progress::time(
            body.waiting_ms.map_or(waiting, Duration::from_millis),
            body.processing_ms.map_or(processing, Duration::from_millis),
        ),
    });
    Ok(Content::Json(told(asked.world.progress())))
}

fn word(mode: Mode) -> &'static str {
    crate::data::Words::as_str(mode)
}

/// A progress, as it is set.
pub(super) fn told(Progress(pace): Progress) -> Value {
    let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    match pace {
        Pace::Instant => json!({"mode": "instant"}),
        Pace::Manual => json!({"mode": "manual"}),
        Pace::Polls(answers) => json!({"mode": "polls", "answers": answers}),
        Pace::Time {
            waiting,
            processing,
        } => json!({
            "mode": "time",
            "waiting_ms": millis(waiting),
            "processing_ms": millis(processing),
        }),
    }
}
