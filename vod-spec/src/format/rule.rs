//! The rules by which a page of the docs is held against its description, and the addresses of what they speak of.
//!
//! The comparison itself is behind a feature; the names are needed wherever a description is read, for `deviations`.

crate::rules! {
    /// In what way a page and its description can differ.
    ///
    /// The names ([`Rule::as_str`]) are stable: deviations, scripts and people use them.
    pub enum Rule: Facts {
        /// The page is of no operation that the description has.
        UnknownOperation: "unknown-operation", error(NONE);
        /// A part of the page could not be read, or not with certainty.
        Unreadable: "unreadable", warning(ANY);
        /// A deviation that the page no longer shows.
        StaleDeviation: "stale-deviation", error(NONE);
        /// Another title.
        TitleChanged: "title-changed", info(&["title"]);
        /// The page has a later date, or the description has none.
        PageNewer: "page-newer", info(&["updated"]);
        /// The page has an earlier date.
        PageOlder: "page-older", info(&["updated"]);
        /// Another HTTP method.
        MethodChanged: "method-changed", error(&["http"]);
        /// Another path.
        PathChanged: "path-changed", error(&["http"]);
        /// A parameter that the description lacks.
        ParameterAdded: "parameter-added", error(PARAMETERS);
        /// A parameter that the page lacks.
        ParameterRemoved: "parameter-removed", error(PARAMETERS);
        /// A field of a reply or of a type that the description lacks.
        FieldAdded: "field-added", error(&["response", "type"]);
        /// A field of a reply or of a type that the page lacks.
        FieldRemoved: "field-removed", error(&["response", "type"]);
        /// A type that the description lacks.
        TypeAdded: "type-added", error(&["type"]);
        /// A type that the page lacks.
        TypeRemoved: "type-removed", error(&["type"]);
        /// Two rows of one name in one table.
        DuplicateRow: "duplicate-row", warning(VALUES);
        /// Another type of a parameter or field.
        TypeChanged: "type-changed", error(VALUES);
        /// Mandatory here, optional there.
        RequiredChanged: "required-changed", checked(VALUES);
        /// Other limits, or limits on one side only.
        LimitChanged: "limit-changed", checked(VALUES);
        /// Another default, or one on one side only.
        DefaultChanged: "default-changed", checked(VALUES);
        /// Deprecated on one side only.
        DeprecationChanged: "deprecation-changed", info(VALUES);
        /// A value that the description lacks.
        ValueAdded: "value-added", error(VALUES);
        /// A value that the page lacks.
        ValueRemoved: "value-removed", error(VALUES);
        /// A status that the description lacks.
        StatusAdded: "status-added", error(&["response"]);
        /// A status that the page lacks.
        StatusRemoved: "status-removed", error(&["response"]);
        /// The page asks for another permission.
        PermissionChanged: "permission-changed", error(&["permission"]);
        /// An example of the page that does not fit.
        ExampleMisfit: "example-misfit", warning(&["example"]);
        /// Texts of the page that are worded differently than when they were recorded.
        WordingChanged: "wording-changed", info(NONE);
        /// Texts of a page that were never recorded.
        WordingUnrecorded: "wording-unrecorded", info(NONE);
    }
}

impl Rule {
    /// How the addresses begin at which a deviation can acknowledge it: none where none can.
    pub(crate) fn kinds(self) -> &'static [&'static str] {
        self.facts().kinds
    }

    /// How much such a difference matters.
    #[cfg(feature = "drift")]
    pub(crate) fn weight(self) -> Weight {
        self.facts().weight
    }
}

/// How much a difference matters.
pub(crate) enum Weight {
    Info,
    Warning,
    Error,
    /// It concerns what the crate checks before it sends it, and takes as it comes in replies.
    Checked,
}

/// What is known of a rule besides its name.
struct Facts {
    #[cfg_attr(
        not(feature = "drift"),
        expect(dead_code, reason = "only the comparison asks for it")
    )]
    weight: Weight,
    kinds: Kinds,
}

/// First words of addresses.
type Kinds = &'static [&'static str];

const NONE: Kinds = &[];
const PARAMETERS: Kinds = &["path", "query", "header", "body"];
const VALUES: Kinds = &["path", "query", "header", "body", "response", "type"];
const ANY: Kinds = &[
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
];

fn info(kinds: Kinds) -> Facts {
    let weight = Weight::Info;
    Facts { weight, kinds }
}

fn warning(kinds: Kinds) -> Facts {
    let weight = Weight::Warning;
    Facts { weight, kinds }
}

fn error(kinds: Kinds) -> Facts {
    let weight = Weight::Error;
    Facts { weight, kinds }
}

fn checked(kinds: Kinds) -> Facts {
    let weight = Weight::Checked;
    Facts { weight, kinds }
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
