//! What the flags of a command say about the output.

use crate::output::Format;

/// What the flags of a command say; `None` where a flag is not given.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    pub(crate) format: Option<Format>,
    /// What to show, in JMESPath.
    pub(crate) query: Option<String>,
    /// All columns, if it is empty.
    pub(crate) columns: Vec<String>,
    pub(crate) no_header: bool,
    pub(crate) color: Option<Color>,
    pub(crate) quiet: bool,
}

/// When messages have colors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Color {
    /// On a terminal, unless a variable says otherwise.
    Auto,
    Always,
    Never,
}

impl Color {
    /// Their names, as arguments have them.
    pub(crate) const NAMES: [&str; 3] = ["auto", "always", "never"];

    /// The one with a name.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "auto" => Self::Auto,
            "always" => Self::Always,
            "never" => Self::Never,
            _ => return None,
        })
    }
}

impl Options {
    /// These, and those of `outer` where a flag is not given.
    pub(crate) fn or(self, outer: Self) -> Self {
        Self {
            format: self.format.or(outer.format),
            query: self.query.or(outer.query),
            columns: if self.columns.is_empty() {
                outer.columns
            } else {
                self.columns
            },
            no_header: self.no_header || outer.no_header,
            color: self.color.or(outer.color),
            quiet: self.quiet || outer.quiet,
        }
    }
}
