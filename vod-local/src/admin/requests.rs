//! The requests that came, and their answers.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use serde_json::json;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;

use super::asked::Asked;
use super::problem::Problem;
use super::routes::Content;
use crate::journal::Filter;
use crate::sockets::State;

pub(super) fn list(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    let query = &mut asked.query;
    let filter = Filter {
        after: query.number("after")?.unwrap_or(0),
        operation: query.take("operation"),
        project_id: query.take("project"),
        status: query.number("status")?,
    };
    let limit = query.number("limit")?.unwrap_or(usize::MAX);
    query.end()?;
    if let Some(name) = &filter.operation {
        check_operation(asked.state, name)?;
    }
    let mut requests = asked.standalone.journal.list(&filter);
    let total = requests.len();
    let requests = requests.split_off(total.saturating_sub(limit));
    Ok(Content::Json(json!({"total": total, "requests": requests})))
}

pub(super) fn one(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    asked.query.end()?;
    let id = &asked.id;
    let number = id.parse();
    let number = number.map_err(|_| {
        let message = format!("{id:?} is not the number of a request");
        Problem::invalid("number", message)
    })?;
    let request = asked.standalone.journal.full(number);
    request.map(Content::Json).ok_or_else(|| {
        let message = format!("there is no request {number}, or there was, before the last 1,000");
        Problem::missing("number", message)
    })
}

pub(super) fn clear(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    asked.query.end()?;
    asked.standalone.journal.clear();
    Ok(Content::Json(json!({"requests": []})))
}

/// Refuses the name of an operation that does not exist.
pub(super) fn check_operation(state: &State, name: &str) -> Result<(), Problem> {
    let names = || state.operations.iter().map(|meta| meta.name);
    if names().any(|known| known == name) {
        return Ok(());
    }
    Err(Problem::unknown("operation", name, names()))
}

/// How long nothing is sent, at most.
const QUIET: Duration = Duration::from_secs(15);
/// How much of the stream waits for a client that is slow.
const WAITING: usize = 64;

static HEAD: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\
    cache-control: no-store\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n";

pub(super) fn stream(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    asked.query.end()?;
    let (sender, receiver) = mpsc::channel(WAITING);
    tokio::spawn(send(asked.state.clone(), sender));
    Ok(Content::Live(receiver))
}

/// Ends when the client has hung up.
async fn send(state: Arc<State>, sender: mpsc::Sender<Bytes>) {
    let Some(standalone) = &state.standalone else {
        return;
    };
    let journal = &standalone.journal;
    let mut news = journal.watch();
    let mut chunk = Some(Bytes::from_static(HEAD));
    loop {
        if let Some(chunk) = chunk.take()
            && sender.send(chunk).await.is_err()
        {
            return;
        }
        let event = tokio::select! {
            () = sender.closed() => return,
            event = tokio::time::timeout(QUIET, news.recv()) => event,
        };
        chunk = match event {
            Err(_) => Some(Bytes::from_static(b": nothing\n\n")),
            Ok(Ok(news)) => journal.line(news.number).map(|line| {
                let number = news.number;
                let text = format!("id: {number}\nevent: request\ndata: {line}\n\n");
                text.into()
            }),
            // The list has what was missed.
            Ok(Err(RecvError::Lagged(_))) => Some(Bytes::from_static(b"event: lost\ndata: {}\n\n")),
            Ok(Err(RecvError::Closed)) => return,
        };
    }
}
