//! From a file to a media asset.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use serde_json::json;
use vod_api::ErrorKind;
use vod_api::model::{CreateAssetByFileUploadRequest, SubtitleLanguage};
use vod_api::upload::{Source, UploadCheck, UploadPhase};
use vod_local::Step;

use super::{PART, Site, noise};

#[tokio::test]
async fn a_small_file_is_sent_in_one_piece() {
    let site = Site::start().await;
    let path = site.video(1000);

    let done = site.client.upload(&path).await.unwrap();

    assert_eq!(
        (done.bytes, done.parts, done.check),
        (1000, 0, UploadCheck::Whole)
    );
    assert_eq!(site.stored(), noise(1000));
    assert_eq!(site.steps(), [(Step::Put, None)]);
    assert_eq!(
        site.calls(),
        ["CreateAssetByFileUpload", "ConfirmAssetUpload"]
    );
    assert_eq!(site.status(&done.asset_id), "CREATED");
    let request = &site.service.requests()[0];
    let sent = request.parameters();
    assert_eq!(
        (&sent["title"], &sent["video_name"], &sent["video_type"]),
        (&json!("holidays"), &json!("holidays.mp4"), &json!("MP4"))
    );
}

#[tokio::test]
async fn a_large_file_is_sent_in_parts() {
    let site = Site::start().await;
    let path = site.video(2 * PART + 5);

    let done = site
        .client
        .upload(&path)
        .part_size(PART)
        .concurrency(1)
        .await
        .unwrap();

    assert_eq!(
        (done.bytes, done.parts, done.check),
        (2 * PART + 5, 3, UploadCheck::Whole)
    );
    assert_eq!(site.stored(), noise(2 * PART + 5));
    let part = |number| (Step::Part, Some(number));
    assert_eq!(
        site.steps(),
        [
            (Step::Start, None),
            part(1),
            part(2),
            part(3),
            (Step::Join, None)
        ]
    );
    assert_eq!(site.status(&done.asset_id), "CREATED");
    assert_eq!(site.objects().uploads(), []);
}

#[tokio::test]
async fn cover_and_subtitles_go_with_it() {
    let site = Site::start().await;
    let path = site.video(1000);
    let (cover, subtitle) = (
        noise(300),
        Bytes::from("1\n00:00:01,000 --> 00:00:02,000\nHi\n"),
    );

    let done = site
        .client
        .upload(&path)
        .cover(site.file("cover.jpg", &cover))
        .subtitle(1, SubtitleLanguage::English, site.file("en.srt", &subtitle))
        .await
        .unwrap();

    let objects = site.objects();
    let asset = objects.asset(&done.asset_id).unwrap();
    assert_eq!(objects.bytes(&asset.object), Some(noise(1000)));
    assert_eq!(objects.bytes(&asset.cover.unwrap()), Some(cover));
    assert_eq!(objects.bytes(&asset.subtitles[0]), Some(subtitle));
    assert_eq!(asset.status, "CREATED");
}

#[tokio::test]
async fn an_asset_gets_a_new_file() {
    let site = Site::start().await;
    site.objects()
        .fail(Step::Put, vod_local::Fault::error(400, "EntityTooLarge"));
    let path = site.video(1000);
    let error = site.client.upload(&path).await.unwrap_err();
    assert_eq!(error.code(), Some("EntityTooLarge"));
    let call = site.service.requests();
    let call = call
        .iter()
        .find(|it| it.operation() == Some("ConfirmAssetUpload"))
        .unwrap();
    let id = call.parameters()["asset_id"].as_str().unwrap().to_owned();
    assert_eq!(site.status(&id), "CANCELLED");

    let path = site.file("again.mov", &noise(3 * PART));
    let upload = site.client.upload_to(&id).file(&path).part_size(PART);
    let done = upload.await.unwrap();

    assert_eq!((done.asset_id.as_str(), done.parts), (id.as_str(), 3));
    assert_eq!(site.stored(), noise(3 * PART));
    assert_eq!(site.status(&id), "CREATED");

    let cover = site.file("cover.png", &noise(10));
    site.client.upload_to(&id).cover(&cover).await.unwrap();
    let asset = site.objects().asset(&id).unwrap();
    assert_eq!(site.objects().bytes(&asset.cover.unwrap()), Some(noise(10)));
    assert_eq!(site.calls().last(), Some(&"UpdateAsset"));
}

#[tokio::test]
async fn progress_is_told() {
    let site = Site::start().await;
    let path = site.video(3 * PART);
    let seen = Arc::new(Mutex::new(Vec::new()));

    let told = seen.clone();
    site.client
        .upload(&path)
        .part_size(PART)
        .on_progress(move |progress| told.lock().unwrap().push(progress.clone()))
        .await
        .unwrap();

    let seen = seen.lock().unwrap();
    let last = seen.last().unwrap();
    assert_eq!(
        (last.sent, last.stored, last.total),
        (3 * PART, 3 * PART, Some(3 * PART))
    );
    assert_eq!((last.parts_stored, last.parts), (3, Some(3)));
    assert_eq!(last.phase, UploadPhase::Confirming);
    for pair in seen.windows(2) {
        assert!(pair[0].sent <= pair[1].sent && pair[0].stored <= pair[1].stored);
    }
}

#[tokio::test]
async fn what_vod_does_not_take_is_refused_before_anything_is_sent() {
    struct Case {
        name: &'static str,
        file: &'static str,
        message: &'static str,
    }

    let cases = [
        Case {
            name: "a format that is not taken",
            file: "a.webm",
            message: r#"a.webm has the format "WEBM", which VOD does not take as an upload: it takes 3GP, AAC"#,
        },
        Case {
            name: "a playlist",
            file: "a.m3u8",
            message: r#"a.m3u8 has the format "M3U8""#,
        },
        Case {
            name: "no extension",
            file: "film",
            message: "film has no extension that tells its format",
        },
        Case {
            name: "an empty file",
            file: "empty.mp4",
            message: "empty.mp4 is empty",
        },
    ];
    let site = Site::start().await;
    for Case {
        name,
        file,
        message,
    } in cases
    {
        let size = if file.starts_with("empty") { 0 } else { 5 };
        let error = site
            .client
            .upload(site.file(file, &noise(size)))
            .await
            .unwrap_err();
        assert!(error.to_string().contains(message), "{name}: {error}");
    }
    let cover = site.file("cover.gif", &noise(5));
    let error = site
        .client
        .upload(site.video(5))
        .cover(cover)
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the cover cover.gif is neither a JPG nor a PNG file"
    );
    let subtitle = site.file("en.vtt", &noise(5));
    let upload = site.client.upload(site.video(5));
    let error = upload.subtitle(1, SubtitleLanguage::English, subtitle);
    let error = error.await.unwrap_err();
    assert_eq!(error.to_string(), "the subtitle en.vtt is not an SRT file");
    let missing = site
        .client
        .upload(site.path("missing.mp4"))
        .await
        .unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::Source);
    assert!(
        missing
            .to_string()
            .starts_with("missing.mp4 cannot be read: "),
        "{missing}"
    );
    assert_eq!(site.calls(), [""; 0]);
}

#[tokio::test]
async fn requests_to_the_store_hold_nothing_of_vod() {
    let site = Site::start().await;
    let path = site.video(2 * PART);
    site.client.upload(&path).part_size(PART).await.unwrap();
    for request in site.objects().requests() {
        let names: Vec<_> = request.headers.keys().map(|name| name.as_str()).collect();
        let known = [
            "accept",
            "accept-encoding",
            "content-length",
            "content-md5",
            "content-type",
        ];
        let known: Vec<_> = known.into_iter().chain(["host", "user-agent"]).collect();
        assert!(names.iter().all(|name| known.contains(name)), "{names:?}");
    }
}

#[tokio::test]
async fn duplicates_are_a_hint() {
    let site = Site::start().await;
    let path = site.video(5000);
    let first = site.client.upload(&path).find_duplicates().await.unwrap();
    assert_eq!(first, [""; 0]);
    let done = site.client.upload(&path).await.unwrap();
    let second = site.client.upload(&path).find_duplicates().await.unwrap();
    assert_eq!(second, [done.asset_id]);
    let other = Source::bytes("other.mp4", noise(5001));
    assert_eq!(
        site.client.upload(other).find_duplicates().await.unwrap(),
        [""; 0]
    );
}

#[tokio::test]
async fn a_watermark_gets_its_image() {
    let site = Site::start().await;
    let logo = site.file("logo.png", &noise(500));
    let done = site
        .client
        .upload_watermark("logo", &logo)
        .dx("0.05")
        .await
        .unwrap();
    assert_eq!(site.stored(), noise(500));
    assert_eq!(
        site.calls(),
        ["CreateWatermarkTemplate", "ConfirmImageUpload"]
    );
    let confirmed = site.service.requests();
    let confirmed = confirmed.last().unwrap().parameters();
    assert_eq!(*confirmed, json!({"id": done.id, "status": "SUCCEED"}));

    site.objects()
        .fail(Step::Put, vod_local::Fault::error(400, "EntityTooLarge"));
    let error = site
        .client
        .upload_watermark("other", &logo)
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("VOD was told that it failed"),
        "{error}"
    );
    assert_eq!(
        site.service.requests().last().unwrap().parameters()["status"],
        "FAILED"
    );
}

#[tokio::test]
async fn somebody_else_sends_the_parts() {
    let site = Site::start().await;
    let request = CreateAssetByFileUploadRequest::new("T", "a.mp4", "MP4");
    let upload = site.client.sign_upload(request).await.unwrap();
    let video = noise(PART + 5);
    let http = vod_api::reqwest::Client::builder()
        .no_proxy()
        .build()
        .unwrap();
    for (number, range) in [(1, 0..PART as usize), (2, PART as usize..video.len())] {
        let part = upload.sign_part(number, None).await.unwrap();
        assert!(format!("{part:?}").contains("url: [redacted]"), "{part:?}");
        let mut put = http.put(part.url());
        for (name, value) in part.headers() {
            put = put.header(*name, value);
        }
        let reply = put.body(video.slice(range)).send().await.unwrap();
        assert_eq!(reply.status(), 200);
    }

    let error = upload.finish(3).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the store has the parts [1, 2], and not 1 to 3"
    );
    upload.finish(2).await.unwrap();

    assert_eq!(site.stored(), video);
    assert_eq!(site.status(upload.asset_id()), "CREATED");
    let request = CreateAssetByFileUploadRequest::new("T", "a.mp4", "MP4");
    let upload = site.client.sign_upload(request).await.unwrap();
    upload.abort().await.unwrap();
    assert_eq!(site.status(upload.asset_id()), "CANCELLED");
    assert_eq!(site.objects().uploads(), []);
}

#[tokio::test]
async fn refused_urls_of_cover_and_subtitles_are_replaced() {
    let site = Site::start().await;
    for _ in 0..2 {
        let refused = vod_local::Fault::error(403, "AccessDenied");
        site.objects().fail(Step::Put, refused);
    }
    let (cover, subtitle) = (site.file("c.jpg", &noise(3)), site.file("s.srt", &noise(4)));
    let upload = || site.client.upload(site.video(10)).cover(&cover);
    let upload = || upload().subtitle(1, SubtitleLanguage::English, &subtitle);

    // Once, and not twice.
    let error = upload().await.unwrap_err();
    assert_eq!(error.code(), Some("AccessDenied"));
    let refused = vod_local::Fault::error(403, "AccessDenied");
    site.objects().fail(Step::Put, refused);
    let done = upload().await.unwrap();

    let asset = site.objects().asset(&done.asset_id).unwrap();
    assert_eq!(site.objects().bytes(&asset.cover.unwrap()), Some(noise(3)));
    assert_eq!(site.objects().bytes(&asset.subtitles[0]), Some(noise(4)));
    assert!(site.calls().contains(&"UpdateAsset"));
}
