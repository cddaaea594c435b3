//! A run of the command, from its arguments to its exit.

use std::ffi::OsString;

use crate::catalog::Catalog;
use crate::commands;
use crate::exit::{Exit, Failure};
use crate::io::{Io, is_closed_pipe};
use crate::parse::parse;
use crate::session::Session;
use crate::settings::Settings;

/// Runs the command: `arguments` begin with the name of the program.
///
/// It writes nothing elsewhere than to `io`, but for files that the arguments name, and needs a
/// tokio runtime with time and I/O enabled for commands that call the service.
pub async fn run(
    catalog: Catalog,
    arguments: impl IntoIterator<Item = OsString>,
    io: &mut Io,
) -> Exit {
    let arguments: Vec<_> = arguments.into_iter().collect();
    let mut session = Session::new(catalog, io, Settings::default());
    let parsed = parse(session.io, commands::root(), arguments.iter().cloned());
    let ended = match parsed {
        Ok(None) => Ok(Exit::Done),
        Ok(Some(matches)) => {
            session.set(Settings::read(&matches));
            // Some futures are large, and the stack of a thread is not.
            Box::pin(commands::run(&mut session, &matches)).await
        }
        Err(failure) => Err(failure),
    };
    match ended {
        Ok(exit) => exit,
        // The reader has what it wanted.
        Err(Failure::Output(error)) if is_closed_pipe(&error) => Exit::Done,
        Err(failure) => {
            if let Failure::Usage { .. } = failure {
                // What was read of the flags may end before the one that says how.
                let settings = session.settings.clone();
                session.set(settings.or(Settings::of_mistaken(&arguments)));
            }
            session.messages.failure(&failure);
            failure.exit()
        }
    }
}
