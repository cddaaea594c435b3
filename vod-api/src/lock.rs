//! Locks that can still be used after a panic.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// This crate does not panic while it holds a lock. A test may, and its own message must not be
/// hidden by another panic.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
