//! The program's command line.

use std::process::ExitCode;

use super::env::EnvOptions;
use super::health::HealthOptions;
use super::options::Options;
use super::run;

/// The command line of `vod-local`: a server by itself, or a subcommand.
#[derive(Debug, Clone, clap::Args)]
pub struct Command {
    #[command(subcommand)]
    subcommand: Option<Subcommand>,
    #[command(flatten)]
    options: Options,
}

/// What can be done besides running a server.
#[derive(Debug, Clone, clap::Subcommand)]
#[non_exhaustive]
pub enum Subcommand {
    /// Prints the environment variables that the official SDKs and `vod` read, for a shell.
    Env(EnvOptions),
    /// Asks a server whether it is well; exit code 1 if not.
    Health(HealthOptions),
}

impl Command {
    /// Does it, with a tokio runtime of its own. What goes wrong is written to standard error.
    pub fn execute(self) -> ExitCode {
        let result = match self.subcommand {
            Some(Subcommand::Env(options)) => options.print().map_err(|error| error.to_string()),
            Some(Subcommand::Health(options)) => options.ask().map_err(|error| error.to_string()),
            None => serve(self.options),
        };
        match result {
            Ok(()) => ExitCode::SUCCESS,
            Err(message) => {
                eprintln!("error: {message}");
                ExitCode::FAILURE
            }
        }
    }
}

fn serve(options: Options) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start: {error}"))?;
    let result = runtime.block_on(run(options));
    // A client that is still being answered does not keep the program.
    runtime.shutdown_background();
    result.map_err(|error| error.to_string())
}
