//! HTTP for the sources that get credentials from a service.

use std::time::Duration;

use reqwest::Request;
use tokio::sync::OnceCell;
use tokio::time::{sleep, timeout};

use crate::endpoints::endpoint::Endpoint;
use crate::error::{Error, ErrorKind, Sent};
use crate::response::ResponseMeta;
use crate::retry::Backoff;
use crate::runtime;
use crate::transport::proxy::Route;
use crate::transport::{ERROR_BODY, Patience, Transport};

const ATTEMPTS: u32 = 3;

const BACKOFF: Backoff = Backoff {
    first: Duration::from_millis(200),
    longest: Duration::from_secs(1),
    factor: 2.0,
};

/// Replies with credentials are far smaller.
const MAX_SIZE: usize = 1 << 20;

/// Sends small requests to one service, and repeats them after transient failures.
#[derive(Debug)]
pub(super) struct Exchange {
    /// What messages call the service.
    name: &'static str,
    /// Whether the service runs on this machine or next to it: then no proxy is used, and a failed
    /// connection means that there is no such service.
    near: bool,
    /// The timeout of an attempt.
    patience: Duration,
    transport: OnceCell<Transport>,
}

impl Exchange {
    pub(super) fn new(name: &'static str, near: bool, patience: Duration) -> Self {
        Self {
            name,
            near,
            patience,
            transport: OnceCell::new(),
        }
    }

    /// Makes a client of the caller send the requests.
    pub(super) fn set_client(&mut self, client: reqwest::Client) {
        self.transport = OnceCell::new_with(Some(Transport::over(client, MAX_SIZE)));
    }

    /// Sends a request until there is an answer that another attempt would not change. The request
    /// is built again for each attempt.
    pub(super) async fn send(
        &self,
        endpoint: &Endpoint,
        request: impl Fn() -> Result<Request, Error>,
    ) -> Result<ResponseMeta, Error> {
        runtime::check()?;
        let mut attempt = 1;
        loop {
            let result = self.attempt(endpoint, request()?).await;
            let passes = match &result {
                Ok(answer) => answer.status == 429 || answer.status.is_server_error(),
                Err(error) => match error.kind() {
                    ErrorKind::Connect => !self.near,
                    ErrorKind::Timeout | ErrorKind::Transport => true,
                    _ => false,
                },
            };
            if !passes || attempt == ATTEMPTS {
                return result.map_err(|error| {
                    let Self { name, .. } = self;
                    let origin = endpoint.origin();
                    Error::credentials(format!("{name} at {origin}")).with_source(error)
                });
            }
            let pause = BACKOFF.after(attempt);
            sleep(pause.mul_f64(0.5 + fastrand::f64() / 2.0)).await;
            attempt += 1;
        }
    }

    async fn attempt(&self, endpoint: &Endpoint, request: Request) -> Result<ResponseMeta, Error> {
        let route = if self.near || endpoint.is_loopback() {
            Route::Direct
        } else {
            Route::System
        };
        let patience = Patience {
            connecting: None,
            attempt: Some(self.patience),
        };
        let make = || async { Transport::new(patience, MAX_SIZE, &route) };
        let transport = self.transport.get_or_try_init(make).await?;
        let work = async {
            let mut response = transport.send(request, endpoint.origin())?.await?;
            let headers = std::mem::take(response.headers_mut());
            let mut answer = ResponseMeta::new(response.status(), headers);
            let is_success = answer.status.is_success();
            let read = transport.read(&mut response, &mut answer.body);
            if is_success {
                read.await?;
            } else {
                // A part of the body is enough: the status decides.
                drop(timeout(ERROR_BODY, read).await);
            }
            Ok(answer)
        };
        let late = |_| {
            let message = format!("no answer within {:?}", self.patience);
            Err(Error::new(ErrorKind::Timeout, Sent::Maybe, message))
        };
        timeout(self.patience, work).await.unwrap_or_else(late)
    }
}
