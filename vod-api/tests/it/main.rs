//! Calls, replies and settings, as users of the crate see them: a module for each subject.
//!
//! These stand in binaries of their own:
//! - `large_replies`, as it measures the memory of its process;
//! - `secrets`, as it has the logger of its process;
//! - `tracing`, as a span is lost if another thread without a subscriber is the first to reach its place in the code;
//! - `no_tls` and `no_provider`, as they need other features.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[macro_use]
mod common;

mod all_operations;
mod batches;
mod blocking;
mod calls;
mod cancel;
mod clean_up;
mod client;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod connecting;
mod credentials;
mod delete_thumbnails;
mod facts;
mod failures;
mod failures_inside;
mod faults;
mod hls_keys;
mod json_calls;
mod leniency;
mod no_runtime;
mod options;
mod own_operation;
mod pages;
mod properties;
mod proxy;
mod rates;
mod raw;
mod requests;
mod retry;
mod reviews;
mod sending;
mod sensitive;
mod slips;
mod tasks;
mod unauthorized;
mod uploads;
mod waiters;
mod wire;
mod wire_vectors;
mod with_state;
