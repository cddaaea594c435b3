//! What holds for any URL, tried with random ones. Each round draws from a seed of its own, so a
//! failure comes again.

use fastrand::Rng;

use crate::playback::tests::{AT, HOUR, time};
use crate::playback::{Algorithm, SignOptions, UrlSigner};

const ALL: [Algorithm; 5] = [
    Algorithm::A,
    Algorithm::B,
    Algorithm::C,
    Algorithm::D,
    Algorithm::E,
];

struct Draw(Rng);

impl Draw {
    fn word(&mut self, lengths: std::ops::Range<usize>) -> String {
        let length = self.0.usize(lengths);
        (0..length).map(|_| self.0.alphanumeric()).collect()
    }

    fn segment(&mut self) -> String {
        const ODD: [&str; 12] = [
            "%20", "%2f", "%25", "你", "é", " ", "+", "&", "=", "$", "~", "🎬",
        ];
        let odd = self.0.choice(ODD).unwrap_or_default();
        self.word(1..9) + odd + &self.word(1..9)
    }

    /// The folder has 16 characters or more: D does not protect a shorter one.
    fn url(&mut self) -> String {
        let mut url = format!("https://{}.example.com", self.word(1..9).to_lowercase());
        if self.0.bool() {
            url += &format!(":{}", self.0.u16(1024..));
        }
        url += "/asset0123456789abcdef";
        for _ in 0..self.0.usize(1..4) {
            url += &format!("/{}", self.segment());
        }
        url += ".mp4";
        if self.0.bool() {
            url += &format!("?x={}", self.segment());
        }
        url
    }

    fn signer(&mut self) -> UrlSigner {
        let signer = UrlSigner::new(self.word(16..33)).unwrap();
        let algorithm = self.0.choice(ALL).unwrap();
        signer.with_algorithm(algorithm)
    }

    fn options(&mut self, algorithm: Algorithm) -> SignOptions {
        let options = SignOptions::new().at(time(AT + self.0.u64(..1_000_000_000)));
        match algorithm {
            Algorithm::A => options.random(self.word(1..33)),
            Algorithm::E if self.0.bool() => options.preview_seconds(self.0.u32(1..)),
            Algorithm::D => options.iv(self.0.u128(..).to_be_bytes()),
            _ => options,
        }
    }
}

#[test]
fn what_is_signed_verifies() {
    for seed in 0..500 {
        let mut draw = Draw(Rng::with_seed(seed));
        let signer = draw.signer();
        let options = draw.options(signer.algorithm);
        let url = draw.url();
        let signed = signer.sign_with(&url, &options).unwrap();
        let verified = signer.verify(signed.as_str(), signed.made_at(), HOUR);
        let verified = verified.unwrap_or_else(|error| panic!("seed {seed}: {url}: {error}"));
        let path = reqwest::Url::parse(&url).unwrap().path().to_owned();
        assert_eq!(verified.path(), path, "seed {seed}");
        assert_eq!(verified.made_at(), signed.made_at(), "seed {seed}");
        assert_eq!(
            verified.preview_seconds(),
            options.preview_seconds,
            "seed {seed}"
        );
    }
}

/// Of path and signature; of the folder for D. What is signed neither has host nor other parameters.
#[test]
fn one_changed_character_does_not() {
    let mut changed = 0;
    for seed in 0..300 {
        let mut draw = Draw(Rng::with_seed(seed));
        let signer = draw.signer();
        let options = draw.options(signer.algorithm);
        let signed = signer.sign_with(&draw.url(), &options).unwrap();
        let text = signed.as_str();
        let start = text.find(".com").unwrap() + ".com:65535/".len();
        let query = text.find('?').unwrap_or(text.len());
        let path_end = match signer.algorithm {
            Algorithm::D => text[..query].rfind('/').unwrap(),
            _ => query,
        };
        let signature = text.find("auth_").unwrap_or(text.len());
        for at in (start..path_end).chain(signature..text.len()) {
            let old = text.as_bytes()[at];
            // Other characters could be those of an escape, or part one URL into two parameters.
            let new = match old {
                b'0'..=b'8' | b'a'..=b'y' | b'A'..=b'Y' => old + 1,
                _ => continue,
            };
            let mut other = text.as_bytes().to_vec();
            other[at] = new;
            let other = String::from_utf8(other).unwrap();
            let verdict = signer.verify(&other, signed.made_at(), HOUR);
            assert!(verdict.is_err(), "seed {seed}: {text} and {other}");
            changed += 1;
        }
    }
    assert!(changed > 10_000, "{changed}");
}

#[test]
fn any_text_is_read_without_panic() {
    for seed in 0..2_000 {
        let mut draw = Draw(Rng::with_seed(seed));
        let signer = draw.signer();
        let options = draw.options(signer.algorithm);
        let signed = signer.sign_with(&draw.url(), &options).unwrap();
        let mut text: Vec<char> = signed.as_str().chars().collect();
        for _ in 0..draw.0.usize(1..6) {
            let at = draw.0.usize(..text.len());
            match draw.0.u8(..3) {
                0 => text[at] = draw.0.char(..),
                1 => drop(text.remove(at)),
                _ => text.truncate(at.max(8)),
            }
        }
        let text: String = text.into_iter().collect();
        let _ = signer.verify(&text, time(AT), HOUR);
        let _ = signer.sign_with(&text, &options);
    }
}
