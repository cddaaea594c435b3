//! The maintainer's command, one module per subcommand.

mod check;
mod diff;
mod drift;
#[cfg(feature = "fetch")]
mod fetch;
mod fix;
mod folder;
mod generate;
mod git;
mod new;
mod openapi;

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use vod_spec::model::Api;
use vod_spec::{Diagnostics, Format};

/// Works with the description of the Huawei Cloud VOD API.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Folder of the description.
    #[arg(long, global = true, default_value = "spec")]
    spec: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Check),
    Diff(diff::Diff),
    Drift(drift::Drift),
    #[cfg(feature = "fetch")]
    Fetch(fetch::Fetch),
    Generate(generate::Generate),
    New(new::New),
    Openapi(openapi::Openapi),
}

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    let Arguments { spec, command } = Arguments::parse();
    // Where 1 says that something was found, it is 2 that says that nothing could be looked at.
    let (outcome, trouble) = match command {
        Command::Check(command) => (command.run(&spec), 1),
        Command::Diff(command) => (command.run(&spec), 2),
        Command::Drift(command) => (command.run(&spec), 2),
        #[cfg(feature = "fetch")]
        Command::Fetch(command) => (command.run(&spec), 2),
        Command::Generate(command) => (command.run(&spec), 1),
        Command::New(command) => (command.run(&spec), 2),
        Command::Openapi(command) => (command.run(&spec), 1),
    };
    outcome.unwrap_or_else(|why| {
        complain(why.trim_end());
        ExitCode::from(trouble)
    })
}

/// What a command comes to: its exit code, or why it could not do its work.
type Outcome = Result<ExitCode, String>;

/// Reads the description, for what it is needed for; its mistakes are in the way.
fn load(spec: &Path) -> Result<Api, String> {
    vod_spec::load_dir(spec).map_err(|mistakes| mistakes.to_string())
}

/// A path for messages: on one line, with control characters escaped.
fn shown(path: &Path) -> String {
    vod_spec::visible(&path.to_string_lossy()).into_owned()
}

/// The largest size of a saved page, and of the file that records the pages.
const MAX_PAGE: usize = 4 << 20;

/// Reads a saved page, or the file that records the pages.
fn read(path: &Path) -> io::Result<String> {
    vod_spec::read_text(path, MAX_PAGE)
}

/// Prints the output of a command. If the reader stops early, as `head` does, that is not an error, and the exit code
/// does not change.
fn print(text: &str) -> Result<(), String> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("cannot write: {error}"))
        }
        _ => Ok(()),
    }
}

/// Prints an error. A failure to print it is ignored: it could not be reported anywhere.
fn complain(why: &str) {
    let _ = writeln!(io::stderr(), "{why}");
}

/// The exit code of a command that holds what it finds against `--fail-on`.
fn verdict(fails: bool) -> ExitCode {
    if fails {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// How mistakes of the description are shown, where they are what one asks for.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Shown {
    /// With the lines they speak of.
    Text,
    /// A line each.
    Short,
    /// Annotations of GitHub Actions.
    Github,
}

impl Shown {
    fn show(self, mistakes: &Diagnostics) -> Outcome {
        let format = match self {
            Self::Text => Format::Text,
            Self::Short => Format::Short,
            Self::Github => Format::Github,
        };
        print(&mistakes.render(format))?;
        Ok(ExitCode::FAILURE)
    }
}
