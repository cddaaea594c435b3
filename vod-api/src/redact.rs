//! Takes the caller's secrets out of what the service says: a gateway may repeat a request in its error.

use bytes::Bytes;
use zeroize::Zeroizing;

use crate::uri;

const MARK: &str = "[redacted]";

/// Shorter texts would be found inside ordinary words.
const SHORTEST: usize = 4;

/// Knows the secrets, also as they are escaped in a URL or in JSON.
#[derive(Default)]
pub(crate) struct Redactor(Vec<Zeroizing<String>>);

impl Redactor {
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let mut texts: Vec<Zeroizing<String>> = Vec::new();
        for secret in secrets.into_iter().filter(|text| text.len() >= SHORTEST) {
            let json = Zeroizing::new(serde_json::to_string(secret).unwrap_or_default());
            let json = json.get(1..json.len().saturating_sub(1)).unwrap_or(secret);
            for form in [
                secret.to_owned(),
                uri::encode(secret).into_owned(),
                json.replace('/', "\\/"),
                json.to_owned(),
            ] {
                if texts.iter().all(|known| **known != form) {
                    texts.push(Zeroizing::new(form));
                }
            }
        }
        Self(texts)
    }

    pub(crate) fn text(&self, text: String) -> String {
        String::from_utf8_lossy(&self.bytes(text.into())).into_owned()
    }

    pub(crate) fn bytes(&self, bytes: Bytes) -> Bytes {
        let bytes = hide_signatures(bytes);
        self.0
            .iter()
            .fold(bytes, |bytes, secret| replace(bytes, secret.as_bytes()))
    }
}

/// A signature is as good as a key for some minutes. It differs with each request, so it is known by what stands before.
fn hide_signatures(bytes: Bytes) -> Bytes {
    const BEFORE: &[u8] = b"Signature=";
    let mut clean = Vec::new();
    let mut rest = bytes.as_ref();
    while let Some(at) = find(rest, BEFORE) {
        let (before, after) = rest.split_at(at + BEFORE.len());
        let digits = after
            .iter()
            .take_while(|byte| byte.is_ascii_hexdigit())
            .count();
        clean.extend_from_slice(before);
        if digits > 0 {
            clean.extend_from_slice(MARK.as_bytes());
        }
        rest = after.get(digits..).unwrap_or_default();
    }
    if clean.is_empty() {
        return bytes;
    }
    clean.extend_from_slice(rest);
    clean.into()
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

fn replace(bytes: Bytes, secret: &[u8]) -> Bytes {
    let mut rest = bytes.as_ref();
    let mut clean = Vec::new();
    while let Some(at) = find(rest, secret) {
        let (before, after) = rest.split_at(at);
        clean.extend_from_slice(before);
        clean.extend_from_slice(MARK.as_bytes());
        rest = after.get(secret.len()..).unwrap_or_default();
    }
    if clean.is_empty() {
        return bytes;
    }
    clean.extend_from_slice(rest);
    clean.into()
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
    fn removes_signatures() {
        let redactor = Redactor::new(["SKSK"]);
        let text = r#"{"Authorization":"SDK-HMAC-SHA256 Access=AKAK, SignedHeaders=host, Signature=0aF9"} Signature= é"#;
        assert_eq!(redactor.text(text.to_owned()), text.replace("0aF9", MARK));
    }
}
