//! Guides: all operations by what they do, and topics that concern many items.

/// All operations by section, with other search terms.
///
/// The same words find them in a search of these pages. Sections stand in the order of the
/// vendor's docs, operations in the order in which they are used.
///
#[doc = include_str!(concat!(env!("OUT_DIR"), "/words.md"))]
pub mod operations {}

#[cfg_attr(feature = "notification", doc = include_str!("../guide/being-told.md"))]
#[cfg_attr(
    not(feature = "notification"),
    doc = "Being told of events. The page needs the feature `notification`."
)]
pub mod being_told {}

#[doc = include_str!("../guide/credentials.md")]
pub mod credentials {}

#[doc = include_str!("../guide/migrating.md")]
pub mod migrating {}

#[cfg_attr(feature = "tracing", doc = include_str!("../guide/observability.md"))]
#[cfg_attr(
    not(feature = "tracing"),
    doc = "Logs, traces and metrics. The page needs the feature `tracing`."
)]
pub mod observability {}

#[cfg_attr(feature = "playback", doc = include_str!("../guide/playing.md"))]
#[cfg_attr(
    not(feature = "playback"),
    doc = "Playing videos. The page needs the feature `playback`."
)]
pub mod playing {}

#[doc = include_str!("../guide/retries-and-errors.md")]
pub mod retries_and_errors {}

#[doc = include_str!("../guide/snapshots.md")]
pub mod snapshots {}

#[doc = include_str!("../guide/statistics.md")]
pub mod statistics {}

#[doc = include_str!("../guide/tls.md")]
pub mod tls {}

#[doc = include_str!("../guide/transcoding.md")]
pub mod transcoding {}

#[cfg_attr(feature = "upload", doc = include_str!("../guide/uploading.md"))]
#[cfg_attr(
    not(feature = "upload"),
    doc = "Uploading media files. The page needs the feature `upload`."
)]
pub mod uploading {}

#[cfg_attr(feature = "upload", doc = include_str!("../guide/watermarks.md"))]
#[cfg_attr(
    not(feature = "upload"),
    doc = "Watermarks on videos. The page needs the feature `upload`."
)]
pub mod watermarks {}
