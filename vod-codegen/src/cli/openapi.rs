use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use vod_spec::openapi::{Node, document};

use super::{Outcome, load, print, shown};

/// Writes the description as an OpenAPI 3.1 document.
#[derive(Debug, Args)]
pub(super) struct Openapi {
    /// How the document is written.
    #[arg(long, value_enum, default_value_t = Syntax::Yaml)]
    format: Syntax,
    /// The file; standard output without it.
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Syntax {
    Yaml,
    Json,
}

impl Openapi {
    pub(super) fn run(&self, spec: &Path) -> Outcome {
        let text = self.text(&document(&load(spec)?));
        let text = text.map_err(|error| format!("cannot write the document: {error}"))?;
        match &self.out {
            Some(path) => fs::write(path, text)
                .map_err(|error| format!("cannot write {}: {error}", shown(path)))?,
            None => print(&text)?,
        }
        Ok(ExitCode::SUCCESS)
    }

    fn text(&self, document: &Node) -> Result<String, Box<dyn Error>> {
        Ok(match self.format {
            Syntax::Yaml => serde_saphyr::to_string(document)?,
            Syntax::Json => serde_json::to_string_pretty(document)? + "\n",
        })
    }
}
