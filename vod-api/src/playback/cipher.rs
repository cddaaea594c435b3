//! AES-128 in CBC mode with the padding of PKCS #7, which algorithm D encrypts with.

use aes::cipher::{BlockCipherDecrypt, BlockCipherEncrypt, Key, KeyInit};
use aes::{Aes128, Block};
use zeroize::Zeroizing;

use crate::secret::Secret;

pub(super) const BLOCK: usize = 16;

/// The first 16 bytes of the key; a shorter one is filled up with zeros.
fn cipher(key: &Secret) -> Aes128 {
    let mut bytes = Zeroizing::new([0; BLOCK]);
    for (byte, given) in bytes.iter_mut().zip(key.expose().bytes()) {
        *byte = given;
    }
    Aes128::new(<&Key<Aes128>>::from(&*bytes))
}

pub(super) fn encrypt(key: &Secret, iv: [u8; BLOCK], plain: &str) -> Vec<u8> {
    let cipher = cipher(key);
    let padding = BLOCK - plain.len() % BLOCK;
    let mut bytes = plain.as_bytes().to_vec();
    // `padding` is 1 to 16.
    bytes.resize(plain.len() + padding, padding as u8);
    let mut previous = Block::from(iv);
    for chunk in bytes.chunks_exact_mut(BLOCK) {
        for (byte, before) in previous.iter_mut().zip(chunk.iter()) {
            *byte ^= before;
        }
        cipher.encrypt_block(&mut previous);
        chunk.copy_from_slice(&previous);
    }
    bytes
}

/// None if this is not the ciphertext of a text.
pub(super) fn decrypt(key: &Secret, iv: [u8; BLOCK], bytes: &[u8]) -> Option<String> {
    let cipher = cipher(key);
    let mut plain = Vec::with_capacity(bytes.len());
    let mut previous = Block::from(iv);
    let (blocks, []) = bytes.as_chunks::<BLOCK>() else {
        return None;
    };
    for &encrypted in blocks {
        let encrypted = Block::from(encrypted);
        let mut block = encrypted;
        cipher.decrypt_block(&mut block);
        plain.extend(
            block
                .iter()
                .zip(&previous)
                .map(|(byte, before)| byte ^ before),
        );
        previous = encrypted;
    }
    let padding = *plain.last()?;
    let length = plain.len().checked_sub(padding.into())?;
    let (_, end) = plain.split_at_checked(length)?;
    let right = (1..=BLOCK).contains(&padding.into()) && end.iter().all(|byte| *byte == padding);
    plain.truncate(length);
    String::from_utf8(plain).ok().filter(|_| right)
}

#[cfg(test)]
mod tests {
    use super::*;

    const IV: [u8; BLOCK] = [9; BLOCK];

    #[test]
    fn what_is_encrypted_is_decrypted() {
        let key = Secret::new("32d6b2d740f10b86".to_owned());
        for length in 0..40 {
            let plain = "x".repeat(length);
            let bytes = encrypt(&key, IV, &plain);
            assert_eq!(bytes.len(), (length / BLOCK + 1) * BLOCK);
            assert_eq!(decrypt(&key, IV, &bytes), Some(plain));
        }
    }

    #[test]
    fn other_bytes_are_refused() {
        struct Case {
            name: &'static str,
            length: usize,
            /// Which byte of the only block is changed, and how.
            at: usize,
            change: u8,
        }

        let key = Secret::new("32d6b2d740f10b86".to_owned());
        let bytes = encrypt(&key, IV, "x");
        let cases = [
            Case {
                name: "no block",
                length: 0,
                at: 0,
                change: 0,
            },
            Case {
                name: "half a block",
                length: 8,
                at: 0,
                change: 0,
            },
            Case {
                name: "padding of different bytes",
                length: BLOCK,
                at: 1,
                change: 1,
            },
            Case {
                name: "less padding than it says",
                length: BLOCK,
                at: 15,
                change: 15 ^ 16,
            },
            Case {
                name: "more padding than a block",
                length: BLOCK,
                at: 15,
                change: 15 ^ 17,
            },
            Case {
                name: "a padding of nothing",
                length: BLOCK,
                at: 15,
                change: 15,
            },
            Case {
                name: "not UTF-8",
                length: BLOCK,
                at: 0,
                change: 128,
            },
        ];
        for case in cases {
            let mut iv = IV;
            iv[case.at] ^= case.change;
            let plain = decrypt(&key, iv, &bytes[..case.length]);
            assert_eq!(plain, None, "{}", case.name);
        }
    }
}
