//! What the service was told to answer.

use std::collections::VecDeque;
use std::fmt;
use std::panic::Location;
use std::sync::{Arc, Mutex};

use crate::check;
use crate::lock::lock;
use crate::mistake::{Mistake, MistakeKind, ScriptError};
use crate::reply::{Action, Reply};
use crate::request::ReceivedRequest;
use vod_api::operation::OperationMeta;

type Handler = Arc<dyn Fn(&ReceivedRequest) -> Reply + Send + Sync>;

/// The queued replies, and what is wrong with them.
pub(crate) struct Script {
    /// The operations that there can be replies to.
    operations: &'static [&'static OperationMeta],
    queue: Mutex<Queue>,
    handler: Mutex<Option<Handler>>,
}

#[derive(Default)]
struct Queue {
    replies: VecDeque<Entry>,
    /// Whether there ever was a reply: then there has to be one for each request.
    in_use: bool,
    mistakes: Vec<Mistake>,
}

struct Entry {
    /// `None` for any.
    operation: Option<String>,
    reply: Reply,
}

/// How many queued replies a message names.
const SHOWN: usize = 5;

impl Entry {
    fn is_for(&self, request: &ReceivedRequest) -> bool {
        let operation = self.operation.as_deref();
        operation.is_none() || operation == request.operation()
    }

    fn name(&self) -> &str {
        self.operation.as_deref().unwrap_or("any operation")
    }
}

impl Script {
    pub(crate) fn new(operations: &'static [&'static OperationMeta]) -> Self {
        Self {
            operations,
            queue: Mutex::default(),
            handler: Mutex::default(),
        }
    }

    /// Puts a reply at the end of the queue.
    pub(crate) fn push(
        &self,
        operation: Option<&str>,
        reply: Reply,
        place: &'static Location<'static>,
    ) {
        let reply = Reply { place, ..reply };
        let operation = operation.or(reply.operation.map(|meta| meta.name));
        let mut queue = lock(&self.queue);
        if let Err(mistake) = self.check_name(operation, &reply) {
            queue.mistakes.push(mistake.at(place));
        }
        queue.in_use = true;
        queue.replies.push_back(Entry {
            operation: operation.map(str::to_owned),
            reply,
        });
    }

    fn check_name(&self, operation: Option<&str>, reply: &Reply) -> Result<(), Mistake> {
        match operation {
            Some(name) if !reply.unchecked => check::operation(name, self.operations),
            _ => Ok(()),
        }
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
        let resets = queue.replies.front().is_some_and(|first| {
            first.operation.is_none() && matches!(first.reply.action, Action::ResetUnread)
        });
        if resets {
            queue.replies.pop_front();
        }
        resets
    }

    /// The first queued reply that fits; else the handler's.
    pub(crate) fn next(&self, request: &ReceivedRequest) -> Option<Reply> {
        let queued = {
            let mut queue = lock(&self.queue);
            let index = queue.replies.iter().position(|entry| entry.is_for(request));
            index.and_then(|index| queue.replies.remove(index))
        };
        let reply = match queued {
            Some(entry) => entry.reply,
            None => {
                // Called without the lock: a handler may speak to the service.
                let handler = lock(&self.handler).clone()?;
                handler(request)
            }
        };
        Some(match check::reply(&reply, request.operation) {
            Ok(()) => reply,
            Err(mistake) => self.refuse(mistake.at(reply.place)),
        })
    }

    /// What to answer to a request that is not in the script; `None` if there is no script.
    pub(crate) fn unforeseen(&self, request: &ReceivedRequest) -> Option<Reply> {
        let waiting = {
            let queue = lock(&self.queue);
            let names = queue.replies.iter().take(SHOWN).map(Entry::name);
            queue.in_use.then(|| names.collect::<Vec<_>>().join(", "))?
        };
        let only = match waiting.as_str() {
            "" => String::new(),
            names => format!(", only for {names}"),
        };
        let message = format!(
            "no reply is queued for {}{only} (allowed by `Service::respond`)",
            request.title()
        );
        Some(self.refuse(Mistake::new(MistakeKind::Unforeseen, message)))
    }

    /// Keeps a mistake, and tells the client of it.
    fn refuse(&self, mistake: Mistake) -> Reply {
        let reply = Reply::error(501, "vod-local", &mistake.to_string());
        lock(&self.queue).mistakes.push(mistake);
        reply
    }

    /// Ends the script: what was wrong is told once.
    pub(crate) fn end(&self) -> Result<(), ScriptError> {
        let Queue {
            replies,
            mut mistakes,
            ..
        } = std::mem::take(&mut *lock(&self.queue));
        let unused = replies.into_iter().filter(|entry| {
            // Of a name that was misspelt one message is enough.
            !entry.reply.optional
                && self
                    .check_name(entry.operation.as_deref(), &entry.reply)
                    .is_ok()
        });
        mistakes.extend(unused.map(|entry| {
            let message = format!(
                "no request of {} came for this reply (allowed by `Reply::optional`)",
                entry.name()
            );
            Mistake::new(MistakeKind::Unused, message).at(entry.reply.place)
        }));
        ScriptError::of(mistakes).map_or(Ok(()), Err)
    }

    /// Ends the script when the service is dropped: a panic tells what was wrong, unless another one
    /// is on its way.
    pub(crate) fn end_in_drop(&self) {
        match self.end() {
            Ok(()) => {}
            Err(error) if std::thread::panicking() => eprintln!("{error}"),
            #[expect(clippy::panic, reason = "it is how a test fails")]
            Err(error) => panic!("{error}"),
        }
    }

    /// Forgets all replies and mistakes.
    pub(crate) fn clear(&self) {
        *lock(&self.queue) = Queue::default();
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Script")
            .field("queue", &lock(&self.queue).replies.len())
            .finish_non_exhaustive()
    }
}
