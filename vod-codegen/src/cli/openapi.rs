use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use vod_spec::openapi::{Node, document};

use super::{Shown, load};

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
    pub(super) fn run(&self, spec: &Path) -> ExitCode {
        let api = match load(spec, Shown::Text) {
            Ok(api) => api,
            Err(code) => return code,
        };
        if let Err(error) = self.write(&document(&api)) {
            eprintln!("cannot write the document: {error}");
            return ExitCode::FAILURE;
        }
        ExitCode::SUCCESS
    }

    fn write(&self, document: &Node) -> Result<(), Box<dyn Error>> {
        let text = match self.format {
            Syntax::Yaml => serde_saphyr::to_string(document)?,
            Syntax::Json => serde_json::to_string_pretty(document)? + "\n",
        };
        match &self.out {
            Some(path) => {
                fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))?;
            }
            None => io::stdout().write_all(text.as_bytes())?,
        }
        Ok(())
    }
}
