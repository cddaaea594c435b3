//! Compares two ways to do a call: both in turns, in one run.

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use tokio::runtime::{Builder, Runtime};
use vod_bench::Error;
use vod_bench::cpu::{TIME, time};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

pub(crate) struct Meter {
    runtime: Runtime,
    rounds: usize,
    calls: u32,
}

impl Meter {
    /// In full, or just enough to see that it works.
    pub(crate) fn new(in_full: bool) -> Result<Self, Error> {
        // One thread, so that all that is counted belongs to the calls.
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (rounds, calls) = if in_full { (151, 2000) } else { (1, 5) };
        Ok(Self {
            runtime,
            rounds,
            calls,
        })
    }

    pub(crate) fn block_on<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Prints how the first way relates to the second.
    pub(crate) fn compare(
        &self,
        name: &str,
        ours: impl AsyncFn() -> Result<(), Error>,
        by_hand: impl AsyncFn() -> Result<(), Error>,
    ) -> Result<(), Error> {
        // Connects, and fills what is kept from call to call.
        self.cost(&ours)?;
        self.cost(&by_hand)?;
        let mut rounds = Vec::with_capacity(self.rounds);
        for round in 0..self.rounds {
            // Who goes first changes, for what the one leaves in the caches.
            rounds.push(if round % 2 == 0 {
                (self.cost(&ours)?, self.cost(&by_hand)?)
            } else {
                let by_hand = self.cost(&by_hand)?;
                (self.cost(&ours)?, by_hand)
            });
        }
        let (ratio, error) = ratio(&rounds);
        println!("{name:24} {TIME} {ratio:.3} times, ± {error:.3}");
        let (ours, by_hand): (Vec<_>, Vec<_>) = rounds.into_iter().unzip();
        for (who, costs) in [("vod-api", ours), ("by hand", by_hand)] {
            let calls = f64::from(self.calls) * self.rounds as f64;
            let sum = |part: fn(&Cost) -> f64| costs.iter().map(part).sum::<f64>() / calls;
            println!(
                "    {who}  {:5.1} µs, {:5.1} µs with the kernel  {:4.0} allocations  {:6.0} bytes  per call",
                sum(|cost| cost.user) * 1e6,
                sum(|cost| cost.all) * 1e6,
                sum(|cost| cost.allocations as f64),
                sum(|cost| cost.bytes as f64),
            );
        }
        Ok(())
    }

    /// What one round costs.
    fn cost(&self, call: &impl AsyncFn() -> Result<(), Error>) -> Result<Cost, Error> {
        let region = Region::new(ALLOCATOR);
        let start = time()?;
        self.block_on(async {
            for _ in 0..self.calls {
                call().await?;
            }
            Ok::<_, Error>(())
        })?;
        let end = time()?;
        let allocated = region.change();
        Ok(Cost {
            user: end.user - start.user,
            all: end.all - start.all,
            allocations: allocated.allocations + allocated.reallocations,
            bytes: allocated.bytes_allocated,
        })
    }
}

struct Cost {
    /// Seconds outside of the kernel, and all.
    user: f64,
    all: f64,
    /// With those that make a piece larger.
    allocations: usize,
    bytes: usize,
}

/// The sum of the first times over that of the second, and its standard error. A median of the rounds would tell less: the
/// kernel splits time into a user's and its own by what it finds at each tick, and a round has few.
fn ratio(rounds: &[(Cost, Cost)]) -> (f64, f64) {
    let count = rounds.len() as f64;
    let mean = |part: fn(&(Cost, Cost)) -> f64| rounds.iter().map(part).sum::<f64>() / count;
    let (ours, by_hand) = (mean(|round| round.0.user), mean(|round| round.1.user));
    let ratio = ours / by_hand;
    let residuals = rounds
        .iter()
        .map(|(ours, by_hand)| (ours.user - ratio * by_hand.user).powi(2));
    let variance = residuals.sum::<f64>() / (count * (count - 1.0).max(1.0));
    (ratio, variance.sqrt() / by_hand)
}
