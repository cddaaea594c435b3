//! Random numbers that a test can make repeatable.

use std::sync::Mutex;

use crate::lock::lock;

/// Random numbers.
#[derive(Debug)]
pub(crate) struct Chance(Mutex<fastrand::Rng>);

impl Chance {
    /// The same numbers each time with a seed, and others without one.
    pub(crate) fn new(seed: Option<u64>) -> Self {
        Self(Mutex::new(
            seed.map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed),
        ))
    }

    /// From 0 to 1, without 1.
    pub(crate) fn next(&self) -> f64 {
        lock(&self.0).f64()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_can_be_repeated() {
        let (one, other) = (Chance::new(Some(7)), Chance::new(Some(7)));
        for _ in 0..100 {
            let number = one.next();
            assert!((0.0..1.0).contains(&number));
            assert_eq!(number, other.next());
        }
    }
}
