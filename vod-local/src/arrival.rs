//! The body of a request, as it comes in.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::Incoming;

/// A body that is being received.
#[derive(Debug)]
pub(crate) struct Arrival {
    body: Incoming,
    /// How long it may bring nothing.
    patience: Option<Duration>,
}

/// The body did not come in whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Gone;

/// Why a body could not be collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Uncollected {
    Gone,
    TooLarge,
}

impl Arrival {
    pub(crate) fn new(body: Incoming, patience: Option<Duration>) -> Self {
        Self { body, patience }
    }

    /// The next bytes; `None` at the end.
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, Gone> {
        loop {
            let frame = self.body.frame();
            let frame = match self.patience {
                Some(patience) => tokio::time::timeout(patience, frame)
                    .await
                    .map_err(|_| Gone)?,
                None => frame.await,
            };
            match frame {
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

    /// All of it, up to a number of bytes.
    pub(crate) async fn collect(mut self, most: usize) -> Result<Bytes, Uncollected> {
        let mut all = BytesMut::new();
        while let Some(chunk) = self.next().await.map_err(|Gone| Uncollected::Gone)? {
            if all.len() + chunk.len() > most {
                return Err(Uncollected::TooLarge);
            }
            all.extend_from_slice(&chunk);
        }
        Ok(all.freeze())
    }
}
