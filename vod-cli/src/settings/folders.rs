//! Folders for what is kept between two runs.

use std::path::PathBuf;

use crate::io::Variables;

/// The folder for what is kept between two runs; `None` if no variable says where it is.
pub(crate) fn state_folder(variables: &Variables) -> Option<PathBuf> {
    let folder = |name: &str| {
        let path = PathBuf::from(variables.get(name)?);
        // As the specification of these variables asks for.
        path.is_absolute().then_some(path)
    };
    if let Some(state) = folder("XDG_STATE_HOME") {
        return Some(state.join("vod"));
    }
    if cfg!(windows) {
        return Some(folder("LOCALAPPDATA")?.join("vod"));
    }
    let home = folder("HOME")?;
    Some(if cfg!(target_os = "macos") {
        home.join("Library/Application Support/vod")
    } else {
        home.join(".local/state/vod")
    })
}
