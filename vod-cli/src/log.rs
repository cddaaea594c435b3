//! Calls and their attempts as lines on standard error, for `-v`. They are made of spans, of
//! `vod-api` and of `fetch`, which hold no secret and no signed URL.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{DefaultGuard, set_default};
use tracing::{Event, Metadata, Subscriber};

use crate::output::Messages;

/// Writes lines for calls of this thread, as long as what it returns is kept.
pub(crate) fn begin(messages: Messages) -> DefaultGuard {
    set_default(Log {
        messages,
        state: Mutex::default(),
    })
}

#[derive(Debug)]
struct Log {
    messages: Messages,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    last: u64,
    spans: HashMap<Id, Span>,
    /// The spans that are being worked in, the innermost last.
    entered: Vec<Id>,
}

#[derive(Debug)]
struct Span {
    kind: &'static str,
    begin: Instant,
    facts: Facts,
    handles: usize,
}

/// The fields of a span or an event.
#[derive(Debug, Default)]
struct Facts(BTreeMap<&'static str, String>);

impl Log {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        matches!(metadata.target(), "vod_api" | "vod_cli")
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(LevelFilter::DEBUG)
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let kind = attributes.metadata().name();
        let mut facts = Facts::default();
        attributes.record(&mut facts);
        let mut state = self.state();
        if kind == "vod_api.attempt" {
            // Attempts are named by their method.
            facts.0.insert("otel.name", state.name());
        }
        state.last += 1;
        let id = Id::from_u64(state.last);
        let span = Span {
            kind,
            begin: Instant::now(),
            facts,
            handles: 1,
        };
        state.spans.insert(id.clone(), span);
        id
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        if let Some(span) = self.state().spans.get_mut(id) {
            values.record(&mut span.facts);
        }
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut facts = Facts::default();
        event.record(&mut facts);
        // Other events are failures, which the command tells.
        if let Some(delay) = facts.get("delay_ms") {
            let name = self.state().name();
            let why = facts.text("error.type");
            self.messages
                .detail(&format!("{name}: again in {delay} ms ({why})"));
        }
    }

    fn enter(&self, id: &Id) {
        self.state().entered.push(id.clone());
    }

    fn exit(&self, id: &Id) {
        let mut state = self.state();
        if let Some(index) = state.entered.iter().rposition(|it| it == id) {
            state.entered.remove(index);
        }
    }

    fn clone_span(&self, id: &Id) -> Id {
        if let Some(span) = self.state().spans.get_mut(id) {
            span.handles += 1;
        }
        id.clone()
    }

    fn try_close(&self, id: Id) -> bool {
        let Some(ended) = self.state().drop_handle(&id) else {
            return false;
        };
        if let Some(line) = ended.line() {
            self.messages.detail(&line);
        }
        true
    }
}

impl State {
    /// The name of the call that is being worked on.
    fn name(&self) -> String {
        let innermost = self.entered.last().and_then(|id| self.spans.get(id));
        let name = innermost.map(|span| span.facts.text("otel.name"));
        name.unwrap_or_default().to_owned()
    }

    /// The span, if this was its last handle.
    fn drop_handle(&mut self, id: &Id) -> Option<Span> {
        let span = self.spans.get_mut(id)?;
        span.handles -= 1;
        if span.handles > 0 {
            return None;
        }
        self.spans.remove(id)
    }
}

impl Span {
    fn line(&self) -> Option<String> {
        let name = self.facts.text("otel.name");
        let method = self.facts.text("http.request.method");
        match self.kind {
            "vod_api.call" => {
                let attempts = self.facts.text("vod_api.attempts");
                let took = self.begin.elapsed().as_millis();
                // The line of a single attempt says it all.
                let is_long = !matches!(attempts, "" | "0" | "1");
                is_long.then(|| format!("{name}: {attempts} attempts in {took} ms"))
            }
            "vod_api.attempt" => {
                let host = self.facts.text("server.address");
                let port = match self.facts.text("server.port") {
                    "443" => String::new(),
                    port => format!(":{port}"),
                };
                let path = self.facts.text("url.template");
                let end = self.end();
                Some(format!("{name}: {method} {host}{port}{path}: {end}"))
            }
            "vod_api.upload.attempt" => {
                let end = self.end();
                Some(format!("{name}: {method} to object storage: {end}"))
            }
            "vod_cli.fetch" => {
                let host = self.facts.text("server.address");
                let end = self.end();
                Some(format!("fetching a file: {method} {host}: {end}"))
            }
            _ => None,
        }
    }

    /// How an attempt ended.
    fn end(&self) -> String {
        let took = self.begin.elapsed().as_millis();
        let before = self.facts.text("http.request.resend_count");
        let which = match before.parse::<u32>() {
            Ok(before) => format!("attempt {}: ", before + 1),
            Err(_) => String::new(),
        };
        if let Some(why) = self.facts.get("otel.status_description") {
            return format!("{which}failed in {took} ms: {why}");
        }
        let Some(status) = self.facts.get("http.response.status_code") else {
            return format!("{which}given up after {took} ms");
        };
        let mut end = format!("{which}HTTP {status} in {took} ms");
        if let Some(id) = self.facts.get("huaweicloud.request_id") {
            end.push_str(&format!(", request id {id}"));
        }
        end
    }
}

impl Facts {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }
}

impl Visit for Facts {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}
