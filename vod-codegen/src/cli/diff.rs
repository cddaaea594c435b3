use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, ExitCode};

use clap::{Args, ValueEnum};
use vod_codegen::diff::{Level, diff};
use vod_spec::model::Api;
use vod_spec::{Diagnostics, Format, SourceFile};

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
    #[arg(long, value_enum, default_value_t = Shown::Text)]
    format: Shown,
    /// From which level on changes are a failure.
    #[arg(long, value_enum, default_value_t = FailOn::Never)]
    fail_on: FailOn,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Shown {
    /// With files and lines.
    Text,
    /// For programs.
    Json,
    /// An entry for a changelog.
    Markdown,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FailOn {
    /// Programs may break.
    Major,
    /// There is something new.
    Minor,
    /// Anything.
    Patch,
    /// Nothing.
    Never,
}

impl FailOn {
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
    pub(super) fn run(&self, spec: &Path) -> ExitCode {
        match self.compare(spec) {
            Ok(code) => code,
            Err(why) => {
                eprint!("{why}");
                ExitCode::from(2)
            }
        }
    }

    fn compare(&self, spec: &Path) -> Result<ExitCode, String> {
        let old = read(spec, &self.old)?;
        let new = match &self.new {
            Some(new) => read(spec, new)?,
            None => vod_spec::load_dir(spec).map_err(shown)?,
        };
        let diff = diff(&old, &new).map_err(shown)?;
        match self.format {
            Shown::Text => print!("{diff}"),
            Shown::Json => println!("{}", diff.to_json()),
            Shown::Markdown => print!("{}", diff.to_markdown()),
        }
        let fails = self
            .fail_on
            .level()
            .is_some_and(|level| diff.bump() >= Some(level));
        Ok(if fails {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }
}

fn shown(diagnostics: Diagnostics) -> String {
    diagnostics.render(Format::Text)
}

/// The description in a folder, or else that of a revision.
fn read(spec: &Path, name: &str) -> Result<Api, String> {
    let folder = Path::new(name);
    if folder.is_dir() {
        vod_spec::load_dir(folder).map_err(shown)
    } else {
        vod_spec::load_sources(files(spec, name)?).map_err(shown)
    }
}

/// The files that the folder of the description had in a revision, shown as `REVISION:PATH`.
fn files(spec: &Path, revision: &str) -> Result<Vec<SourceFile>, String> {
    let tree = format!("{revision}:./");
    let tree = git(spec, &["rev-parse", "--verify", "--end-of-options", &tree]);
    let tree = tree.map_err(|why| {
        let spec = spec.display();
        format!("`{revision}` is neither a folder nor a revision that has {spec}: {why}")
    })?;
    let listing = git(
        spec,
        &["ls-tree", "-r", "-z", "--full-tree", tree.trim_end()],
    )?;
    let mut files = Vec::new();
    for entry in listing.split_terminator('\0') {
        // `100644 blob OBJECT<tab>NAME`
        let (facts, name) = entry.split_once('\t').unwrap_or_default();
        let extension = Path::new(name).extension().and_then(OsStr::to_str);
        if matches!(extension, Some("yaml" | "yml")) {
            let object = facts.rsplit(' ').next().unwrap_or_default();
            files.push(SourceFile {
                path: format!("{revision}:{}/{name}", spec.display()),
                name: name.to_owned(),
                text: git(spec, &["cat-file", "blob", object])?,
            });
        }
    }
    Ok(files)
}

fn git(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .output();
    let output = output.map_err(|error| format!("cannot run git: {error}\n"))?;
    if output.status.success() {
        let text = String::from_utf8(output.stdout);
        text.map_err(|_| format!("git {}: not UTF-8\n", arguments.join(" ")))
    } else {
        let why = String::from_utf8_lossy(&output.stderr);
        Err(format!("git {}: {}\n", arguments.join(" "), why.trim_end()))
    }
}
