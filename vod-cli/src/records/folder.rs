//! Where things are kept between two runs.

use std::fs::DirBuilder;
use std::io;
use std::path::Path;

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
