//! What a server of its own sets up besides.

use std::io;
use std::sync::Arc;

use serde_json::Value;

use super::{Local, LocalBuilder};
use crate::gateway::Auth;
use crate::sockets::{Standalone, State};
use crate::store::RestoreError;
use crate::world::{CLOCK, STORAGE, World};

/// A state that an earlier process saved.
#[derive(Debug, Clone)]
pub(crate) struct Saved(pub(crate) Value);

impl Saved {
    pub(super) fn restore(mut self, world: &World) -> io::Result<()> {
        let mut take = |name| {
            let members = self.0.as_object_mut();
            let member = members.and_then(|members| members.remove(name));
            member.unwrap_or_else(|| serde_json::json!({}))
        };
        let (storage, clock) = (take(STORAGE), take(CLOCK));
        let misread = |misread| io::Error::other(format!("the saved state is wrong: {misread}"));
        world.store.restore(storage).map_err(|error| match error {
            RestoreError::Misread(error) => misread(error.in_member(STORAGE)),
            RestoreError::File(error) => error,
        })?;
        let restored = world.restore_clock(clock);
        restored.map_err(|error| misread(error.in_member(CLOCK)))?;
        world.import(self.0).map_err(misread)
    }
}

impl LocalBuilder {
    pub(crate) fn standalone(mut self, standalone: Arc<Standalone>) -> Self {
        self.standalone = Some(standalone);
        self
    }

    /// Goes on from a saved state. [`Local::reset`] still goes back to the seed.
    pub(crate) fn saved(mut self, saved: Saved) -> Self {
        self.saved = Some(saved);
        self
    }

    pub(crate) fn auth(mut self, auth: Auth) -> Self {
        self.auth = auth;
        self
    }

    pub(crate) fn keys(mut self, keys: Vec<[String; 2]>) -> Self {
        self.keys = keys;
        self
    }
}

impl Local {
    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    pub(crate) fn state(&self) -> &Arc<State> {
        &self.state
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    use super::*;
    use crate::faults::Faults;
    use crate::journal::Journal;
    use crate::sockets::{Bounds, End, Proxy};

    /// A server with little patience.
    async fn start() -> Local {
        let standalone = Standalone {
            started: Instant::now(),
            bounds: Bounds {
                connections: 10,
                patience: Duration::from_millis(50),
            },
            desk: |_| Box::pin(async { Err(End::Reset) }),
            journal: Journal::new(),
            faults: Faults::seeded(0),
            public_url: None,
            proxy: Proxy::None,
            admin_from_anywhere: false,
            stop: Default::default(),
        };
        let builder = Local::builder().auth(Auth::Off);
        builder
            .standalone(Arc::new(standalone))
            .start()
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn clients_that_send_nothing_are_cut_off() {
        let local = start().await;
        let body = "POST /v1.0/p/asset/category HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n{";
        let file = "PUT /obs-vod-local/a HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nf";
        let twice = "GET /v3/projects HTTP/1.1\r\nhost: a\r\n\r\n";
        for (name, text) in [
            ("nothing", ""),
            ("half a head", "GET / HTTP/1.1\r\nhost: a\r\n"),
            ("half a body", body),
            ("half a file", file),
            ("one request, and no other", twice),
        ] {
            let mut stream = TcpStream::connect(local.address).await.unwrap();
            stream.write_all(text.as_bytes()).await.unwrap();
            let mut reply = Vec::new();
            let end = stream.read_to_end(&mut reply);
            let end = tokio::time::timeout(Duration::from_secs(20), end).await;
            assert!(end.is_ok(), "{name}: it is still open");
            let reply = String::from_utf8(reply).unwrap();
            assert_eq!(
                reply.starts_with("HTTP/1.1 200 "),
                text == twice,
                "{name}: {reply}"
            );
        }
    }
}
