//! Random requests of all operations: none ends in an error of the service, and each success fits
//! the type of the reply.

use vod_api::operation;
use vod_local::{Local, Progress};

use crate::maker::Maker;
use crate::{Stand, replies};

/// How often all operations are called. `ROUNDS` sets another number.
const ROUNDS: usize = 8;

#[tokio::test]
async fn any_request_is_answered_as_documented() {
    let rounds = std::env::var("ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok());
    let progress = [Progress::instant(), Progress::polls(2), Progress::manual()];
    let mut succeeded = std::collections::BTreeSet::new();
    for (seed, progress) in (0..).zip(progress) {
        let stand = Stand::with(Local::builder().progress(progress)).await;
        let client = stand.vod.client().validate(false).build().unwrap();
        let mut maker = Maker::with_seed(seed);
        for _ in 0..rounds.unwrap_or(ROUNDS) {
            for meta in operation::all() {
                // Something to work on.
                if maker.rng.u8(0..4) == 0 {
                    maker
                        .known
                        .texts
                        .push(stand.uploaded(crate::video("t")).await);
                }
                let request = maker.request(meta);
                let case = format!("{} {request}", meta.name);
                match client.call(meta, request).await {
                    Ok(reply) => {
                        let body = reply.into_body();
                        replies::check(meta, &body);
                        maker.known.learn(&body);
                        succeeded.insert(meta.name);
                    }
                    Err(error) => {
                        let status = error.status().map(|status| status.as_u16());
                        assert!(matches!(status, Some(400..500)), "{case}: {error:?}");
                    }
                }
            }
        }
    }
    assert!(succeeded.len() > 68, "{succeeded:?}");
}
