//! Changes as text, as an entry of a changelog and as JSON.

use std::fmt::{self, Write as _};

use vod_spec::json::{Json, Object};

use super::rules::Heading;
use super::{Change, Diff, Level, Position};

impl Diff {
    /// An entry for a changelog in the manner of Keep a Changelog; what breaks programs says so.
    pub fn to_markdown(&self) -> String {
        let mut out = String::from("## [Unreleased]\n");
        for heading in Heading::ALL {
            let mut lines = Vec::new();
            for change in self
                .changes
                .iter()
                .filter(|it| it.rule.heading() == heading)
            {
                let breaking = match change.rule.level() {
                    Level::Major => "**Breaking:** ",
                    Level::Minor | Level::Patch => "",
                };
                let line = format!("- {breaking}{}\n", sentence(&change.message));
                // Several facts of one page can change the same documentation.
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
            if !lines.is_empty() {
                // Writing to a string cannot fail.
                let _ = write!(out, "\n### {}\n\n{}", heading.as_str(), lines.concat());
            }
        }
        if self.changes.is_empty() {
            out.push_str("\nNothing changes for users.\n");
        }
        out
    }

    /// One JSON object on one line: `bump`, and `changes` with `level`, `rule`, `operation`, `direction`, `at`,
    /// `message`, and file and line on both sides. What there is none of is `null`.
    pub fn to_json(&self) -> String {
        let changes = self.changes.iter().map(Change::to_json).collect();
        let bump = Json::String(self.bump_name().to_owned());
        let members = [("bump", bump), ("changes", Json::Array(changes))];
        object(members).to_string()
    }

    fn bump_name(&self) -> &'static str {
        self.bump().map_or("none", Level::as_str)
    }
}

/// For people: a change per paragraph, and how many there are.
impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for change in &self.changes {
            writeln!(f, "{change}")?;
        }
        let count = |level| {
            let levels = self.changes.iter().map(|change| change.rule.level());
            levels.filter(|it| *it == level).count()
        };
        let [patch, minor, major] = Level::ALL.map(count);
        let bump = self.bump_name();
        writeln!(f, "{bump}: {major} major, {minor} minor, {patch} patch")
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: ", self.rule.level(), self.rule)?;
        if let Some(operation) = &self.operation {
            write!(f, "{operation} ")?;
        }
        let (at, direction) = (&self.at, self.direction.as_str());
        writeln!(f, "{at} ({direction}): {}", self.message)?;
        for (side, position) in [("old", &self.old), ("new", &self.new)] {
            if let Some(Position { file, line }) = position {
                writeln!(f, "  {side}: {file}:{line}")?;
            }
        }
        Ok(())
    }
}

impl Change {
    fn to_json(&self) -> Json {
        let text = |text: &str| Json::String(text.to_owned());
        let file = |it: &Option<Position>| it.as_ref().map_or(Json::Null, |it| text(&it.file));
        let line = |it: &Option<Position>| {
            let line = it.as_ref().and_then(|it| i64::try_from(it.line).ok());
            line.map_or(Json::Null, Json::Int)
        };
        object([
            ("level", text(self.rule.level().as_str())),
            ("rule", text(self.rule.as_str())),
            (
                "operation",
                self.operation.as_deref().map_or(Json::Null, text),
            ),
            ("direction", text(self.direction.as_str())),
            ("at", text(&self.at)),
            ("message", text(&self.message)),
            ("old_file", file(&self.old)),
            ("old_line", line(&self.old)),
            ("new_file", file(&self.new)),
            ("new_line", line(&self.new)),
        ])
    }
}

fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    let members = members.map(|(name, value)| (name.to_owned(), value));
    Json::Object(Object::from(members))
}

/// A message as a sentence of its own.
fn sentence(message: &str) -> String {
    let mut chars = message.chars();
    let first = chars.next().map(|first| first.to_ascii_uppercase());
    let rest = chars.as_str().trim_end_matches('.');
    first.into_iter().chain(rest.chars()).chain(['.']).collect()
}
