//! Names that are taken before the first name is given.

/// Names of types that generated code or its readers count on to mean something else.
pub(super) const RESERVED_TYPES: &[&str] = &[
    "AsRef",
    "BTreeMap",
    "Batched",
    "Box",
    "Bytes",
    "Call",
    "Client",
    "Clone",
    "Compact",
    "Condition",
    "Constraint",
    "Copy",
    "Day",
    "Debug",
    "Default",
    "Demand",
    "Described",
    "Drop",
    "Eq",
    "Err",
    "Error",
    "Event",
    "Fn",
    "From",
    "HeaderMap",
    "Into",
    "IntoIterator",
    "ItemOutcomes",
    "Iterator",
    "ListedByTime",
    "Literal",
    "Method",
    "Midnight",
    "None",
    "Ok",
    "Operation",
    "OperationMeta",
    "Option",
    "OutcomeFacts",
    "PageStyle",
    "Paginated",
    "Pagination",
    "Parameter",
    "PartialEq",
    "Property",
    "RateLimit",
    "Region",
    "Response",
    "Result",
    "Rfc3339",
    "Schema",
    "Seconds",
    "Send",
    "Some",
    "Spaced",
    "StartsTask",
    "String",
    "Success",
    "Sync",
    "TaskFacts",
    "Test",
    "Time",
    "TimeFormat",
    "ToString",
    "UnknownEvent",
    "UnrecognizedValue",
    "Unstated",
    "Utc",
    "Utc8",
    "Value",
    "Vec",
    "Window",
];

/// Names of parameters whose setters would hide what a call or a request can do already, or the
/// request that they change; `with_` is for options of a call.
pub(super) const RESERVED_PARAMETERS: &[&str] = &[
    "clone",
    "default",
    "in_batches",
    "into_future",
    "into_request",
    "items",
    "items_by_time",
    "maybe",
    "new",
    "pages",
    "request",
    "send",
    "send_blocking",
    "set",
    "start",
];

/// Names of parameters whose setters would stand beside a method of uploads, besides
/// [`RESERVED_PARAMETERS`].
pub(super) const RESERVED_PARAMETERS_OF_UPLOADS: &[&str] = &[
    "abort",
    "concurrency",
    "cover",
    "file",
    "find_duplicates",
    "journal",
    "limit_rate",
    "on_progress",
    "part_size",
    "stall_timeout",
    "subtitle",
    "timeout",
    "verify",
];

/// Names of fields whose setters would hide what any type can do already.
pub(super) const RESERVED_FIELDS: &[&str] = &["clone", "default", "maybe", "new"];

/// Names of operations whose methods would stand beside one of the client's own, or hide what it
/// can do already.
pub(super) const RESERVED_METHODS: &[&str] = &[
    "builder",
    "call",
    "clone",
    "execute",
    "hls_keys",
    "raw",
    "resume_upload",
    "shared",
    "sign_upload",
    "task",
    "upload",
    "upload_to",
    "upload_watermark",
];

/// The module of the types that several operations use.
pub(super) const SHARED_MODULE: &str = "shared";

/// Names of sections whose files would stand among others: `client` has the methods of all sections.
pub(super) const RESERVED_SECTIONS: &[&str] = &[SHARED_MODULE, "client"];

/// The name of the variant for events to come.
pub(super) const RESERVED_EVENTS: &[&str] = &["Unknown"];

/// Names of fields of all events whose getters would stand beside a method that every event has.
pub(super) const RESERVED_FIELDS_OF_EVENTS: &[&str] = &["clone", "event_type"];

/// The name of the table that stands beside the constants for error codes.
pub(super) const RESERVED_CODES: &[&str] = &["ALL"];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::ffi::OsStr;
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;

    /// The Rust files in a folder and those below it.
    fn sources(folder: &Path) -> Vec<PathBuf> {
        let paths = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let files = paths.flat_map(|path| {
            if path.is_dir() {
                sources(&path)
            } else {
                vec![path]
            }
        });
        files
            .filter(|path| path.extension() == Some(OsStr::new("rs")))
            .collect()
    }

    /// The methods that `vod-api` gives to `ty` itself, private ones as well: generated ones stand
    /// beside them.
    fn own_methods(ty: &str) -> BTreeSet<String> {
        let mut methods = BTreeSet::new();
        for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../vod-api/src")) {
            let file = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
            for item in file.items {
                let syn::Item::Impl(item) = item else {
                    continue;
                };
                let syn::Type::Path(of) = &*item.self_ty else {
                    continue;
                };
                if item.trait_.is_some() || of.path.segments.last().unwrap().ident != ty {
                    continue;
                }
                methods.extend(item.items.iter().filter_map(|it| match it {
                    syn::ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
                    _ => None,
                }));
            }
        }
        methods
    }

    #[test]
    fn methods_of_the_client_are_reserved() {
        let mut methods = own_methods("Client");
        methods.insert("clone".to_owned());
        let reserved = RESERVED_METHODS.iter().map(|it| (*it).to_owned()).collect();
        assert_eq!(methods, reserved);
    }

    #[test]
    fn methods_of_calls_are_reserved() {
        let mut methods = own_methods("Call");
        methods.retain(|it| !it.starts_with("with_"));
        assert!(methods.len() > 5, "{methods:?}");
        methods.retain(|it| !RESERVED_PARAMETERS.contains(&it.as_str()));
        assert!(methods.is_empty(), "{methods:?}");
    }

    #[test]
    fn methods_of_uploads_are_reserved() {
        let mut methods = own_methods("Upload");
        assert!(methods.contains("set"), "{methods:?}");
        for reserved in [RESERVED_PARAMETERS, RESERVED_PARAMETERS_OF_UPLOADS] {
            methods.retain(|it| !reserved.contains(&it.as_str()));
        }
        assert!(methods.is_empty(), "{methods:?}");
    }
}
