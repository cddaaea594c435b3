//! Replies that are larger than anyone needs: they end in an error before they take memory.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use vod_api::http::Method;
use vod_api::{Error, ErrorKind, Sent};
use vod_local::{Reply, Service};

const LIST: &str = "/v1.0/{project_id}/asset/list";

/// A reply of many equal parts, packed.
fn packed(start: &str, part: &str, count: usize, end: &str) -> Reply {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(start.as_bytes()).unwrap();
    packer.write_all(part.repeat(count).as_bytes()).unwrap();
    packer.write_all(end.as_bytes()).unwrap();
    let body = packer.finish().unwrap();
    assert!(body.len() < 32 << 10, "{}", body.len());
    Reply::status(200)
        .header("Content-Encoding", "gzip")
        .body(body)
        .unchecked()
}

fn assert_refused(error: Error, limit: &str) {
    assert_eq!(
        (error.kind(), error.was_sent()),
        (ErrorKind::Decode, Sent::Yes)
    );
    assert_eq!(error.message(), format!("the reply has more than {limit}"));
}

/// The most memory that this process has had, in KiB.
#[cfg(target_os = "linux")]
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let digits = line.unwrap().trim().trim_end_matches(" kB");
    digits.parse().unwrap()
}

#[cfg(not(target_os = "linux"))]
fn peak() -> u64 {
    0
}

#[tokio::test]
async fn a_few_packed_bytes_do_not_take_all_memory() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let before = peak();
    let values = "500000 JSON values (ClientBuilder::max_response_values)";
    for (part, count) in [("{},", 300_000), ("0,", 600_000), (r#"{"":""},"#, 200_000)] {
        let page = packed(r#"{"assets": ["#, part, count, "{}]}");
        service.reply(page.clone());
        assert_refused(client.list_asset_list().await.unwrap_err(), values);
        service.reply(page);
        assert_refused(client.raw(Method::GET, LIST).await.unwrap_err(), values);
    }
    // The text, twice while it grows, and as much for packing it here; read, it would be hundreds of MiB.
    let taken = (peak() - before) >> 10;
    assert!(taken < 48, "{taken} MiB");
}

#[tokio::test]
async fn the_limit_on_values_is_exact() {
    let service = Service::start().await.unwrap();
    let client = service.client().max_response_values(8).build().unwrap();
    let tags = r#"{"assets": [{"title": "[,,,,,,,:{\"[["}], "total": 1}"#;
    service.reply(Reply::status(200).body(tags));
    assert_eq!(client.list_asset_list().await.unwrap().total, Some(1));
    let more = r#"{"assets": [{"title": "a"}], "total": 1, "x": 1}"#;
    service.reply(Reply::status(200).body(more).unchecked());
    let error = client.list_asset_list().await.unwrap_err();
    assert_refused(error, "8 JSON values (ClientBuilder::max_response_values)");
}

/// The largest page of the docs: 10,000 entries of a log.
#[tokio::test]
async fn the_largest_documented_page_is_far_below_the_limit() {
    let service = Service::start().await.unwrap();
    let client = service
        .client()
        .max_response_values(150_000)
        .build()
        .unwrap();
    let entry = r#"{"domain_name": "d", "start_time": "2026", "end_time": "2026", "name": "n", "size": 1, "link": "l"},"#;
    service.reply(packed(
        r#"{"logs": ["#,
        entry,
        9999,
        &(entry.trim_end_matches(',').to_owned() + "]}"),
    ));
    let call = client.list_domain_logs("d", "20260101000000");
    assert_eq!(call.await.unwrap().logs.len(), 10_000);
}
