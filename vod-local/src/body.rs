//! The body of a reply.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Frame, SizeHint};

/// Bytes, then spaces that need no memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct Body {
    pub(crate) start: Bytes,
    pub(crate) padding: u64,
}

static SPACES: [u8; 1 << 14] = [b' '; 1 << 14];

impl From<Bytes> for Body {
    fn from(start: Bytes) -> Self {
        Self { start, padding: 0 }
    }
}

impl hyper::body::Body for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.is_end_stream() {
            return Poll::Ready(None);
        }
        let mut chunk = std::mem::take(&mut self.start);
        if chunk.is_empty() {
            chunk = Bytes::from_static(&SPACES);
            if let Ok(left) = usize::try_from(self.padding) {
                chunk.truncate(left);
            }
            self.padding -= chunk.len() as u64;
        }
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }

    fn is_end_stream(&self) -> bool {
        self.start.is_empty() && self.padding == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact((self.start.len() as u64).saturating_add(self.padding))
    }
}
