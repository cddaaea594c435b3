//! Collects spans and events of `tracing`.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, LazyLock, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Dispatch, Event, Level, Metadata, Subscriber};

/// What was recorded under each name.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) name: &'static str,
    pub(crate) target: &'static str,
    pub(crate) level: Level,
    pub(crate) fields: BTreeMap<&'static str, String>,
}

impl Seen {
    fn new(metadata: &'static Metadata<'static>) -> Self {
        Self {
            name: metadata.name(),
            target: metadata.target(),
            level: *metadata.level(),
            fields: BTreeMap::new(),
        }
    }
}

impl Visit for Seen {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.fields.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.fields.insert(field.name(), value.to_owned());
    }
}

/// Listens to this crate, down to a level.
#[derive(Debug, Clone)]
pub(crate) struct Collector {
    pub(crate) level: Level,
    /// Spans, by their ids from 1, and events.
    pub(crate) spans: Arc<Mutex<Vec<Seen>>>,
    pub(crate) events: Arc<Mutex<Vec<Seen>>>,
}

/// A subscriber to everything, for as long as the process runs. Without it, `tracing` can switch a
/// span off for all threads, as it may ask only the thread that reaches the span first.
static EVERYTHING: LazyLock<Dispatch> =
    LazyLock::new(|| Dispatch::new(Collector::empty(Level::TRACE)));

impl Collector {
    pub(crate) fn new(level: Level) -> Self {
        LazyLock::force(&EVERYTHING);
        Self::empty(level)
    }

    fn empty(level: Level) -> Self {
        Self {
            level,
            spans: Arc::default(),
            events: Arc::default(),
        }
    }
}

impl Subscriber for Collector {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("vod_api") && *metadata.level() <= self.level
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut seen = Seen::new(attributes.metadata());
        attributes.record(&mut seen);
        let mut spans = self.spans.lock().unwrap();
        spans.push(seen);
        Id::from_u64(spans.len() as u64)
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        let index = usize::try_from(id.into_u64()).unwrap() - 1;
        values.record(&mut self.spans.lock().unwrap()[index]);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut seen = Seen::new(event.metadata());
        event.record(&mut seen);
        self.events.lock().unwrap().push(seen);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
