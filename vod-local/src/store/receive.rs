//! Reads the body of a request, frame by frame.

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::Incoming;

use super::log::Entry;

/// The body did not come in whole.
#[derive(Debug)]
pub(super) struct Gone;

pub(super) struct Receiver<'a> {
    body: Incoming,
    entry: &'a Entry<'a>,
}

impl<'a> Receiver<'a> {
    pub(super) fn new(body: Incoming, entry: &'a Entry<'a>) -> Self {
        Self { body, entry }
    }

    /// The next bytes; `None` at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, Gone> {
        let chunk = self.frame().await?;
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
            let Ok(Some(chunk)) = self.frame().await else {
                return;
            };
            let taken = left.min(chunk.len() as u64);
            self.entry.received(taken);
            left -= taken;
        }
    }

    async fn frame(&mut self) -> Result<Option<Bytes>, Gone> {
        loop {
            match self.body.frame().await {
                None => return Ok(None),
                Some(Err(_)) => return Err(Gone),
                Some(Ok(frame)) => {
                    // Trailers have no data.
                    if let Ok(data) = frame.into_data() {
                        return Ok(Some(data));
                    }
                }
            }
        }
    }
}
