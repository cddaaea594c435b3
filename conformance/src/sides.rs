//! Both sides, and the service between them.

use std::error::Error;
use std::path::Path;
use std::sync::mpsc::{self, Receiver};

use serde_json::Value;
use tokio::runtime::Runtime;
use vod_api::{Client, Retry, operation};
use vod_local::{ReceivedRequest, Reply, Service};

use crate::compare::{Difference, compare};
use crate::official::Official;

/// Sends each request twice.
pub(crate) struct Sides {
    runtime: Runtime,
    /// Stops when it is dropped.
    _service: Service,
    accounts: [Account; 2],
    official: Official,
    /// What the service has accepted.
    arrived: Receiver<ReceivedRequest>,
}

/// Who sends.
struct Account {
    client: Client,
    /// Access key, secret key, security token.
    key: [&'static str; 3],
}

const ACCEPTED: &str = "accepted";

impl Sides {
    pub(crate) fn start(python: &Path) -> Result<Self, Box<dyn Error>> {
        let runtime = Runtime::new()?;
        // It checks signatures, and that it knows all that a request holds; limits are not the subject.
        let service = runtime.block_on(Service::builder().validate(false).start())?;
        let (sender, arrived) = mpsc::channel();
        service.respond(move |request| {
            // The receiver lives as long as the service.
            let _ = sender.send(request.clone());
            Reply::documented()
        });
        let client = service
            .client()
            .validate(false)
            .retry_policy(Retry::never());
        let permanent = Account {
            client: client.clone().build()?,
            key: [Service::ACCESS_KEY, Service::SECRET_KEY, ""],
        };
        let temporary = Account {
            client: client
                .credentials(service.temporary_credentials())
                .build()?,
            key: [
                Service::TEMPORARY_ACCESS_KEY,
                Service::TEMPORARY_SECRET_KEY,
                Service::SECURITY_TOKEN,
            ],
        };
        Ok(Self {
            accounts: [permanent, temporary],
            official: Official::start(python, &service)?,
            runtime,
            _service: service,
            arrived,
        })
    }

    /// Sends `request` from both sides, with a permanent or a temporary key, and says what is not the same.
    ///
    /// # Errors
    ///
    /// The official SDK's process is broken. Whatever is wrong with the request is a difference.
    pub(crate) fn send(
        &mut self,
        temporary: bool,
        operation: &str,
        request: &Value,
    ) -> Result<Vec<Difference>, Box<dyn Error>> {
        let account = &self.accounts[usize::from(temporary)];
        let sent = send(&account.client, operation, request.clone());
        let sent = self.runtime.block_on(sent);
        let ours: Vec<_> = self.arrived.try_iter().collect();
        let answer = self
            .official
            .send(&account.key, operation, request, ours.first())?;
        let official: Vec<_> = self.arrived.try_iter().collect();
        if sent.is_err() || answer.error.is_some() {
            let sent = sent.map_or_else(|error| error.to_string(), |()| ACCEPTED.to_owned());
            let answer = answer.error.unwrap_or_else(|| ACCEPTED.to_owned());
            return Ok(vec![Difference::new("outcome", sent, answer)]);
        }
        let ([ours], [official]) = (ours.as_slice(), official.as_slice()) else {
            let counts = [ours, official].map(|requests| requests.len().to_string());
            let [ours, official] = counts;
            return Ok(vec![Difference::new("number of requests", ours, official)]);
        };
        let mut found = compare(ours, official);
        // The service has checked the SDK's signature with our signer; this is the other way round.
        let signature = ours.header("authorization").unwrap_or_default();
        if answer.authorization.as_deref() != Some(signature) {
            let expected = answer.authorization.unwrap_or_default();
            found.push(Difference::new("signature", signature, expected));
        }
        Ok(found)
    }
}

async fn send(client: &Client, name: &str, request: Value) -> Result<(), Box<dyn Error>> {
    let meta = operation::find(name).ok_or("there is no such operation")?;
    client.call(meta, request).await?;
    Ok(())
}
