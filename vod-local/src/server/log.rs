//! The log of requests, on standard error.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};

use serde_json::Value;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinHandle;

use super::options::Log;
use crate::sockets::Standalone;

/// How many lines wait for whoever reads them. What does not fit is left out.
const WAITING: usize = 1024;

/// Writes a line for each request once it is over, until it is aborted.
pub(super) fn start(log: Log, standalone: &Arc<Standalone>) -> JoinHandle<()> {
    let standalone = standalone.clone();
    tokio::spawn(async move {
        let line: fn(&Value) -> String = match log {
            Log::Off => return,
            Log::Text => text,
            Log::Json => |line| line.to_string(),
        };
        let lines = writer();
        let mut news = standalone.journal.watch();
        loop {
            match news.recv().await {
                Ok(news) if news.is_over => {
                    if let Some(shown) = standalone.journal.line(news.number) {
                        // It is full if nobody reads, and closed if nobody can.
                        let _ = lines.try_send(line(&shown));
                    }
                }
                Ok(_) => {}
                Err(RecvError::Lagged(count)) => {
                    let _ = lines.try_send(format!("the log lacks up to {count} requests"));
                }
                Err(RecvError::Closed) => return,
            }
        }
    })
}

/// Who does not read the log must not stop the server.
fn writer() -> SyncSender<String> {
    let (sender, lines) = sync_channel::<String>(WAITING);
    std::thread::spawn(move || {
        for line in lines {
            if writeln!(io::stderr().lock(), "{line}").is_err() {
                return;
            }
        }
    });
    sender
}

fn text(line: &Value) -> String {
    let word = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
    let status = match line["status"].as_u64() {
        Some(status) => status.to_string(),
        None => word("state"),
    };
    let mut text = format!(
        "{} {} {} {status} {:.1} ms",
        word("time"),
        word("method"),
        word("path"),
        line["ms"].as_f64().unwrap_or_default()
    );
    for name in ["operation", "error_code"] {
        if let Some(word) = line[name].as_str() {
            text += &format!(" {word}");
        }
    }
    if let Some(source @ ("example" | "fault")) = line["source"].as_str() {
        text += &format!(" ({source})");
    }
    for warning in line["warnings"].as_array().into_iter().flatten() {
        text += &format!("\n  warning: {}", warning.as_str().unwrap_or_default());
    }
    text
}
