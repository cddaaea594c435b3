//! What each algorithm makes of a key, a path and the texts that stand in the URL.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::playback::cipher::{self, BLOCK};
use crate::playback::hash::{md5, sha256};
use crate::playback::stamp::Stamp;
use crate::secret::Secret;
use crate::sign::hex;
use crate::uri;

/// The user id in a URL of algorithm A, which VOD does not use.
pub(super) const NOBODY: &str = "0";

/// `line` is time, random part and user id, with dashes between them.
pub(super) fn hash_a(key: &Secret, path: &str, line: &str) -> String {
    md5(&[path, "-", line, "-", key.expose()])
}

pub(super) fn hash_b(key: &Secret, time: &str, path: &str) -> String {
    md5(&[key.expose(), time, path])
}

pub(super) fn hash_c(key: &Secret, path: &str, time: &str) -> String {
    md5(&[key.expose(), path, time])
}

/// `preview` is empty if there is none.
pub(super) fn hash_e(key: &Secret, path: &str, [time, preview]: [&str; 2]) -> String {
    sha256(&[key.expose(), path, time, preview])
}

/// Encrypts folder and time as algorithm D has them, and escapes them for the query.
pub(super) fn encrypt_d(key: &Secret, iv: [u8; BLOCK], folder: &str, stamp: Stamp) -> String {
    let plain = [folder, "$", &stamp.seconds_text()].concat();
    let text = STANDARD.encode(cipher::encrypt(key, iv, &plain));
    [&uri::encode(&text), ".", &hex(&iv)].concat()
}

/// What was encrypted.
pub(super) struct PlainD {
    pub(super) folder: String,
    pub(super) stamp: Stamp,
}

/// The parts of what algorithm D adds to the query: the ciphertext and the initialization vector.
pub(super) fn read_d(value: &str) -> Option<(Vec<u8>, [u8; BLOCK])> {
    let value = uri::decode(value);
    let (text, iv) = value.split_once('.')?;
    let bytes = STANDARD.decode(text).ok()?;
    let number = u128::from_str_radix(iv, 16).ok()?.to_be_bytes();
    // As it is written: a number can be read from other texts, too.
    (hex(&number) == iv).then_some((bytes, number))
}

/// None if this was not encrypted with the key.
pub(super) fn decrypt_d(key: &Secret, bytes: &[u8], iv: [u8; BLOCK]) -> Option<PlainD> {
    let plain = cipher::decrypt(key, iv, bytes)?;
    let (folder, time) = plain.rsplit_once('$')?;
    let stamp = Stamp::from_seconds_text(time)?;
    let is_folder = folder.starts_with('/') && folder.ends_with('/');
    is_folder.then(|| PlainD {
        folder: folder.to_owned(),
        stamp,
    })
}
