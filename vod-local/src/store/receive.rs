//! Reads the body of a request, frame by frame.

use bytes::Bytes;

use super::log::Entry;
use crate::arrival::{Arrival, Gone};

pub(super) struct Receiver<'a> {
    body: Arrival,
    entry: &'a Entry<'a>,
}

impl<'a> Receiver<'a> {
    pub(super) fn new(body: Arrival, entry: &'a Entry<'a>) -> Self {
        Self { body, entry }
    }

    /// The next bytes; `None` at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, Gone> {
        let chunk = self.body.next().await?;
        if let Some(chunk) = &chunk {
            self.entry.received(chunk.len() as u64);
        }
        Ok(chunk)
    }

    /// Reads what is left.
    pub(super) async fn drain(&mut self) -> Result<(), Gone> {
        while self.next().await?.is_some() {}
        Ok(())
    }

    /// Reads so many bytes, or all if there are fewer. Of a frame with more bytes the rest counts
    /// as not received.
    pub(super) async fn skip(&mut self, bytes: u64) {
        let mut left = bytes;
        while left > 0 {
            let Ok(Some(chunk)) = self.body.next().await else {
                return;
            };
            let taken = left.min(chunk.len() as u64);
            self.entry.received(taken);
            left -= taken;
        }
    }
}
