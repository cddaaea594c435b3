//! What has come of several uploads.

use crate::exit::{Exit, Failure};
use crate::interrupt::Signal;

/// What has come of the files.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) files: usize,
    /// Files that the service has.
    pub(super) sent: usize,
    /// Those that are done, with all that was asked for.
    pub(super) done: usize,
    /// Those that are under way.
    pub(super) begun: usize,
    pub(super) failures: Vec<Failure>,
}

impl Tally {
    /// How the command ends when all files have.
    pub(super) fn ended(mut self) -> Result<Exit, Failure> {
        match (self.failures.pop(), self.files) {
            (None, _) => Ok(Exit::Done),
            (Some(failure), 1) => Err(failure),
            (Some(_), files) => {
                let failed = self.failures.len() + 1;
                Err(Failure::Partly(format!("{failed} of {files} files failed")))
            }
        }
    }

    /// The same if it was stopped.
    pub(super) fn stopped(&self, signal: Signal) -> Failure {
        let Self {
            files, sent, begun, ..
        } = *self;
        let there = match (files, sent) {
            (1, 0) => "the file is half done".to_owned(),
            (1, _) => "the file is there".to_owned(),
            (files, 1) => format!("1 of {files} files is there"),
            (files, sent) => format!("{sent} of {files} files are there"),
        };
        let half = match (files, begun) {
            (1, _) | (_, 0) => String::new(),
            (_, 1) => ", 1 is half done".to_owned(),
            (_, begun) => format!(", {begun} are half done"),
        };
        let failed = match self.failures.len() {
            0 => String::new(),
            failed => format!(", {failed} failed"),
        };
        Failure::Stopped {
            exit: signal.into(),
            message: format!("{there}{half}{failed}. The same command goes on from here."),
        }
    }
}
