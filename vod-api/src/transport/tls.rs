//! Which TLS there is: a choice of features.

/// Whether `https` can be spoken at all.
pub(crate) const AVAILABLE: bool = cfg!(any(
    feature = "rustls",
    feature = "rustls-no-provider",
    feature = "native-tls"
));

/// Without a cryptography provider the HTTP client would panic, be it for `http` only.
#[cfg(all(
    feature = "rustls-no-provider",
    not(any(feature = "rustls", feature = "native-tls"))
))]
pub(crate) fn check() -> Result<(), &'static str> {
    match rustls::crypto::CryptoProvider::get_default() {
        Some(_) => Ok(()),
        None => Err(
            "rustls has no cryptography provider: call rustls::crypto::CryptoProvider::install_default first, or use \
             the feature `rustls` of the crate vod-api",
        ),
    }
}

#[cfg(not(all(
    feature = "rustls-no-provider",
    not(any(feature = "rustls", feature = "native-tls"))
)))]
pub(crate) fn check() -> Result<(), &'static str> {
    Ok(())
}
