//! Runs the service: in the foreground, or without the terminal.

use std::env;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::process::{Child, Command as Process, Stdio};

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use tokio::sync::oneshot;
use vod_local::server::{self, EnvOptions, Options};

use super::described;
use crate::exit::{Exit, Failure};
use crate::session::Session;
use crate::settings::state_folder;

const BACKGROUND: &str = "background";

/// For somebody whose terminal is taken by the service.
const GO_ON: &str = "in another terminal, eval \"$(vod local env)\" leads vod and the SDKs here, with the same --port or \
                     --port-file; Ctrl-C ends the service";

pub(super) fn command() -> Command {
    let background = Arg::new(BACKGROUND)
        .long(BACKGROUND)
        .action(ArgAction::SetTrue)
        .help("Goes on without the terminal, until `vod local stop`");
    let start = Options::augment_args(Command::new("start"));
    described(start, "Runs the service, as `vod local` does").arg(background)
}

pub(super) async fn run(session: &mut Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let options = options(Options::from_arg_matches(matches))?;
    match matches.try_get_one::<bool>(BACKGROUND) {
        Ok(Some(true)) => in_background(session),
        _ => {
            if session.io.stderr.columns().is_some() {
                session.messages.hint(GO_ON);
            }
            in_foreground(options).await
        }
    }
}

/// Prints the variables for a shell.
pub(super) fn env(session: &Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let script = options(EnvOptions::from_arg_matches(matches))?.script();
    let script = script.map_err(|error| Failure::usage(error.to_string()))?;
    session.io.stdout.write(&script)?;
    Ok(Exit::Done)
}

/// The parser has checked the arguments.
fn options<T>(read: Result<T, clap::Error>) -> Result<T, Failure> {
    read.map_err(|error| Failure::usage(error.to_string()))
}

/// Runs it on threads of its own, as the command has one alone.
async fn in_foreground(options: Options) -> Result<Exit, Failure> {
    let (sender, ended) = oneshot::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build();
        let ended = match runtime {
            Ok(runtime) => {
                let ended = runtime.block_on(server::run(options));
                // A client that is still being answered does not keep the program.
                runtime.shutdown_background();
                ended.map_err(|error| error.to_string())
            }
            Err(error) => Err(format!("cannot start: {error}")),
        };
        // Nobody waits for it where the command was dropped.
        let _ = sender.send(ended);
    });
    match ended.await {
        Ok(Ok(())) => Ok(Exit::Done),
        Ok(Err(why)) => Err(Failure::failed(why)),
        Err(_) => Err(Failure::failed("the service has ended by itself")),
    }
}

/// Starts another process, and waits until it listens.
fn in_background(session: &Session<'_>) -> Result<Exit, Failure> {
    let Some(folder) = state_folder(&session.io.variables) else {
        return Err(Failure::usage_with(
            "--background: there is no folder for the log",
            "set HOME or XDG_STATE_HOME",
        ));
    };
    let log = folder.join("local.log");
    let failed = |error: io::Error| {
        let place = log.display();
        Failure::failed(format!("--background: {place}: {error}"))
    };
    fs::create_dir_all(&folder).map_err(failed)?;
    let mut child = File::create(&log).and_then(spawn).map_err(failed)?;
    let mut line = String::new();
    if let Some(out) = child.stdout.take() {
        BufReader::new(out).read_line(&mut line).map_err(failed)?;
    }
    if line.is_empty() {
        let _ = child.wait();
        let said = fs::read_to_string(&log).unwrap_or_default();
        let why = said.lines().last().unwrap_or("it has ended by itself");
        let why = why.trim_start_matches("error: ");
        return Err(Failure::failed(format!("the service did not start: {why}")));
    }
    session.io.stdout.write(&line)?;
    let hint = format!("`vod local stop` ends it; its log is {}", log.display());
    session.messages.hint(&hint);
    Ok(Exit::Done)
}

/// The same command without `--background`. Ctrl-C in the terminal does not reach it.
fn spawn(log: File) -> io::Result<Child> {
    let arguments = env::args_os().skip(1);
    let arguments = arguments.filter(|argument| *argument != *"--background");
    let mut process = Process::new(env::current_exe()?);
    process
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(log);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut process, 0);
    #[cfg(windows)]
    {
        const DETACHED_PROCESS: u32 = 8;
        std::os::windows::process::CommandExt::creation_flags(&mut process, DETACHED_PROCESS);
    }
    process.spawn()
}
