//! Requests of the channel MFS.

use std::fmt;
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::notification::body::Body;
use crate::notification::error::{MfsKeyError, VerifyEventError};
use crate::notification::moment;
use crate::notification::verified::{Channel, VerifiedEvent};
use crate::sign::hex;

const SIGNATURE: &str = "auth_sign";
const TIMESTAMP: &str = "auth_timestamp";

/// Checks requests of the channel MFS with the key that the console shows. The key is wiped from
/// memory at the end, and `Debug` does not show it.
///
/// A request has the headers `auth_sign` and `auth_timestamp`. The signature is HMAC-SHA256 of
/// `VOD_{timestamp}_{message}`, where `message` is the member of that name in the body. The docs
/// leave open how it is written, and so all of these are accepted: the signature in hexadecimal or
/// Base64, and `message` as a string, whose text is signed, or as an object, which is signed as it
/// is written. It is compared in constant time.
///
/// Without a key on the console, requests have no signature, and cannot be checked.
#[derive(Clone)]
pub struct MfsVerifier {
    mac: Hmac<Sha256>,
    max_age: Option<Duration>,
}

impl MfsVerifier {
    /// A verifier with the key that the console shows.
    ///
    /// # Errors
    ///
    /// The key is empty, or has white space or control characters.
    pub fn new(key: impl Into<String>) -> Result<Self, MfsKeyError> {
        let key = Zeroizing::new(key.into());
        let is_odd = |it: char| it.is_whitespace() || it.is_control();
        if let Some(index) = key.chars().position(is_odd) {
            let position = index + 1;
            return Err(MfsKeyError::Character { position });
        }
        // HMAC takes keys of any length; an empty one protects nothing.
        let mac = Hmac::new_from_slice(key.as_bytes()).map_err(|_| MfsKeyError::Empty)?;
        if key.is_empty() {
            return Err(MfsKeyError::Empty);
        }
        Ok(Self { mac, max_age: None })
    }

    /// Accepts only requests whose time is at most so far from now, before or after it. Without it,
    /// one who has seen a request can send it again at any time.
    ///
    /// The docs do not say whether the service sends an event again, and with which time, nor in
    /// which form the time is written. Ten digits are read as seconds, thirteen as milliseconds, and
    /// anything else as by [`parse_time`](crate::parse_time); what cannot be read is refused. Events
    /// are usually sent within 5 minutes.
    pub fn with_max_age(mut self, max_age: Duration) -> Self {
        self.max_age = Some(max_age);
        self
    }

    /// Checks a request, and reads its event. The body has to be given as it came: JSON that was
    /// read and written again has another signature.
    ///
    /// # Errors
    ///
    /// A header is missing or given twice; the body is longer than
    /// [`MAX_BODY`](crate::notification::MAX_BODY), or is not an object with one `message`; the
    /// signature does not fit; the request is too old; or the message is no event.
    pub fn verify(
        &self,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<VerifiedEvent, VerifyEventError> {
        self.verify_at(headers, body, SystemTime::now())
    }

    /// The same at another time than now, for tests.
    ///
    /// # Errors
    ///
    /// Those of [`verify`](Self::verify).
    pub fn verify_at(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: SystemTime,
    ) -> Result<VerifiedEvent, VerifyEventError> {
        let signature = header(headers, SIGNATURE)?;
        let timestamp = header(headers, TIMESTAMP)?;
        let signature = decode(signature).ok_or(VerifyEventError::SignatureForm)?;
        let body =
            Body::read(body, &["message"]).map_err(|error| VerifyEventError::Read(error.into()))?;
        let message = body.message()?;
        // In constant time.
        self.mac(timestamp, &message)
            .verify_slice(&signature)
            .map_err(|_| VerifyEventError::Mismatch)?;
        let sent_at = str::from_utf8(timestamp).ok().and_then(moment::read);
        if let Some(max_age) = self.max_age {
            let sent_at = sent_at.ok_or(VerifyEventError::TimestampForm)?;
            if !moment::is_near(sent_at, now, max_age) {
                return Err(VerifyEventError::Age { sent_at });
            }
        }
        Ok(VerifiedEvent::read(&message, Channel::Mfs, sent_at)?)
    }

    /// Signs as the service does, for tests of a server: the value of `auth_sign`, in hexadecimal.
    /// `message` is the text that is signed: the one inside of the string, or the object as it is
    /// written in the body.
    pub fn sign(&self, timestamp: &str, message: &str) -> String {
        let mac = self.mac(timestamp.as_bytes(), message);
        hex(&mac.finalize().into_bytes())
    }

    fn mac(&self, timestamp: &[u8], message: &str) -> Hmac<Sha256> {
        let mac = self.mac.clone().chain_update("VOD_");
        mac.chain_update(timestamp)
            .chain_update("_")
            .chain_update(message)
    }
}

/// The value of a header that has to be there once.
fn header<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<&'a [u8], VerifyEventError> {
    let mut values = headers.get_all(name).iter();
    let Some(value) = values.next() else {
        return Err(VerifyEventError::MissingHeader { name });
    };
    match values.next() {
        None => Ok(value.as_bytes()),
        Some(_) => Err(VerifyEventError::RepeatedHeader { name }),
    }
}

/// The 32 bytes of a signature.
fn decode(text: &[u8]) -> Option<[u8; 32]> {
    let bytes = match text.len() {
        64 => text.as_chunks().0.iter().map(byte).collect::<Option<_>>(),
        _ => BASE64_STANDARD.decode(text).ok(),
    };
    bytes?.try_into().ok()
}

fn byte([high, low]: &[u8; 2]) -> Option<u8> {
    let digit = |it: u8| char::from(it).to_digit(16);
    u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
}

impl fmt::Debug for MfsVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MfsVerifier")
            .field("max_age", &self.max_age)
            .finish_non_exhaustive()
    }
}
