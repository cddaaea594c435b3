//! Locks that are still good after a panic.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Nothing here panics while it holds a lock. A test can, and must not hide its own message behind another one.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
