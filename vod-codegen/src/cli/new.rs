use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use vod_spec::model::Api;
use vod_spec::page::Page;
use vod_spec::{draft, page};

use super::folder::pages_in;
use super::{Outcome, complain, print, read, shown};

/// Writes a draft of the YAML file of an operation from its saved page or its document of the API Explorer.
///
/// What is left to write is `~`; `check` lists these places. What is left to decide is a comment, `# todo`.
#[derive(Debug, Args)]
pub(super) struct New {
    /// The page: text, Markdown or HTML, in English or Chinese; a document of the API Explorer; or a folder of these.
    page: PathBuf,
    /// The file, which must be a new one; standard output without it. Of a folder, the folder for the drafts.
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
        if self.page.is_dir() {
            return self.folder(&api);
        }
        let page = read_page(&self.page)?;
        let draft = draft::draft(&api, &page);
        match &self.out {
            Some(path) => write_new(path, &draft)?,
            None => print(&draft)?,
        }
        Ok(ExitCode::SUCCESS)
    }

    /// A draft for each page of a folder; what is no page of an operation is named, and left out.
    fn folder(&self, api: &Api) -> Outcome {
        let Some(out) = &self.out else {
            return Err(
                "a folder of pages needs `--out` with the folder for the drafts".to_owned(),
            );
        };
        let pages = pages_in(&self.page)?;
        fs::create_dir_all(out).map_err(|error| format!("cannot make {}: {error}", shown(out)))?;
        let mut troubles = Vec::new();
        let mut drafts = 0;
        for path in &pages {
            let written = read_page(path).and_then(|page| {
                let stem = path.file_stem().unwrap_or_default();
                let file = match draft::file_name(api, &page) {
                    Some(name) => out.join(name),
                    None => out.join(stem).with_extension("yaml"),
                };
                write_new(&file, &draft::draft(api, &page))
            });
            match written {
                Ok(()) => drafts += 1,
                Err(why) => troubles.push(why),
            }
        }
        print(&format!("{drafts} drafts of {} files\n", pages.len()))?;
        if drafts == 0 || !troubles.is_empty() {
            troubles.push(format!(
                "{} files of {} have no draft",
                pages.len() - drafts,
                pages.len()
            ));
            return Err(troubles.join("\n"));
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn read_page(path: &Path) -> Result<Page, String> {
    let text = read(path).map_err(|error| format!("cannot read {}: {error}", shown(path)))?;
    let page = page::read(&text);
    match page.trouble() {
        Some(why) => Err(format!("cannot read {}: {why}", shown(path))),
        None => Ok(page),
    }
}

fn write_new(path: &Path, draft: &str) -> Result<(), String> {
    File::create_new(path)
        .and_then(|mut file| file.write_all(draft.as_bytes()))
        .map_err(|error| format!("cannot write {}: {error}", shown(path)))
}
