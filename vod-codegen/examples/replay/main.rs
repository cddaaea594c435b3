//! Replays two copies of the documents of a service, one after the other:
//!
//! ```text
//! cargo run -p vod-codegen --example replay -- OLD NEW
//! ```
//!
//! The documents of the folder `OLD` are drafted, and those of `NEW` are compared with the drafts.
//! What a plain comparison of the JSON shows has to be found, and nothing else; the exit code is 1
//! if it is not. With one folder, its documents are compared with their own drafts.

#![expect(clippy::panic, reason = "a command for developers")]

#[path = "../../tests/replay/harness/mod.rs"]
mod harness;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let (old, new) = match folders.as_slice() {
        [one] => (one, one),
        [old, new] => (old, new),
        _ => {
            eprintln!("usage: replay OLD [NEW]");
            return ExitCode::from(2);
        }
    };
    match harness::replay(old, new) {
        Ok(outcome) => {
            print!("{outcome}");
            if outcome.is_exact() {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(2)
        }
    }
}
