use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, ValueEnum};
use vod_codegen::fetch::{Address, Settings, SystemClock, Verdict, fetch, sources};

use super::{Outcome, load, print};

/// Downloads the documents of the API Explorer and the pages of the docs.
///
/// The exit code is 0 if all was got, 1 if something is new, renamed or gone at the vendor, and 2
/// if something was not got. A file that has changed is for `drift` to judge.
#[derive(Debug, Args)]
pub(super) struct Fetch {
    /// The folder; git should not know it, as the words in it are the vendor's.
    #[arg(long, default_value = "pages")]
    to: PathBuf,
    /// How the result is shown.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// The seconds between two requests to one host.
    #[arg(long, value_parser = seconds, default_value = "1.2")]
    pause: Duration,
    /// Where the API Explorer is; inferred, as the vendor does not document it.
    #[arg(long, value_name = "URL", value_parser = Address::parse, default_value = sources::API_EXPLORER)]
    api_explorer: Address,
    /// Where the docs are.
    #[arg(long, value_name = "URL", value_parser = Address::parse, default_value = sources::DOCS)]
    docs: Address,
}

/// How the result is shown.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    /// Counts, and a line for each file that is not as it was.
    Text,
    /// For an issue.
    Markdown,
    /// For other programs: one document.
    Json,
}

impl Fetch {
    pub(super) fn run(&self, spec: &Path) -> Outcome {
        let settings = Settings {
            api_explorer: self.api_explorer.clone(),
            docs: self.docs.clone(),
            pause: self.pause,
        };
        let mut clock = SystemClock::default();
        let report = fetch(&load(spec)?, &self.to, &settings, &mut clock)
            .map_err(|problem| problem.to_string())?;
        print(&match self.format {
            Form::Text => report.text(),
            Form::Markdown => report.markdown(),
            Form::Json => report.json(),
        })?;
        Ok(match report.verdict() {
            Verdict::Complete => ExitCode::SUCCESS,
            Verdict::News => ExitCode::FAILURE,
            Verdict::Incomplete => ExitCode::from(2),
        })
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok();
    let time = seconds.and_then(|it| Duration::try_from_secs_f64(it).ok());
    let time = time.filter(|it| it.as_secs() <= 60);
    time.ok_or_else(|| "expected seconds, from 0 to 60".to_owned())
}
