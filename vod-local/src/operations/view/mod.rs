//! Media assets as replies show them.

mod base_info;
mod play;
mod words;

use std::collections::HashSet;

use crate::state::Project;

pub(super) use base_info::{OTHER, base_info, category, covers, source_url};
pub(super) use play::{outputs, play_info};
pub(super) use words::{asset_status, exec_desc, single_status, states};

/// An answer has shown these media assets: their tasks were asked about.
pub(super) fn shown(project: &mut Project, ids: &[String]) {
    let mut asked = HashSet::new();
    for id in ids {
        let Some(asset) = project.assets.get_mut(id) else {
            continue;
        };
        match &mut asset.stale {
            Some(stale) if stale.answers > 1 => stale.answers -= 1,
            Some(_) => asset.stale = None,
            None => {
                asked.insert(id.as_str());
            }
        }
    }
    let open = project
        .tasks
        .open()
        .filter(|task| asked.contains(task.asset_id.as_str()));
    let open: Vec<_> = open.map(|task| task.id.clone()).collect();
    for id in open {
        project
            .tasks
            .change(&id, |task| task.asked = task.asked.saturating_add(1));
    }
}
