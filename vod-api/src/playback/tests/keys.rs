//! Keys that are refused, and keys that do not show.

use crate::playback::{SignOptions, UrlKeyError, UrlSigner};

#[test]
fn are_checked() {
    struct Case {
        name: &'static str,
        key: String,
        message: &'static str,
    }

    let cases = [
        Case {
            name: "none",
            key: String::new(),
            message: "the key has 0 characters; it needs 16 to 32",
        },
        Case {
            name: "too short",
            key: "k".repeat(15),
            message: "the key has 15 characters; it needs 16 to 32",
        },
        Case {
            name: "too long",
            key: "k".repeat(33),
            message: "the key has 33 characters; it needs 16 to 32",
        },
        Case {
            name: "with the end of the line",
            key: "k".repeat(32) + "\n",
            message: "character 33 of the key is neither an ASCII letter nor a digit",
        },
        Case {
            name: "a letter outside of ASCII",
            key: "ké".repeat(8),
            message: "character 2 of the key is neither an ASCII letter nor a digit",
        },
    ];
    for Case { name, key, message } in cases {
        let error = UrlSigner::new(key).unwrap_err();
        assert_eq!(error.to_string(), message, "{name}");
    }
    assert!(UrlSigner::new("k".repeat(16)).is_ok());
    assert!(UrlSigner::new("9Z".repeat(16)).is_ok());
}

#[test]
fn may_be_unchecked_but_not_empty() {
    assert!(UrlSigner::with_unchecked_key("my-key").is_ok());
    assert_eq!(
        UrlSigner::with_unchecked_key("").unwrap_err(),
        UrlKeyError::Length { length: 0 }
    );
}

#[test]
fn neither_keys_nor_signed_urls_are_shown() {
    let signer = UrlSigner::new("mysecretmysecret").unwrap();
    let options = SignOptions::new().at(super::time(super::AT));
    let signed = signer.sign_with("https://h/secret.mp4", &options).unwrap();
    let shown = format!("{signer:?} {signed:?}");
    assert!(!shown.contains("secret"), "{shown}");
    assert!(!shown.contains("auth_key"), "{shown}");
}
