use std::time::{Duration, Instant};

use fastrand::Rng;

use super::*;

#[test]
fn removes_every_form() {
    let redactor = Redactor::new(["s/k+1", "tok=2", "quo\"te"]);
    let text = r#"AKAK s/k+1 s/k+1 s%2Fk%2B1 s\/k+1 tok=2 tok%3D2 quo\"te"#.to_owned();
    let clean = "AKAK [redacted] [redacted] [redacted] [redacted] [redacted] [redacted] [redacted]";
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

/// The same by trying each secret at each position, which is slow but simple: for each byte,
/// whether it is part of a secret.
fn naive(secret: &str, text: &[u8]) -> Vec<bool> {
    let mut hidden = vec![false; text.len()];
    for at in 0..text.len() {
        let here = &text[at..];
        let plain = here.strip_prefix(secret.as_bytes());
        if let Some(rest) = plain.or_else(|| secret.bytes().try_fold(here, after)) {
            hidden[at..text.len() - rest.len()].fill(true);
        }
    }
    hidden
}

/// What follows `byte` in `bytes`, if they begin with it, escaped or not: as `\/`, `\u002f`, `%2f`
/// or `/`.
fn after(bytes: &[u8], byte: u8) -> Option<&[u8]> {
    let escaped = |prefix: &[u8]| {
        let (digits, rest) = bytes.strip_prefix(prefix)?.split_at_checked(2)?;
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

/// A few of the pieces, one after the other.
fn draw(random: &mut Rng, pieces: &[&str], most: usize) -> String {
    let count = random.usize(..=most);
    (0..count)
        .map(|_| pieces[random.usize(..pieces.len())])
        .collect()
}

#[test]
fn hides_what_trying_all_places_hides() {
    const PIECES: &[&str] = &["a", "b", "4", "1", "/", "aba", "41a"];
    const ESCAPES: &[&str] = &[
        "\\", "%", "\\u00", "%61", "%41", "\\u0061", "%2f", "\\/", "5c", "視",
    ];
    let all = [PIECES, ESCAPES].concat();
    let random = &mut Rng::with_seed(17);
    let mut found = 0;
    for _ in 0..20_000 {
        let secret = draw(random, PIECES, 4) + "a";
        let mut text = draw(random, &all, 30);
        if random.bool() {
            let parts: Vec<_> = secret.split('b').collect();
            text += &parts.join(["b", "%62", "\\u0062", "\\b"][random.usize(..4)]);
        }
        let mut hidden = vec![false; text.len()];
        for range in Pattern::new(&secret).find(text.as_bytes()) {
            hidden[range].fill(true);
        }
        found += usize::from(hidden.contains(&true));
        assert_eq!(
            hidden,
            naive(&secret, text.as_bytes()),
            "{secret} in {text}"
        );
    }
    assert!(found > 5000, "{found}");
}

#[test]
fn hides_secrets_that_look_like_escapes() {
    const PIECES: &[&str] = &["\\", "%", "\"", "a", "41", "u0041", "%41", "/"];
    let random = &mut Rng::with_seed(18);
    for _ in 0..5000 {
        let secret = draw(random, PIECES, 6) + "abcd";
        let json = serde_json::to_string(&secret).unwrap();
        let url = crate::uri::encode(&secret).into_owned();
        let redactor = Redactor::new([secret.as_str()]);
        for form in [
            &secret,
            json.trim_matches('"'),
            &url,
            &json.replace('/', "\\/"),
        ] {
            for before in ["", "%", "\\", "a%4", "\\u004"] {
                let clean = redactor.text(format!("{before}{form}."));
                assert!(
                    !clean.contains("abcd"),
                    "{secret}: {before}{form} is {clean}"
                );
            }
        }
    }
}

/// The limit leaves room for slow machines; a quadratic search would take minutes.
#[test]
fn is_done_in_a_moment() {
    const SIZE: usize = 256 << 10;
    let periodic = "ab".repeat(2000) + "c";
    let redactor = Redactor::new([
        &*"0".repeat(4000),
        &*("1".to_owned() + &"0".repeat(4000)),
        &periodic,
    ]);
    let begin = Instant::now();
    for piece in [
        "f",
        "0",
        "\\",
        "%",
        "%30",
        "\\0",
        "\\u0030",
        "ab",
        "Signature=f",
    ] {
        let text = piece.repeat(SIZE / piece.len());
        let clean = redactor.bytes(text.into());
        assert!(clean.len() <= SIZE * 2, "{piece}");
    }
    assert!(
        begin.elapsed() < Duration::from_secs(20),
        "{:?}",
        begin.elapsed()
    );
}

#[test]
fn hides_all_of_what_overlaps() {
    let redactor = Redactor::new(["abab", "babc", "tokentoken"]);
    for (text, clean) in [
        ("<ababab>", "<[redacted]>"),
        ("<ababc>", "<[redacted]>"),
        ("<tokentokentoken>", "<[redacted]>"),
        ("<Signature=abab>", "<Signature=[redacted]>"),
        ("<Signature=abababff>", "<Signature=[redacted]>"),
        (
            "<Signature\\u003d12 Signature%3D12>",
            "<Signature\\u003d[redacted] Signature%3D[redacted]>",
        ),
    ] {
        assert_eq!(redactor.text(text.to_owned()), clean);
    }
}
