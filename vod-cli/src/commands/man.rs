//! `vod man`: pages for man.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command, value_parser};
use clap_mangen::Man;

use super::overview;
use crate::exit::{Exit, Failure};
use crate::session::Session;

pub(super) fn command() -> Command {
    Command::new("man")
        .about("Prints the page of vod for man, or writes those of all commands")
        .after_help("Examples:\n  vod man | man -l -\n  vod man ~/.local/share/man/man1")
        .arg(
            Arg::new("folder")
                .value_name("FOLDER")
                .value_parser(value_parser!(PathBuf))
                .help("Writes a page for each command and operation there"),
        )
}

pub(super) fn run(session: &Session<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let Some(folder) = matches.get_one::<PathBuf>("folder") else {
        let page = page("vod", super::root())?;
        session.io.stdout.write(&page)?;
        return Ok(Exit::Done);
    };
    let failed =
        |path: &Path, error: io::Error| Failure::failed(format!("{}: {error}", path.display()));
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    let commands = overview::all(session);
    let count = commands.len();
    for named in commands {
        let name = named.name.replace(' ', "-");
        let path = folder.join(format!("{name}.1"));
        let page = page(&name, named.command)?;
        fs::write(&path, page).map_err(|error| failed(&path, error))?;
    }
    session
        .messages
        .progress(&format!("{count} pages are in {}", folder.display()));
    Ok(Exit::Done)
}

fn page(name: &str, command: Command) -> Result<String, Failure> {
    let mut page = Vec::new();
    let command = command.name(name.to_owned()).display_name(name.to_owned());
    Man::new(command).render(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
