//! What the service was told to answer.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex};

use crate::lock::lock;
use crate::reply::{Action, Reply};
use crate::request::ReceivedRequest;

type Handler = Arc<dyn Fn(&ReceivedRequest) -> Reply + Send + Sync>;

#[derive(Default)]
pub(crate) struct Script {
    /// For an operation, or for any.
    queue: Mutex<VecDeque<(Option<String>, Reply)>>,
    handler: Mutex<Option<Handler>>,
}

impl Script {
    pub(crate) fn push(&self, operation: Option<&str>, reply: Reply) {
        lock(&self.queue).push_back((operation.map(str::to_owned), reply));
    }

    pub(crate) fn set_handler(
        &self,
        handler: impl Fn(&ReceivedRequest) -> Reply + Send + Sync + 'static,
    ) {
        *lock(&self.handler) = Some(Arc::new(handler));
    }

    /// Whether the next request is not even to be read; said once.
    pub(crate) fn resets_unread(&self) -> bool {
        let mut queue = lock(&self.queue);
        let resets = matches!(
            queue.front(),
            Some((None, reply)) if matches!(reply.action, Action::ResetUnread)
        );
        if resets {
            queue.pop_front();
        }
        resets
    }

    /// The first reply in line that fits; else the handler's.
    pub(crate) fn next(&self, request: &ReceivedRequest) -> Reply {
        let fits = |(operation, _): &(Option<String>, Reply)| {
            operation.is_none() || operation.as_deref() == request.operation()
        };
        let queued = {
            let mut queue = lock(&self.queue);
            let index = queue.iter().position(fits);
            index.and_then(|index| queue.remove(index))
        };
        if let Some((_, reply)) = queued {
            return reply;
        }
        // Called without the lock: a handler may speak to the service.
        let handler = lock(&self.handler).clone();
        handler.map_or_else(Reply::documented, |handler| handler(request))
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Script")
            .field("queue", &lock(&self.queue).len())
            .finish_non_exhaustive()
    }
}
