//! Lists with more items than the service lists of one request.

use std::collections::HashSet;
use std::time::SystemTime;

use vod_api::{format_rfc3339, format_time, parse_time};

use super::*;

/// The first second of 2026.
const YEAR: i64 = 1_767_225_600;
/// The last one.
const YEAR_END: i64 = 1_798_761_599;

/// How many items of one request can be listed.
const CEILING: usize = 20_000;

/// Whether the limits of a period belong to it.
#[derive(Debug, Clone, Copy)]
struct Reading {
    from: bool,
    to: bool,
}

const READINGS: [Reading; 4] = [
    Reading {
        from: true,
        to: true,
    },
    Reading {
        from: true,
        to: false,
    },
    Reading {
        from: false,
        to: true,
    },
    Reading {
        from: false,
        to: false,
    },
];

fn at(seconds: i64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.unsigned_abs())
}

fn text(seconds: i64) -> String {
    format_time(at(seconds))
}

fn seconds(text: &str) -> i64 {
    let since = parse_time(text)
        .unwrap()
        .duration_since(SystemTime::UNIX_EPOCH);
    since.unwrap().as_secs().try_into().unwrap()
}

/// Answers as the service does for media assets that were created at these times, in order: the
/// newest comes first, and the total ends at the ceiling.
fn answer(request: &ReceivedRequest, times: &[i64], reading: Reading) -> Reply {
    let parameters = request.parameters();
    let limit = |name: &str| parameters[name].as_str().map(seconds);
    let before = |limit: i64, counts: bool| {
        times.partition_point(|time| *time < limit || counts && *time == limit)
    };
    let first = limit("start_time").map_or(0, |it| before(it, !reading.from));
    let end = limit("end_time").map_or(times.len(), |it| before(it, reading.to));
    let count = end.saturating_sub(first);
    let number = |name: &str, default| parameters[name].as_u64().map_or(default, |it| it as usize);
    let size = number("size", 10);
    let skipped = number("page", 0) * size;
    let numbers = (first..end).rev().skip(skipped).take(size);
    let assets: Vec<_> = numbers
        .map(|it| json!({ "asset_id": format!("a{it}"), "create_time": text(times[it]) }))
        .collect();
    let body = json!({ "assets": assets, "total": count.min(CEILING) });
    Reply::json(200, body).header("Date", "Thu, 31 Dec 2026 23:59:59 GMT")
}

/// How the limits can be read. The service with state reads them as the docs do.
fn readings() -> &'static [Reading] {
    if Backend::has_state() {
        &READINGS[..1]
    } else {
        &READINGS
    }
}

async fn service(times: &[i64], reading: Reading) -> (Backend, Client) {
    let backend = Backend::start().await;
    match &backend {
        Backend::Told(service) => {
            let times = times.to_vec();
            service.respond(move |request| answer(request, &times, reading));
        }
        Backend::WithState(local) => {
            local.clock().set(at(YEAR_END));
            let asset = |(number, time): (usize, &i64)| json!({"id": format!("a{number}"), "created": format_rfc3339(at(*time))});
            hold(local, times.iter().enumerate().map(asset).collect());
        }
    }
    let client = backend.client().build().unwrap();
    (backend, client)
}

/// Reads a list, and says how many items it has; all of them are different.
async fn distinct(mut items: ItemsByTime<ListAssetListRequest>) -> Result<usize, Error> {
    let mut ids = HashSet::new();
    while let Some(item) = items.next().await {
        let id = item?.asset_id.unwrap();
        assert!(ids.insert(id.clone()), "{id} came twice");
    }
    assert_eq!(items.next_request(), None);
    Ok(ids.len())
}

/// 25,000 times within half a year; three seconds, two of them neighbours, have 3,000 each.
fn many() -> Vec<i64> {
    let mut times: Vec<_> = (0..16_000).map(|it| YEAR + it * 977).collect();
    for second in [YEAR + 1_000_000, YEAR + 1_000_001, YEAR + 9_999_999] {
        times.extend([second; 3_000]);
    }
    times.sort_unstable();
    times
}

#[tokio::test]
async fn each_of_25_000_items_comes_once_however_limits_are_read() {
    let mut calls = Vec::new();
    for reading in READINGS {
        let (service, client) = service(&many(), reading).await;
        let came = distinct(client.list_asset_list().items_by_time()).await;
        assert_eq!(came.unwrap(), 25_000, "{reading:?}");
        calls.push(service.requests().len());
    }
    // 250 pages at least; the others find the periods.
    assert_eq!(calls, [263, 263, 263, 263]);
}

#[tokio::test]
async fn pages_that_do_not_divide_the_ceiling_reach_all_items() {
    // 666 pages of 30 items end at 19,980.
    let times: Vec<_> = (0..19_990).map(|it| YEAR + it).collect();
    let (_service, client) = service(&times, READINGS[0]).await;
    let came = distinct(client.list_asset_list().size(30).items_by_time()).await;
    assert_eq!(came.unwrap(), 19_990);
}

#[tokio::test]
async fn neighbouring_seconds_are_told_apart() {
    // Together they are too many for one list.
    let mut times = vec![YEAR - 1];
    times.extend([YEAR; 10_001]);
    times.extend([YEAR + 1; 10_000]);
    times.push(YEAR + 2);
    for reading in READINGS {
        let (_service, client) = service(&times, reading).await;
        let came = distinct(client.list_asset_list().items_by_time()).await;
        assert_eq!(came.unwrap(), 20_003, "{reading:?}");
    }
}

#[tokio::test]
async fn a_second_with_too_many_items_is_told() {
    let mut times: Vec<_> = (0..100).map(|it| YEAR + it).collect();
    times.extend([YEAR + 100; CEILING]);
    times.extend((101..200).map(|it| YEAR + it));
    for reading in readings() {
        let (_service, client) = service(&times, *reading).await;
        let mut items = client.list_asset_list().items_by_time();
        let mut came = 0;
        let error = loop {
            match items.next().await.unwrap() {
                Ok(_) => came += 1,
                Err(error) => break error,
            }
        };
        // All before that second.
        assert_eq!(came, 100, "{reading:?}");
        assert_eq!(error.kind(), ErrorKind::Incomplete);
        // Where one of two limits belongs to a period, a second is listed with the one beside it.
        let when = match (reading.from, reading.to) {
            (true, false) => "from 20260101000140 to 20260101000141",
            (false, true) => "from 20260101000139 to 20260101000140",
            _ => "at 20260101000140",
        };
        assert_eq!(
            error.to_string(),
            format!(
                "ListAssetList: 20000 items or more {when} (UTC) are more than can be listed, and one second cannot \
                 be divided: narrow the request down"
            )
        );
        assert!(items.next().await.is_none());
        assert_eq!(items.next_request(), None);
    }
}

#[tokio::test]
async fn limits_of_the_request_stay() {
    let times = many();
    let (from, to) = (YEAR + 999_990, YEAR + 9_999_999);
    for reading in READINGS {
        let (service, client) = service(&times, reading).await;
        let call = client
            .list_asset_list()
            .start_time(text(from))
            .end_time(text(to));
        let due = times.iter().filter(|time| {
            (from..=to).contains(*time)
                && (reading.from || **time > from)
                && (reading.to || **time < to)
        });
        let came = distinct(call.items_by_time()).await.unwrap();
        assert_eq!(came, due.count(), "{reading:?}");
        for request in service.requests() {
            let limit = |name: &str| seconds(request.parameters()[name].as_str().unwrap());
            assert!(from <= limit("start_time") && limit("end_time") <= to);
        }
    }
}

#[tokio::test]
async fn a_list_on_one_page_takes_one_call() {
    for count in [0, 1, 100] {
        let (service, client) = service(&many()[..count], READINGS[0]).await;
        let came = distinct(client.list_asset_list().items_by_time()).await;
        assert_eq!((came.unwrap(), service.requests().len()), (count, 1));
        let requests = service.requests();
        assert_eq!(*requests[0].parameters(), json!({ "size": 100 }));
    }
}

#[tokio::test]
async fn a_page_that_is_not_full_is_all_where_there_is_no_total() {
    // The service does not take a period beside ids.
    let (service, client) = start().await;
    let asset = json!({ "asset_id": "a1" });
    service.reply(Reply::json(200, json!({ "asset_info_array": [asset] })));
    let assets = client.show_asset_meta().asset_ids(["a1"]).items_by_time();
    assert_eq!(assets.into_vec().await.unwrap().len(), 1);
    assert_eq!(service.requests().len(), 1);
}

#[tokio::test]
async fn the_end_is_one_second_after_the_first_reply() {
    let (service, client) = service(&many()[..250], READINGS[0]).await;
    let came = distinct(client.list_asset_list().items_by_time()).await;
    assert_eq!((came.unwrap(), service.requests().len()), (250, 4));
    let ends = |requests: Vec<ReceivedRequest>| -> Vec<_> {
        let ends = requests
            .iter()
            .map(|it| it.parameters()["end_time"].clone());
        ends.collect()
    };
    let end = json!("20270101000000");
    assert_eq!(
        ends(service.requests()),
        [Value::Null, end.clone(), end.clone(), end]
    );

    // The header of a reply from a cache does not count: the clock of the client tells the time.
    let (service, _) = start().await;
    let times = many();
    service.respond(move |request| answer(request, &times[..250], READINGS[0]).header("Age", "0"));
    let now = SystemTime::now();
    let client = service.client().clock(move || now).build().unwrap();
    distinct(client.list_asset_list().items_by_time())
        .await
        .unwrap();
    let due = json!(format_time(now + Duration::from_secs(1)));
    assert_eq!(ends(service.requests())[1], due);
}

#[tokio::test]
async fn a_request_for_a_page_or_without_times_is_refused() {
    let (service, client) = service(&[], READINGS[0]).await;
    for (call, due) in [
        (
            client.list_asset_list().page(3),
            "ListAssetList: page cannot be set here: the list is read from its start (not sent)",
        ),
        (
            client.list_asset_list().start_time("yesterday"),
            "ListAssetList: start_time: \"yesterday\" is not in the form \"yyyymmddhhmmss\", as in \"20260320081500\" \
             (not sent)",
        ),
    ] {
        let mut items = call.items_by_time();
        let error = items.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert_eq!(error.to_string(), due);
        assert!(items.next().await.is_none());
    }
    assert_eq!(service.requests().len(), 0);
}

#[tokio::test]
async fn goes_on_after_an_error_that_passes() {
    let service = Service::start().await.unwrap();
    let client = service
        .client()
        .retry_policy(Retry::never())
        .build()
        .unwrap();
    let (times, calls) = (many(), AtomicU32::new(0));
    // Each third call fails.
    service.respond(
        move |request| match calls.fetch_add(1, Ordering::Relaxed) % 3 {
            2 => Reply::error(403, "VOD.10051", "Not now."),
            _ => answer(request, &times, READINGS[0]),
        },
    );
    let mut items = client.list_asset_list().items_by_time();
    let (mut ids, mut errors) = (HashSet::new(), 0);
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => assert!(ids.insert(item.asset_id)),
            Err(error) => {
                assert!(error.is_transient());
                errors += 1;
            }
        }
    }
    assert_eq!(ids.len(), 25_000);
    assert!(errors > 100, "{errors}");

    // As a stream, it ends at the first one.
    let came: Vec<_> = client.list_asset_list().items_by_time().collect().await;
    assert_eq!(came.iter().filter(|it| it.is_err()).count(), 1);
    assert!(came.last().unwrap().is_err());
}

#[tokio::test]
async fn another_program_goes_on_from_a_stored_request() {
    let (_service, client) = service(&many(), READINGS[0]).await;
    for stop in [12_345, 24_999] {
        let mut items = client.list_asset_list().items_by_time();
        let mut ids = HashSet::new();
        for _ in 0..stop {
            ids.insert(items.next().await.unwrap().unwrap().asset_id);
        }
        let stored = serde_json::to_string(&items.next_request().unwrap()).unwrap();
        let request: ListAssetListRequest = serde_json::from_str(&stored).unwrap();
        let mut items = client.execute(request).items_by_time();
        while let Some(item) = items.next().await {
            ids.insert(item.unwrap().asset_id);
        }
        assert_eq!(ids.len(), 25_000, "{stop}");
    }
}

#[tokio::test]
async fn items_without_an_id_are_kept() {
    let (service, client) = start().await;
    service.reply(Reply::json(200, json!({ "assets": [{}, {}], "total": 2 })));
    let items = client.list_asset_list().items_by_time().into_vec().await;
    assert_eq!(items.unwrap().len(), 2);
}
