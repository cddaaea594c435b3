//! What is under way, and how it is shown.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep};
use unicode_width::UnicodeWidthStr;

use crate::io::Stream;
use crate::output::{Messages, visible};
use crate::progress::line::{Activity, Transfer};
use crate::session::Session;

/// How often bars are drawn.
const FRAME: Duration = Duration::from_millis(100);
/// A line about a file says more than the one before: so much later, and so many percent more.
const QUIET: Duration = Duration::from_secs(30);
const STEP: u64 = 10;
/// So many files have a bar.
const BARS: usize = 8;

/// All that is under way. Clones are the same.
#[derive(Debug, Clone)]
pub(crate) struct Board(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    form: Form,
    messages: Messages,
    begin: Instant,
    entries: Vec<Shown>,
    /// The next one.
    id: u64,
    whole: Whole,
}

/// How it is shown.
#[derive(Debug)]
enum Form {
    Bars { stream: Stream, width: usize },
    Lines,
    Nothing,
}

/// All files together.
#[derive(Debug, Default)]
struct Whole {
    files: usize,
    bytes: u64,
    done: usize,
    done_bytes: u64,
    /// Of those, what this run has sent.
    sent: u64,
}

/// One file.
#[derive(Debug)]
struct Shown {
    id: u64,
    name: String,
    transfer: Transfer,
    /// What was sent before this run.
    before: u64,
    /// When a line was written about it, and how far it was.
    last: (Instant, u64),
}

/// A file that is under way; until it is dropped.
#[derive(Debug)]
pub(crate) struct Entry {
    board: Board,
    id: u64,
}

impl Board {
    /// For so many files, and the bytes that they have together.
    pub(crate) fn new(session: &Session<'_>, (files, bytes): (usize, u64)) -> Self {
        let stream = session.io.stderr.clone();
        let is_dumb = session
            .io
            .variables
            .get("TERM")
            .is_some_and(|it| it == "dumb");
        let form = match stream.columns() {
            _ if session.settings.output.quiet => Form::Nothing,
            Some(width) if !is_dumb => Form::Bars { stream, width },
            _ => Form::Lines,
        };
        Self(Arc::new(Mutex::new(State {
            form,
            messages: session.messages.clone(),
            begin: Instant::now(),
            entries: Vec::new(),
            id: 0,
            whole: Whole {
                files,
                bytes,
                ..Whole::default()
            },
        })))
    }

    /// Shows a file from now on.
    pub(crate) fn add(&self, name: &str, total: u64) -> Entry {
        let mut state = self.state();
        state.id += 1;
        let id = state.id;
        state.entries.push(Shown {
            id,
            name: visible(name),
            transfer: Transfer {
                total,
                activity: Activity::Preparing,
                ..Transfer::default()
            },
            before: 0,
            last: (Instant::now(), 0),
        });
        Entry {
            board: self.clone(),
            id,
        }
    }

    /// Does some work, and draws for as long as it is not done.
    pub(crate) async fn beside<T>(&self, work: impl Future<Output = T>) -> T {
        let (mut drawing, mut work) = (pin!(self.keep_drawing()), pin!(work));
        let mut is_over = false;
        poll_fn(|context| {
            if !is_over {
                is_over = drawing.as_mut().poll(context).is_ready();
            }
            work.as_mut().poll(context)
        })
        .await
    }

    /// Draws again and again, for as long as it is polled.
    async fn keep_drawing(&self) {
        if !matches!(self.state().form, Form::Bars { .. }) {
            return;
        }
        loop {
            sleep(FRAME).await;
            self.state().draw();
        }
    }

    /// Whether there is a file whose upload has no place to go to yet.
    pub(crate) fn is_preparing(&self) -> bool {
        let state = self.state();
        let mut shown = state.entries.iter();
        shown.any(|it| it.transfer.activity == Activity::Preparing)
    }

    /// Makes room for data on standard output; the bars come back later.
    pub(crate) fn clear(&self) {
        if let Form::Bars { stream, .. } = &self.state().form {
            stream.clear();
        }
    }

    /// Writes a line about what has happened, above the bars.
    pub(crate) fn say(&self, text: &str) {
        self.state().messages.progress(text);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entry {
    /// Takes how far the file is.
    pub(crate) fn update(&self, transfer: Transfer) {
        let mut state = self.board.state();
        let state = &mut *state;
        let Some(shown) = state.entries.iter_mut().find(|it| it.id == self.id) else {
            return;
        };
        let earlier = std::mem::replace(&mut shown.transfer, transfer);
        if matches!(state.form, Form::Lines) && shown.is_news(&earlier.activity) {
            shown.last = (Instant::now(), shown.transfer.percent());
            let line = format!("{}: {}", shown.name, shown.transfer.summary());
            state.messages.progress(&line);
        }
    }

    /// Says what of the file was there before, so that the rate of all is that of this run.
    pub(crate) fn found(&self, bytes: u64) {
        let mut state = self.board.state();
        if let Some(shown) = state.entries.iter_mut().find(|it| it.id == self.id) {
            shown.before = bytes;
        }
    }

    /// Counts the file as done.
    pub(crate) fn done(&self) {
        let mut state = self.board.state();
        let state = &mut *state;
        if let Some(shown) = state.entries.iter_mut().find(|it| it.id == self.id) {
            state.whole.done += 1;
            state.whole.done_bytes += shown.transfer.total;
            state.whole.sent += shown.transfer.total.saturating_sub(shown.before);
            shown.transfer.total = 0;
        }
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        let mut state = self.board.state();
        state.entries.retain(|it| it.id != self.id);
    }
}

impl Shown {
    /// Whether a line about it says enough that is new.
    fn is_news(&self, earlier: &Activity) -> bool {
        let (at, percent) = self.last;
        match (&self.transfer.activity, earlier) {
            (Activity::Sending, _) => {
                at.elapsed() >= QUIET && self.transfer.percent() >= percent + STEP
            }
            (Activity::Preparing | Activity::Step(_), _) => false,
            (Activity::Waiting(states, _), Activity::Waiting(before, _)) => states != before,
            (Activity::Waiting(..), _) => true,
        }
    }
}

impl State {
    fn draw(&self) {
        if let Form::Bars { stream, width } = &self.form {
            stream.draw(&self.lines(*width));
        }
    }

    fn lines(&self, width: usize) -> Vec<String> {
        let shown = self.entries.iter().take(BARS);
        let whole = (self.whole.files > 1).then(|| self.whole());
        let names = shown.clone().map(|it| it.name.as_str());
        let names = names.chain(whole.iter().map(|(name, _)| name.as_str()));
        let widest = names.map(UnicodeWidthStr::width).max().unwrap_or(0);
        let mut lines: Vec<_> = shown
            .map(|it| it.transfer.line(&it.name, (width, widest)))
            .collect();
        let more = self.entries.len().saturating_sub(BARS);
        if more > 0 {
            lines.push(format!("and {more} more"));
        }
        lines.extend(whole.map(|(name, transfer)| transfer.line(&name, (width, widest))));
        lines
    }

    /// All files together, and what they are called.
    fn whole(&self) -> (String, Transfer) {
        let Whole {
            files,
            bytes,
            done,
            done_bytes,
            sent,
        } = self.whole;
        let of_open = |count: fn(&Shown) -> u64| self.entries.iter().map(count).sum::<u64>();
        // What is done has no total here any more: it is counted already.
        let open = of_open(|it| it.transfer.sent.min(it.transfer.total));
        let now = of_open(|it| {
            it.transfer
                .sent
                .min(it.transfer.total)
                .saturating_sub(it.before)
        });
        let seconds = self.begin.elapsed().as_secs_f64().max(0.001);
        let transfer = Transfer {
            sent: done_bytes + open,
            total: bytes,
            rate: (sent + now) as f64 / seconds,
            ..Transfer::default()
        };
        (format!("{done}/{files} files"), transfer)
    }
}
