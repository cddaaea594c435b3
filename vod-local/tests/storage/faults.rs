//! Failures that a test asks for, and the log of requests.

use std::time::Duration;

use serde_json::json;
use vod_api::reqwest::StatusCode;
use vod_local::{Fault, Step};

use crate::{ONE, Stand, TWO, named, send, try_send};

#[tokio::test]
async fn nothing_is_stored_when_the_connection_breaks() {
    let stand = Stand::new().await;
    let created = stand.create(json!({})).await;
    let body = vec![0; 1 << 20];
    for bytes in [0, 70_000, 2 << 20] {
        stand.objects().fail(Step::Put, Fault::reset_after(bytes));
        let request = stand.put(&created.video_url).body(body.clone());
        try_send(request).await.unwrap_err();
        let request = stand.objects().requests().pop().unwrap();
        assert_eq!(
            (request.status, request.received),
            (None, bytes.min(1 << 20))
        );
    }
    assert!(stand.objects().keys().is_empty());
    // Each is used once.
    assert_eq!(
        send(stand.put(&created.video_url).body(body)).await.status,
        200
    );
}

#[tokio::test(start_paused = true)]
async fn a_stall_has_no_end() {
    let stand = Stand::new().await;
    let created = stand.create(json!({})).await;
    stand.objects().fail(Step::Put, Fault::stall_after(2));
    let request = stand.put(&created.video_url).body("one");
    let reply = tokio::time::timeout(Duration::from_secs(3600), request.send()).await;
    assert!(reply.is_err());
    let request = &stand.objects().requests()[0];
    assert_eq!((request.received, request.status), (2, None));
    assert!(stand.objects().keys().is_empty());
}

#[tokio::test]
async fn a_test_can_wait_for_a_request() {
    let stand = Stand::new().await;
    let created = stand.create(json!({})).await;
    stand.objects().fail(Step::Put, Fault::stall_after(0));
    let request = stand.put(&created.video_url).body("one");
    let sending = tokio::spawn(request.send());
    stand.objects().received(1).await;
    assert_eq!(stand.objects().requests()[0].step, Step::Put);
    sending.abort();
}

#[tokio::test]
async fn errors_instead_of_what_was_asked_for() {
    let stand = Stand::new().await;
    let created = stand.create(json!({})).await;
    stand
        .objects()
        .fail(Step::Put, Fault::error(503, "SlowDown"));
    stand
        .objects()
        .fail(Step::Put, Fault::error_in_success("InternalError"));
    for error in [(503, "SlowDown"), (200, "InternalError")] {
        let reply = send(stand.put(&created.video_url).body("one")).await;
        assert_eq!(reply.error(), error);
    }
    assert!(stand.objects().keys().is_empty());
}

#[tokio::test]
async fn a_lost_reply_leaves_the_work_done() {
    let stand = Stand::new().await;
    let created = stand.create(json!({})).await;
    let upload_id = stand.upload(&created, &["one"]).await;
    stand.objects().fail(Step::Join, Fault::lost_reply());
    let join = stand.join(&created, &upload_id, &named(1, ONE)).await;
    try_send(join.try_clone().unwrap()).await.unwrap_err();
    assert_eq!(stand.objects().bytes(&created.object).unwrap(), "one");
    assert_eq!(send(join).await.error(), (404, "NoSuchUpload"));
    let statuses: Vec<_> = stand
        .objects()
        .requests()
        .into_iter()
        .map(|request| (request.step, request.status))
        .collect();
    assert_eq!(
        statuses,
        [
            (Step::Start, Some(200)),
            (Step::Part, Some(200)),
            (Step::Join, None),
            (Step::Join, Some(404)),
        ]
    );
}

#[tokio::test]
async fn etags_that_are_not_right() {
    let stand = Stand::new().await;
    let created = stand.create(json!({})).await;
    let upload_id = stand.start(&created).await;
    stand.objects().fail_part(2, Fault::weak_etag());
    stand.objects().fail(Step::Part, Fault::etag("\"00\""));
    for (number, etag) in [(1, "\"00\"".to_owned()), (2, format!("W/\"{TWO}\""))] {
        let request = stand.part(&created, &upload_id, number).await;
        let reply = send(request.body(if number == 1 { "one" } else { "two" })).await;
        assert_eq!(reply.header("etag"), Some(etag.as_str()), "{number}");
    }
    let parts = named(1, ONE) + &named(2, TWO);
    stand.objects().fail(Step::Join, Fault::etag("\"00\""));
    let reply = send(stand.join(&created, &upload_id, &parts).await).await;
    assert_eq!(reply.element("ETag"), Some("&quot;00&quot;"));
    assert_eq!(stand.objects().bytes(&created.object).unwrap(), "onetwo");
}

#[tokio::test(start_paused = true)]
async fn a_delay_takes_tokios_time() {
    let stand = Stand::new().await;
    let created = stand.create(json!({})).await;
    let delay = Duration::from_secs(600);
    stand.objects().fail(Step::Put, Fault::delay(delay));
    let start = tokio::time::Instant::now();
    assert_eq!(
        send(stand.put(&created.video_url).body("one")).await.status,
        200
    );
    assert!(start.elapsed() >= delay);
    // Who does not wait has done nothing.
    stand.objects().remove(&created.object);
    stand.objects().fail(Step::Put, Fault::delay(delay));
    let request = stand.put(&created.video_url).body("one").send();
    assert!(tokio::time::timeout(delay / 2, request).await.is_err());
    tokio::time::sleep(delay).await;
    assert!(stand.objects().keys().is_empty());
}

#[tokio::test]
async fn requests_that_are_refused_use_up_no_fault() {
    let stand = Stand::new().await;
    let created = stand.create(json!({})).await;
    stand
        .objects()
        .fail(Step::Put, Fault::error(503, "SlowDown"));
    let refused = send(stand.http.put(&created.video_url).body("one")).await;
    assert_eq!(refused.error(), (403, "SignatureDoesNotMatch"));
    assert_eq!(
        send(stand.put(&created.video_url).body("one")).await.status,
        503
    );
    assert_eq!(
        send(stand.put(&created.video_url).body("one")).await.status,
        200
    );
}

#[tokio::test]
async fn the_log_has_no_signatures() {
    let stand = Stand::new().await;
    let created = stand.create(json!({})).await;
    let upload_id = stand.start(&created).await;
    let request = stand
        .part(&created, &upload_id, 7)
        .await
        .header("Authorization", "secret");
    let reply = send(request.body("one")).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    let request = stand.objects().requests().pop().unwrap();
    assert_eq!(
        (request.step, request.key.as_str()),
        (Step::Part, created.object.as_str())
    );
    assert_eq!(
        (request.upload_id.as_ref(), request.part_number),
        (Some(&upload_id), Some(7))
    );
    assert_eq!(request.headers["content-length"], "3");
    assert_eq!((request.received, request.status), (3, Some(400)));
    let text = format!("{request:?}");
    assert!(
        !text.contains("secret") && !text.contains("Signature"),
        "{text}"
    );
    // The requests to VOD are in another log.
    assert!(
        stand
            .service
            .requests()
            .iter()
            .all(|request| request.operation().is_some())
    );
}
