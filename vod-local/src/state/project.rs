//! Projects, which know nothing of each other.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::asset::Asset;
use super::category::Category;
use super::domain::Domain;
use super::events::Events;
use super::table::Table;
use super::task::Tasks;
use super::template::{Template, TemplateSet};
use super::watermark::Watermark;
use crate::data::{data, words};

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
