//! Messages of SMN (Simple Message Notification), the older channel.
//!
//! A message names the certificate that its signature is checked with. Three steps lead to an event:
//! [`Message::read`]; [`Message::check`], which says whether the message claims what it should, and
//! gives the address of the certificate only then; and [`Checked::verify`], for which the program
//! says whether the signature holds, with cryptography of its own choice:
//!
//! ```no_run
//! use vod_api::notification::smn::{CheckOptions, Message, Verified};
//!
//! # async fn certificate(url: &str) -> Vec<u8> { Vec::new() }
//! # fn holds(certificate: &[u8], text: &str, signature: &[u8]) -> bool { false }
//! # async fn example(body: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
//! let options = CheckOptions::new("urn:smn:cn-north-4:0123456789abcdef0123456789abcdef:vod");
//! let message = Message::read(body)?.check(&options)?;
//! // Looked up once, and kept: it is the same for many messages.
//! let certificate = certificate(message.signing_cert_url()).await;
//! match message.verify(|text, signature| holds(&certificate, text, signature))? {
//!     Verified::Event(verified) => println!("{}", verified.event().event_type()),
//!     Verified::Subscription(subscription) => {
//!         subscription.confirm(vod_api::reqwest::Client::builder()).await?;
//!     }
//!     _ => println!("the subscription was cancelled"),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! `holds` takes the public key of the certificate, and checks a signature by RSA (PKCS #1 v1.5)
//! with SHA-256. The docs do not name the algorithm; theirs is that of the certificate's own
//! signature. The example `notified` does it with aws-lc-rs, which comes with rustls.

mod check;
mod confirm;
mod error;
mod host;
mod message;

pub use self::check::{CheckOptions, Checked, Verified};
pub use self::confirm::Subscription;
pub use self::error::{CheckMessageError, ConfirmError, ReadMessageError, VerifyMessageError};
pub use self::message::{Message, MessageType};
