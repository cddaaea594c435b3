//! The hashes of the algorithms, and how two are compared.

use std::hint::black_box;

use md5::{Digest, Md5};
use sha2::Sha256;

use crate::sign::hex;

/// MD5 of the parts one after the other, in hexadecimal.
pub(super) fn md5(parts: &[&str]) -> String {
    hex(&digest::<Md5>(parts))
}

/// SHA-256 of the parts one after the other, in hexadecimal.
pub(super) fn sha256(parts: &[&str]) -> String {
    hex(&digest::<Sha256>(parts))
}

/// The parts are not joined: one of them is the key, of which no copy should stay in memory.
fn digest<D: Digest>(parts: &[&str]) -> md5::digest::Output<D> {
    let mut digest = D::new();
    for part in parts {
        digest.update(part);
    }
    digest.finalize()
}

/// Whether both are equal, in a time that does not depend on where they differ.
pub(super) fn equal(one: &str, other: &str) -> bool {
    let pairs = one.bytes().zip(other.bytes());
    let difference = pairs.fold(0, |difference, (one, other)| {
        black_box(difference | (one ^ other))
    });
    one.len() == other.len() && difference == 0
}
