//! Confirms a subscription.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder};

use crate::notification::smn::error::ConfirmError;
use crate::secret::Secret;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A subscription to confirm, of a message whose signature was checked. `Debug` does not show the
/// address, which is all that is needed to confirm it.
#[derive(Debug)]
pub struct Subscription {
    topic_urn: String,
    url: Secret,
}

impl Subscription {
    pub(super) fn new(topic_urn: String, url: Secret) -> Self {
        Self { topic_urn, url }
    }

    /// The topic that the server was subscribed to.
    pub fn topic_urn(&self) -> &str {
        &self.topic_urn
    }

    /// The address whose page confirms the subscription, for 48 hours: for a browser, if
    /// [`confirm`](Self::confirm) does not work.
    pub fn url(&self) -> &str {
        self.url.expose()
    }

    /// Confirms the subscription: asks for the page with a client of these settings, which follows no
    /// redirects, and waits at most 30 s.
    ///
    /// # Errors
    ///
    /// There is no answer in time, or one that is not a success.
    pub async fn confirm(&self, http: ClientBuilder) -> Result<(), ConfirmError> {
        let client = http.redirect(Policy::none()).build();
        let client = client.map_err(ConfirmError::Request)?;
        get(&client, self.url()).await
    }
}

async fn get(client: &Client, url: &str) -> Result<(), ConfirmError> {
    let sent = tokio::time::timeout(PATIENCE, client.get(url).send());
    let reply = sent.await.map_err(|_| ConfirmError::Timeout)?;
    let reply = reply.map_err(|error| ConfirmError::Request(error.without_url()))?;
    match reply.status() {
        status if status.is_success() => Ok(()),
        status => Err(ConfirmError::Status(status)),
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    /// An address that gives one answer, for one request.
    async fn answers(answer: &'static str) -> io::Result<String> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await?;
            let mut request = [0; 1024];
            let length = stream.read(&mut request).await?;
            assert!(request[..length].starts_with(b"GET /confirm?token=secret HTTP/1.1\r\n"));
            stream.write_all(answer.as_bytes()).await
        });
        Ok(format!("http://{address}/confirm?token=secret"))
    }

    async fn confirm(url: &str) -> Result<(), ConfirmError> {
        let url = Secret::new(url.to_owned());
        let subscription = Subscription::new("urn:smn:cn-north-4:p1:vod".to_owned(), url);
        subscription.confirm(Client::builder().no_proxy()).await
    }

    #[tokio::test]
    async fn a_page_that_is_there_confirms() {
        let url = answers("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
        confirm(&url.unwrap()).await.unwrap();
    }

    #[tokio::test]
    async fn redirects_are_not_followed() {
        let url = answers(
            "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n",
        );
        let error = confirm(&url.await.unwrap()).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "the subscription was not confirmed: the answer has status 302 Found"
        );
    }

    #[tokio::test]
    async fn errors_do_not_have_the_address() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let url = format!("http://{address}/confirm?token=secret");
        let error = confirm(&url).await.unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(matches!(error, ConfirmError::Request(_)), "{shown}");
        assert!(!shown.contains("secret"), "{shown}");
    }

    #[tokio::test(start_paused = true)]
    async fn no_answer_is_waited_for_so_long() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/confirm", listener.local_addr().unwrap());
        let start = tokio::time::Instant::now();
        let error = confirm(&url).await.unwrap_err();
        assert!(matches!(error, ConfirmError::Timeout), "{error}");
        assert_eq!(start.elapsed().as_secs(), 30);
    }
}
