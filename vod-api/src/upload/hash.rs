//! MD5, as OBS writes it: in Base64 in a header, in hexadecimal in an ETag.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::Digest;

/// The MD5 hash of some bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Md5([u8; 16]);

impl Md5 {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self(md5::Md5::digest(bytes).into())
    }

    /// The hash that an ETag is, if it is one.
    pub(super) fn of_etag(etag: &str) -> Option<Self> {
        let etag = plain(etag);
        let is_hash = etag.len() == 32 && etag.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u128::from_str_radix(etag, 16).ok().filter(|_| is_hash)?;
        Some(Self(number.to_be_bytes()))
    }

    /// For the header `Content-MD5`.
    pub(super) fn base64(self) -> String {
        STANDARD.encode(self.0)
    }

    /// What the ETag of these bytes says about them.
    pub(super) fn compare(self, etag: &str) -> Comparison {
        compare(etag, &self.to_string())
    }
}

impl fmt::Display for Md5 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// What an ETag says about the bytes that it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Different,
    /// It is not an MD5 hash, as for encrypted objects.
    Unknown,
}

/// The ETag without quotes, and without the mark of a weak one, which something on the way can add.
pub(super) fn plain(etag: &str) -> &str {
    let etag = etag.trim();
    etag.strip_prefix("W/").unwrap_or(etag).trim_matches('"')
}

/// Compares the ETag of an object that was joined from parts: the hash of the hashes of the parts,
/// and their number.
pub(super) fn compare_joined(etag: &str, parts: &[Md5]) -> Comparison {
    let hashes: Vec<u8> = parts.iter().flat_map(|part| part.0).collect();
    compare(etag, &format!("{}-{}", Md5::of(&hashes), parts.len()))
}

fn compare(etag: &str, expected: &str) -> Comparison {
    let etag = plain(etag);
    if etag.eq_ignore_ascii_case(expected) {
        return Comparison::Equal;
    }
    let (hash, parts) = match etag.split_once('-') {
        Some((hash, parts)) => (hash, Some(parts)),
        None => (etag, None),
    };
    let is_hash = hash.len() == 32 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    if is_hash && parts.is_none_or(is_number) {
        Comparison::Different
    } else {
        Comparison::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_in_base64_and_hexadecimal() {
        let empty = Md5::of(b"");
        assert_eq!(empty.base64(), "1B2M2Y8AsgTpgAmY7PhCfg==");
        assert_eq!(empty.to_string(), "d41d8cd98f00b204e9800998ecf8427e");
    }

    /// The values are those of the vendor's example of an upload in parts.
    #[test]
    fn the_etag_of_the_whole_is_the_hash_of_the_hashes() {
        let parts = [
            "847657b608d82f67e62e9bbec90f9782",
            "9a6a36ed9086a3a2fea130220e1e809c",
            "3a3afe552832bee0faf081c1e720067e",
            "6335af859c20ccef26b27ea691e7ecf7",
        ];
        let joined = "\"87f450dd18b666dfcdf902ac6b162b5a-4\"";
        assert_eq!(
            compare_joined(joined, &parts.map(|part| Md5::of_etag(part).unwrap())),
            Comparison::Equal
        );
    }

    #[test]
    fn etags_are_compared_only_if_they_are_hashes() {
        struct Case {
            name: &'static str,
            etag: &'static str,
            outcome: Comparison,
        }

        let cases = [
            Case {
                name: "as it is sent",
                etag: "\"d41d8cd98f00b204e9800998ecf8427e\"",
                outcome: Comparison::Equal,
            },
            Case {
                name: "weak, in capitals",
                etag: "W/\"D41D8CD98F00B204E9800998ECF8427E\"",
                outcome: Comparison::Equal,
            },
            Case {
                name: "of other bytes",
                etag: "d41d8cd98f00b204e9800998ecf8427f",
                outcome: Comparison::Different,
            },
            Case {
                name: "of an object in parts",
                etag: "d41d8cd98f00b204e9800998ecf8427e-2",
                outcome: Comparison::Different,
            },
            Case {
                name: "encrypted",
                etag: "4f1a0c5be0a1",
                outcome: Comparison::Unknown,
            },
            Case {
                name: "empty",
                etag: "",
                outcome: Comparison::Unknown,
            },
        ];
        for Case {
            name,
            etag,
            outcome,
        } in cases
        {
            assert_eq!(Md5::of(b"").compare(etag), outcome, "{name}");
        }
    }
}
