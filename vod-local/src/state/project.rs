//! Projects, which know nothing of each other.

use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};

use serde_json::Value;

use super::asset::Asset;
use super::category::Category;
use super::domain::Domain;
use super::table::Table;
use super::task::Tasks;
use super::template::{Template, TemplateSet};
use super::watermark::Watermark;
use crate::data::{Data, Misread, data, words};

data! {
    /// Everything that the service knows.
    pub(crate) struct Document {
        projects: BTreeMap<String, Project>,
    }
}

data! {
    /// A project, which is a namespace of its own.
    pub(crate) struct Project {
        /// How many ids of a kind were given out.
        counters: BTreeMap<String, u64>,
        assets: Table<Asset>,
        tasks: Tasks,
        categories: Table<Category>,
        watermarks: Table<Watermark>,
        /// Those of the user.
        templates: Table<Template>,
        template_sets: Table<TemplateSet>,
        domains: Table<Domain>,
        storage_scope: StorageScope,
        /// The buckets that the service may use.
        buckets: Vec<String>,
        events: Events,
    }
}

words! {
    /// Which files go along when a media asset moves to another storage class.
    pub(crate) enum StorageScope {
        Whole = "WHOLE",
        Origin = "ORIGIN",
    }
}

impl Project {
    /// The number of the next id of a kind, from 1.
    pub(crate) fn count(&mut self, kind: &str) -> u64 {
        let counter = self.counters.entry(kind.to_owned()).or_default();
        *counter += 1;
        *counter
    }

    /// All templates: those that every project has, then those of the user.
    pub(crate) fn all_templates(&self) -> impl Iterator<Item = Cow<'_, Template>> {
        let built_in = Template::built_in().into_iter().map(Cow::Owned);
        built_in.chain(self.templates.iter().map(Cow::Borrowed))
    }
}

/// The events that there were, the last 1,000.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Events {
    kept: VecDeque<Value>,
    /// How many of the last ones nobody has taken yet.
    fresh: usize,
}

/// How many events are kept.
const KEPT: usize = 1000;

impl Events {
    pub(crate) fn push(&mut self, event: Value) {
        if self.kept.len() == KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back(event);
        self.fresh = KEPT.min(self.fresh + 1);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Value> {
        self.kept.iter()
    }

    /// Those that came since the last time, the oldest first.
    pub(crate) fn take_fresh(&mut self) -> Vec<Value> {
        let fresh = std::mem::take(&mut self.fresh);
        let known = self.kept.len().saturating_sub(fresh);
        self.kept.iter().skip(known).cloned().collect()
    }
}

impl Data for Events {
    fn write(&self) -> Value {
        self.kept.iter().cloned().collect()
    }

    fn read(value: Value) -> Result<Self, Misread> {
        let kept = Vec::read(value)?.into();
        Ok(Self { kept, fresh: 0 })
    }
}
