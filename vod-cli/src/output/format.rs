//! The forms of the output.

/// How data is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Columns for people, cut to the width of the terminal.
    Table,
    /// Columns with tabs between them, complete.
    Tsv,
    /// JSON as it came.
    Json,
    /// A line of JSON per item.
    Jsonl,
    /// Columns with commas between them.
    Csv,
    /// The id of each item, one a line.
    Ids,
}

impl Format {
    /// Their names, as arguments have them.
    pub(crate) const NAMES: [&str; 6] = ["table", "tsv", "json", "jsonl", "csv", "ids"];

    /// The form with a name.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "table" => Self::Table,
            "tsv" => Self::Tsv,
            "json" => Self::Json,
            "jsonl" => Self::Jsonl,
            "csv" => Self::Csv,
            "ids" => Self::Ids,
            _ => return None,
        })
    }

    /// Whether items can be written before all of them are known.
    pub(crate) fn streams(self) -> bool {
        matches!(self, Self::Tsv | Self::Jsonl | Self::Csv | Self::Ids)
    }
}
