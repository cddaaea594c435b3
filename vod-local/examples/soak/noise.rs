//! Random requests of all operations, in a project that is emptied now and then.

use std::sync::Arc;
use std::time::Instant;

use vod_api::{Client, operation, reqwest};

use crate::maker::Maker;
use crate::replies;
use crate::server::{Counts, Server};

/// How often all operations are called between two resets.
const ROUNDS: usize = 30;

pub(crate) struct Noise {
    client: Client,
    http: reqwest::Client,
    reset: String,
    maker: Maker,
    counts: Arc<Counts>,
}

impl Noise {
    pub(crate) fn new(server: &Server, number: u64, counts: Arc<Counts>) -> Self {
        let project = format!("noise-{number}");
        Self {
            client: server.client(&project),
            http: server.http.clone(),
            reset: server.admin_url(&format!("/reset?project={project}")),
            maker: Maker::with_seed(number),
            counts,
        }
    }

    /// Runs until a time. Each success has to fit its type.
    pub(crate) async fn run(mut self, end: Instant) {
        while Instant::now() < end {
            for _ in 0..ROUNDS {
                for meta in operation::all() {
                    let request = self.maker.request(meta);
                    let case = format!("{} {request}", meta.name);
                    match self.counts.take(self.client.call(meta, request).await) {
                        Some(Ok(reply)) => {
                            let body = reply.into_body();
                            replies::check(meta, &body);
                            self.maker.known.learn(&body);
                        }
                        Some(Err(error)) => {
                            let status = error.status().map(|status| status.as_u16());
                            assert!(matches!(status, Some(400..500)), "{case}: {error:?}");
                        }
                        None => {}
                    }
                }
            }
            let reply = self.http.post(&self.reset).send().await.unwrap();
            assert_eq!(reply.status(), 200);
        }
    }
}
