//! Compares two ways to do a call: both in turns, in one run.

use std::alloc::System;
use std::time::Duration;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use tokio::runtime::{Builder, Runtime};
use vod_bench::Error;

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
        let (rounds, calls) = if in_full { (61, 5000) } else { (1, 5) };
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
        let (mut all_ours, mut all_by_hand) = (Cost::default(), Cost::default());
        let mut ratios = Vec::new();
        for round in 0..self.rounds {
            // Who goes first changes, for what the one leaves in the caches.
            let (ours, by_hand) = if round % 2 == 0 {
                (self.cost(&ours)?, self.cost(&by_hand)?)
            } else {
                let by_hand = self.cost(&by_hand)?;
                (self.cost(&ours)?, by_hand)
            };
            ratios.push(ours.cpu.as_secs_f64() / by_hand.cpu.as_secs_f64());
            all_ours.add(&ours);
            all_by_hand.add(&by_hand);
        }
        ratios.sort_unstable_by(f64::total_cmp);
        println!(
            "{name:24} {TIME} {:.2} times, the median of {} rounds (middle half: {:.2} to {:.2})",
            ratios[self.rounds / 2],
            self.rounds,
            ratios[self.rounds / 4],
            ratios[self.rounds - 1 - self.rounds / 4],
        );
        for (who, cost) in [("vod-api", all_ours), ("by hand", all_by_hand)] {
            let calls = f64::from(self.calls) * self.rounds as f64;
            println!(
                "    {who}  {:5.1} µs  {:4.0} allocations  {:6.0} bytes  per call",
                cost.cpu.as_secs_f64() * 1e6 / calls,
                cost.allocations as f64 / calls,
                cost.bytes as f64 / calls,
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
        let cpu = time()?.saturating_sub(start);
        let allocated = region.change();
        Ok(Cost {
            cpu,
            allocations: allocated.allocations + allocated.reallocations,
            bytes: allocated.bytes_allocated,
        })
    }
}

#[derive(Default)]
struct Cost {
    cpu: Duration,
    /// With those that make a piece larger.
    allocations: usize,
    bytes: usize,
}

impl Cost {
    fn add(&mut self, other: &Self) {
        self.cpu += other.cpu;
        self.allocations += other.allocations;
        self.bytes += other.bytes;
    }
}

/// What the meter reads.
#[cfg(unix)]
const TIME: &str = "user CPU";

/// Time that this process has spent outside of the kernel.
#[cfg(unix)]
fn time() -> Result<Duration, Error> {
    use nix::sys::resource::{UsageWho, getrusage};

    let time = getrusage(UsageWho::RUSAGE_SELF)?.user_time();
    Ok(Duration::new(
        time.tv_sec().try_into()?,
        u32::try_from(time.tv_usec())? * 1000,
    ))
}

/// Elsewhere it is an ordinary clock, which makes figures of no use and still shows that all works.
#[cfg(not(unix))]
const TIME: &str = "time";

/// Time that has passed.
#[cfg(not(unix))]
fn time() -> Result<Duration, Error> {
    use std::sync::LazyLock;
    use std::time::Instant;

    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    Ok(START.elapsed())
}
