//! Removing secrets from 1 MiB of worst-case text: repeated starts of secrets, and escapes of all kinds.

use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// Each text is one of these, repeated.
const PIECES: [&str; 7] = ["f", "0", r"\", "%", "%30", r"\u0030", "Signature=f"];

/// Secrets of the usual length: a key of 40 characters and a token of 3,000.
#[divan::bench(args = PIECES)]
fn usual_secrets(bencher: Bencher<'_, '_>, piece: &str) {
    let token = "gQpjbi1ub3J0aC00TIGn".repeat(150);
    let secrets = ["SecretKeySecretKeySecretKeySecretKey0123", &token];
    measure(bencher, piece, &secrets);
}

/// Secrets that match much of the text, and repeat their own start.
#[divan::bench(args = PIECES)]
fn worst_secrets(bencher: Bencher<'_, '_>, piece: &str) {
    let zeros = "0".repeat(3000);
    let ending = zeros.clone() + "1";
    measure(bencher, piece, &[&zeros, &ending]);
}

fn measure(bencher: Bencher<'_, '_>, piece: &str, secrets: &[&str]) {
    let text = piece.repeat((1 << 20) / piece.len());
    bencher.bench(|| vod_api::support::bench::redact(secrets, black_box(&text)));
}
