//! Calls a server for a long time, and looks for memory that grows and state that is lost.
//!
//! ```text
//! cargo build --release -p vod-local --features server
//! cargo run --release -p vod-local --example soak -- target/release/vod-local 60
//! ```
//!
//! The second argument is how many minutes it takes. Each worker has a project of its own and knows
//! what has to be there; what is there is compared at the end, and once more after the server was
//! killed and has started again. Failures are asked for all the time: none of them has an effect on
//! the state, so a call that failed is repeated.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "it fails like a test"
)]

#[path = "../../tests/local/maker.rs"]
mod maker;
mod noise;
#[path = "../../tests/local/replies.rs"]
mod replies;
mod server;
mod worker;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::task::JoinSet;

use noise::Noise;
use server::{Counts, Server};
use worker::Worker;

const WORKERS: u64 = 8;
const MINUTE: Duration = Duration::from_secs(60);

/// Failures, with how often they come.
fn faults() -> impl Iterator<Item = serde_json::Value> {
    [
        json!({"probability": 0.01, "status": 503, "headers": {"Retry-After": "1"}}),
        json!({"probability": 0.005, "status": 500, "code": "VOD.100000001"}),
        json!({"probability": 0.005, "kind": "reset"}),
        json!({"probability": 0.005, "kind": "cut-off"}),
        json!({"probability": 0.01, "delay_ms": 20}),
        json!({"place": "storage", "probability": 0.02, "step": "put", "status": 503, "code": "SlowDown"}),
        json!({"place": "storage", "probability": 0.02, "step": "put", "reset_after": 4}),
        json!({"place": "storage", "probability": 0.02, "step": "put", "lost_reply": true}),
        json!({"place": "storage", "probability": 0.02, "step": "get", "status": 500}),
    ]
    .into_iter()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    // The first surprise is the end.
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        report(panic);
        std::process::exit(1);
    }));
    let mut arguments = std::env::args().skip(1);
    let program = PathBuf::from(arguments.next().expect("the path of vod-local"));
    let minutes: u32 = arguments.next().map_or(60, |text| text.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&program, folder.path());
    for fault in faults() {
        server.admin("POST", "/faults", fault).await;
    }
    let counts = Arc::new(Counts::default());
    let begun = Instant::now();
    let end = begun + MINUTE * minutes;
    let mut workers = JoinSet::new();
    let mut noises = JoinSet::new();
    for number in 0..WORKERS {
        let worker = Worker::new(&server, number, counts.clone());
        workers.spawn(worker.run(end));
        let noise = Noise::new(&server, number, counts.clone());
        noises.spawn(noise.run(end));
    }
    for minute in 0..=minutes {
        tokio::time::sleep_until((begun + MINUTE * minute).into()).await;
        println!("minute {minute}: {counts}, RSS {} kB", server.rss());
    }
    noises.join_all().await;
    let mut workers = workers.join_all().await;
    server.admin("DELETE", "/faults", json!(null)).await;
    println!("at the end: {counts}, RSS {} kB", server.rss());
    let mut assets = 0;
    for worker in &mut workers {
        worker.compare(&server).await;
        assets += worker.assets();
    }
    println!("all {assets} media assets, their files and the categories are as they have to be");
    // What was changed last is saved by then.
    tokio::time::sleep(Duration::from_secs(2)).await;
    server.kill();
    let server = Server::start(&program, folder.path());
    for worker in &mut workers {
        worker.compare(&server).await;
    }
    println!(
        "and are so after a kill and a start, RSS {} kB",
        server.rss()
    );
}
