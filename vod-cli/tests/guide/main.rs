//! The sessions of the guide, executed: a shell, the program, a terminal and a service on this
//! machine. What a session shows has to be what comes.

#![cfg(all(unix, feature = "local"))]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

mod library;
mod page;
mod shell;

use std::path::{Path, PathBuf};

use page::Session;
use serde_json::Value;
use shell::Shell;

/// A page of the guide.
fn page(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

#[track_caller]
fn check(name: &str, seed: &Value) {
    let path = page(name);
    let text = std::fs::read_to_string(&path).unwrap();
    let steps = page::steps(&text);
    assert!(!steps.is_empty(), "{name} has sessions");
    let shell = Shell::new(seed);
    let commands: Vec<_> = steps.iter().map(|step| step.command.as_str()).collect();
    let outcomes = shell.run(&commands);
    assert_eq!(
        outcomes.len(),
        steps.len(),
        "{name}: the shell has ended early: {outcomes:?}"
    );
    let mut wrong = Vec::new();
    for (index, (step, outcome)) in steps.iter().zip(&outcomes).enumerate() {
        let Session { command, line, .. } = step;
        // What fails is followed by a question about its exit code.
        let is_asked = steps
            .get(index + 1)
            .is_some_and(|next| next.command == "echo $?");
        if outcome.code != 0 && !is_asked {
            wrong.push(format!(
                "{name}:{line}: {command}\nended with {}:\n{}",
                outcome.code, outcome.err
            ));
        } else if !step.shows(outcome, shell.port()) {
            wrong.push(format!(
                "{name}:{line}: {command}\nexpected:\n{}\nstandard output:\n{}\nstandard error:\n{}",
                step.expected.join("\n"),
                outcome.out,
                outcome.err
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn the_first_steps_work_as_they_are_printed() {
    check("README.md", &library::empty());
}

#[test]
fn the_sessions_work_as_they_are_printed() {
    check("guide/sessions.md", &library::filled());
}
