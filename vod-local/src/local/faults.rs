//! Failures that a test asks for.

use std::panic::Location;

use crate::reply::Reply;
use crate::script::Script;

/// The next requests of an operation, which are to fail; see [`Local::fail`](crate::Local::fail).
#[derive(Debug)]
#[must_use = "nothing fails until `with`"]
pub struct LocalFault<'a> {
    pub(super) script: &'a Script,
    pub(super) operation: &'a str,
    pub(super) times: usize,
    pub(super) place: &'static Location<'static>,
}

impl LocalFault<'_> {
    /// How many requests fail; 1 by default.
    pub fn times(mut self, times: usize) -> Self {
        self.times = times;
        self
    }

    /// The answer to them. [`Reply::documented`] leaves it to the state.
    pub fn with(self, reply: Reply) {
        for _ in 0..self.times {
            self.script
                .push(Some(self.operation), reply.clone(), self.place);
        }
    }
}
