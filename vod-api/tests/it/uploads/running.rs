//! What goes on while an upload runs: limits, stops, changes of the source, spans.

use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::json;
use tokio::time::Instant;
use vod_api::model::{HttpVerb, SubtitleLanguage};
use vod_api::upload::Source;
use vod_api::{ErrorKind, Sent};
use vod_local::{Fault, Reply, Step, Storage};

use super::{PART, Site, noise, until};

#[tokio::test]
async fn dropping_an_upload_keeps_what_is_there() {
    let site = Site::start().await;
    let journal = site.path("holidays.upload");
    let path = site.video(3 * PART);
    {
        let upload = site.client.upload(&path).part_size(PART).concurrency(1);
        let upload = pin!(upload.journal(&journal).send());
        let first_is_there = || {
            !site
                .objects()
                .uploads()
                .iter()
                .all(|it| it.parts.is_empty())
        };
        assert!(until(first_is_there, upload).await.is_none());
    }
    assert!(!site.calls().contains(&"ConfirmAssetUpload"));

    site.client
        .resume_upload(&journal)
        .concurrency(1)
        .await
        .unwrap();

    let firsts = site
        .steps()
        .iter()
        .filter(|step| **step == (Step::Part, Some(1)))
        .count();
    assert_eq!(firsts, 1);
    assert_eq!(site.stored(), noise(3 * PART));
}

#[tokio::test(start_paused = true)]
async fn the_whole_upload_has_a_limit() {
    let site = Site::start().await;
    for _ in 0..9 {
        site.objects().fail_part(2, Fault::stall_after(10));
    }
    let path = site.video(3 * PART);
    let begin = Instant::now();
    let upload = site.client.upload(&path).part_size(PART);
    let error = upload.timeout(Duration::from_secs(100)).await.unwrap_err();
    assert_eq!(begin.elapsed().as_secs(), 100);
    assert_eq!(
        (error.kind(), error.was_sent()),
        (ErrorKind::Timeout, Sent::Maybe)
    );
    let text = error.to_string();
    assert!(
        text.starts_with("the upload was not done within 100s (Upload::timeout)"),
        "{text}"
    );
    assert!(text.contains("what was sent is dropped"), "{text}");
    assert_eq!(site.objects().uploads(), []);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_ends_when_nothing_moves() {
    let site = Site::start().await;
    site.objects().fail(Step::Put, Fault::stall_after(10));
    let path = site.video(1000);
    let begin = Instant::now();
    site.client
        .upload(&path)
        .stall_timeout(Duration::from_secs(7))
        .await
        .unwrap();
    let took = begin.elapsed();
    assert!(
        took >= Duration::from_secs(7) && took < Duration::from_secs(8),
        "{took:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_store_that_is_silent_for_ever_ends_the_upload() {
    let site = Site::start().await;
    for _ in 0..9 {
        site.objects().fail(Step::Put, Fault::stall_after(10));
    }
    let error = site.client.upload(site.video(1000)).await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.starts_with("sending the media file: nothing moved for 30s"),
        "{text}"
    );
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 8));
}

#[tokio::test(start_paused = true)]
async fn the_rate_is_limited() {
    let site = Site::start().await;
    let path = site.video(10 * PART);
    let begin = Instant::now();
    let upload = site.client.upload(&path).part_size(PART).limit_rate(PART);
    upload.await.unwrap();
    let took = begin.elapsed().as_secs_f64();
    assert!((9.0..11.0).contains(&took), "{took}");
    assert_eq!(site.stored(), noise(10 * PART));
}

/// The limit on the rate is not taken for a stall.
#[tokio::test(start_paused = true)]
async fn a_low_rate_is_no_stall() {
    let site = Site::start().await;
    let path = site.video(1000);
    let begin = Instant::now();
    site.client
        .upload(&path)
        .limit_rate(1)
        .stall_timeout(Duration::from_millis(500))
        .await
        .unwrap();
    assert!(begin.elapsed().as_secs() >= 998);
    assert_eq!(site.steps(), [(Step::Put, None)]);
}

#[tokio::test]
async fn no_more_parts_than_allowed_are_sent_at_once() {
    let site = Site::start().await;
    for number in 1..=12 {
        site.objects()
            .fail_part(number, Fault::delay(Duration::from_millis(1)));
    }
    let most = Arc::new(Mutex::new(0));
    let (seen, objects) = (most.clone(), site.objects().clone());
    site.client
        .upload(site.video(12 * PART))
        .part_size(PART)
        .concurrency(3)
        .on_progress(move |_| {
            let requests = objects.requests();
            let open = requests
                .iter()
                .filter(|it| it.step == Step::Part && it.status.is_none());
            let mut most = seen.lock().unwrap();
            *most = open.count().max(*most);
        })
        .await
        .unwrap();
    let most = *most.lock().unwrap();
    assert!((1..=3).contains(&most), "{most}");
}

#[tokio::test]
async fn a_file_that_changes_is_not_confirmed() {
    struct Case {
        name: &'static str,
        size: u64,
        change: fn(&std::fs::File),
    }

    let cases = [
        Case {
            name: "longer",
            size: 3 * PART,
            change: |file| file.set_len(3 * PART + 1).unwrap(),
        },
        Case {
            name: "shorter",
            size: 3 * PART,
            change: |file| file.set_len(PART).unwrap(),
        },
        Case {
            name: "written again",
            size: 3 * PART,
            change: |file| {
                file.set_modified(std::time::SystemTime::UNIX_EPOCH)
                    .unwrap()
            },
        },
        Case {
            name: "in one piece",
            size: 1000,
            change: |file| file.set_len(2000).unwrap(),
        },
    ];
    for Case { name, size, change } in cases {
        let site = Site::start().await;
        let path = site.video(size);
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        let mut changed = false;
        let upload = site.client.upload(&path).part_size(PART).concurrency(1);
        let error = upload
            .on_progress(move |progress| {
                if progress.sent > 0 && !std::mem::replace(&mut changed, true) {
                    change(&file);
                }
            })
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Source, "{name}");
        let text = error.to_string();
        let message = "holidays.mp4 has changed since the upload began";
        assert!(text.starts_with(message), "{name}: {text}");
        let confirmed = site.service.requests();
        let confirmed = confirmed
            .iter()
            .rfind(|it| it.operation() == Some("ConfirmAssetUpload"));
        assert_eq!(
            confirmed.unwrap().parameters()["status"],
            "CANCELLED",
            "{name}"
        );
    }
}

#[tokio::test]
async fn urls_that_are_not_encrypted_are_refused() {
    let site = Site::start().await;
    site.service.reply_to(
        "CreateAssetByFileUpload",
        Reply::json(
            200,
            json!({"asset_id": "a1", "video_upload_url": "http://obs.example.com/b/o?Signature=s"}),
        ),
    );
    let error = site.client.upload(site.video(10)).await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("VOD gave a URL for the upload that cannot be used"),
        "{text}"
    );
    assert!(text.contains("http"), "{text}");
    assert!(!text.contains("Signature"), "{text}");
}

/// `&` can be escaped as in HTML; the docs show such URLs.
#[tokio::test]
async fn escaped_urls_are_used() {
    let site = Site::start().await;
    let created = site
        .client
        .create_asset_by_file_upload("T", "a.mp4", "MP4")
        .await
        .unwrap();
    let target = created.target.clone().unwrap();
    let (bucket, object) = (target.bucket.unwrap(), target.object.unwrap());
    let call = site
        .client
        .show_asset_temp_authority(HttpVerb::Post, &bucket, &object);
    let signed = call.content_type("video/mp4").await.unwrap().into_body();
    let escaped = signed.signed_url.unwrap().replace('&', "&amp;");
    site.service
        .reply_to("CreateAssetByFileUpload", Reply::json(200, json!(*created)));
    let reply = Reply::json(200, json!({"sign_str": escaped}));
    site.service.reply_to("ShowAssetTempAuthority", reply);

    site.client
        .upload(site.video(2 * PART))
        .part_size(PART)
        .await
        .unwrap();

    let starts = site.objects().requests();
    let starts: Vec<_> = starts.iter().filter(|it| it.step == Step::Start).collect();
    assert_eq!((starts.len(), starts[0].status), (1, Some(200)));
}

#[test]
fn blocking_code_uploads() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let site = runtime.block_on(Site::start());
    let done = site
        .client
        .upload(site.video(2 * PART))
        .part_size(PART)
        .send_blocking()
        .unwrap();
    assert_eq!(done.parts, 2);
    assert_eq!(site.stored(), noise(2 * PART));
}

#[tokio::test]
async fn nothing_that_is_shown_holds_a_url() {
    let site = Site::with(Storage::new(), |client| client).await;
    let upload = site.client.upload(site.video(10));
    let upload = upload.cover(site.file("c.jpg", &noise(3)));
    let upload = upload.subtitle(1, SubtitleLanguage::English, site.file("s.srt", &noise(3)));
    let shown = format!("{upload:?}");
    assert!(shown.contains("holidays.mp4"), "{shown}");
    site.objects()
        .fail(Step::Put, Fault::error(400, "EntityTooLarge"));
    let error = upload.await.unwrap_err();
    let shown = format!("{error} {error:?} {error:#?} {:?}", error.raw_body());
    for secret in ["Signature=", "AWSAccessKeyId", "Expires="] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_limit_is_for_reading_too() {
    let site = Site::start().await;
    let (silent, _open) = tokio::io::duplex(8);
    let upload = site.client.upload(Source::reader("a.mp4", silent));
    let error = upload.timeout(Duration::from_secs(5)).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.was_sent()),
        (ErrorKind::Timeout, Sent::No)
    );
    assert_eq!(site.calls(), [""; 0]);
}

/// The limit on calls is per minute.
#[tokio::test(start_paused = true)]
async fn a_url_that_vod_does_not_sign_at_once_is_waited_for() {
    let site = Site::start().await;
    for _ in 0..9 {
        let busy = Reply::error(429, "APIGW.0308", "Too many calls.");
        site.service.reply_to("ShowAssetTempAuthority", busy);
    }
    site.client
        .upload(site.video(2 * PART))
        .part_size(PART)
        .await
        .unwrap();
    assert_eq!(site.stored(), noise(2 * PART));
}

#[tokio::test]
async fn the_total_of_bytes_is_told() {
    let site = Site::start().await;
    let seen = Arc::new(Mutex::new(None));
    let told = seen.clone();
    let upload = site.client.upload(Source::bytes("a.mp4", noise(10)));
    let upload = upload.on_progress(move |progress| *told.lock().unwrap() = progress.total);
    upload.await.unwrap();
    assert_eq!(*seen.lock().unwrap(), Some(10));
}
