//! How tasks go on, and what comes of them.

mod advance;
mod effects;
mod events;
mod fate;
mod outputs;
mod snapshots;

use crate::digest;
use crate::rules::Rules;
use crate::state::{Moment, Project};
use crate::store::Store;
use crate::uri;

pub(crate) use advance::{Beginning, advance, begin, end, next, percent, start};
pub(crate) use effects::arrive;
pub(crate) use events::source_file;
#[cfg(feature = "server")]
pub(crate) use fate::default_code;
pub(crate) use fate::fails;
pub(crate) use snapshots::{Kind, offsets, snapshot_file};

/// Where and when something happens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) project_id: &'a str,
    /// Scheme and host of URLs, as `http://127.0.0.1:8863`.
    pub(crate) base: &'a str,
    pub(crate) now: Moment,
    pub(crate) rules: &'a Rules,
    pub(crate) store: &'a Store,
}

impl Context<'_> {
    /// A new id of a kind: 32 hexadecimal digits. They are the same in each run, as long as things
    /// are made in the same order.
    pub(crate) fn id(&self, project: &mut Project, kind: &str) -> String {
        let number = project.count(kind);
        match self.rules.seed {
            Some(seed) => digest::id(&format!("{seed} {} {kind}", self.project_id), number),
            None => digest::id(kind, number),
        }
    }

    /// The URL of a file of a media asset, for viewers.
    pub(crate) fn viewer_url(&self, asset_id: &str, file: &str) -> String {
        let (project, file) = (uri::encode(self.project_id), uri::encode_path(file));
        format!("{}/_cdn/{project}/asset/{asset_id}/{file}", self.base)
    }
}
