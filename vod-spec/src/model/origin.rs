//! Where the vendor states what the description says.

/// Where the vendor states something: where a [`Deviation`](super::Deviation) shows, or where a field has facts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Origin {
    /// On every page of the operation.
    Page,
    /// On its page in English only.
    EnglishPage,
    /// On its page in Chinese only.
    ChinesePage,
    /// In its document of the API Explorer only.
    ApiExplorer,
    /// In words that no rule reads, or in another source of the vendor: nothing is held against it.
    Other,
}

impl Origin {
    pub(crate) const ALL: &'static [Self] = &[
        Self::Page,
        Self::EnglishPage,
        Self::ChinesePage,
        Self::ApiExplorer,
        Self::Other,
    ];

    /// As the description writes it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::EnglishPage => "english_page",
            Self::ChinesePage => "chinese_page",
            Self::ApiExplorer => "api_explorer",
            Self::Other => "other",
        }
    }
}

/// Where facts of a field come from that not every source states. That other sources say nothing of them is no
/// difference.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StatedIn {
    /// The limits.
    pub limits: Option<Origin>,
    /// The default.
    pub default: Option<Origin>,
    /// The values of the enum.
    pub values: Option<Origin>,
}
