use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use vod_spec::{draft, page};

use super::{Outcome, complain, print, read, shown};

/// Writes a draft of the YAML file of an operation from its saved page or its document of the API Explorer.
///
/// What is left to write is `~`; `check` lists these places. What is left to decide is a comment, `# todo`.
#[derive(Debug, Args)]
pub(super) struct New {
    /// The page: text, Markdown or HTML, in English or Chinese; or a document of the API Explorer.
    page: PathBuf,
    /// The file, which must be a new one; standard output without it.
    #[arg(long)]
    out: Option<PathBuf>,
}

impl New {
    pub(super) fn run(&self, spec: &Path) -> Outcome {
        // Other drafts may lie there, still to be written.
        let loaded = vod_spec::load_unfinished(spec);
        let (api, mistakes) = loaded.map_err(|mistakes| mistakes.to_string())?;
        if mistakes.iter().next().is_some() {
            complain(
                "the description has mistakes, which `check` lists; the draft uses only the correct parts of it",
            );
        }
        let text = read(&self.page)
            .map_err(|error| format!("cannot read {}: {error}", shown(&self.page)))?;
        let page = page::read(&text);
        if let Some(why) = page.trouble() {
            return Err(format!("cannot read {}: {why}", shown(&self.page)));
        }
        let draft = draft::draft(&api, &page);
        match &self.out {
            Some(path) => File::create_new(path)
                .and_then(|mut file| file.write_all(draft.as_bytes()))
                .map_err(|error| format!("cannot write {}: {error}", shown(path)))?,
            None => print(&draft)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}
