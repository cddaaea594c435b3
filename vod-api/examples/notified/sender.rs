//! The other side, to try the server without the service: signs events as it does, with keys of its
//! own.

use std::time::SystemTime;

use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;
use vod_api::notification::MfsVerifier;
use vod_api::reqwest::Client;

use crate::Failure;

pub(crate) const TOPIC: &str = "urn:smn:cn-north-4:0123456789abcdef0123456789abcdef:vod";
pub(crate) const CERTIFICATE: &str =
    "https://smn.cn-north-4.myhuaweicloud.com/smn/SMN_cn-north-4_0.pem";

/// An event that no version knows, as they all are treated in the same way here.
const EVENT: &str = r#"{"event_type":"somethingNew"}"#;

pub(crate) struct Sender {
    pub(crate) verifier: MfsVerifier,
    key: KeyPair,
}

impl Sender {
    pub(crate) fn new() -> Result<Self, Failure> {
        Ok(Self {
            verifier: MfsVerifier::new("0123456789abcdef0123456789abcdef")?,
            key: KeyPair::generate(KeySize::Rsa2048)?,
        })
    }

    /// Sends a real event and a forged one by each channel.
    pub(crate) async fn send(&self, address: &str) -> Result<(), Failure> {
        let client = Client::builder().no_proxy().build()?;
        for (name, event) in [("real", EVENT), ("forged", r#"{"event_type":"forged"}"#)] {
            let timestamp = seconds().to_string();
            let reply = client
                .post(format!("{address}/mfs"))
                .header("auth_timestamp", &timestamp)
                .header("auth_sign", self.verifier.sign(&timestamp, EVENT))
                .body(json!({ "message": event }).to_string());
            println!("MFS, {name}: {}", reply.send().await?.status());

            let reply = client
                .post(format!("{address}/smn"))
                .body(self.message(event)?);
            println!("SMN, {name}: {}", reply.send().await?.status());
        }
        Ok(())
    }

    /// A message of SMN with this event, and the signature of the real one.
    fn message(&self, event: &str) -> Result<String, Failure> {
        let timestamp = vod_api::format_rfc3339(SystemTime::now());
        let text = format!(
            "message\n{EVENT}\nmessage_id\nm1\ntimestamp\n{timestamp}\ntopic_urn\n{TOPIC}\ntype\nNotification\n"
        );
        let mut signature = vec![0; self.key.public_modulus_len()];
        let random = SystemRandom::new();
        self.key
            .sign(&RSA_PKCS1_SHA256, &random, text.as_bytes(), &mut signature)?;
        let message = json!({
            "type": "Notification",
            "message": event,
            "message_id": "m1",
            "topic_urn": TOPIC,
            "timestamp": timestamp,
            "signature": BASE64_STANDARD.encode(signature),
            "signature_version": "v1",
            "signing_cert_url": CERTIFICATE,
        });
        Ok(message.to_string())
    }

    /// A certificate with the public key, and with as little else as there can be. Nobody has
    /// signed it.
    pub(crate) fn pem(&self) -> Result<Vec<u8>, Failure> {
        let key: PublicKeyX509Der<'_> = self.key.public_key().as_der()?;
        let version = der(0xa0, &[&der(0x02, &[&[2]])]);
        let number = der(0x02, &[&[1]]);
        // sha256WithRSAEncryption
        let oid = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b];
        let algorithm = der(0x30, &[&der(0x06, &[&oid]), &der(0x05, &[])]);
        let nobody = der(0x30, &[]);
        let dates = ["200101000000Z", "491231235959Z"].map(|it| der(0x17, &[it.as_bytes()]));
        let dates = der(0x30, &[&dates[0], &dates[1]]);
        let content = der(
            0x30,
            &[
                &version,
                &number,
                &algorithm,
                &nobody,
                &dates,
                &nobody,
                key.as_ref(),
            ],
        );
        let certificate = der(0x30, &[&content, &algorithm, &der(0x03, &[&[0]])]);
        let text = BASE64_STANDARD.encode(certificate);
        let pem = format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n");
        Ok(pem.into_bytes())
    }
}

/// A value of DER: tag, length, content.
fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let mut value = vec![tag];
    let length = content.len();
    if length < 128 {
        value.push(length as u8);
    } else {
        value.push(0x82);
        value.extend((length as u16).to_be_bytes());
    }
    value.extend(content);
    value
}

fn seconds() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.unwrap_or_default().as_secs()
}
