//! Ids that a command works on.

use clap::{Arg, ArgMatches};

use crate::exit::Failure;
use crate::session::Session;

/// The argument that takes ids.
pub(super) fn argument(what: &'static str) -> Arg {
    Arg::new("ids")
        .value_name("ID")
        .required(true)
        .num_args(1..)
        .help(format!("{what}; - reads ids from standard input"))
}

/// The ids that were given, each once and in their order.
///
/// # Errors
///
/// One is empty, or there is none on standard input.
pub(super) fn read(
    session: &mut Session<'_>,
    matches: &ArgMatches,
) -> Result<Vec<String>, Failure> {
    let given = matches.get_many::<String>("ids").into_iter().flatten();
    let given: Vec<_> = given.cloned().collect();
    let mut ids: Vec<String> = Vec::new();
    let mut add = |id: &str| {
        let is_new = !ids.iter().any(|known| known == id);
        if is_new {
            ids.push(id.to_owned());
        }
    };
    for id in &given {
        match id.as_str() {
            "-" => {
                let text = session.io.read_all().map_err(|error| {
                    Failure::usage(format!("ids: standard input cannot be read: {error}"))
                })?;
                text.split_whitespace().for_each(&mut add);
            }
            id if id.trim().is_empty() => return Err(Failure::usage("an id is empty")),
            id => add(id),
        }
    }
    if ids.is_empty() {
        return Err(Failure::usage("there are no ids on standard input"));
    }
    Ok(ids)
}
