//! Limits the retries of all calls of a client together.

use std::sync::Mutex;

use crate::lock::lock;

/// During an outage, retries would multiply the load. So each retry costs tokens, and only
/// successes return them.
#[derive(Debug)]
pub(crate) struct Budget(Mutex<u32>);

const CAPACITY: u32 = 500;
/// 35 retries in a row empty a full budget.
const COST: u32 = 14;
/// A client that waits as the service asks may retry more often.
const COST_OF_THROTTLED: u32 = 5;

impl Budget {
    /// Pays for a retry: the price, or `None` if there is not enough left.
    pub(crate) fn pay(&self, throttled: bool) -> Option<u32> {
        let price = if throttled { COST_OF_THROTTLED } else { COST };
        let mut left = lock(&self.0);
        *left = left.checked_sub(price)?;
        Some(price)
    }

    /// After a success: gives back what its last attempt cost, or one token for a success at the
    /// first.
    pub(crate) fn refund(&self, price: Option<u32>) {
        let mut left = lock(&self.0);
        *left = left.saturating_add(price.unwrap_or(1)).min(CAPACITY);
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self(Mutex::new(CAPACITY))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_spent_and_earned() {
        let budget = Budget::default();
        let paid = (0..1000).filter(|_| budget.pay(false).is_some()).count();
        assert_eq!(paid, 35);
        assert_eq!(budget.pay(true), Some(5));
        assert_eq!(budget.pay(true), Some(5));
        assert_eq!(budget.pay(true), None);
        budget.refund(Some(14));
        assert_eq!(budget.pay(false), Some(14));
        (0..2000).for_each(|_| budget.refund(None));
        let paid = (0..1000).filter(|_| budget.pay(false).is_some()).count();
        assert_eq!(paid, 35);
    }
}
