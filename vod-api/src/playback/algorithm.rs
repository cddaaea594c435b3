//! The algorithms of URL validation.

use std::fmt;

/// How URLs are signed. It has to be the one that is set on the console for the domain.
///
/// | | signature | signed | HLS and DASH | time in the URL |
/// |---|---|---|---|---|
/// | `A` | MD5, in the query | the path | no | seconds |
/// | `B` | MD5, in the path | the path | no | minutes, UTC+8 |
/// | `C` | MD5, in the path | the path | no | seconds |
/// | `D` | AES-128-CBC, in the query | the folder | yes | seconds |
/// | `E` | SHA-256, in the query | the path | yes | seconds |
///
/// Use `E`, which is the default: since 2026 the docs call the others insecure. `A`, `B` and `C`
/// cannot play HLS and DASH, as the files that a playlist names are not signed with it. The
/// signature of `D` can be changed by whoever has a signed URL, as encryption does not protect a
/// text from changes.
///
/// Huawei's CDN also knows `A`, `B` and `C` with SHA-256. The pages that could be read do not say
/// so for VOD, so it is not here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// `?auth_key={time}-{random}-0-{hash}`.
    A,
    /// `/{time}/{hash}/path`. The docs do not name the zone of the time; their example and the docs
    /// of Huawei's CDN have UTC+8.
    B,
    /// `/{hash}/{time}/path`, the time in hexadecimal.
    C,
    /// `?auth_info={ciphertext}.{IV}`. Only the first 16 characters of the key count. The docs are
    /// not clear about folders with escapes; here they are encrypted as they are in the URL.
    D,
    /// `?auth_key={hash}&timestamp={time}`, and `&exper={seconds}` for a preview: see
    /// [`SignOptions::preview_seconds`](crate::playback::SignOptions::preview_seconds). The pages
    /// that could be read show this algorithm only with `exper`. That it is left out of URL and
    /// hash without a preview is an assumption.
    #[default]
    E,
}

impl Algorithm {
    /// Whether the files that a playlist names play, too.
    pub(super) fn plays_playlists(self) -> bool {
        matches!(self, Self::D | Self::E)
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}
