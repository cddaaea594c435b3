//! Calls without `async`.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;

use serde_json::json;
use tokio::runtime::Runtime;
use vod_api::blocking::{block_on, block_on_blocking_thread};
use vod_api::http::Method;
use vod_api::{ErrorKind, Retry, Sent};
use vod_local::{Reply, Service};

#[test]
fn works_from_many_threads() {
    let runtime = Runtime::new().unwrap();
    let service = runtime.block_on(Service::start()).unwrap();
    let client = service.client().build().unwrap();
    thread::scope(|scope| {
        for id in 0..8 {
            let call = client.delete_thumbnails().asset_id(id.to_string());
            scope.spawn(|| call.send_blocking().unwrap());
        }
    });
    assert_eq!(service.requests().len(), 8);
    let raw = client
        .raw(Method::DELETE, "/v1/{project_id}/asset/thumbnails")
        .query("asset_id", "a1");
    assert!(block_on(raw).unwrap()["delete_result_array"].is_array());

    service.reply(Reply::error(400, "VOD.10062", "The asset does not exist."));
    let error = client
        .delete_thumbnails()
        .asset_id("a1")
        .send_blocking()
        .unwrap_err();
    assert!(error.is_not_found());
}

#[test]
fn lists_are_iterators() {
    let runtime = Runtime::new().unwrap();
    let service = runtime.block_on(Service::start()).unwrap();
    let client = service.client().build().unwrap();
    let pages = |sizes: &[usize]| {
        for (index, size) in sizes.iter().enumerate() {
            let asset = |number| json!({ "asset_id": format!("{index}-{number}") });
            let assets: Vec<_> = (0..*size).map(asset).collect();
            service.reply(Reply::json(200, json!({ "assets": assets, "total": 7 })));
        }
    };
    let call = || client.list_asset_list().size(3);
    pages(&[3, 3, 1]);
    let items: Result<Vec<_>, _> = call().items().blocking().collect();
    assert_eq!(items.unwrap().len(), 7);
    pages(&[3, 3, 1]);
    let pages_of_it: Result<Vec<_>, _> = call().pages().blocking().collect();
    assert_eq!(pages_of_it.unwrap().len(), 3);
    pages(&[7]);
    assert_eq!(call().size(7).items_by_time().blocking().count(), 7);

    // An error is the end.
    pages(&[3]);
    service.reply(Reply::error(400, "VOD.10053", "No."));
    let came: Vec<_> = call().items().blocking().map(|it| it.is_ok()).collect();
    assert_eq!(came, [true, true, true, false]);
    let mut items = call().items().blocking();
    let error = runtime
        .block_on(async { items.next() })
        .unwrap()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(items.next().is_none());

    // One that passed before is not.
    service.reply(Reply::status(503));
    let mut items = call().with_retry_policy(Retry::never()).items();
    let next = block_on(async { items.next().await.transpose() });
    assert!(next.unwrap_err().is_transient());
    pages(&[3, 3, 1]);
    assert_eq!(items.blocking().count(), 7);
}

#[tokio::test]
async fn refuses_to_block_a_runtime() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let error = client
        .delete_thumbnails()
        .asset_id("a1")
        .send_blocking()
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.was_sent()),
        (ErrorKind::Configuration, Sent::No)
    );
    assert_eq!(
        error.to_string(),
        "a blocking call was made inside an async runtime: use `.await`, or, in `spawn_blocking` and `block_in_place`, \
         `vod_api::blocking::block_on_blocking_thread`"
    );
    assert_eq!(service.requests().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn blocks_where_a_runtime_allows_it() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let call = client.delete_thumbnails().asset_id("a1");
    // Retried, which takes timers.
    service.reply(Reply::status(503));
    service.respond(|_| Reply::documented());
    let other = call.clone();
    let work = move || block_on_blocking_thread(other);
    let reply = tokio::task::spawn_blocking(work).await.unwrap().unwrap();
    assert_eq!(reply.meta().attempts(), 2);
    tokio::task::block_in_place(|| block_on_blocking_thread(call.clone())).unwrap();
    // It is no harm where there is no runtime.
    let thread = thread::spawn(move || block_on_blocking_thread(call));
    tokio::task::spawn_blocking(|| thread.join().unwrap())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(service.requests().len(), 4);
}

/// Connections live on between calls, as somebody runs them.
#[test]
fn connections_are_used_again() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut requests = 0;
        let mut lines = BufReader::new(&stream).lines();
        while let Some(Ok(line)) = lines.next() {
            if line.is_empty() {
                requests += 1;
                (&stream)
                    .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
                    .unwrap();
            }
        }
        requests
    });
    let client = vod_api::Client::builder()
        .endpoint(format!("http://{address}"))
        .project_id("p1")
        .credentials(vod_api::Credentials::new("ak", "sk"))
        .build()
        .unwrap();
    for _ in 0..3 {
        client
            .delete_thumbnails()
            .asset_id("a1")
            .send_blocking()
            .unwrap();
    }
    drop(client);
    assert_eq!(server.join().unwrap(), 3);
}
