//! Tests that are wrong, as users write them by mistake, and what the service says of each.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::fmt::Write;

use serde_json::{Value, json};
use vod_api::model::{
    ListAssetListRequest, ListAssetListResponse, ShowAssetDetailRequest, ShowAssetDetailResponse,
};
use vod_api::operation;
use vod_api::{Client, Retry};
use vod_local::{MistakeKind, Reply, Service, Storage};

/// What became of a wrong test.
struct Outcome {
    name: &'static str,
    /// The message of the first error that the client got.
    client: Option<String>,
    mistakes: Vec<String>,
}

/// Runs a test: first the service is told what to answer, then the code under test calls it.
async fn wrong(
    name: &'static str,
    script: impl FnOnce(&Service),
    code: impl AsyncFnOnce(&Client) -> Result<(), vod_api::Error>,
) -> Outcome {
    let service = Service::start().await.unwrap();
    script(&service);
    let client = service.client().retry_policy(Retry::never());
    let error = code(&client.build().unwrap()).await.err();
    let found = service.finish().unwrap_err();
    let mistakes = found.mistakes().iter().map(|mistake| {
        let place = mistake.place().map(|place| place.file());
        assert!(place.is_none_or(|file| file.ends_with("mistakes.rs")));
        format!("{:?}: {}", mistake.kind(), mistake.message())
    });
    Outcome {
        name,
        client: error.map(|error| error.to_string()),
        mistakes: mistakes.collect(),
    }
}

/// Lists media assets.
async fn list(client: &Client) -> Result<(), vod_api::Error> {
    client.list_asset_list().await.map(drop)
}

async fn delete(client: &Client) -> Result<(), vod_api::Error> {
    client.delete_thumbnails().task_ids(["t1"]).await.map(drop)
}

fn assets(assets: Value) -> Reply {
    Reply::json(200, json!({ "total": 1, "assets": assets }))
}

#[tokio::test]
async fn wrong_tests_fail() {
    let outcomes = [
        wrong(
            "the operation is misspelt",
            |service| service.reply_to("DeleteThumbnials", Reply::documented()),
            delete,
        )
        .await,
        wrong(
            "the operation has the name of the method",
            |service| service.reply_to("delete_thumbnails", Reply::documented()),
            async |_| Ok(()),
        )
        .await,
        wrong(
            "a member is misspelt",
            |service| service.reply(Reply::json(200, json!({"delete_result_aray": []}))),
            delete,
        )
        .await,
        wrong(
            "a member has its name in Rust",
            |service| service.reply(Reply::json(200, json!({"https_enabled": 1}))),
            async |client| client.show_https_config("example.com").await.map(drop),
        )
        .await,
        wrong(
            "a number is text",
            |service| service.reply(Reply::json(200, json!({"total": "1", "assets": []}))),
            list,
        )
        .await,
        wrong(
            "a value of an enum is misspelt",
            |service| {
                service.reply(assets(
                    json!([{"asset_id": "a1", "asset_status": "PUBLISH"}]),
                ))
            },
            list,
        )
        .await,
        wrong(
            "a time has another form",
            |service| service.reply(assets(json!([{"create_time": "2026-03-20 08:15"}]))),
            list,
        )
        .await,
        wrong(
            "the JSON has a slip",
            |service| service.reply(Reply::status(200).body(r#"{"total": 1, "assets": []"#)),
            list,
        )
        .await,
        wrong(
            "an operation without a body has one",
            |service| {
                let reply = Reply::json(204, json!({"id": "c1"}));
                service.reply_to("DeleteAssetCategory", reply);
            },
            async |client| client.delete_asset_category(7).await.map(drop),
        )
        .await,
        wrong(
            "the closure answers every operation with the reply of one",
            |service| {
                let reply = Reply::to::<ListAssetListRequest>(&ListAssetListResponse::default());
                service.respond(move |_| reply.clone());
            },
            delete,
        )
        .await,
        wrong(
            "the code ends before the last page",
            |service| {
                service.reply(assets(json!([{"asset_id": "a1"}])));
                service.reply(Reply::json(200, json!({"total": 1, "assets": []})));
            },
            list,
        )
        .await,
        wrong(
            "the code makes a call that the test did not expect",
            |service| service.reply_to("ListAssetList", Reply::documented()),
            async |client| {
                list(client).await?;
                delete(client).await
            },
        )
        .await,
        wrong(
            "the code makes the calls in another order",
            |service| {
                let detail =
                    Reply::to::<ShowAssetDetailRequest>(&ShowAssetDetailResponse::default());
                service.reply(Reply::to::<ListAssetListRequest>(
                    &ListAssetListResponse::default(),
                ));
                service.reply(detail);
                service.reply(Reply::json(200, json!({"delete_result_array": []})));
            },
            async |client| {
                client.show_asset_detail("a1").await?;
                client.show_asset_detail("a2").await.map(drop)
            },
        )
        .await,
    ];
    let mut text = String::new();
    for Outcome {
        name,
        client,
        mistakes,
    } in outcomes
    {
        writeln!(text, "{name}").unwrap();
        let client = client.map(|client| without_place(&client));
        writeln!(text, "  client: {}", client.as_deref().unwrap_or("-")).unwrap();
        for mistake in mistakes {
            writeln!(text, "  {mistake}").unwrap();
        }
    }
    insta::assert_snapshot!(text);
}

/// Without the line of this file.
fn without_place(message: &str) -> String {
    let Some((before, rest)) = message.split_once(file!()) else {
        return message.to_owned();
    };
    let place = rest.find(": ").unwrap();
    format!("{before}FILE{}", &rest[place..])
}

#[tokio::test]
async fn what_is_allowed_fails_no_test() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    list(&client).await.unwrap();
    service.reply(assets(json!([{"status": "ARCHIVED", "of_tomorrow": 1}])).unchecked());
    list(&client).await.unwrap();
    service.reply_to("DeleteThumbnails", Reply::documented().optional());
    service.reply_to("OfTomorrow", Reply::documented().unchecked().optional());
    // Errors, and what is not HTTP, are not looked at.
    service.reply(Reply::json(400, json!({"of_tomorrow": 1})));
    list(&client).await.unwrap_err();
    service.reply(Reply::status(200).body("<html>").cut_off());
    client
        .list_asset_list()
        .with_retry_policy(Retry::never())
        .await
        .unwrap_err();
    // Members may be missing, null, or blank.
    for body in [
        json!({}),
        json!(null),
        json!({"assets": null, "total": null}),
    ] {
        service.reply(Reply::json(200, body));
        list(&client).await.unwrap();
    }
    service.reply(assets(json!([{"create_time": "", "asset_status": ""}])));
    service.reply(Reply::status(204));
    list(&client).await.unwrap();
    list(&client).await.unwrap();
    service.respond(|_| Reply::documented());
    list(&client).await.unwrap();
    service.finish().unwrap();
}

#[tokio::test]
async fn state_answers_whatever_is_in_line() {
    let service = Service::builder().storage(Storage::new());
    let service = service.start().await.unwrap();
    let client = service.client().build().unwrap();
    service.reply_to("ListAssetList", Reply::documented());
    let created = client.create_asset_by_file_upload("A", "a.mp4", "MP4");
    created.await.unwrap();
    list(&client).await.unwrap();
    let found = client.delete_thumbnails().asset_id("a1").await.unwrap_err();
    assert_eq!(found.code(), Some("vod-local"));
    let found = service.finish().unwrap_err();
    assert_eq!(found.mistakes().len(), 1);
}

#[tokio::test]
async fn refused_requests_are_no_mistakes() {
    let service = Service::start().await.unwrap();
    service.reply(Reply::documented());
    let refused = service.client().project_id("another").build().unwrap();
    list(&refused).await.unwrap_err();
    list(&service.client().build().unwrap()).await.unwrap();
    service.finish().unwrap();
}

#[tokio::test]
async fn a_drop_tells_the_mistakes_with_their_places() {
    let (line, panic) = {
        let service = Service::start().await.unwrap();
        service.reply(Reply::documented());
        let line = line!() - 1;
        let dropped = std::thread::spawn(move || drop(service)).join();
        (line, *dropped.unwrap_err().downcast::<String>().unwrap())
    };
    assert_eq!(
        panic,
        format!(
            "the VOD service of this test was not used as its script says:\n- {}:{line}:17: no request of any \
             operation came for this reply (allowed by `Reply::optional`)",
            file!()
        )
    );
}

#[tokio::test]
async fn a_drop_does_not_hide_another_panic() {
    let service = Service::start().await.unwrap();
    service.reply(Reply::documented());
    let failed = std::thread::spawn(move || {
        assert!(!service.requests().is_empty(), "the test's own message");
    });
    let panic = failed.join().unwrap_err();
    let message = panic.downcast::<&str>().unwrap();
    assert_eq!(*message, "the test's own message");
}

#[tokio::test]
async fn long_lists_of_mistakes_are_cut() {
    let service = Service::start().await.unwrap();
    for _ in 0..12 {
        service.reply(Reply::documented());
    }
    let found = service.finish().unwrap_err();
    assert_eq!(found.mistakes().len(), 12);
    let kinds = found.mistakes().iter().map(|mistake| mistake.kind());
    assert!(kinds.into_iter().all(|kind| kind == MistakeKind::Unused));
    let text = found.to_string();
    assert_eq!(text.lines().count(), 12);
    assert!(text.ends_with("\n- and 2 more"), "{text}");
}

/// Whoever copies the reply of the docs must not be told that it is none, and what this crate makes of the types is a
/// reply as well.
#[tokio::test]
async fn documented_replies_fit() {
    use vod_api::support::service::check_reply;
    let mut misfits = Vec::new();
    for meta in operation::all() {
        if let Some(Err(misfit)) = meta.example.map(|text| check_reply(meta, text.as_bytes())) {
            misfits.push(format!("{}: {misfit}", meta.name));
        }
    }
    assert_eq!(misfits, [""; 0]);
}
