use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use super::{Shown, load};

/// Reports all mistakes of the description; the exit code is 1 if there are any.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// How mistakes are shown.
    #[arg(long, value_enum, default_value_t = Shown::Text)]
    format: Shown,
}

impl Check {
    pub(super) fn run(&self, spec: &Path) -> ExitCode {
        let api = match load(spec, self.format) {
            Ok(api) => api,
            Err(code) => return code,
        };
        // Some mistakes show only when the names in Rust are chosen.
        if let Err(diagnostics) = vod_codegen::generate(&api) {
            return self.format.show(&diagnostics);
        }
        let counts = api.counts();
        println!(
            "operations {}, types {}, fields {}, enum values {}",
            counts.operations, counts.types, counts.fields, counts.values
        );
        ExitCode::SUCCESS
    }
}
