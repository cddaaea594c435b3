//! The rules by which a page of the docs is held against its description, and the addresses of what they speak of.
//!
//! The comparison itself is behind a feature; the names are needed wherever a description is read, for `deviations`.

use std::fmt;

/// In what way a page and its description can differ.
///
/// The names ([`Rule::as_str`]) are stable: deviations, scripts and people use them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// The page is of no operation that the description has.
    UnknownOperation,
    /// A part of the page could not be read, or not with certainty.
    Unreadable,
    /// A deviation that the page no longer shows.
    StaleDeviation,
    /// Another title.
    TitleChanged,
    /// The page has a later date, or the description has none.
    PageNewer,
    /// The page has an earlier date.
    PageOlder,
    /// Another HTTP method.
    MethodChanged,
    /// Another path.
    PathChanged,
    /// A parameter that the description lacks.
    ParameterAdded,
    /// A parameter that the page lacks.
    ParameterRemoved,
    /// A field of a reply or of a type that the description lacks.
    FieldAdded,
    /// A field of a reply or of a type that the page lacks.
    FieldRemoved,
    /// A type that the description lacks.
    TypeAdded,
    /// A type that the page lacks.
    TypeRemoved,
    /// Two rows of one name in one table.
    DuplicateRow,
    /// Another type of a parameter or field.
    TypeChanged,
    /// Mandatory here, optional there.
    RequiredChanged,
    /// Other limits, or limits on one side only.
    LimitChanged,
    /// Another default, or one on one side only.
    DefaultChanged,
    /// Deprecated on one side only.
    DeprecationChanged,
    /// A value that the description lacks.
    ValueAdded,
    /// A value that the page lacks.
    ValueRemoved,
    /// A status that the description lacks.
    StatusAdded,
    /// A status that the page lacks.
    StatusRemoved,
    /// The page asks for another permission.
    PermissionChanged,
    /// An example of the page that does not fit.
    ExampleMisfit,
    /// Texts of the page that are worded differently than when they were recorded.
    WordingChanged,
    /// Texts of a page that were never recorded.
    WordingUnrecorded,
}

impl Rule {
    /// Every rule.
    pub const ALL: &'static [Self] = &[
        Self::UnknownOperation,
        Self::Unreadable,
        Self::StaleDeviation,
        Self::TitleChanged,
        Self::PageNewer,
        Self::PageOlder,
        Self::MethodChanged,
        Self::PathChanged,
        Self::ParameterAdded,
        Self::ParameterRemoved,
        Self::FieldAdded,
        Self::FieldRemoved,
        Self::TypeAdded,
        Self::TypeRemoved,
        Self::DuplicateRow,
        Self::TypeChanged,
        Self::RequiredChanged,
        Self::LimitChanged,
        Self::DefaultChanged,
        Self::DeprecationChanged,
        Self::ValueAdded,
        Self::ValueRemoved,
        Self::StatusAdded,
        Self::StatusRemoved,
        Self::PermissionChanged,
        Self::ExampleMisfit,
        Self::WordingChanged,
        Self::WordingUnrecorded,
    ];

    /// The rule as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UnknownOperation => "unknown-operation",
            Self::Unreadable => "unreadable",
            Self::StaleDeviation => "stale-deviation",
            Self::TitleChanged => "title-changed",
            Self::PageNewer => "page-newer",
            Self::PageOlder => "page-older",
            Self::MethodChanged => "method-changed",
            Self::PathChanged => "path-changed",
            Self::ParameterAdded => "parameter-added",
            Self::ParameterRemoved => "parameter-removed",
            Self::FieldAdded => "field-added",
            Self::FieldRemoved => "field-removed",
            Self::TypeAdded => "type-added",
            Self::TypeRemoved => "type-removed",
            Self::DuplicateRow => "duplicate-row",
            Self::TypeChanged => "type-changed",
            Self::RequiredChanged => "required-changed",
            Self::LimitChanged => "limit-changed",
            Self::DefaultChanged => "default-changed",
            Self::DeprecationChanged => "deprecation-changed",
            Self::ValueAdded => "value-added",
            Self::ValueRemoved => "value-removed",
            Self::StatusAdded => "status-added",
            Self::StatusRemoved => "status-removed",
            Self::PermissionChanged => "permission-changed",
            Self::ExampleMisfit => "example-misfit",
            Self::WordingChanged => "wording-changed",
            Self::WordingUnrecorded => "wording-unrecorded",
        }
    }

    /// How the addresses begin at which a deviation can acknowledge it: none where none can.
    pub(crate) fn kinds(self) -> &'static [&'static str] {
        match self {
            Self::UnknownOperation
            | Self::StaleDeviation
            | Self::WordingChanged
            | Self::WordingUnrecorded => &[],
            Self::Unreadable => &[
                "http",
                "path",
                "query",
                "header",
                "body",
                "response",
                "type",
                "permission",
                "example",
                "updated",
                "title",
                "description",
                "page",
            ],
            Self::TitleChanged => &["title"],
            Self::PageNewer | Self::PageOlder => &["updated"],
            Self::MethodChanged | Self::PathChanged => &["http"],
            Self::ParameterAdded | Self::ParameterRemoved => &["path", "query", "header", "body"],
            Self::FieldAdded | Self::FieldRemoved => &["response", "type"],
            Self::TypeAdded | Self::TypeRemoved => &["type"],
            Self::StatusAdded | Self::StatusRemoved => &["response"],
            Self::PermissionChanged => &["permission"],
            Self::ExampleMisfit => &["example"],
            Self::DuplicateRow
            | Self::TypeChanged
            | Self::RequiredChanged
            | Self::LimitChanged
            | Self::DefaultChanged
            | Self::DeprecationChanged
            | Self::ValueAdded
            | Self::ValueRemoved => &["path", "query", "header", "body", "response", "type"],
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether `text` is an address such as `query.task_id`: of something that a page states.
pub(crate) fn is_address(text: &str) -> bool {
    let (first, rest) = text.split_once('.').unwrap_or((text, ""));
    let parts = || rest.split('.').filter(|_| !rest.is_empty());
    if parts().any(str::is_empty) || text.contains(char::is_whitespace) {
        return false;
    }
    let is_status = |part: &str| part.len() == 3 && part.chars().all(|c| c.is_ascii_digit());
    match first {
        "updated" | "title" | "description" | "page" => rest.is_empty() && !text.ends_with('.'),
        "http" => matches!(rest, "method" | "path"),
        "permission" => matches!(
            rest,
            "action" | "access" | "resource" | "condition_keys" | "alias" | "dependencies"
        ),
        "path" | "query" | "header" | "body" | "type" => parts().count() > 0,
        "response" => parts().next().is_some_and(is_status),
        "example" => rest == "request" || is_status(rest),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn addresses_say_where() {
        for text in [
            "title",
            "http.path",
            "query.task_id",
            "header.X-Auth-Token",
            "body.kind.OLD",
            "response.200",
            "response.200.items",
            "type.Item.state.DONE",
            "permission.action",
            "example.200",
            "example.request",
        ] {
            assert!(is_address(text), "{text}");
        }
        for text in [
            "",
            "query",
            "query.",
            "query..a",
            "title.",
            "title.x",
            "http.body",
            "response.ok",
            "permission",
            "example.20",
            "cookie.a",
            "query.a b",
        ] {
            assert!(!is_address(text), "{text}");
        }
    }
}
