//! The body of a reply.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Frame, SizeHint};

use crate::lock::lock;

/// Bytes, then pieces, then spaces that need no memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct Body {
    pub(crate) start: Bytes,
    pub(crate) pieces: VecDeque<Piece>,
    pub(crate) padding: u64,
}

/// Bytes that are in memory or in a file.
#[derive(Debug, Clone)]
pub(crate) enum Piece {
    Memory(Bytes),
    File {
        file: Arc<Mutex<File>>,
        start: u64,
        end: u64,
    },
}

static SPACES: [u8; 1 << 14] = [b' '; 1 << 14];

impl From<Bytes> for Body {
    fn from(start: Bytes) -> Self {
        Self {
            start,
            ..Self::default()
        }
    }
}

impl Piece {
    fn len(&self) -> u64 {
        match self {
            Self::Memory(bytes) => bytes.len() as u64,
            Self::File { start, end, .. } => end.saturating_sub(*start),
        }
    }

    /// Takes the first bytes off; empty at the end.
    pub(crate) fn take(&mut self) -> io::Result<Bytes> {
        match self {
            Self::Memory(bytes) => Ok(std::mem::take(bytes)),
            Self::File { file, start, end } => {
                let left = end.saturating_sub(*start).min(1 << 16);
                let mut chunk = vec![0; usize::try_from(left).unwrap_or_default()];
                let mut file = lock(file);
                file.seek(SeekFrom::Start(*start))?;
                file.read_exact(&mut chunk)?;
                *start += left;
                Ok(chunk.into())
            }
        }
    }
}

impl hyper::body::Body for Body {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let chunk = std::mem::take(&mut self.start);
        if !chunk.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(chunk))));
        }
        while let Some(piece) = self.pieces.front_mut() {
            match piece.take() {
                Ok(chunk) if chunk.is_empty() => self.pieces.pop_front(),
                chunk => return Poll::Ready(Some(chunk.map(Frame::data))),
            };
        }
        if self.padding == 0 {
            return Poll::Ready(None);
        }
        let mut chunk = Bytes::from_static(&SPACES);
        if let Ok(left) = usize::try_from(self.padding) {
            chunk.truncate(left);
        }
        self.padding -= chunk.len() as u64;
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }

    fn is_end_stream(&self) -> bool {
        self.size_hint().exact() == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        let pieces: u64 = self.pieces.iter().map(Piece::len).sum();
        let known = self.start.len() as u64 + pieces;
        SizeHint::with_exact(known.saturating_add(self.padding))
    }
}
