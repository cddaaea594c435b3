//! Failures that were asked for: in which order they come, how often, and with which chance.

use std::collections::VecDeque;
use std::sync::Mutex;

use crate::digest;
use crate::lock::lock;

/// Failures in the order in which they were asked for.
#[derive(Debug)]
pub(crate) struct Faults<T>(Mutex<Line<T>>);

#[derive(Debug)]
struct Line<T> {
    entries: VecDeque<Entry<T>>,
    /// How many there were.
    count: u64,
    /// How often the dice were cast.
    casts: u64,
    /// What decides how they fall.
    seed: u64,
}

#[derive(Debug)]
struct Entry<T> {
    #[cfg_attr(
        not(feature = "server"),
        expect(dead_code, reason = "nobody takes failures back")
    )]
    id: u64,
    fault: T,
    often: Often,
}

/// How often something fails.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Often {
    /// How many times; `None` for always.
    pub(crate) times: Option<u64>,
    /// With which probability each time, from 0 to 1.
    pub(crate) probability: f64,
}

impl Often {
    pub(crate) const ONCE: Self = Self {
        times: Some(1),
        probability: 1.0,
    };
}

impl<T: Clone> Faults<T> {
    /// The same seed gives the same failures for the same requests in the same order.
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(Mutex::new(Line {
            entries: VecDeque::new(),
            count: 0,
            casts: 0,
            seed,
        }))
    }

    /// Adds one at the end, and gives its id.
    pub(crate) fn push(&self, fault: T, often: Often) -> u64 {
        let mut line = lock(&self.0);
        line.count += 1;
        let id = line.count;
        line.entries.push_back(Entry { id, fault, often });
        id
    }

    /// The first that fits and is not spared by chance.
    pub(crate) fn take(&self, fits: impl Fn(&T) -> bool) -> Option<T> {
        let mut line = lock(&self.0);
        let Line {
            entries,
            casts,
            seed,
            ..
        } = &mut *line;
        let index = entries.iter().position(|entry| {
            fits(&entry.fault) && {
                *casts += 1;
                chance(*seed, *casts) < entry.often.probability
            }
        })?;
        let entry = entries.get_mut(index)?;
        let fault = entry.fault.clone();
        if let Some(times) = &mut entry.often.times {
            *times = times.saturating_sub(1);
            if *times == 0 {
                entries.remove(index);
            }
        }
        Some(fault)
    }
}

#[cfg(feature = "server")]
impl<T: Clone> Faults<T> {
    /// All that are left, with their ids.
    pub(crate) fn all(&self) -> Vec<(u64, T, Often)> {
        let line = lock(&self.0);
        let entries = line.entries.iter();
        entries
            .map(|entry| (entry.id, entry.fault.clone(), entry.often))
            .collect()
    }

    /// Removes one, and says whether it was there.
    pub(crate) fn remove(&self, id: u64) -> bool {
        let mut line = lock(&self.0);
        let before = line.entries.len();
        line.entries.retain(|entry| entry.id != id);
        line.entries.len() < before
    }

    /// Removes all of them. The dice fall as at the start.
    pub(crate) fn clear(&self) {
        let mut line = lock(&self.0);
        line.entries.clear();
        line.casts = 0;
    }
}

/// A number from 0 to 1, without 1.
fn chance(seed: u64, cast: u64) -> f64 {
    let [a, b, c, d, ..] = digest::md5(format!("fault {seed} {cast}").as_bytes());
    f64::from(u32::from_be_bytes([a, b, c, d])) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn come_in_order_and_as_often_as_asked() {
        let faults = Faults::seeded(0);
        faults.push('a', Often::ONCE);
        let twice = Often {
            times: Some(2),
            ..Often::ONCE
        };
        faults.push('b', twice);
        let mut seen = Vec::new();
        while let Some(fault) = faults.take(|_| true) {
            seen.push(fault);
        }
        assert_eq!(seen, ['a', 'b', 'b']);
    }

    #[test]
    fn chance_is_fair_and_the_same_for_a_seed() {
        let hits = |seed| {
            let faults = Faults::seeded(seed);
            let often = Often {
                times: None,
                probability: 0.25,
            };
            faults.push((), often);
            (0..1000)
                .map(|_| faults.take(|()| true).is_some())
                .collect::<Vec<_>>()
        };
        let first = hits(1);
        assert_eq!(first, hits(1));
        assert_ne!(first, hits(2));
        let count = first.iter().filter(|hit| **hit).count();
        assert!((200..300).contains(&count), "{count}");
    }
}
