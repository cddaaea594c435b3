//! From a message that anyone could have sent to one that is real.

use std::fmt;
use std::time::{Duration, SystemTime};

use reqwest::Url;

use crate::notification::moment;
use crate::notification::smn::confirm::Subscription;
use crate::notification::smn::error::{CheckMessageError, VerifyMessageError};
use crate::notification::smn::host::{self, HOSTS};
use crate::notification::smn::message::{Message, MessageType};
use crate::notification::verified::{Channel, VerifiedEvent};
use crate::secret::Secret;

/// What a message has to be.
#[derive(Debug, Clone)]
pub struct CheckOptions {
    topic_urn: String,
    max_age: Duration,
    hosts: Vec<String>,
}

impl CheckOptions {
    /// Messages of this topic, at most an hour old, with addresses on hosts that SMN is known to
    /// use.
    ///
    /// The topic has to be given, because the signature does not say whose message it is: anyone with
    /// an account can have a topic of their own, subscribe your server to it, and have SMN sign what
    /// they publish.
    pub fn new(topic_urn: impl Into<String>) -> Self {
        Self {
            topic_urn: topic_urn.into(),
            max_age: Duration::from_secs(60 * 60),
            hosts: HOSTS.map(str::to_owned).into(),
        }
    }

    /// How far the time of a message can be from now, before or after it: an hour by default, and
    /// `Duration::MAX` for any time. The time is that of the first attempt to send it, and at peaks
    /// more than ten minutes can pass until it comes.
    pub fn with_max_age(mut self, max_age: Duration) -> Self {
        self.max_age = max_age;
        self
    }

    /// One more host that addresses in messages may lead to. `*` between dots stands for the id of a
    /// region, such as `cn-north-4`. The docs do not name the hosts; known by default are
    /// `smn.*.myhuaweicloud.com`, `console.huaweicloud.com` and `console-intl.huaweicloud.com`.
    ///
    /// Add none on which others can store files, such as those of OBS: with a certificate of theirs,
    /// they could sign any message.
    pub fn with_host(mut self, host: impl Into<String>) -> Self {
        self.hosts.push(host.into());
        self
    }
}

impl Message {
    /// Checks topic, age and addresses.
    ///
    /// # Errors
    ///
    /// The message is of another topic or too old, or an address is not one of `https` on a host of
    /// SMN.
    pub fn check(self, options: &CheckOptions) -> Result<Checked, CheckMessageError> {
        self.check_at(options, SystemTime::now())
    }

    /// The same at another time than now, for tests.
    ///
    /// # Errors
    ///
    /// Those of [`check`](Self::check).
    pub fn check_at(
        self,
        options: &CheckOptions,
        now: SystemTime,
    ) -> Result<Checked, CheckMessageError> {
        if self.topic_urn != options.topic_urn {
            return Err(CheckMessageError::Topic);
        }
        let sent_at = self.sent_at;
        if !moment::is_near(sent_at, now, options.max_age) {
            return Err(CheckMessageError::Age { sent_at });
        }
        let hosts = &options.hosts;
        let certificate = host::check("signing_cert_url", &self.signing_cert_url, hosts)?;
        let subscribe_url = match &self.subscribe_url {
            Some(url) if self.message_type == MessageType::SubscriptionConfirmation => {
                let url = host::check("subscribe_url", url.expose(), hosts)?;
                Some(Secret::new(url.into()))
            }
            _ => None,
        };
        Ok(Checked {
            text: Secret::new(self.text_to_verify()),
            message: self,
            certificate,
            subscribe_url,
        })
    }
}

/// A message that claims what it should. Its signature is not checked yet.
#[derive(Clone)]
pub struct Checked {
    message: Message,
    text: Secret,
    certificate: Url,
    subscribe_url: Option<Secret>,
}

/// What a message was for, after its signature was checked.
#[derive(Debug)]
#[non_exhaustive]
#[expect(clippy::large_enum_variant, reason = "nobody keeps many of them")]
pub enum Verified {
    /// An event.
    Event(VerifiedEvent),
    /// The server was subscribed to the topic. Confirm it, or no events come.
    Subscription(Subscription),
    /// The subscription was cancelled.
    Unsubscribed,
}

impl Checked {
    /// The message.
    pub fn message(&self) -> &Message {
        &self.message
    }

    /// Where the certificate is, in PEM, whose key has signed the message: an address of `https` on
    /// a host of SMN. Keep certificates by their addresses, and ask without following redirects.
    pub fn signing_cert_url(&self) -> &str {
        self.certificate.as_str()
    }

    /// The text that is signed. That of a subscription contains the address that confirms it, which
    /// is a secret.
    pub fn text_to_verify(&self) -> &str {
        self.text.expose()
    }

    /// The bytes of the signature.
    pub fn signature(&self) -> &[u8] {
        &self.message.signature
    }

    /// What the message is for, if `holds` says that the signature is right. It is given
    /// [the text](Self::text_to_verify) and [the signature](Self::signature).
    ///
    /// # Errors
    ///
    /// `holds` says that it is not, or a notification has no event.
    pub fn verify(
        self,
        holds: impl FnOnce(&str, &[u8]) -> bool,
    ) -> Result<Verified, VerifyMessageError> {
        if !holds(self.text_to_verify(), self.signature()) {
            return Err(VerifyMessageError::Mismatch);
        }
        let sent_at = Some(self.message.sent_at);
        Ok(match (self.message.message_type, self.subscribe_url) {
            (MessageType::SubscriptionConfirmation, Some(url)) => {
                Verified::Subscription(Subscription::new(self.message.topic_urn, url))
            }
            (MessageType::Notification, _) => {
                let message = &self.message.message;
                Verified::Event(VerifiedEvent::read(message, Channel::Smn, sent_at)?)
            }
            _ => Verified::Unsubscribed,
        })
    }
}

/// Without the text and the signature.
impl fmt::Debug for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Checked")
            .field("message", &self.message)
            .field("signing_cert_url", &self.signing_cert_url())
            .finish_non_exhaustive()
    }
}
