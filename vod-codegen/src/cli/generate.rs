use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::{Shown, load};

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
    pub(super) fn run(&self, spec: &Path) -> ExitCode {
        let api = match load(spec, self.format) {
            Ok(api) => api,
            Err(code) => return code,
        };
        let files = match vod_codegen::generate(&api) {
            Ok(files) => files,
            Err(diagnostics) => return self.format.show(&diagnostics),
        };
        let out = &self.out;
        if let Err(error) = vod_codegen::write_to(out, &files) {
            eprintln!("cannot write {error}");
            return ExitCode::FAILURE;
        }
        println!("wrote {} files below {}", files.len(), out.display());
        ExitCode::SUCCESS
    }
}
