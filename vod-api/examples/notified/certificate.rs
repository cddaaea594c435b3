//! The certificates of SMN, and what is signed with their keys.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt, Limited};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use vod_api::reqwest::{self, redirect};
use webpki::EndEntityCert;
use webpki::aws_lc_rs::RSA_PKCS1_2048_8192_SHA256;

use crate::Failure;

/// No certificate is longer than this.
const LONGEST: usize = 64 << 10;

/// Certificates by their addresses. The service uses a certificate for a long time.
#[derive(Default)]
pub(crate) struct Certificates(Mutex<HashMap<String, Arc<[u8]>>>);

impl Certificates {
    /// The certificate at an address that `Message::check` has let pass.
    pub(crate) async fn get(&self, url: &str) -> Result<Arc<[u8]>, Failure> {
        if let Some(kept) = self.lock().get(url) {
            return Ok(kept.clone());
        }
        let client = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .timeout(Duration::from_secs(10))
            .build()?;
        let reply = client.get(url).send().await?.error_for_status()?;
        let body = Limited::new(reqwest::Body::from(reply), LONGEST);
        let pem = body.collect().await?.to_bytes();
        self.keep(url, pem.to_vec());
        Ok(pem.as_ref().into())
    }

    pub(crate) fn keep(&self, url: &str, pem: Vec<u8>) {
        self.lock().insert(url.to_owned(), pem.into());
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<[u8]>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a signature is that of a text, by RSA with SHA-256.
///
/// This takes the key of the certificate, and nothing else: neither who has issued it nor until
/// when it is valid is checked. It is believed because it came by TLS from a host of SMN.
pub(crate) fn holds(pem: &[u8], text: &str, signature: &[u8]) -> bool {
    let Ok(certificate) = CertificateDer::from_pem_slice(pem) else {
        return false;
    };
    let Ok(certificate) = EndEntityCert::try_from(&certificate) else {
        return false;
    };
    certificate
        .verify_signature(RSA_PKCS1_2048_8192_SHA256, text.as_bytes(), signature)
        .is_ok()
}
