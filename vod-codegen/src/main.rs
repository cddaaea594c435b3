//! The command `vod-codegen`.

use std::process::ExitCode;

mod cli;

fn main() -> ExitCode {
    cli::run()
}
