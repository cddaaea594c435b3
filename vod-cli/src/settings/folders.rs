//! Folders for what is kept between two runs.

use std::path::PathBuf;

use crate::io::Variables;

/// The folder for the state of programs, and in it that of `vod`; `None` if no variable says where.
pub(crate) fn state_folder(variables: &Variables) -> Option<PathBuf> {
    let folder = |name: &str| variables.get(name).map(PathBuf::from);
    if let Some(state) = folder("XDG_STATE_HOME") {
        return Some(state.join("vod"));
    }
    if cfg!(windows) {
        return Some(folder("LOCALAPPDATA")?.join("vod"));
    }
    let below = if cfg!(target_os = "macos") {
        "Library/Application Support/vod"
    } else {
        ".local/state/vod"
    };
    Some(folder("HOME")?.join(below))
}
