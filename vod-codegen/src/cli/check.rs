use std::io::ErrorKind;
use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use vod_spec::drift::Wordings;
use vod_spec::model::Api;
use vod_spec::{Diagnostics, SourceFile};

use super::{Outcome, Shown, print, read, shown};

/// Reports all mistakes of the description; the exit code is 1 if there are any.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// How mistakes are shown.
    #[arg(long, value_enum, default_value_t = Shown::Text)]
    format: Shown,
}

impl Check {
    pub(super) fn run(&self, spec: &Path) -> Outcome {
        let api = match vod_spec::load_dir(spec) {
            Ok(api) => api,
            Err(mistakes) => return self.format.show(&mistakes),
        };
        // Some mistakes show only when the names in Rust are chosen.
        let counted = vod_codegen::generate(&api).map(|_| api.counts());
        let counts = match counted {
            Ok(counts) => counts,
            Err(mistakes) => return self.format.show(&mistakes),
        };
        if let Some(mistakes) = lock_mistakes(&api, spec)? {
            return self.format.show(&mistakes);
        }
        print(&format!(
            "operations {}, events {}, types {}, fields {}, enum values {}\n",
            counts.operations, counts.events, counts.types, counts.fields, counts.values
        ))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// What is wrong with the file that records pages, if there is one.
fn lock_mistakes(api: &Api, spec: &Path) -> Result<Option<Diagnostics>, String> {
    let path = spec.join("pages.lock");
    match read(&path) {
        Ok(text) => {
            let mistakes = Wordings::check(api, SourceFile::new(path.to_string_lossy(), text));
            Ok(Some(mistakes).filter(|it| it.iter().next().is_some()))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("cannot read {}: {error}", shown(&path))),
    }
}
