//! The maintainer's command, one module per subcommand.

mod check;
mod diff;
mod drift;
mod generate;
mod new;
mod openapi;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use vod_spec::model::Api;
use vod_spec::{Diagnostics, Format};

/// The exit code where there is nothing to judge: a page or the description cannot be read.
const TROUBLE: u8 = 2;

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
    Generate(generate::Generate),
    New(new::New),
    Openapi(openapi::Openapi),
}

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match arguments.command {
        Command::Check(command) => command.run(&arguments.spec),
        Command::Diff(command) => command.run(&arguments.spec),
        Command::Drift(command) => command.run(&arguments.spec),
        Command::Generate(command) => command.run(&arguments.spec),
        Command::New(command) => command.run(&arguments.spec),
        Command::Openapi(command) => command.run(&arguments.spec),
    }
}

/// How mistakes of the description are shown.
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
    fn show(self, diagnostics: &Diagnostics) -> ExitCode {
        let format = match self {
            Self::Text => Format::Text,
            Self::Short => Format::Short,
            Self::Github => Format::Github,
        };
        print!("{}", diagnostics.render(format));
        ExitCode::FAILURE
    }
}

/// Reads the description; mistakes are shown, and the exit code is what is left to return.
fn load(spec: &Path, shown: Shown) -> Result<Api, ExitCode> {
    vod_spec::load_dir(spec).map_err(|diagnostics| shown.show(&diagnostics))
}
