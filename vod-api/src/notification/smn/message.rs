//! What a message of SMN says, not checked yet.

use std::fmt;
use std::time::SystemTime;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::notification::body::Body;
use crate::notification::smn::error::ReadMessageError;
use crate::parse_time;
use crate::secret::Secret;

/// What a message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MessageType {
    /// Something was published to the topic.
    Notification,
    /// The server was subscribed to a topic, and has to say that it wants that.
    SubscriptionConfirmation,
    /// The subscription was cancelled.
    UnsubscribeConfirmation,
}

/// A message of SMN as it came. What it says is claimed by whoever sent it, until
/// [`check`](Self::check) and [`verify`](crate::notification::smn::Checked::verify) say otherwise.
#[derive(Clone)]
pub struct Message {
    pub(super) message_type: MessageType,
    pub(super) message: String,
    pub(super) message_id: String,
    pub(super) topic_urn: String,
    pub(super) timestamp: String,
    pub(super) sent_at: SystemTime,
    /// Not empty.
    pub(super) subject: Option<String>,
    /// All but notifications have it.
    pub(super) subscribe_url: Option<Secret>,
    pub(super) signing_cert_url: String,
    pub(super) signature: Vec<u8>,
}

const NAMES: &[&str] = &[
    "type",
    "message",
    "message_id",
    "topic_urn",
    "timestamp",
    "subject",
    "subscribe_url",
    "signing_cert_url",
    "signature",
    "signature_version",
];

impl Message {
    /// Reads the body of a request of SMN.
    ///
    /// # Errors
    ///
    /// The body is longer than [`MAX_BODY`](crate::notification::MAX_BODY) or not one JSON object, a
    /// member that counts is missing, is there twice or is not what it should be, or the version of
    /// the signature is not `v1`.
    pub fn read(body: &[u8]) -> Result<Self, ReadMessageError> {
        let body = Body::read(body, NAMES)?;
        let message_type = match text(&body, "type")?.as_str() {
            "Notification" => MessageType::Notification,
            "SubscriptionConfirmation" => MessageType::SubscriptionConfirmation,
            "UnsubscribeConfirmation" => MessageType::UnsubscribeConfirmation,
            _ => return Err(not("type", "a type that is known")),
        };
        if !text(&body, "signature_version")?.eq_ignore_ascii_case("v1") {
            return Err(not("signature_version", "v1"));
        }
        let timestamp = line(&body, "timestamp")?;
        let sent_at = parse_time(&timestamp).ok_or(not("timestamp", "a time"))?;
        let subject = body.raw("subject").filter(|raw| *raw != "null");
        let subject = subject.map(|_| line(&body, "subject")).transpose()?;
        let subscribe_url = match message_type {
            MessageType::Notification => None,
            _ => Some(Secret::new(line(&body, "subscribe_url")?)),
        };
        let signature = BASE64_STANDARD.decode(text(&body, "signature")?);
        Ok(Self {
            message_type,
            message: text(&body, "message")?,
            message_id: line(&body, "message_id")?,
            topic_urn: line(&body, "topic_urn")?,
            timestamp,
            sent_at,
            subject: subject.filter(|it| !it.is_empty()),
            subscribe_url,
            signing_cert_url: line(&body, "signing_cert_url")?,
            signature: signature.map_err(|_| not("signature", "Base64"))?,
        })
    }

    /// What the message is for.
    pub fn message_type(&self) -> MessageType {
        self.message_type
    }

    /// The topic, such as `urn:smn:cn-north-4:0123456789abcdef0123456789abcdef:vod`.
    pub fn topic_urn(&self) -> &str {
        &self.topic_urn
    }

    /// The id of the message.
    pub fn message_id(&self) -> &str {
        &self.message_id
    }

    /// When the message was sent for the first time.
    pub fn sent_at(&self) -> SystemTime {
        self.sent_at
    }

    /// The subject, if there is one.
    pub fn subject(&self) -> Option<&str> {
        self.subject.as_deref()
    }

    /// The text that is signed: names and values in turns, each on a line of its own.
    pub(super) fn text_to_verify(&self) -> String {
        let message_type = match self.message_type {
            MessageType::Notification => "Notification",
            MessageType::SubscriptionConfirmation => "SubscriptionConfirmation",
            MessageType::UnsubscribeConfirmation => "UnsubscribeConfirmation",
        };
        let subscribe_url = self.subscribe_url.as_ref().map(Secret::expose);
        let members = [
            ("message", Some(self.message.as_str())),
            ("message_id", Some(&self.message_id)),
            (
                "subject",
                self.subject().filter(|_| subscribe_url.is_none()),
            ),
            ("subscribe_url", subscribe_url),
            ("timestamp", Some(&self.timestamp)),
            ("topic_urn", Some(&self.topic_urn)),
            ("type", Some(message_type)),
        ];
        let mut text = String::new();
        for (name, value) in members {
            if let Some(value) = value {
                for line in [name, value] {
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
        text
    }
}

/// A member that is text.
fn text(body: &Body<'_>, name: &'static str) -> Result<String, ReadMessageError> {
    let raw = body
        .raw(name)
        .ok_or(ReadMessageError::MissingMember { name })?;
    serde_json::from_str(raw).map_err(|_| not(name, "text"))
}

/// A member that is text on one line. More lines could make the text that is signed that of another
/// message.
fn line(body: &Body<'_>, name: &'static str) -> Result<String, ReadMessageError> {
    let text = text(body, name)?;
    if text.contains(char::is_control) {
        return Err(not(name, "text on one line"));
    }
    Ok(text)
}

fn not(name: &'static str, expected: &'static str) -> ReadMessageError {
    ReadMessageError::Member { name, expected }
}

/// Without the text, the signature and what leads to the subscription.
impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("message_type", &self.message_type)
            .field("message_id", &self.message_id)
            .field("topic_urn", &self.topic_urn)
            .field("sent_at", &self.sent_at)
            .field("subject", &self.subject)
            .finish_non_exhaustive()
    }
}
