use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::{Outcome, Shown, print, shown};

/// Writes the bindings to a folder, as the build script of vod-api does.
#[derive(Debug, Args)]
pub(super) struct Generate {
    /// The folder.
    #[arg(long)]
    out: PathBuf,
    /// How mistakes of the description are shown.
    #[arg(long, value_enum, default_value_t = Shown::Text)]
    format: Shown,
}

impl Generate {
    pub(super) fn run(&self, spec: &Path) -> Outcome {
        let files = vod_spec::load_dir(spec).and_then(|api| vod_codegen::generate(&api));
        let files = match files {
            Ok(files) => files,
            Err(mistakes) => return self.format.show(&mistakes),
        };
        let (count, out) = (files.len(), shown(&self.out));
        vod_codegen::write_to(&self.out, &files)
            .map_err(|error| format!("cannot write {error}"))?;
        print(&format!("wrote {count} files below {out}\n"))?;
        Ok(ExitCode::SUCCESS)
    }
}
