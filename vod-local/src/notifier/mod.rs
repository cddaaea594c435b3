//! Sends events to a server, as the service does by the channel MFS.

mod delivery;
mod target;

use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use serde_json::json;
use tokio::sync::mpsc::UnboundedReceiver;
use vod_api::reqwest;

use crate::world::{Emitted, World};

pub(crate) use delivery::Deliveries;
pub use delivery::Delivery;
pub use target::Notifications;

/// How long it takes until an event is sent again.
const PAUSE: Duration = Duration::from_secs(1);

/// Sends events, one after the other.
pub(crate) struct Notifier {
    pub(crate) target: Notifications,
    pub(crate) world: Arc<World>,
    /// Scheme and host of URLs in the events.
    pub(crate) base: String,
    pub(crate) deliveries: Arc<Deliveries>,
}

impl Notifier {
    /// Runs until it is dropped. Tasks go on in time, as nobody else may ask about them.
    pub(crate) async fn run(self, http: reqwest::Client, mut events: UnboundedReceiver<Emitted>) {
        loop {
            let next = self.world.go_on(&self.base);
            while let Ok(emitted) = events.try_recv() {
                self.deliver(&http, emitted).await;
            }
            self.world.clock.wait(next).await;
        }
    }

    async fn deliver(&self, http: &reqwest::Client, emitted: Emitted) {
        let mut delivery = Delivery::of(emitted);
        loop {
            delivery.attempts += 1;
            delivery.take(self.post(http, &delivery).await);
            if delivery.is_done() || delivery.attempts >= self.target.attempts {
                break;
            }
            tokio::time::sleep(PAUSE).await;
        }
        self.deliveries.add(delivery);
    }

    async fn post(&self, http: &reqwest::Client, delivery: &Delivery) -> reqwest::Result<u16> {
        let mut request = http
            .post(&self.target.url)
            .header("Content-Type", "application/json");
        let now = self.world.clock.now().duration_since(UNIX_EPOCH);
        let timestamp = now.unwrap_or_default().as_secs().to_string();
        let message = delivery.event.to_string();
        if let Some(signature) = self.target.sign(&timestamp, &message) {
            request = request
                .header("auth_timestamp", timestamp)
                .header("auth_sign", signature);
        }
        let body = json!({"message": message}).to_string();
        let reply = request.body(body).send().await?;
        Ok(reply.status().as_u16())
    }
}
