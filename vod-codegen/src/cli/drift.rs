use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::json;
use vod_spec::SourceFile;
use vod_spec::drift::{Level, Report, Wordings};
use vod_spec::model::Api;

use super::fix::{self, Fixing};
use super::folder::pages_in;
use super::{Outcome, complain, load, print, read, shown, verdict};

/// Compares saved pages of the docs with the description.
///
/// The exit code is 1 if a finding reaches the level of `--fail-on`, and 2 if a page or the description cannot be
/// read. Findings that `deviations` know do not count.
#[derive(Debug, Args)]
pub(super) struct Drift {
    /// The pages: text, Markdown or HTML, in English or Chinese; documents of the API Explorer; or folders of them.
    #[arg(required = true)]
    pages: Vec<PathBuf>,
    /// How findings are shown.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// The level from which on findings fail the run.
    #[arg(long, value_enum, default_value_t = Threshold::Error)]
    fail_on: Threshold,
    /// Records how the texts of the pages without open errors are worded, in `pages.lock` of the description.
    #[arg(long)]
    record: bool,
    /// Edits the description so that it says what the pages state, as far as that is a fact and certain. The edits are
    /// shown as a diff, and what is left after them is reported.
    #[arg(long)]
    fix: bool,
    /// Shows the edits of `--fix` and writes nothing.
    #[arg(long, requires = "fix")]
    dry_run: bool,
}

/// How findings are shown.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    /// With the lines they speak of; of acknowledged ones only the number.
    Text,
    /// For other programs: one document, acknowledged findings included.
    Json,
    /// Annotations of GitHub Actions.
    Github,
    /// A table for an issue.
    Markdown,
}

/// The level from which on findings fail the run.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Threshold {
    /// Users of the crate break, or miss something.
    Error,
    /// A page cannot be read with certainty, and all errors.
    Warning,
    /// Any finding.
    Info,
    /// None.
    Never,
}

impl Drift {
    pub(super) fn run(&self, spec: &Path) -> Outcome {
        let api = load(spec)?;
        let lock = spec.join("pages.lock");
        let mut wordings = read_lock(&lock)?;
        let api = if self.fix {
            self.fixed(spec, api, &wordings)?
        } else {
            api
        };
        let mut report = Report::new(&api);
        let mut troubles = Vec::new();
        for path in &self.pages {
            let in_folder = path.is_dir();
            let files = pages_in(path)?;
            if in_folder {
                report.show_coverage();
                if files.is_empty() {
                    troubles.push(format!("cannot read {}: it holds no pages", shown(path)));
                }
            }
            for path in files {
                let text =
                    read(&path).map_err(|error| format!("cannot read {}: {error}", shown(&path)));
                let file = match text {
                    Ok(text) => SourceFile::new(path.to_string_lossy(), text),
                    Err(why) => {
                        troubles.push(why);
                        continue;
                    }
                };
                let added = report.add(&api, file, &mut wordings, self.record);
                match added {
                    Ok(()) => {}
                    // A folder can hold other pages of the docs as well.
                    Err(why) if in_folder => {
                        let path = path.to_string_lossy().into_owned();
                        report.show_coverage().add_stranger(path, why);
                    }
                    Err(why) => troubles.push(format!("cannot read {}: {why}", shown(&path))),
                }
            }
        }
        print(&match self.format {
            Form::Text => report.text(),
            Form::Json => format!("{:#}\n", document(&report)),
            Form::Github => report.github(),
            Form::Markdown => report.markdown(),
        })?;
        for page in report.unrecorded() {
            troubles.push(format!("{page} breaks off, so nothing of it was recorded"));
        }
        if self.record && !self.dry_run {
            fs::write(&lock, wordings.to_string())
                .map_err(|error| format!("cannot write {}: {error}", shown(&lock)))?;
        }
        if !troubles.is_empty() {
            return Err(troubles.join("\n"));
        }
        let level = self.fail_on.level();
        Ok(verdict(
            level.is_some_and(|level| report.level() >= Some(level)),
        ))
    }

    /// The description after the edits that the pages lead to, which are shown, and written unless nothing is to be.
    fn fixed(&self, spec: &Path, api: Api, wordings: &Wordings) -> Result<Api, String> {
        let mut pages = Vec::new();
        for path in &self.pages {
            let files = pages_in(path)?.into_iter();
            // Those that cannot be read are told of with the report.
            pages.extend(files.filter_map(|path| {
                let text = read(&path).ok()?;
                Some(SourceFile::new(path.to_string_lossy(), text))
            }));
        }
        let fixing = Fixing {
            api: &api,
            pages: &pages,
            wordings,
            record: self.record,
        };
        let fixed = fixing.fixed()?;
        let diff = fix::diff(&api, &fixed.files);
        match self.format {
            _ if diff.is_empty() => {}
            Form::Text => print(&format!("{diff}\n"))?,
            // The output is for programs.
            Form::Json | Form::Github | Form::Markdown => complain(diff.trim_end()),
        }
        if !self.dry_run {
            fix::write(spec, &fixed.files)?;
        }
        Ok(fixed.api)
    }
}

impl Threshold {
    fn level(self) -> Option<Level> {
        match self {
            Self::Error => Some(Level::Error),
            Self::Warning => Some(Level::Warning),
            Self::Info => Some(Level::Info),
            Self::Never => None,
        }
    }
}

/// A description without the file has recorded nothing yet.
fn read_lock(path: &Path) -> Result<Wordings, String> {
    let wordings = match read(path) {
        Ok(text) => Wordings::parse(&text),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Wordings::default()),
        Err(error) => Err(error.to_string()),
    };
    wordings.map_err(|error| format!("cannot read {}: {error}", shown(path)))
}

/// The findings for other programs. Its keys are stable.
fn document(report: &Report) -> serde_json::Value {
    let findings: Vec<_> = report
        .iter()
        .map(|it| {
            let spec = report.spec(it);
            json!({
                "page": report.page(it),
                "operation": it.operation,
                "rule": it.finding.rule.as_str(),
                "level": it.finding.level.as_str(),
                "at": it.finding.at.as_str(),
                "message": it.finding.message,
                "states": it.finding.states,
                "pinned": it.finding.pinned,
                "page_line": it.finding.line,
                "spec_file": spec.map(|(file, _)| file),
                "spec_line": spec.map(|(_, line)| line),
                "acknowledged": it.finding.acknowledged,
            })
        })
        .collect();
    let mut document = json!({ "findings": findings });
    if let Some(coverage) = report.coverage() {
        let missing = coverage.missing();
        let missing = missing.map(|(name, page)| json!({ "operation": name, "page": page }));
        let strangers = coverage.strangers();
        let strangers = strangers.map(|(path, why)| json!({ "file": path, "why": why }));
        document["missing"] = missing.collect();
        document["strangers"] = strangers.collect();
    }
    document
}
