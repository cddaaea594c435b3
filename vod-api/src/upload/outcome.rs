//! What an upload has done.

/// What an upload has done.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Uploaded {
    /// The media asset.
    pub asset_id: String,
    /// Size of the media file in bytes; 0 if there was none.
    pub bytes: u64,
    /// Number of parts; 0 for a file that was sent in one piece.
    pub parts: u32,
    /// What was compared with what the store has.
    pub check: UploadCheck,
}

/// What was compared with what the store has, by MD5 hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UploadCheck {
    /// The whole media file.
    Whole,
    /// Each part, but not what they were joined to: the store did not tell its hash.
    Parts,
    /// Nothing: it was turned off, or the store told no hash. The hash was still sent with
    /// everything.
    Nothing,
}

/// What was sent of the media file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SentMedia {
    pub(super) parts: u32,
    pub(super) check: UploadCheck,
}

const CHECKS: [(UploadCheck, &str); 3] = [
    (UploadCheck::Whole, "whole"),
    (UploadCheck::Parts, "parts"),
    (UploadCheck::Nothing, "nothing"),
];

impl UploadCheck {
    /// Its name in a journal.
    pub(super) fn name(self) -> &'static str {
        let mut checks = CHECKS.iter();
        checks
            .find(|(check, _)| *check == self)
            .map_or("", |(_, name)| name)
    }

    pub(super) fn of_name(name: &str) -> Option<Self> {
        let mut checks = CHECKS.iter();
        checks.find(|(_, it)| *it == name).map(|(check, _)| *check)
    }
}
