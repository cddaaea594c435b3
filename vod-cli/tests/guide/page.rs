//! What a page of the guide shows: blocks marked `console`, with commands behind `$` and below each
//! what it writes. `…` stands for any text; alone on a line, for any lines.

use crate::shell::Outcome;

/// The port that pages show.
const PORT: &str = "8863";

/// A command, and what it writes.
#[derive(Debug)]
pub(crate) struct Session {
    /// Where it stands on the page, from 1.
    pub(crate) line: usize,
    pub(crate) command: String,
    pub(crate) expected: Vec<String>,
}

/// The commands of a page.
pub(crate) fn steps(page: &str) -> Vec<Session> {
    let mut steps: Vec<Session> = Vec::new();
    let mut is_console = false;
    for (index, line) in page.lines().enumerate() {
        if line.starts_with("```") {
            is_console = line == "```console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| is_console) {
            steps.push(Session {
                line: index + 1,
                command: command.to_owned(),
                expected: Vec::new(),
            });
        } else if let Some(step) = steps.last_mut().filter(|_| is_console) {
            match (step.command.strip_suffix('\\'), line.strip_prefix("> ")) {
                (Some(_), Some(more)) => {
                    step.command.push('\n');
                    step.command.push_str(more);
                }
                _ => step.expected.push(line.trim_end().to_owned()),
            }
        }
    }
    steps
}

impl Session {
    /// Whether this is what came. A terminal shows both streams together; which line is first, they
    /// do not say.
    pub(crate) fn shows(&self, outcome: &Outcome, port: u16) -> bool {
        let lines = |texts: [&str; 2]| -> Vec<String> {
            let lines = texts.into_iter().flat_map(str::lines);
            let lines = lines.map(|line| line.trim_end().replace(&port.to_string(), PORT));
            lines.filter(|line| !line.is_empty()).collect()
        };
        let expected: Vec<_> = self
            .expected
            .iter()
            .filter(|line| !line.is_empty())
            .collect();
        let expected: Vec<_> = expected.into_iter().map(String::as_str).collect();
        let (out, err) = (outcome.out.as_str(), outcome.err.as_str());
        [lines([err, out]), lines([out, err])].iter().any(|lines| {
            let lines: Vec<_> = lines.iter().map(String::as_str).collect();
            fits(&expected, &lines)
        })
    }
}

fn fits(expected: &[&str], lines: &[&str]) -> bool {
    match (expected.split_first(), lines.split_first()) {
        (None, None) => true,
        (Some((&"…", rest)), _) => (0..=lines.len()).any(|skipped| fits(rest, &lines[skipped..])),
        (Some((first, rest)), Some((line, lines))) => fits_line(first, line) && fits(rest, lines),
        _ => false,
    }
}

fn fits_line(expected: &str, line: &str) -> bool {
    match expected.split_once('…') {
        None => expected == line,
        Some((start, rest)) => line.strip_prefix(start).is_some_and(|line| {
            let places = line
                .char_indices()
                .map(|(place, _)| place)
                .chain([line.len()]);
            places
                .into_iter()
                .any(|place| fits_line(rest, &line[place..]))
        }),
    }
}

#[test]
fn dots_stand_for_anything() {
    for (expected, lines, fit) in [
        (&["a"][..], &["a"][..], true),
        (&["a"], &["b"], false),
        (&["a…c"], &["abbc"], true),
        (&["a…c"], &["abbcd"], false),
        (&["…", "z"], &["a", "b", "z"], true),
        (&["…"], &[], true),
        (&["a"], &["a", "b"], false),
    ] {
        assert_eq!(fits(expected, lines), fit, "{expected:?} {lines:?}");
    }
}
