//! Whether TLS is available, which depends on features.

/// Whether `https` can be used.
pub(crate) const AVAILABLE: bool = cfg!(any(
    feature = "rustls",
    feature = "rustls-no-provider",
    feature = "native-tls"
));

/// Without a cryptography provider the HTTP client would panic, even if only `http` is used.
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
