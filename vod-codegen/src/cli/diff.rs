use std::path::Path;

use clap::{Args, ValueEnum};
use vod_codegen::diff::{Level, diff};
use vod_spec::SourceFile;
use vod_spec::model::Api;

use super::git::Git;
use super::{Outcome, load, print, shown, verdict};

/// Says what a change of the description means for the users of vod-api.
///
/// The exit code is 1 if there is a change as large as `--fail-on`, and 2 if the two cannot be compared.
#[derive(Debug, Args)]
pub(super) struct Diff {
    /// What was there: a folder, or a revision that git knows.
    old: String,
    /// What is there now: a folder or a revision; the folder of the description by default.
    new: Option<String>,
    /// How changes are shown.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// From which level on changes are a failure.
    #[arg(long, value_enum, default_value_t = Threshold::Never)]
    fail_on: Threshold,
}

/// How changes are shown.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    /// With files and lines.
    Text,
    /// For programs.
    Json,
    /// An entry for a changelog.
    Markdown,
}

/// From which level on changes are a failure.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Threshold {
    /// Programs may break.
    Major,
    /// There is something new.
    Minor,
    /// Anything.
    Patch,
    /// Nothing.
    Never,
}

impl Threshold {
    fn level(self) -> Option<Level> {
        match self {
            Self::Major => Some(Level::Major),
            Self::Minor => Some(Level::Minor),
            Self::Patch => Some(Level::Patch),
            Self::Never => None,
        }
    }
}

impl Diff {
    pub(super) fn run(&self, spec: &Path) -> Outcome {
        let old = read(spec, &self.old)?;
        let new = match &self.new {
            Some(new) => read(spec, new)?,
            None => load(spec)?,
        };
        let diff = diff(&old, &new).map_err(|mistakes| mistakes.to_string())?;
        print(&match self.format {
            Form::Text => diff.to_string(),
            Form::Json => diff.to_json() + "\n",
            Form::Markdown => diff.to_markdown(),
        })?;
        let level = self.fail_on.level();
        Ok(verdict(
            level.is_some_and(|level| diff.bump() >= Some(level)),
        ))
    }
}

/// The description in a folder, or else that of a revision.
fn read(spec: &Path, name: &str) -> Result<Api, String> {
    let folder = Path::new(name);
    if folder.is_dir() {
        load(folder)
    } else {
        let api = vod_spec::load_sources(files(spec, name)?);
        api.map_err(|mistakes| mistakes.to_string())
    }
}

/// The files that the folder of the description had in a revision, shown as `REVISION:PATH`.
fn files(spec: &Path, revision: &str) -> Result<Vec<SourceFile>, String> {
    let git = Git::of(spec);
    let tree = format!("{revision}:./");
    let tree = git.run(&["rev-parse", "--verify", "--end-of-options", &tree]);
    let tree = tree.map_err(|why| {
        let spec = shown(spec);
        format!("`{revision}` is neither a folder nor a revision that has {spec}: {why}")
    })?;
    let listing = git.run(&["ls-tree", "-r", "-z", "--full-tree", tree.trim_end()])?;
    let mut files = Vec::new();
    for entry in listing.split_terminator('\0') {
        // `100644 blob OBJECT<tab>NAME`
        let (facts, name) = entry.split_once('\t').unwrap_or_default();
        if !vod_spec::is_source(name) {
            continue;
        }
        let path = format!("{revision}:{}/{name}", shown(spec));
        if facts.starts_with("120000") {
            return Err(format!(
                "{path} is a link, which is not followed in a revision"
            ));
        }
        let object = facts.rsplit(' ').next().unwrap_or_default();
        files.push(SourceFile {
            path,
            name: name.to_owned(),
            text: git.run(&["cat-file", "blob", object])?,
        });
    }
    Ok(files)
}
