//! Lines for the states of a task that is waited for.

use std::time::Duration;

use vod_api::Progress;

use crate::output::Messages;
use crate::session::Session;

/// Tells how far a task is, once for each state.
#[derive(Debug)]
pub(crate) struct States {
    messages: Messages,
    name: String,
    last: Vec<String>,
}

impl States {
    /// For a task, under the name that the lines begin with.
    pub(crate) fn new(session: &Session<'_>, name: impl Into<String>) -> Self {
        Self::of(&session.messages, name)
    }

    /// The same for work that goes on beside other work.
    pub(crate) fn of(messages: &Messages, name: impl Into<String>) -> Self {
        Self {
            messages: messages.clone(),
            name: name.into(),
            last: Vec::new(),
        }
    }

    /// For a wait, to be called with each answer.
    pub(crate) fn report(mut self) -> impl FnMut(&Progress) + Send {
        move |progress| self.update(&progress.states, progress.elapsed)
    }

    /// Takes the states of all parts of the task, after so much time.
    pub(crate) fn update(&mut self, states: &[String], elapsed: Duration) {
        if states == self.last {
            return;
        }
        self.last = states.to_vec();
        let states = if states.is_empty() {
            "not known yet".to_owned()
        } else {
            states.join(", ")
        };
        let seconds = elapsed.as_secs();
        let line = format!("{}: {states} after {seconds} s", self.name);
        self.messages.progress(&line);
    }
}
