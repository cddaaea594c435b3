//! Uploads in parts, in the order in which the vendor's clients go, and what goes wrong with them.

use serde_json::json;
use vod_local::{ContentTypes, Storage};

use crate::{JOINED, ONE, ONE_BASE64, ONE_TWO, Stand, TWO, TWO_BASE64, named, send};

#[tokio::test]
async fn the_way_of_the_vendor() {
    let stand = Stand::new().await;
    let created = stand.create(json!({})).await;
    let upload_id = stand.start(&created).await;
    for (number, body, md5, etag) in [(1, "one", ONE_BASE64, ONE), (2, "two", TWO_BASE64, TWO)] {
        let more = json!({"upload_id": upload_id, "part_number": number, "content_md5": md5});
        let url = stand.signed(&created, "PUT", more).await;
        let request = stand
            .http
            .put(url)
            .header("Content-Type", "application/octet-stream");
        let reply = send(request.header("Content-MD5", md5).body(body)).await;
        assert_eq!((reply.status, reply.text.as_str()), (200, ""));
        assert_eq!(reply.header("etag"), Some(format!("\"{etag}\"").as_str()));
    }
    let uploads = stand.objects().uploads();
    let parts: Vec<_> = uploads[0]
        .parts
        .iter()
        .map(|part| (part.number, part.size))
        .collect();
    assert_eq!(
        (&uploads[0].key, parts),
        (&created.object, vec![(1, 3), (2, 3)])
    );

    let list = stand.list(&created, &upload_id).await;
    assert!(
        list.text
            .contains("http://obs.cn-north-4.myhuaweicloud.com/doc/2015-06-30/")
    );
    assert_eq!(list.element("IsTruncated"), Some("false"));
    assert_eq!(list.element("NextPartNumberMarker"), Some("2"));
    assert_eq!(
        list.element("ETag"),
        Some(format!("&quot;{ONE}&quot;").as_str())
    );
    assert!(stand.objects().keys().is_empty());

    let parts = named(1, &format!("\"{ONE}\"")) + &named(2, TWO);
    let reply = send(stand.join(&created, &upload_id, &parts).await).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    assert!(reply.text.contains("CompleteMultipartUploadResult"));
    assert_eq!(
        reply.element("ETag"),
        Some(format!("&quot;{JOINED}&quot;").as_str())
    );
    let object = stand.objects().object(&created.object).unwrap();
    assert_eq!(
        (object.size, object.md5.as_str(), object.etag.as_str()),
        (6, ONE_TWO, JOINED)
    );
    assert_eq!(object.content_type, "video/mp4");
    assert_eq!(stand.objects().bytes(&created.object).unwrap(), "onetwo");
    assert!(stand.objects().uploads().is_empty());
    assert_eq!(
        stand.confirm(&created.asset_id, "CREATED").await.status,
        200
    );

    let refused = stand
        .authorize(&created, "POST", json!({"content_type": "video/mp4"}))
        .await;
    assert_eq!(
        (refused.status, &refused.json()["error_code"]),
        (403, &json!("VOD.10135"))
    );
}

#[tokio::test]
async fn only_objects_of_assets_are_signed() {
    let stand = Stand::new().await;
    let mut created = stand.create(json!({})).await;
    created.object += "x";
    let reply = stand
        .authorize(&created, "POST", json!({"content_type": "video/mp4"}))
        .await;
    assert_eq!(
        (reply.status, &reply.json()["error_code"]),
        (400, &json!("VOD.10062"))
    );
}

#[tokio::test]
async fn parts_and_the_end_have_fixed_types() {
    let stand = Stand::new().await;
    let created = stand.create(json!({})).await;
    let upload_id = stand.start(&created).await;
    // Whatever was asked for.
    let more = json!({"upload_id": upload_id, "part_number": 1, "content_type": "video/mp4"});
    let url = stand.signed(&created, "PUT", more).await;
    for (content_type, status) in [
        ("video/mp4", 403),
        ("", 403),
        ("application/octet-stream", 200),
    ] {
        let mut request = stand.http.put(&url).body("one");
        if !content_type.is_empty() {
            request = request.header("Content-Type", content_type);
        }
        let reply = send(request).await;
        assert_eq!(reply.status, status, "{content_type}");
        if status == 403 {
            assert_eq!(reply.error(), (403, "SignatureDoesNotMatch"));
        }
    }
    let url = stand
        .signed(&created, "POST", json!({"upload_id": upload_id}))
        .await;
    let body = format!(
        "<CompleteMultipartUpload>{}</CompleteMultipartUpload>",
        named(1, ONE)
    );
    let request = || stand.http.post(&url).body(body.clone());
    assert_eq!(
        send(request()).await.error(),
        (403, "SignatureDoesNotMatch")
    );
    let reply = send(request().header("Content-Type", "application/xml")).await;
    assert_eq!(reply.status, 200);
}

#[tokio::test]
async fn types_can_be_as_asked() {
    let storage = Storage::new().signed_content_types(ContentTypes::AsAsked);
    let stand = Stand::with(storage).await;
    let created = stand.create(json!({})).await;
    let upload_id = stand.start(&created).await;
    let more = json!({"upload_id": upload_id, "part_number": 1});
    let url = stand.signed(&created, "PUT", more).await;
    let request = || stand.http.put(&url).body("one");
    let fixed = request().header("Content-Type", "application/octet-stream");
    assert_eq!(send(fixed).await.status, 403);
    assert_eq!(send(request()).await.status, 200);
    let url = stand
        .signed(&created, "POST", json!({"upload_id": upload_id}))
        .await;
    let body = format!(
        "<CompleteMultipartUpload>{}</CompleteMultipartUpload>",
        named(1, ONE)
    );
    assert_eq!(send(stand.http.post(url).body(body)).await.status, 200);
}

#[tokio::test]
async fn a_url_is_for_one_part() {
    let stand = Stand::new().await;
    let created = stand.create(json!({})).await;
    let upload_id = stand.start(&created).await;
    let more = json!({"upload_id": upload_id, "part_number": 1});
    let url = stand.signed(&created, "PUT", more).await;
    let other = url.replace("partNumber=1", "partNumber=2");
    let request = stand
        .http
        .put(other)
        .header("Content-Type", "application/octet-stream");
    assert_eq!(
        send(request.body("one")).await.error(),
        (403, "SignatureDoesNotMatch")
    );
    let request = stand
        .http
        .get(&url)
        .header("Content-Type", "application/octet-stream");
    assert_eq!(send(request).await.error(), (403, "SignatureDoesNotMatch"));
    let url = stand
        .signed(&created, "POST", json!({"content_type": "video/mp4"}))
        .await;
    assert!(url.contains("?uploads&"), "{url}");
    let other = url.replace("?uploads&", "?");
    let request = stand.http.post(other).header("Content-Type", "video/mp4");
    assert_eq!(send(request).await.error(), (405, "MethodNotAllowed"));
}

#[tokio::test]
async fn the_end_is_refused() {
    let stand = Stand::with(Storage::new().smallest_part(4)).await;
    let created = stand.create(json!({})).await;
    let upload_id = stand.upload(&created, &["four", "one", "two"]).await;
    let four = "8cbad96aced40b3838dd9f07f6ef5772";
    struct Case {
        name: &'static str,
        parts: String,
        code: &'static str,
    }

    let cases = [
        Case {
            name: "no parts",
            parts: String::new(),
            code: "MalformedXML",
        },
        Case {
            name: "no list",
            parts: "<Part/>".into(),
            code: "MalformedXML",
        },
        Case {
            name: "the wrong way round",
            parts: named(2, ONE) + &named(1, four),
            code: "InvalidPartOrder",
        },
        Case {
            name: "one part twice",
            parts: named(1, four) + &named(1, four),
            code: "InvalidPartOrder",
        },
        Case {
            name: "an unknown part",
            parts: named(1, four) + &named(4, ONE),
            code: "InvalidPart",
        },
        Case {
            name: "another ETag",
            parts: named(1, four) + &named(2, TWO),
            code: "InvalidPart",
        },
        Case {
            name: "a weak ETag",
            parts: named(1, &format!("W/\"{four}\"")),
            code: "InvalidPart",
        },
        Case {
            name: "a small part that is not the last",
            parts: named(2, ONE) + &named(3, TWO),
            code: "EntityTooSmall",
        },
    ];
    for Case { name, parts, code } in cases {
        let reply = send(stand.join(&created, &upload_id, &parts).await).await;
        assert_eq!(reply.error(), (400, code), "{name}");
    }
    assert!(stand.objects().keys().is_empty());
    // Parts that are not named are gone.
    let parts = named(1, four) + &named(3, TWO);
    assert_eq!(
        send(stand.join(&created, &upload_id, &parts).await)
            .await
            .status,
        200
    );
    assert_eq!(stand.objects().bytes(&created.object).unwrap(), "fourtwo");
}

#[tokio::test]
async fn an_upload_that_is_over_is_unknown() {
    let stand = Stand::new().await;
    enum End {
        Joined,
        Aborted,
        AbortedByOthers,
        Cancelled,
    }

    for end in [
        End::Joined,
        End::Aborted,
        End::AbortedByOthers,
        End::Cancelled,
    ] {
        let created = stand.create(json!({})).await;
        let upload_id = stand.upload(&created, &["one"]).await;
        let more = json!({"upload_id": upload_id});
        let part = stand.part(&created, &upload_id, 2).await.body("two");
        let list = stand
            .http
            .get(stand.signed(&created, "GET", more.clone()).await);
        let join = stand.join(&created, &upload_id, &named(1, ONE)).await;
        let abort = stand
            .http
            .delete(stand.signed(&created, "DELETE", more).await);
        match end {
            End::Joined => assert_eq!(send(join.try_clone().unwrap()).await.status, 200),
            End::Aborted => assert_eq!(send(abort.try_clone().unwrap()).await.status, 204),
            End::AbortedByOthers => stand.objects().abort(&upload_id),
            End::Cancelled => {
                assert_eq!(
                    stand.confirm(&created.asset_id, "CANCELLED").await.status,
                    200
                );
            }
        }
        assert!(stand.objects().uploads().is_empty());
        for request in [part, list, join, abort] {
            assert_eq!(send(request).await.error(), (404, "NoSuchUpload"));
        }
    }
}

#[tokio::test]
async fn the_last_part_with_a_number_counts() {
    let stand = Stand::new().await;
    let created = stand.create(json!({})).await;
    let upload_id = stand.upload(&created, &["two"]).await;
    let again = stand.part(&created, &upload_id, 1).await.body("one");
    assert_eq!(send(again).await.status, 200);
    let parts = &stand.objects().uploads()[0].parts;
    assert_eq!((parts.len(), parts[0].md5.as_str()), (1, ONE));
}
