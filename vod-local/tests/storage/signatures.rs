//! Signed URLs.

use std::time::{Duration, SystemTime};

use serde_json::json;
use vod_local::Storage;

use crate::{ONE_BASE64, Stand, TWO_BASE64, send};

#[tokio::test]
async fn one_header_off_and_the_signature_does_not_match() {
    let stand = Stand::new().await;
    let created = stand.create(json!({"video_md5": ONE_BASE64})).await;
    let url = created.video_url.as_str();
    struct Case {
        name: &'static str,
        url: String,
        content_type: Option<&'static str>,
        md5: Option<&'static str>,
        header: Option<&'static str>,
        error: (u16, &'static str),
    }

    let good = Case {
        name: "",
        url: url.to_owned(),
        content_type: Some("video/mp4"),
        md5: Some(ONE_BASE64),
        header: None,
        error: (403, "SignatureDoesNotMatch"),
    };
    let cases = [
        Case {
            name: "another type",
            content_type: Some("video/mpeg"),
            ..copy(&good)
        },
        Case {
            name: "no type",
            content_type: None,
            ..copy(&good)
        },
        Case {
            name: "another hash",
            md5: Some(TWO_BASE64),
            ..copy(&good)
        },
        Case {
            name: "no hash",
            md5: None,
            ..copy(&good)
        },
        Case {
            name: "another object",
            url: url.replace(".mp4", ".mov"),
            ..copy(&good)
        },
        Case {
            name: "a header of OBS",
            header: Some("x-obs-acl"),
            ..copy(&good)
        },
        Case {
            name: "a later expiry",
            url: url.replace("Expires=1", "Expires=2"),
            ..copy(&good)
        },
        Case {
            name: "a signed parameter",
            url: format!("{url}&acl"),
            ..copy(&good)
        },
        Case {
            name: "an unknown key",
            url: url.replace("KeyId=LOCAL", "KeyId=OTHER"),
            error: (403, "InvalidAccessKeyId"),
            ..copy(&good)
        },
        Case {
            name: "no signature",
            url: url.split_once('?').unwrap().0.to_owned(),
            error: (403, "AccessDenied"),
            ..copy(&good)
        },
        Case {
            name: "signed twice",
            header: Some("authorization"),
            error: (400, "InvalidArgument"),
            ..copy(&good)
        },
    ];
    fn copy(case: &Case) -> Case {
        Case {
            url: case.url.clone(),
            ..*case
        }
    }
    for Case {
        name,
        url,
        content_type,
        md5,
        header,
        error,
    } in cases
    {
        let mut request = stand.http.put(url).body("one");
        let headers = [("Content-Type", content_type), ("Content-MD5", md5)];
        for (name, value) in headers {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        if let Some(name) = header {
            request = request.header(name, "private");
        }
        let reply = send(request).await;
        assert_eq!(reply.error(), error, "{name}: {reply:?}");
        for element in ["Message", "Resource", "RequestId", "HostId"] {
            assert!(reply.element(element).is_some(), "{name}: {reply:?}");
        }
    }
    let reply = send(stand.put(url).header("Content-MD5", ONE_BASE64).body("two")).await;
    assert_eq!(reply.error(), (400, "BadDigest"));
    assert!(stand.objects().keys().is_empty());
    // What is not signed is free.
    let request = stand
        .put(&format!("{url}&x=1"))
        .header("Content-MD5", ONE_BASE64);
    assert_eq!(send(request.body("one")).await.status, 200);
}

#[tokio::test]
async fn urls_expire_by_the_clock_of_the_service() {
    let lifetime = Duration::from_secs(60);
    let stand = Stand::with(Storage::new().url_lifetime(lifetime)).await;
    let start = SystemTime::UNIX_EPOCH + Duration::from_secs(2_000_000_000);
    stand.service.set_clock(start);
    let created = stand.create(json!({})).await;
    assert!(
        created.video_url.contains("&Expires=2000000060&"),
        "{}",
        created.video_url
    );
    stand.service.set_clock(start + lifetime);
    let reply = send(stand.put(&created.video_url).body("one")).await;
    assert_eq!(reply.error(), (403, "AccessDenied"));
    stand.service.set_clock(start + lifetime / 2);
    assert_eq!(
        send(stand.put(&created.video_url).body("one")).await.status,
        200
    );
}
