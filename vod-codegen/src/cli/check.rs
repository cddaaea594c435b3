use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use super::{Outcome, Shown, print};

/// Reports all mistakes of the description; the exit code is 1 if there are any.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// How mistakes are shown.
    #[arg(long, value_enum, default_value_t = Shown::Text)]
    format: Shown,
}

impl Check {
    pub(super) fn run(&self, spec: &Path) -> Outcome {
        let counted = vod_spec::load_dir(spec).and_then(|api| {
            // Some mistakes show only when the names in Rust are chosen.
            vod_codegen::generate(&api).map(|_| api.counts())
        });
        let counts = match counted {
            Ok(counts) => counts,
            Err(mistakes) => return self.format.show(&mistakes),
        };
        print(&format!(
            "operations {}, types {}, fields {}, enum values {}\n",
            counts.operations, counts.types, counts.fields, counts.values
        ))?;
        Ok(ExitCode::SUCCESS)
    }
}
