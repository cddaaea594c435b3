//! MD5 hashes, and ids made of them.

use md5::{Digest, Md5};

pub(crate) fn md5(bytes: &[u8]) -> [u8; 16] {
    Md5::digest(bytes).into()
}

/// In small letters.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes of such a hash; `None` if it is none.
#[cfg(feature = "server")]
pub(crate) fn unhex(text: &str) -> Option<[u8; 16]> {
    if text.len() != 32 {
        return None;
    }
    let number = u128::from_str_radix(text, 16).ok()?;
    Some(number.to_be_bytes())
}

/// An id that looks like one of the service: 32 hexadecimal digits. The same in each run, so that
/// a test that fails can be compared with one that did not.
pub(crate) fn id(kind: &str, number: u64) -> String {
    hex(&md5(format!("{kind} {number}").as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_differ_and_stay_the_same() {
        assert_eq!(id("asset", 1), hex(&md5(b"asset 1")));
        assert_ne!(id("asset", 1), id("asset", 2));
        assert_ne!(id("asset", 1), id("video", 1));
        assert_eq!(hex(&md5(b"")), "d41d8cd98f00b204e9800998ecf8427e");
    }
}
