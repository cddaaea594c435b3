//! The documented codes of errors, to hold against [`Error::code`](crate::Error::code), and against
//! the codes that some replies contain.
//!
//! A constant is called by what its code means. For a code that is only known when the program
//! runs, [`doc`] says what it means:
//!
//! ```
//! use vod_api::codes;
//!
//! assert_eq!(codes::CATEGORY_NOT_FOUND, "VOD.10064");
//! assert_eq!(codes::doc("VOD.10064"), Some("There is no such category."));
//! assert_eq!(codes::doc("VOD.1"), None);
//! ```

include!(concat!(env!("OUT_DIR"), "/codes.rs"));

/// What is known of a code.
#[derive(Debug)]
pub(crate) struct CodeFacts {
    pub(crate) code: &'static str,
    /// None where only the status tells.
    pub(crate) kind: Option<CodeKind>,
    pub(crate) doc: &'static str,
}

/// What a caller can do about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeKind {
    /// There were too many calls, and this one was not begun.
    Throttled,
    /// The caller is not known, or not allowed to do this.
    Auth,
    /// What the request names does not exist.
    NotFound,
    /// What the request makes exists already, or what it takes away is in use.
    Conflict,
    InvalidRequest,
    /// The service failed, and may not the next time.
    Transient,
}

/// What a code means, and often what to do about it; `None` for a code that is not documented.
/// Names of operations in it are those of the service's docs, in backticks.
pub fn doc(code: &str) -> Option<&'static str> {
    Some(facts(code)?.doc)
}

pub(crate) fn kind(code: &str) -> Option<CodeKind> {
    facts(code)?.kind
}

fn facts(code: &str) -> Option<&'static CodeFacts> {
    ALL.iter().find(|facts| facts.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_of_their_kinds() {
        struct Case {
            code: &'static str,
            kind: Option<CodeKind>,
        }
        let case = |code, kind| Case { code, kind };
        for case in [
            case("APIGW.0201", None),
            case("APIGW.0301", None),
            case("APIGW.0308", Some(CodeKind::Throttled)),
            case("VOD.10051", Some(CodeKind::Transient)),
            case("VOD.10052", Some(CodeKind::Transient)),
            case("VOD.10053", Some(CodeKind::InvalidRequest)),
            case("VOD.10054", Some(CodeKind::Auth)),
            case("VOD.10057", Some(CodeKind::Auth)),
            case("VOD.10061", None),
            case("VOD.10062", Some(CodeKind::NotFound)),
            case("VOD.10064", Some(CodeKind::NotFound)),
            case("VOD.10065", Some(CodeKind::Conflict)),
            case("VOD.10068", Some(CodeKind::NotFound)),
            case("VOD.10069", Some(CodeKind::Conflict)),
            case("VOD.10072", None),
            case("VOD.10074", Some(CodeKind::Auth)),
            case("VOD.10079", None),
            case("VOD.10081", Some(CodeKind::InvalidRequest)),
            case("VOD.10082", Some(CodeKind::Conflict)),
            case("VOD.10083", None),
            case("VOD.10089", Some(CodeKind::NotFound)),
            case("VOD.10096", Some(CodeKind::Conflict)),
            case("VOD.10098", None),
            case("VOD.10111", Some(CodeKind::Auth)),
            case("VOD.10115", Some(CodeKind::Conflict)),
            case("VOD.10117", Some(CodeKind::Conflict)),
            case("VOD.10119", Some(CodeKind::Conflict)),
            case("VOD.10123", None),
            case("VOD.10124", None),
            // What was called too often is a service behind this one, which has begun to work.
            case("VOD.10127", Some(CodeKind::Transient)),
            case("VOD.10129", Some(CodeKind::NotFound)),
            case("VOD.10131", Some(CodeKind::Conflict)),
            case("VOD.10133", Some(CodeKind::Auth)),
            case("VOD.10138", Some(CodeKind::Auth)),
            case("VST.10001", Some(CodeKind::InvalidRequest)),
            case("VST.10002", Some(CodeKind::Transient)),
            case("VST.10004", Some(CodeKind::Auth)),
            case("VOD.1", None),
            case("", None),
        ] {
            assert_eq!(kind(case.code), case.kind, "{}", case.code);
        }
    }

    #[test]
    fn every_code_has_its_doc() {
        for facts in ALL {
            assert_eq!(doc(facts.code), Some(facts.doc), "{}", facts.code);
            assert!(facts.doc.ends_with('.'), "{}", facts.code);
        }
        for unknown in ["", "VOD.1", "vod.10062"] {
            assert_eq!(doc(unknown), None, "{unknown}");
        }
    }
}
