//! Takes the caller's secrets out of what the service says: a gateway may repeat a request in its error.

use bytes::Bytes;
use zeroize::Zeroizing;

const MARK: &str = "[redacted]";

/// Shorter texts would be found inside ordinary words.
const SHORTEST: usize = 4;

/// Knows the secrets, also as they are escaped in a URL or in JSON.
#[derive(Default)]
pub(crate) struct Redactor(Vec<Zeroizing<String>>);

impl Redactor {
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let secrets = secrets.into_iter().filter(|text| text.len() >= SHORTEST);
        Self(
            secrets
                .map(|text| Zeroizing::new(text.to_owned()))
                .collect(),
        )
    }

    pub(crate) fn text(&self, text: String) -> String {
        String::from_utf8_lossy(&self.bytes(text.into())).into_owned()
    }

    pub(crate) fn bytes(&self, bytes: Bytes) -> Bytes {
        let mut clean = Vec::new();
        // What has been looked at and not been copied yet, and what comes after it.
        let (mut seen, mut rest) = (0, bytes.as_ref());
        while let Some(here) = rest.get(seen..).filter(|here| !here.is_empty()) {
            let Some(hidden) = self.begins(here).or_else(|| signature(rest, seen)) else {
                seen += 1;
                continue;
            };
            clean.extend_from_slice(rest.get(..seen).unwrap_or_default());
            clean.extend_from_slice(MARK.as_bytes());
            rest = here.get(hidden..).unwrap_or_default();
            seen = 0;
        }
        if clean.is_empty() {
            return bytes;
        }
        clean.extend_from_slice(rest);
        clean.into()
    }

    /// How long the secret is that `bytes` begin with, as it stands there.
    fn begins(&self, bytes: &[u8]) -> Option<usize> {
        let lengths = self.0.iter().filter_map(|secret| {
            let plain = bytes.strip_prefix(secret.as_bytes());
            let rest = plain.or_else(|| secret.bytes().try_fold(bytes, after))?;
            Some(bytes.len() - rest.len())
        });
        lengths.max()
    }
}

/// What follows `byte` in `bytes`, if they begin with it, escaped or not: as `\/`, `\u002f`, `%2f` or `/`.
fn after(bytes: &[u8], byte: u8) -> Option<&[u8]> {
    let escaped = |prefix: &[u8]| {
        let digits = bytes.strip_prefix(prefix)?;
        let (digits, rest) = digits.split_at_checked(2)?;
        let value = u8::from_str_radix(str::from_utf8(digits).ok()?, 16);
        (value == Ok(byte)).then_some(rest)
    };
    let by_number = escaped(b"\\u00").or_else(|| escaped(b"%"));
    by_number.or(match bytes {
        [b'\\', second, rest @ ..] if *second == byte => Some(rest),
        [first, rest @ ..] if *first == byte => Some(rest),
        _ => None,
    })
}

/// How many digits at `at` belong to a signature, which is as good as a key for some minutes. It differs with each
/// request, so it is known by what stands before.
fn signature(bytes: &[u8], at: usize) -> Option<usize> {
    let (before, digits) = bytes.split_at_checked(at)?;
    let is_digit = |byte: &&u8| byte.is_ascii_hexdigit();
    let count = digits.iter().take_while(is_digit).count();
    (count > 0 && before.ends_with(b"Signature=")).then_some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removes_every_form() {
        let redactor = Redactor::new(["s/k+1", "tok=2", "quo\"te"]);
        let text = r#"AKAK s/k+1 s/k+1 s%2Fk%2B1 s\/k+1 tok=2 tok%3D2 quo\"te"#.to_owned();
        let clean =
            "AKAK [redacted] [redacted] [redacted] [redacted] [redacted] [redacted] [redacted]";
        assert_eq!(redactor.text(text.clone()), clean);
        assert_eq!(redactor.bytes(text.into()), clean);
        assert_eq!(
            redactor.bytes(Bytes::from_static(b"\xff s/k+1\xfe")),
            &b"\xff [redacted]\xfe"[..]
        );
        assert_eq!(redactor.bytes(Bytes::new()), "");
    }

    #[test]
    fn removes_what_is_escaped_without_need() {
        let redactor = Redactor::new(["tok=2+x", "tok=2", "a\\\\b"]);
        for text in [
            r"tok\u003d2\u002bx",
            r"\u0074ok=2\u002Bx",
            "tok%3d2%2Bx",
            "%74%6f%6B=2+x",
            r"tok\=2\+x",
            r"a\\\\b",
            r"a\u005c\u005Cb",
        ] {
            assert_eq!(redactor.text(format!("<{text}>")), "<[redacted]>");
        }
        for text in [r"tok\u003d", "tok%3", r"tok\u00e", "%%%", r"\", "tok%+3d2"] {
            assert_eq!(redactor.text(text.to_owned()), text);
        }
    }

    #[test]
    fn removes_signatures() {
        let redactor = Redactor::new(["SKSK"]);
        let text = r#"{"Authorization":"SDK-HMAC-SHA256 Access=AKAK, SignedHeaders=host, Signature=0aF9"} Signature= é"#;
        assert_eq!(redactor.text(text.to_owned()), text.replace("0aF9", MARK));
    }
}
