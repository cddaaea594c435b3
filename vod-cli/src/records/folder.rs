//! Where things are kept between two runs.

use std::fs::DirBuilder;
use std::io;
use std::path::{Path, PathBuf};

use crate::io::Variables;

/// The folder for what is kept between two runs; `None` if no variable says where it is.
pub(super) fn of_state(variables: &Variables) -> Option<PathBuf> {
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

/// Makes a folder that only its owner can look into.
pub(super) fn make(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)
}
