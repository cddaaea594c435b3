//! The body of a request to the store: bytes in small pieces, so that progress can be told, a stall
//! noticed, and the rate limited.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

use crate::lock::lock;
use crate::upload::progress::Meter;

/// How many bytes are handed over at once.
const CHUNK: usize = 64 << 10;

pub(super) struct Body {
    pub(super) data: Bytes,
    pub(super) transfer: Arc<Transfer>,
    pub(super) limit: Option<Arc<RateLimit>>,
    /// The time at which the next piece may go.
    pub(super) pause: Option<Pin<Box<Sleep>>>,
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let this = &mut *self;
        if this.data.is_empty() {
            return Poll::Ready(None);
        }
        let mut size = this.data.len().min(CHUNK);
        if let Some(limit) = &this.limit {
            size = size.min(limit.chunk());
            let pause = this.pause.get_or_insert_with(|| {
                let at = limit.reserve(size);
                this.transfer.moved(at);
                Box::pin(sleep_until(at))
            });
            ready!(pause.as_mut().poll(context));
            this.pause = None;
        }
        let chunk = this.data.split_to(size);
        this.transfer.sent(chunk.len() as u64);
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }

    fn is_end_stream(&self) -> bool {
        self.data.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.data.len() as u64)
    }
}

/// One attempt to send something.
pub(super) struct Transfer {
    /// What was sent; `None` once it was taken back, as a body can be read on for a moment.
    sent: Mutex<Option<u64>>,
    /// The last time that anything moved.
    moved: Mutex<Instant>,
    /// Where the bytes are counted, for those of the media file.
    meter: Option<Arc<Meter>>,
}

impl Transfer {
    pub(super) fn begin(meter: Option<Arc<Meter>>) -> Arc<Self> {
        Arc::new(Self {
            sent: Mutex::new(Some(0)),
            moved: Mutex::new(Instant::now()),
            meter,
        })
    }

    fn sent(&self, bytes: u64) {
        self.moved(Instant::now());
        if let Some(sent) = &mut *lock(&self.sent) {
            *sent += bytes;
            if let Some(meter) = &self.meter {
                meter.sent(bytes);
            }
        }
    }

    /// Notes that something moves, or will at a time to come.
    pub(super) fn moved(&self, at: Instant) {
        let mut moved = lock(&self.moved);
        *moved = at.max(*moved);
    }

    pub(super) fn last_moved(&self) -> Instant {
        *lock(&self.moved)
    }

    /// Takes back what was counted, as the attempt failed.
    pub(super) fn failed(&self) {
        let sent = lock(&self.sent).take();
        if let (Some(meter), Some(sent)) = (&self.meter, sent) {
            meter.lost(sent);
        }
    }
}

/// Shares a number of bytes per second among all connections of an upload.
#[derive(Debug)]
pub(super) struct RateLimit {
    per_second: u64,
    /// When the bytes will be gone that were promised so far.
    free: Mutex<Instant>,
}

impl RateLimit {
    pub(super) fn new(per_second: u64) -> Self {
        Self {
            per_second: per_second.max(1),
            free: Mutex::new(Instant::now()),
        }
    }

    /// How many bytes are handed over at once: no more than a quarter of a second's.
    fn chunk(&self) -> usize {
        usize::try_from(self.per_second / 4)
            .unwrap_or(usize::MAX)
            .clamp(1, CHUNK)
    }

    /// When so many bytes may go.
    fn reserve(&self, bytes: usize) -> Instant {
        let mut free = lock(&self.free);
        let at = Instant::now().max(*free);
        let takes = Duration::from_secs_f64(bytes as f64 / self.per_second as f64);
        *free = at.checked_add(takes).unwrap_or(at);
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_rate_is_shared() {
        let begin = Instant::now();
        let limit = RateLimit::new(100_000);
        let at = [50_000, 25_000, 25_000].map(|bytes| limit.reserve(bytes) - begin);
        assert_eq!(at.map(|at| at.as_millis()), [0, 500, 750]);
        tokio::time::advance(Duration::from_secs(10)).await;
        assert_eq!((limit.reserve(1) - begin).as_secs(), 10);
    }
}
