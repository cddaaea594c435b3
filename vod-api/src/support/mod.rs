//! What generated code and the sibling crates use. Not for other code: it changes with them.

#[doc(hidden)]
pub mod bench;
mod macros;
#[doc(hidden)]
pub mod preview;
#[doc(hidden)]
pub mod service;

use std::fmt;

pub use http::{HeaderMap, Method};
pub use serde;

pub use crate::check::{deserialize_part, deserialize_request};
pub use crate::facts::{
    BatchFacts, Batched, Condition, Constraint, Demand, Described, ItemOutcomes, ListedByTime,
    Literal, Operation, OperationMeta, OutcomeFacts, PageStyle, Paginated, Pagination, Parameter,
    Place, Property, RateLimit, Schema, StartsTask, Success, TaskFacts, Test, Window,
};
pub use crate::time::{
    Compact, Day, Midnight, Rfc3339, Seconds, Spaced, Time, TimeFormat, Unstated, Utc, Utc8,
};
pub use crate::wire::{
    Document, Field, Flag, Json, Member, Members, Open, Reader, Record, UnrecognizedValue, Wire,
    WireError, deserialize, normalize, or_absent, read_enum, read_member, read_nothing,
    read_record, serialize, unlisted, unrecognized, write_field, write_flag, write_nothing,
    write_record, write_text, write_text_flag, write_unrecognized,
};
pub use crate::{
    __empty_reply as empty_reply, __open_enum as open_enum, __part as part, __record as record,
    __request as request, __transparent as transparent,
};

#[cfg(feature = "notification")]
pub use crate::__events as events;
#[cfg(feature = "notification")]
pub use crate::wire::{EventParts, UnknownEvent, write_event};

/// The value of a header of a reply; `None` if it is missing or cannot be read.
pub fn header<T: Wire>(headers: &HeaderMap, name: &str) -> Option<T> {
    let text = headers.get(name)?.to_str().ok()?;
    crate::wire::written(&text.to_owned()).read().ok()
}

/// The project of a client: as it was given, or as the service knows it.
///
/// # Errors
///
/// It cannot be looked up.
#[cfg(feature = "upload")]
pub async fn project_id(client: &crate::Client) -> Result<String, crate::Error> {
    crate::pipeline::project_id(client.shared()).await
}

/// Stands for a sensitive value in `Debug`.
pub fn redacted<T: Wire>(value: &T) -> impl fmt::Debug + use<T> {
    Redacted(!value.is_absent())
}

struct Redacted(bool);

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0 { "[redacted]" } else { "None" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_headers() {
        let mut headers = HeaderMap::new();
        headers.insert("x-count", "12".parse().unwrap());
        headers.insert("x-flag", "TRUE".parse().unwrap());
        headers.insert("x-bytes", http::HeaderValue::from_bytes(b"\xff").unwrap());
        assert_eq!(header::<i64>(&headers, "X-Count"), Some(12));
        assert_eq!(header::<i32>(&headers, "X-Count"), Some(12));
        assert_eq!(header::<f64>(&headers, "X-Count"), Some(12.0));
        assert_eq!(header::<String>(&headers, "X-Count").as_deref(), Some("12"));
        assert_eq!(header::<bool>(&headers, "X-Flag"), Some(true));
        assert_eq!(header::<i64>(&headers, "X-Flag"), None);
        assert_eq!(header::<String>(&headers, "X-Bytes"), None);
        assert_eq!(header::<String>(&headers, "X-Missing"), None);
    }

    #[test]
    fn hides_values_but_not_their_absence() {
        assert_eq!(
            format!("{:?}", redacted(&Some("key".to_owned()))),
            "[redacted]"
        );
        assert_eq!(format!("{:?}", redacted(&"key".to_owned())), "[redacted]");
        assert_eq!(format!("{:?}", redacted(&None::<String>)), "None");
    }
}
