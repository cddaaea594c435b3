//! Many parts, and many bytes.

use serde_json::json;
use vod_api::reqwest::Body;
use vod_local::{Keep, Storage};

use crate::{JOINED, ONE, Stand, TWO, named, send};

#[tokio::test]
async fn lists_come_in_pages() {
    let stand = Stand::new().await;
    let created = stand.create(json!({})).await;
    let upload_id = stand
        .upload(&created, &["one", "one", "one", "one", "one"])
        .await;
    let url = stand
        .signed(&created, "GET", json!({"upload_id": upload_id}))
        .await;
    struct Case {
        name: &'static str,
        query: &'static str,
        numbers: &'static [u32],
        is_truncated: &'static str,
        next: &'static str,
    }

    let cases = [
        Case {
            name: "all",
            query: "",
            numbers: &[1, 2, 3, 4, 5],
            is_truncated: "false",
            next: "5",
        },
        Case {
            name: "first page",
            query: "&max-parts=2",
            numbers: &[1, 2],
            is_truncated: "true",
            next: "2",
        },
        Case {
            name: "second page",
            query: "&max-parts=2&part-number-marker=2",
            numbers: &[3, 4],
            is_truncated: "true",
            next: "4",
        },
        Case {
            name: "last page",
            query: "&max-parts=2&part-number-marker=4",
            numbers: &[5],
            is_truncated: "false",
            next: "5",
        },
        Case {
            name: "after the last",
            query: "&part-number-marker=10000",
            numbers: &[],
            is_truncated: "false",
            next: "10000",
        },
        Case {
            name: "more than a page can have",
            query: "&max-parts=100000",
            numbers: &[1, 2, 3, 4, 5],
            is_truncated: "false",
            next: "5",
        },
    ];
    for Case {
        name,
        query,
        numbers,
        is_truncated,
        next,
    } in cases
    {
        let reply = send(stand.http.get(format!("{url}{query}"))).await;
        let found: Vec<u32> = reply
            .text
            .split("<PartNumber>")
            .skip(1)
            .map(|rest| rest.split_once('<').unwrap().0.parse().unwrap())
            .collect();
        assert_eq!(found, numbers, "{name}");
        assert_eq!(reply.element("IsTruncated"), Some(is_truncated), "{name}");
        assert_eq!(reply.element("NextPartNumberMarker"), Some(next), "{name}");
    }
    let reply = send(stand.http.get(url + "&max-parts=100000")).await;
    assert_eq!(reply.element("MaxParts"), Some("1000"));
}

#[tokio::test]
async fn what_is_large_needs_no_memory() {
    const CHUNK: &[u8] = &[0; 1 << 16];
    const SIZE: u64 = 64 << 20;

    let stand = Stand::with(Storage::new().keep(Keep::Digests)).await;
    let created = stand.create(json!({})).await;
    let body = Body::wrap(Zeros { left: SIZE });
    let reply = send(stand.put(&created.video_url).body(body)).await;
    assert_eq!(reply.status, 200);
    let object = stand.objects().object(&created.object).unwrap();
    assert_eq!(
        (object.size, object.md5.as_str()),
        (SIZE, "7f614da9329cd3aebf59b91aadc30bf0")
    );
    assert_eq!(stand.objects().bytes(&created.object), None);
    let reply = send(stand.http.get(stand.objects().url(&created.object))).await;
    assert_eq!(reply.error(), (501, "NotImplemented"));

    // Of parts the hash of all bytes is not known.
    let created = stand.create(json!({})).await;
    let upload_id = stand.upload(&created, &["one", "two"]).await;
    let parts = named(1, ONE) + &named(2, TWO);
    assert_eq!(
        send(stand.join(&created, &upload_id, &parts).await)
            .await
            .status,
        200
    );
    let object = stand.objects().object(&created.object).unwrap();
    assert_eq!(
        (object.size, object.md5.as_str(), object.etag.as_str()),
        (6, "", JOINED)
    );

    struct Zeros {
        left: u64,
    }

    impl http_body::Body for Zeros {
        type Data = &'static [u8];
        type Error = std::convert::Infallible;

        fn poll_frame(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<http_body::Frame<Self::Data>, Self::Error>>> {
            let chunk = &CHUNK[..CHUNK.len().min(usize::try_from(self.left).unwrap())];
            self.left -= chunk.len() as u64;
            let frame = (!chunk.is_empty()).then(|| Ok(http_body::Frame::data(chunk)));
            std::task::Poll::Ready(frame)
        }

        fn size_hint(&self) -> http_body::SizeHint {
            http_body::SizeHint::with_exact(self.left)
        }
    }
}
