//! Messages on standard error: failures, warnings, hints.

use crate::exit::Failure;
use crate::io::{Stream, Variables};
use crate::output::cells::visible;
use crate::output::{Color, Format, Options};

/// Writes messages.
#[derive(Debug, Clone)]
pub(crate) struct Messages {
    err: Stream,
    colored: bool,
    quiet: bool,
    /// Whether failures are objects.
    json: bool,
}

impl Messages {
    /// For options.
    pub(crate) fn new(options: &Options, err: Stream, variables: &Variables) -> Self {
        let is_set = |name: &str| variables.get(name).is_some_and(|value| value != "0");
        let colored = match options.color.unwrap_or(Color::Auto) {
            Color::Always => true,
            Color::Never => false,
            Color::Auto if variables.get("NO_COLOR").is_some() => false,
            Color::Auto if is_set("CLICOLOR_FORCE") => true,
            Color::Auto => {
                let is_dumb = variables.get("TERM").is_some_and(|term| term == "dumb");
                err.columns().is_some() && !is_dumb
            }
        };
        Self {
            err,
            colored,
            quiet: options.quiet,
            json: matches!(options.format, Some(Format::Json | Format::Jsonl)),
        }
    }

    /// Says why a command failed, and what to do.
    pub(crate) fn failure(&self, failure: &Failure) {
        if self.json {
            return self.err.note(&failure.to_json().to_string());
        }
        match failure {
            Failure::Stopped { .. } => self.labeled("interrupted", YELLOW, &failure.to_string()),
            _ => self.labeled("error", RED, &failure.to_string()),
        }
        if let Some(hint) = failure.hint() {
            self.labeled("hint", CYAN, &hint);
        }
    }

    /// Says why one of several things failed; the command goes on with the others.
    pub(crate) fn failure_of(&self, name: &str, failure: &Failure) {
        if self.json {
            let mut object = failure.to_json();
            object["error"]["name"] = name.into();
            return self.err.note(&object.to_string());
        }
        self.labeled("error", RED, &format!("{name}: {failure}"));
        if let Some(hint) = failure.hint() {
            self.labeled("hint", CYAN, &hint);
        }
    }

    /// Says what may be wrong.
    pub(crate) fn warn(&self, text: &str) {
        self.labeled("warning", YELLOW, text);
    }

    /// Says what else can be done, unless the command is to be quiet.
    pub(crate) fn hint(&self, text: &str) {
        if !self.quiet {
            self.labeled("hint", CYAN, text);
        }
    }

    /// Says how far something is, unless the command is to be quiet.
    pub(crate) fn progress(&self, text: &str) {
        if !self.quiet {
            self.err.note(&visible(text));
        }
    }

    /// Asks a question; the answer is typed behind it.
    pub(crate) fn ask(&self, question: &str) {
        let _ = self.err.write(&visible(question));
    }

    /// Says what was asked for by `-v`.
    pub(crate) fn detail(&self, text: &str) {
        self.err.note(&visible(text));
    }

    fn labeled(&self, label: &str, color: &str, text: &str) {
        let text = visible(text);
        if self.colored {
            self.err.note(&format!("{color}{label}:\u{1b}[0m {text}"))
        } else {
            self.err.note(&format!("{label}: {text}"))
        }
    }
}

const RED: &str = "\u{1b}[1;31m";
const YELLOW: &str = "\u{1b}[1;33m";
const CYAN: &str = "\u{1b}[36m";
