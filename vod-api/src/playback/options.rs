//! What can be set for one signature.

use std::time::SystemTime;

use crate::playback::cipher::BLOCK;

/// What a URL is signed with besides the key. Nothing has to be set.
#[derive(Debug, Clone, Default)]
pub struct SignOptions {
    pub(super) at: Option<SystemTime>,
    pub(super) random: Option<String>,
    pub(super) iv: Option<[u8; BLOCK]>,
    pub(super) preview_seconds: Option<u32>,
    pub(super) playlists: bool,
}

impl SignOptions {
    /// Signs as [`UrlSigner::sign`](crate::playback::UrlSigner::sign) does.
    pub fn new() -> Self {
        Self::default()
    }

    /// The time that the URL contains, cut to seconds, or to minutes for algorithm B; now, if it is
    /// not set. It can be in the past or the future, and a URL ends earlier or later with it. That
    /// the CDN takes a time in the future is not documented. Years 2002 to 2285.
    pub fn at(mut self, time: SystemTime) -> Self {
        self.at = Some(time);
        self
    }

    /// The random part, for algorithm A: ASCII letters and digits. 32 random hexadecimal digits if
    /// it is not set.
    pub fn random(mut self, text: impl Into<String>) -> Self {
        self.random = Some(text.into());
        self
    }

    /// The initialization vector, for algorithm D. Set it in tests only: it should be random, as it
    /// is if it is not set, and another one for each URL.
    pub fn iv(mut self, iv: [u8; 16]) -> Self {
        self.iv = Some(iv);
        self
    }

    /// How many seconds of the video can be played, for algorithm E: the parameter `exper`. 1 or
    /// more.
    pub fn preview_seconds(mut self, seconds: u32) -> Self {
        self.preview_seconds = Some(seconds);
        self
    }

    /// Signs URLs of HLS and DASH (`.m3u8`, `.mpd`) with the algorithms A, B and C, too. Otherwise
    /// that is an error, as the CDN refuses the files that a playlist names.
    pub fn allow_playlists(mut self) -> Self {
        self.playlists = true;
        self
    }
}
