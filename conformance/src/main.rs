//! Sends the same random requests with vod-api and with the official Python SDK, and compares what arrives.

mod compare;
mod known;
mod official;
mod random;
mod sides;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use fastrand::Rng;
use serde_json::Value;
use vod_api::operation;

use self::compare::Difference;
use self::known::Known;
use self::sides::Sides;

/// Sends the same random requests with vod-api and with the official Python SDK, and compares what arrives.
///
/// Fails if there is a difference that known.json does not have, or, in a run of 2000 requests or more, if there is one
/// in known.json that is gone.
#[derive(Debug, Parser)]
struct Arguments {
    /// Python with the packages of requirements.txt.
    #[arg(long)]
    python: PathBuf,
    /// Decides about all requests; at random if it is not given.
    #[arg(long)]
    seed: Option<u64>,
    /// How many requests are sent, by all operations in turn.
    #[arg(long, default_value_t = FULL)]
    count: usize,
}

/// So many requests meet every known difference, almost surely.
const FULL: usize = 2000;

/// A difference that is not known, as it was first met.
struct Unknown {
    difference: Difference,
    request: Value,
    count: usize,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments = Arguments::parse();
    let seed = arguments.seed.unwrap_or_else(|| fastrand::u64(..));
    let count = arguments.count;
    println!("seed {seed}, {count} requests");
    let mut rng = Rng::with_seed(seed);
    let mut known = Known::read(include_str!("../known.json"))?;
    let mut unknown: BTreeMap<(&str, String), Unknown> = BTreeMap::new();
    let mut sides = Sides::start(&arguments.python)?;
    for meta in operation::all().iter().cycle().take(count) {
        let request = random::request(&mut rng, meta);
        for difference in sides.send(rng.bool(), meta.name, &request)? {
            if !known.has(meta.name, &difference) {
                let place = (meta.name, difference.at.clone());
                let first = || Unknown {
                    difference,
                    request: request.clone(),
                    count: 0,
                };
                unknown.entry(place).or_insert_with(first).count += 1;
            }
        }
    }
    let stale = report(&known, &unknown);
    let good = unknown.is_empty() && (stale == 0 || count < FULL);
    Ok(if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Prints what was found, and says how many known differences were not.
fn report(known: &Known, unknown: &BTreeMap<(&str, String), Unknown>) -> usize {
    let (met, stale): (Vec<_>, Vec<_>) = known.entries.iter().partition(|entry| entry.count > 0);
    for entry in &met {
        println!(
            "known, {} times: {}. {}",
            entry.count,
            entry.place(),
            entry.because
        );
    }
    for entry in &stale {
        println!("known, but not met: {}", entry.place());
    }
    for (
        (operation, at),
        Unknown {
            difference,
            request,
            count,
        },
    ) in unknown
    {
        println!("NOT KNOWN, {count} times: {operation}, {at}");
        println!("    ours:     {}", difference.ours);
        println!("    official: {}", difference.official);
        println!("    request:  {request}");
    }
    println!(
        "{} differences known, {} not known",
        met.len(),
        unknown.len()
    );
    stale.len()
}
