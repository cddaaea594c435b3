//! Events without a check.

use crate::notification::body::Body;
use crate::notification::error::ReadEventError;
use crate::notification::events::Event;
use crate::notification::verified::read_message;

/// Reads an event without checking who sent it: anyone can have written it.
///
/// For events that were checked before they were stored, for tests, and for requests whose sender is
/// known otherwise. The body can be that of a request of MFS, a message of SMN, or the event alone.
///
/// ```
/// use vod_api::notification;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let alone = notification::read_unverified(br#"{"event_type": "somethingNew"}"#)?;
/// let message = notification::read_unverified(br#"{"message": {"event_type": "somethingNew"}}"#)?;
/// assert_eq!(alone, message);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// The body is longer than [`MAX_BODY`](crate::notification::MAX_BODY), is not one JSON object, has
/// `message` twice, or what should be the event is none.
pub fn read_unverified(body: &[u8]) -> Result<Event, ReadEventError> {
    let members = Body::read(body, &["event_type", "message"])?;
    // With a message it is an envelope, whatever else there is: `verify` must not see another event.
    if members.raw("message").is_none() && members.raw("event_type").is_some() {
        // The body was JSON, which is UTF-8.
        let text = str::from_utf8(body).unwrap_or_default();
        return read_message(text);
    }
    read_message(&members.message()?)
}
