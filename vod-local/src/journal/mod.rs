//! The last requests and their answers, as they may be shown: without secrets.

mod exchange;
mod hide;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Instant, SystemTime};

use hyper::{Request, Response};
use serde_json::Value;
use tokio::sync::broadcast;

use crate::body::Body;
use crate::lock::lock;
use crate::trace::Trace;

use exchange::Exchange;
pub(crate) use exchange::Filter;

/// How many requests are kept.
const KEPT: usize = 1000;
/// How many bytes their bodies have at most, all in all.
const BODIES: usize = 32 << 20;
/// How many news wait for somebody who watches.
const WATCHED: usize = 1024;

/// The requests that came.
#[derive(Debug)]
pub(crate) struct Journal(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    kept: Mutex<Kept>,
    news: broadcast::Sender<News>,
}

/// A request has come, or is over.
#[derive(Debug, Clone, Copy)]
pub(crate) struct News {
    pub(crate) number: u64,
    pub(crate) is_over: bool,
}

#[derive(Debug, Default)]
struct Kept {
    exchanges: VecDeque<Exchange>,
    /// How many there were.
    count: u64,
    /// How many bytes the bodies have.
    bytes: usize,
}

/// A request that is being answered.
#[derive(Debug)]
pub(crate) struct Entry {
    shared: Arc<Shared>,
    number: u64,
    begun: Instant,
    is_over: bool,
}

impl Journal {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Shared {
            kept: Mutex::default(),
            news: broadcast::Sender::new(WATCHED),
        }))
    }

    /// Notes a request down.
    pub(crate) fn begin<B>(&self, request: &Request<B>) -> Entry {
        let mut kept = lock(&self.0.kept);
        kept.count += 1;
        let number = kept.count;
        kept.push(Exchange::new(number, SystemTime::now(), request));
        drop(kept);
        // An error means that nobody watches.
        let is_over = false;
        let _ = self.0.news.send(News { number, is_over });
        Entry {
            shared: self.0.clone(),
            number,
            begun: Instant::now(),
            is_over: false,
        }
    }

    /// Tells of each request when it comes, and when it is over.
    pub(crate) fn watch(&self) -> broadcast::Receiver<News> {
        self.0.news.subscribe()
    }

    /// A request in short.
    pub(crate) fn line(&self, number: u64) -> Option<Value> {
        self.look(number, Exchange::line)
    }

    /// All that is known of a request.
    pub(crate) fn full(&self, number: u64) -> Option<Value> {
        self.look(number, Exchange::full)
    }

    /// Requests in short, the newest last.
    pub(crate) fn list(&self, filter: &Filter) -> Vec<Value> {
        let kept = lock(&self.0.kept);
        let fitting = kept.exchanges.iter().filter(|it| filter.fits(it));
        fitting.map(Exchange::line).collect()
    }

    /// Forgets all of them; their numbers go on.
    pub(crate) fn clear(&self) {
        let mut kept = lock(&self.0.kept);
        kept.exchanges.clear();
        kept.bytes = 0;
    }

    fn look<T>(&self, number: u64, look: impl FnOnce(&Exchange) -> T) -> Option<T> {
        lock(&self.0.kept).find(number).map(|found| look(found))
    }
}

impl Kept {
    fn push(&mut self, exchange: Exchange) {
        if self.exchanges.len() == KEPT
            && let Some(oldest) = self.exchanges.pop_front()
        {
            self.bytes -= oldest.bytes();
        }
        self.exchanges.push_back(exchange);
    }

    fn find(&mut self, number: u64) -> Option<&mut Exchange> {
        let first = self.exchanges.front()?.number;
        let index = usize::try_from(number.checked_sub(first)?).ok()?;
        self.exchanges.get_mut(index)
    }

    fn change(&mut self, number: u64, change: impl FnOnce(&mut Exchange)) {
        let Some(exchange) = self.find(number) else {
            return;
        };
        let before = exchange.bytes();
        change(exchange);
        let after = exchange.bytes();
        self.bytes = self.bytes + after - before;
        let mut oldest = self.exchanges.iter_mut();
        while self.bytes > BODIES
            && let Some(exchange) = oldest.next()
        {
            self.bytes -= exchange.forget_bodies();
        }
    }
}

impl Entry {
    /// Says how it ended: with a reply, or without one.
    pub(crate) fn end(mut self, trace: Trace, reply: Option<&Response<Body>>) {
        self.finish(trace, reply);
    }

    fn finish(&mut self, trace: Trace, reply: Option<&Response<Body>>) {
        self.is_over = true;
        let time = self.begun.elapsed();
        let mut kept = lock(&self.shared.kept);
        kept.change(self.number, |exchange| exchange.end(time, trace, reply));
        drop(kept);
        // An error means that nobody watches.
        let _ = self.shared.news.send(News {
            number: self.number,
            is_over: true,
        });
    }
}

/// A client that hangs up takes its answer with it.
impl Drop for Entry {
    fn drop(&mut self) {
        if !self.is_over {
            self.finish(Trace::default(), None);
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn call(journal: &Journal, body: usize) -> u64 {
        let entry = journal.begin(&Request::new(()));
        let number = entry.number;
        let body = Body::from(Bytes::from(vec![b'a'; body]));
        entry.end(Trace::default(), Some(&Response::new(body)));
        number
    }

    #[test]
    fn keeps_the_last_ones() {
        let journal = Journal::new();
        for number in 1..=1500 {
            assert_eq!(call(&journal, 10), number);
        }
        let all = journal.list(&Filter::default());
        assert_eq!(all.len(), KEPT);
        assert_eq!(all[0]["number"], 501);
        assert!(journal.line(500).is_none());
        assert_eq!(journal.line(1500).unwrap()["status"], 200);
        assert_eq!(lock(&journal.0.kept).bytes, 10 * KEPT);
    }

    #[test]
    fn bodies_take_so_much_room_and_no_more() {
        let journal = Journal::new();
        for _ in 0..100 {
            call(&journal, 1 << 20);
        }
        let kept = lock(&journal.0.kept);
        assert_eq!(kept.bytes, BODIES);
        let bytes: usize = kept.exchanges.iter().map(Exchange::bytes).sum();
        assert_eq!(bytes, BODIES);
        assert_eq!(kept.exchanges.len(), 100);
    }

    #[test]
    fn says_so_when_a_client_hangs_up() {
        let journal = Journal::new();
        let entry = journal.begin(&Request::new(()));
        assert_eq!(journal.line(1).unwrap()["state"], "open");
        drop(entry);
        assert_eq!(journal.line(1).unwrap()["state"], "no reply");
    }
}
