//! Files in one piece, and the state of what they are for.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use vod_api::reqwest::Method;
use vod_local::{Reply, Service};

use crate::{ONE, ONE_BASE64, Stand, send};

#[tokio::test]
async fn without_storage_the_examples_are_the_answers() {
    let service = Service::start().await.unwrap();
    assert!(service.storage().is_none());
    let client = service.client().build().unwrap();
    let reply = client
        .create_asset_by_file_upload("t", "v.mp4", "MP4")
        .await
        .unwrap();
    assert_eq!(
        reply.asset_id.as_deref(),
        Some("f488337c31c8e4622f1590735b134c65")
    );
}

#[tokio::test]
async fn a_file_in_one_piece() {
    let stand = Stand::new().await;
    let created = stand.create(json!({"video_md5": ONE_BASE64})).await;
    let asset = stand.objects().asset(&created.asset_id).unwrap();
    assert_eq!(
        (asset.status.as_str(), &asset.object),
        ("CREATING", &created.object)
    );
    assert_eq!(created.reply["cover_upload_url"], Value::Null);
    assert_eq!(created.reply["subtitle_upload_urls"], json!([]));
    assert_eq!(created.reply["target"]["location"], "cn-north-4");
    let folder = format!("{}/{}/", stand.service.project_id(), created.asset_id);
    assert!(created.object.starts_with(&folder) && created.object.ends_with(".mp4"));
    let start = format!(
        "{}/{}/{}?",
        stand.service.endpoint(),
        created.bucket,
        created.object
    );
    assert!(
        created.video_url.starts_with(&start),
        "{}",
        created.video_url
    );

    // Nothing is there yet.
    let early = stand.confirm(&created.asset_id, "CREATED").await;
    assert_eq!(
        (early.status, &early.json()["error_code"]),
        (403, &json!("VOD.10126"))
    );

    let request = stand
        .put(&created.video_url)
        .header("Content-MD5", ONE_BASE64);
    let reply = send(request.body("one")).await;
    assert_eq!((reply.status, reply.text.as_str()), (200, ""));
    assert_eq!(reply.header("etag"), Some(format!("\"{ONE}\"").as_str()));
    assert!(reply.header("x-obs-request-id").is_some() && reply.header("x-obs-id-2").is_some());
    assert_eq!(reply.header("x-request-id"), None);
    let object = stand.objects().object(&created.object).unwrap();
    assert_eq!(
        (object.size, object.md5.as_str(), object.etag.as_str()),
        (3, ONE, ONE)
    );
    assert_eq!(object.content_type, "video/mp4");
    assert_eq!(stand.objects().bytes(&created.object).unwrap(), "one");
    assert_eq!(stand.objects().keys(), [created.object]);

    let confirmed = stand.confirm(&created.asset_id, "CREATED").await;
    assert_eq!(confirmed.json(), json!({"asset_id": created.asset_id}));
    assert_eq!(stand.status(&created.asset_id), "CREATED");
    assert_eq!(
        stand.confirm(&created.asset_id, "CREATED").await.status,
        403
    );
}

#[tokio::test]
async fn covers_and_subtitles_have_urls_of_their_own() {
    let stand = Stand::new().await;
    let subtitles = json!([
        {"id": 1, "type": "SRT", "language": "EN", "md5": ONE_BASE64},
        {"id": 8, "type": "SRT", "language": "CN"},
    ]);
    let created = stand
        .create(json!({"cover_type": "PNG", "subtitles": subtitles}))
        .await;
    let asset = stand.objects().asset(&created.asset_id).unwrap();
    let folder = format!("{}/{}", stand.service.project_id(), created.asset_id);
    assert_eq!(asset.cover, Some(format!("{folder}/cover/Cover0.png")));
    assert_eq!(
        asset.subtitles,
        [
            format!("{folder}/subtitle/1.srt"),
            format!("{folder}/subtitle/8.srt")
        ]
    );
    let urls = &created.reply["subtitle_upload_urls"];
    let files = [
        (&created.reply["cover_upload_url"], "image/png", None),
        (&urls[0], "application/octet-stream", Some(ONE_BASE64)),
        (&urls[1], "application/octet-stream", None),
    ];
    for (url, content_type, md5) in files {
        let mut request = stand.http.put(url.as_str().unwrap());
        request = request.header("Content-Type", content_type).body("one");
        if let Some(md5) = md5 {
            request = request.header("Content-MD5", md5);
        }
        assert_eq!(send(request).await.status, 200, "{url}");
    }
    assert_eq!(stand.objects().keys().len(), 3);
}

#[tokio::test]
async fn what_failed_can_be_uploaded_again() {
    let stand = Stand::new().await;
    let path = "/v1.0/PROJECT/asset";
    for end in ["FAILED", "CANCELLED"] {
        let created = stand.create(json!({})).await;
        let video = json!({
            "asset_id": created.asset_id, "video_name": "w.mov", "video_type": "MOV",
        });
        let early = stand.call(Method::PUT, path, video.clone()).await;
        assert_eq!(
            (early.status, &early.json()["error_code"]),
            (403, &json!("VOD.10061"))
        );
        // A cover can be replaced at any time.
        let cover = json!({"asset_id": created.asset_id, "cover_id": 0, "cover_type": "JPG"});
        let reply = stand.call(Method::PUT, path, cover).await.json();
        assert_eq!(reply["video_upload_url"], Value::Null);
        let url = reply["cover_upload_url"].as_str().unwrap();
        let request = stand.http.put(url).header("Content-Type", "image/jpg");
        assert_eq!(send(request.body("one")).await.status, 200);

        assert_eq!(stand.confirm(&created.asset_id, end).await.status, 200);
        assert_ne!(stand.status(&created.asset_id), "CREATING");
        assert_eq!(stand.confirm(&created.asset_id, end).await.status, 403);
        let reply = stand.call(Method::PUT, path, video).await.json();
        assert_eq!(reply.get("target"), None);
        assert_eq!(stand.status(&created.asset_id), "CREATING");
        let object = stand.objects().asset(&created.asset_id).unwrap().object;
        assert_ne!(object, created.object);
        let url = reply["video_upload_url"].as_str().unwrap();
        assert!(url.contains(&object) && object.ends_with(".mov"));
        let request = stand
            .http
            .put(url)
            .header("Content-Type", "video/quicktime");
        assert_eq!(send(request.body("one")).await.status, 200);
        assert_eq!(
            stand.confirm(&created.asset_id, "CREATED").await.status,
            200
        );
    }
}

#[tokio::test]
async fn assets_are_shown_as_they_are() {
    let stand = Stand::new().await;
    stand
        .service
        .set_clock(SystemTime::UNIX_EPOCH + Duration::from_secs(2_000_000_000));
    let created = stand.stored("one").await;
    let id = created.asset_id.as_str();
    let meta = || {
        stand.call(
            Method::GET,
            "/v1.0/PROJECT/asset/info",
            json!({"asset_id": id}),
        )
    };
    let reply = meta().await.json();
    assert_eq!(reply["total"], 1);
    assert_eq!(reply["asset_info_array"][0]["status"], "CREATING");
    stand.confirm(id, "CREATED").await;
    assert_eq!(
        meta().await.json()["asset_info_array"][0]["status"],
        "CREATED"
    );
    let path = "/v1.0/PROJECT/asset/details";
    let reply = stand
        .call(Method::GET, path, json!({"asset_id": id}))
        .await
        .json();
    assert_eq!(reply["asset_id"], id);
    assert_eq!(reply["base_info"]["title"], "t");
    assert_eq!(reply["base_info"]["source_path"]["object"], created.object);
    assert_eq!(reply["base_info"]["create_time"], "20330518033320");

    // The client reads it, too.
    let client = stand.service.client().build().unwrap();
    let shown = client.show_asset_detail(id).await.unwrap();
    assert_eq!(
        shown.base_info.as_ref().unwrap().video_name.as_deref(),
        Some("v.mp4")
    );
    for path in [path, "/v1.0/PROJECT/asset/info"] {
        let reply = stand
            .call(Method::GET, path, json!({"asset_id": "other"}))
            .await;
        assert_eq!(
            (reply.status, &reply.json()["error_code"]),
            (400, &json!("VOD.10062"))
        );
    }
}

#[tokio::test]
async fn duplicates_are_found_by_size_and_first_bytes() {
    let stand = Stand::new().await;
    let short = stand.stored("one").await;
    let long = "x".repeat(1024) + "y";
    let created = stand.create(json!({})).await;
    send(stand.put(&created.video_url).body(long)).await;
    let find = async |size: u64, md5: &str| {
        let parameters = json!({"size": size, "md5": md5});
        let path = "/v1.0/PROJECT/asset/duplication";
        stand.call(Method::GET, path, parameters).await.json()
    };
    let hit = |id: &str| json!({"is_duplicated": 1, "asset_ids": [id]});
    assert_eq!(find(3, ONE).await, hit(&short.asset_id));
    // The hash of 1024 times "x".
    let head = "7265f4d211b56873a381d321f586e4a9";
    assert_eq!(find(1025, head).await, hit(&created.asset_id));
    let miss = json!({"is_duplicated": 0, "asset_ids": []});
    assert_eq!(find(4, ONE).await, miss);
    assert_eq!(find(3, head).await, miss);
}

#[tokio::test]
async fn images_of_watermarks() {
    let stand = Stand::new().await;
    let parameters = json!({"name": "logo", "type": "PNG"});
    let path = "/v1.0/PROJECT/template/watermark";
    let created = stand.call(Method::POST, path, parameters).await.json();
    let confirm = async |status| {
        let parameters = json!({"id": created["id"], "status": status});
        let path = "/v1.0/PROJECT/watermark/status/uploaded";
        stand.call(Method::POST, path, parameters).await
    };
    assert_eq!(confirm("SUCCEED").await.status, 403);
    let url = created["upload_url"].as_str().unwrap();
    let request = stand.http.put(url).header("Content-Type", "image/png");
    assert_eq!(send(request.body("one")).await.status, 200);
    let reply = confirm("SUCCEED").await.json();
    let url = reply["image_url"].as_str().unwrap();
    assert_eq!(send(stand.http.get(url)).await.text, "one");
}

#[tokio::test]
async fn replies_of_the_test_go_first() {
    let stand = Stand::new().await;
    let created = stand.stored("one").await;
    stand
        .service
        .reply_to("ConfirmAssetUpload", Reply::status(503));
    assert_eq!(
        stand.confirm(&created.asset_id, "CREATED").await.status,
        503
    );
    assert_eq!(stand.status(&created.asset_id), "CREATING");
    stand.service.reply(Reply::documented());
    assert_eq!(
        stand.confirm(&created.asset_id, "CREATED").await.status,
        200
    );
    assert_eq!(stand.status(&created.asset_id), "CREATED");
}
