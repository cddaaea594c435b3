//! Sends a call in the way that the flags ask for, and shows what comes back.

use clap::ArgMatches;
use serde_json::Value;
use vod_api::operation::{OperationMeta, Pagination};
use vod_api::{Error, ErrorKind, JsonCall};

use crate::api::{batches, is_set, wait};
use crate::exit::{Exit, Failure};
use crate::output::{Format, Listing, Shape};
use crate::session::Session;

/// A call that is to be sent.
pub(super) struct Sending<'m> {
    pub(super) meta: &'static OperationMeta,
    pub(super) call: JsonCall,
    pub(super) request: Value,
    pub(super) matches: &'m ArgMatches,
}

impl Sending<'_> {
    /// The value of a flag that the operation may not have.
    pub(super) fn value<T: Clone + Send + Sync + 'static>(&self, name: &str) -> Option<T> {
        self.matches.try_get_one(name).ok().flatten().cloned()
    }
}

/// Sends it, and shows what comes back.
pub(super) async fn send(session: &mut Session<'_>, sending: Sending<'_>) -> Result<Exit, Failure> {
    if is_set(sending.matches, "wait") {
        return wait::send(session, sending).await;
    }
    if is_set(sending.matches, "batch") {
        return batches::send(session, sending).await;
    }
    let most = sending.value::<u64>("max-items");
    if is_set(sending.matches, "all") || most.is_some() {
        return list(session, sending, most).await;
    }
    let Sending {
        meta,
        call,
        request,
        ..
    } = sending;
    let reply = call.await?.into_body();
    let printer = session.printer(Format::Json)?;
    printer.print(&reply, Shape::of_reply(meta))?;
    if let Some(pagination) = meta.pagination {
        more(session, pagination, (&request, &reply));
    }
    outcome(meta, &reply)
}

/// How a call ended that says for each of several items what came of it.
pub(super) fn outcome(meta: &OperationMeta, reply: &Value) -> Result<Exit, Failure> {
    let Some(facts) = meta.outcome else {
        return Ok(Exit::Done);
    };
    match facts.failures(reply).count() {
        0 => Ok(Exit::Done),
        failed => Err(Failure::Partly(format!(
            "{}: {failed} of the items in {} did not succeed, or not for certain",
            meta.name, facts.items
        ))),
    }
}

/// Says that there is more than one page shows.
fn more(session: &Session<'_>, facts: &Pagination, (request, reply): (&Value, &Value)) {
    let shown = reply[facts.items].as_array().map_or(0, Vec::len);
    let total = facts.total.and_then(|name| reply[name].as_u64());
    let is_first = match request.get(facts.position) {
        None | Some(Value::Null) => true,
        Some(position) => position.as_i64() == Some(facts.first),
    };
    let has_next = facts.next.is_some_and(|name| {
        let next = reply[name].as_str();
        next.is_some_and(|next| !next.is_empty())
    });
    match total {
        Some(total) if is_first && total > shown as u64 => session.messages.hint(&format!(
            "these are {shown} of {total}: --all reads the whole list"
        )),
        _ if has_next => session
            .messages
            .hint("there are more: --all reads the whole list"),
        _ => {}
    }
}

/// Reads a list, item by item.
async fn list(
    session: &mut Session<'_>,
    sending: Sending<'_>,
    most: Option<u64>,
) -> Result<Exit, Failure> {
    let Sending { meta, call, .. } = sending;
    let most = most.unwrap_or(u64::MAX);
    let mut items = match meta.pagination.and_then(|facts| facts.window) {
        // However many there are. In the order of the service if there is no more than it lists at
        // once.
        Some(_) if most == u64::MAX => Items::ByTime(Box::new(call.items_by_time()?)),
        _ => Items::Plain(Box::new(call.items()?)),
    };
    let printer = session.printer(Format::Json)?;
    let shape = Shape::of_reply(meta);
    let (mut listing, mut count) = (Listing::new(&printer, shape), 0);
    let mut failed = None;
    while count < most {
        match items.next().await {
            None => break,
            Some(Ok(item)) => listing.push(item)?,
            Some(Err(error)) => {
                failed = Some(error);
                break;
            }
        }
        count += 1;
    }
    // What is complete so far is shown.
    let is_usable = failed
        .as_ref()
        .is_none_or(|error| error.kind() == ErrorKind::Incomplete);
    if is_usable {
        listing.end()?;
    }
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(Exit::Done),
    }
}

enum Items {
    Plain(Box<vod_api::JsonItems>),
    ByTime(Box<vod_api::JsonItemsByTime>),
}

impl Items {
    async fn next(&mut self) -> Option<Result<Value, Error>> {
        match self {
            Self::Plain(items) => items.next().await,
            Self::ByTime(items) => items.next().await,
        }
    }
}
