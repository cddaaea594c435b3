//! Which words can stand next in a line: found by the commands themselves, so that nothing is
//! written twice.

use std::fmt;

use clap::{Arg, Command};

use super::values;
use crate::api;
use crate::commands;
use crate::names::kebab;
use crate::session::Session;
use crate::settings::Settings;

/// What can stand next.
pub(super) enum Candidates {
    Words(Vec<Candidate>),
    Files,
}

/// A word, and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) word: String,
    pub(super) about: String,
}

impl Candidate {
    pub(super) fn new(word: impl Into<String>, about: impl Into<String>) -> Self {
        Self {
            word: word.into(),
            about: about.into(),
        }
    }
}

/// A line for the scripts: nothing in it ends the line or the word.
impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |text: &str| text.replace(char::is_control, " ");
        writeln!(f, "{}\t{}", plain(&self.word), plain(&self.about))
    }
}

/// The words that fit, after those before.
pub(super) async fn candidates(
    session: &mut Session<'_>,
    before: &[String],
    current: &str,
) -> Candidates {
    let mut line = Line::new();
    for word in before {
        line.read(session, word);
    }
    session.settings = std::mem::take(&mut line.settings);
    // Some shells take `=` for a word of its own.
    let current = match (&line.open, current) {
        (Some(_), "=") => "",
        (_, current) => current,
    };
    if let Some(flag) = &line.open {
        return of_value(session, flag, ("", current)).await;
    }
    if let Some((name, value)) = current.split_once('=')
        && let Some(flag) = line.flag(name)
    {
        return of_value(session, flag, (&format!("{name}="), value)).await;
    }
    if current.starts_with('-') && !line.only_arguments {
        return fitting(flags(&line.command), current);
    }
    let mut found = Vec::new();
    if line.arguments == 0 {
        found.extend(subcommands(session, &line));
    }
    if let Some(argument) = line.argument() {
        match of_value(session, argument, ("", current)).await {
            Candidates::Files if found.is_empty() => return Candidates::Files,
            Candidates::Files => {}
            Candidates::Words(words) => found.extend(words),
        }
    }
    fitting(found, current)
}

/// The line, as far as it is read.
struct Line {
    command: Command,
    /// The flag whose value is next.
    open: Option<Arg>,
    /// How many arguments the command has already.
    arguments: usize,
    /// Whether `--` was there.
    only_arguments: bool,
    /// What the words say about where the service is.
    settings: Settings,
}

impl Line {
    fn new() -> Self {
        let mut command = commands::root();
        command.build();
        Self {
            command,
            open: None,
            arguments: 0,
            only_arguments: false,
            settings: Settings::default(),
        }
    }

    fn read(&mut self, session: &Session<'_>, word: &str) {
        if self.open.is_some() && word == "=" {
            return;
        }
        if let Some(flag) = self.open.take() {
            self.set(&flag, word);
            return;
        }
        if self.only_arguments || !word.starts_with('-') || word == "-" {
            return self.step(session, word);
        }
        if word == "--" {
            self.only_arguments = true;
            return;
        }
        let (name, value) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (word, None),
        };
        let flag = self.flag(name).filter(|flag| takes_value(flag)).cloned();
        match (flag, value) {
            (Some(flag), Some(value)) => self.set(&flag, value),
            (flag, _) => self.open = flag,
        }
    }

    /// Goes on to a subcommand, or past an argument.
    fn step(&mut self, session: &Session<'_>, word: &str) {
        let is_first = self.arguments == 0 && !self.only_arguments;
        let next = match self.command.find_subcommand(word) {
            Some(command) if is_first => Some(command.clone()),
            _ if is_first && self.command.get_name() == "api" => {
                let found = session.catalog.find(word);
                found.map(|meta| {
                    let mut command = api::command(session, meta);
                    command.build();
                    command
                })
            }
            _ => None,
        };
        match next {
            Some(command) => self.command = command,
            None => self.arguments += 1,
        }
    }

    /// The flag with a name, as `--format` or `-o`.
    fn flag(&self, name: &str) -> Option<&Arg> {
        let mut flags = self.command.get_arguments();
        match name.strip_prefix("--") {
            Some(long) => flags.find(|flag| {
                let mut aliases = flag.get_all_aliases().unwrap_or_default().into_iter();
                flag.get_long() == Some(long) || aliases.any(|alias| alias == long)
            }),
            // The last of several in one word is the one that has a value.
            None => {
                let short = name.chars().last();
                flags.find(|flag| flag.get_short() == short && short.is_some())
            }
        }
    }

    /// The argument that is next.
    fn argument(&self) -> Option<&Arg> {
        let arguments = || self.command.get_positionals();
        let is_many = |argument: &&Arg| {
            let most = argument.get_num_args().map(|number| number.max_values());
            most.is_some_and(|most| most > 1)
        };
        let next = arguments().nth(self.arguments);
        next.or_else(|| arguments().last().filter(is_many))
    }

    fn set(&mut self, flag: &Arg, value: &str) {
        let value = Some(value.to_owned());
        match flag.get_id().as_str() {
            "profile" => self.settings.profile = value,
            "region" => self.settings.region = value,
            "project-id" => self.settings.project_id = value,
            "endpoint" => self.settings.endpoint = value,
            _ => {}
        }
    }
}

fn takes_value(flag: &Arg) -> bool {
    flag.get_action().takes_values()
}

/// The commands below the one that the line has come to.
fn subcommands(session: &Session<'_>, line: &Line) -> Vec<Candidate> {
    let visible = line
        .command
        .get_subcommands()
        .filter(|it| !it.is_hide_set());
    let about = |command: &Command| command.get_about().map(ToString::to_string);
    let words = visible.map(|it| Candidate::new(it.get_name(), about(it).unwrap_or_default()));
    let mut words: Vec<_> = words.collect();
    if line.command.get_name() == "api" {
        let operations = session.catalog.operations().iter();
        words.extend(operations.map(|meta| Candidate::new(kebab(meta.name), meta.summary)));
    }
    words
}

fn flags(command: &Command) -> Vec<Candidate> {
    let flags = command.get_arguments().filter(|flag| !flag.is_hide_set());
    let words = flags.filter_map(|flag| {
        let about = flag.get_help().map(ToString::to_string);
        let about = about.unwrap_or_default();
        let line = about.lines().next().unwrap_or_default().to_owned();
        Some(Candidate::new(format!("--{}", flag.get_long()?), line))
    });
    words.collect()
}

/// The values that fit, behind the part of the word that stands before them.
async fn of_value(
    session: &Session<'_>,
    flag: &Arg,
    (prefix, current): (&str, &str),
) -> Candidates {
    // Of several values in one word, the last is the one that is written.
    let comma = match flag.get_value_delimiter() {
        Some(comma) => current
            .rfind(comma)
            .map_or(0, |index| index + comma.len_utf8()),
        None => 0,
    };
    let (before, last) = current.split_at(comma);
    match values::of(session, flag).await {
        Candidates::Files => Candidates::Files,
        Candidates::Words(words) => {
            let fitting = words.into_iter().filter(|it| it.word.starts_with(last));
            let words = fitting.map(|it| Candidate {
                word: format!("{prefix}{before}{}", it.word),
                about: it.about,
            });
            Candidates::Words(words.collect())
        }
    }
}

fn fitting(words: Vec<Candidate>, current: &str) -> Candidates {
    let fitting = words.into_iter().filter(|it| it.word.starts_with(current));
    Candidates::Words(fitting.collect())
}
