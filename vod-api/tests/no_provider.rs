//! Without a cryptography provider there is an error, where the HTTP client would panic.

#![cfg(all(
    feature = "rustls-no-provider",
    not(any(feature = "rustls", feature = "native-tls"))
))]

use vod_api::{Client, Credentials, ErrorKind};

#[test]
fn a_client_without_a_provider_cannot_be_built() {
    for endpoint in ["https://vod.example.com", "http://127.0.0.1:1"] {
        let client = Client::builder()
            .endpoint(endpoint)
            .project_id("p1")
            .credentials(Credentials::new("ak", "sk"));
        let error = client.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(
            error
                .message()
                .starts_with("rustls has no cryptography provider: "),
            "{error}"
        );
    }
}
