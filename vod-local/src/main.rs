//! The program `vod-local`: a VOD service on this machine.

use std::process::ExitCode;

use clap::Parser;
use vod_local::server::Command;

/// A Huawei Cloud VOD service on this machine, with state, for development and tests.
///
/// Access key and secret key are `local`, any project id will do, and IAM is at the same address.
#[derive(Debug, Parser)]
#[command(name = "vod-local", version, args_conflicts_with_subcommands = true)]
struct Program {
    #[command(flatten)]
    command: Command,
}

fn main() -> ExitCode {
    Program::parse().command.execute()
}
