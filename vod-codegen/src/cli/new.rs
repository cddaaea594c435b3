use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use vod_spec::{draft, page};

use super::{Shown, TROUBLE, load};

/// Prints a draft of the YAML file of an operation from its saved page.
///
/// What is left to write is `~`; `check` lists these places.
#[derive(Debug, Args)]
pub(super) struct New {
    /// The page: text, Markdown or HTML, in English or Chinese.
    page: PathBuf,
}

impl New {
    pub(super) fn run(&self, spec: &Path) -> ExitCode {
        let api = match load(spec, Shown::Text) {
            Ok(api) => api,
            Err(_) => return ExitCode::from(TROUBLE),
        };
        match fs::read_to_string(&self.page) {
            Ok(text) => {
                print!("{}", draft::draft(&api, &page::read(&text)));
                ExitCode::SUCCESS
            }
            Err(error) => {
                eprintln!("cannot read {}: {error}", self.page.display());
                ExitCode::from(TROUBLE)
            }
        }
    }
}
