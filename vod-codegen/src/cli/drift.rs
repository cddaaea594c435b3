use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::json;
use vod_spec::SourceFile;
use vod_spec::drift::{Level, Report, Wordings};

use super::{Outcome, load, print, read, shown, verdict};

/// Compares saved pages of the docs with the description.
///
/// The exit code is 1 if a finding reaches the level of `--fail-on`, and 2 if a page or the description cannot be
/// read. Findings that `deviations` know do not count.
#[derive(Debug, Args)]
pub(super) struct Drift {
    /// The pages: text, Markdown or HTML, in English or Chinese.
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
        let mut report = Report::new(&api);
        let mut troubles = Vec::new();
        for path in &self.pages {
            let text = read(path).map_err(|error| error.to_string());
            let added = text.and_then(|text| {
                let file = SourceFile::new(path.to_string_lossy(), text);
                report.add(&api, file, &mut wordings, self.record)
            });
            if let Err(why) = added {
                troubles.push(format!("cannot read {}: {why}", shown(path)));
            }
        }
        print(&match self.format {
            Form::Text => report.text(),
            Form::Json => format!("{:#}\n", document(&report)),
            Form::Github => report.github(),
            Form::Markdown => report.markdown(),
        })?;
        if self.record {
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
    json!({ "findings": findings })
}
