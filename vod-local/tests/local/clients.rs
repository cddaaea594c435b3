//! Who calls, and what is wrong with how they do.

use std::time::{Duration, SystemTime};

use serde_json::json;
use vod_api::credentials::IamPassword;
use vod_api::model::*;
use vod_api::reqwest;
use vod_api::{Client, Credentials, Retry};
use vod_local::{Local, Reply};

use crate::{Stand, video};

#[tokio::test]
async fn the_project_is_looked_up_in_iam() {
    let vod = Local::start().await.unwrap();
    let client = Client::builder()
        .endpoint(vod.endpoint())
        .iam_endpoint(vod.endpoint())
        .region("cn-north-4")
        .credentials(vod.credentials())
        .build()
        .unwrap();
    client.list_asset_list().await.unwrap();
    let requests = vod.requests();
    assert_eq!(requests[0].path(), "/v3/projects");
    assert_eq!(requests[1].project_id(), Some(Local::PROJECT_ID));
}

#[tokio::test]
async fn tokens_come_from_iam() {
    let vod = Local::builder()
        .credentials("me", "secret")
        .start()
        .await
        .unwrap();
    let log_in = |password: &str| {
        IamPassword::new("me", "me", password, "cn-north-4").endpoint(vod.endpoint())
    };
    let client = |password| {
        Client::builder()
            .endpoint(vod.endpoint())
            .credentials_provider(log_in(password))
            .retry_policy(Retry::never())
            .build()
            .unwrap()
    };
    client("secret").list_asset_list().await.unwrap();
    let requests = vod.requests();
    assert!(requests.last().unwrap().header("x-auth-token").is_some());
    let error = client("not-it").list_asset_list().await.unwrap_err();
    assert!(
        format!("{error:?}").contains("password is wrong"),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_wrong_key_is_refused() {
    let vod = Local::start().await.unwrap();
    let keys = [("local", "wrong"), ("other", "local")];
    for (access_key, secret_key) in keys {
        let credentials = Credentials::new(access_key, secret_key);
        let client = vod.client().credentials(credentials).build().unwrap();
        let error = client.list_asset_list().await.unwrap_err();
        assert_eq!(error.code(), Some("APIGW.0301"), "{access_key}");
    }
}

#[tokio::test]
async fn a_signature_of_another_request_is_explained() {
    let stand = Stand::new().await;
    stand.client.list_asset_list().await.unwrap();
    let signed = stand.vod.requests().remove(0);
    let authorization = signed.header("authorization").unwrap();
    let (_, names) = authorization.split_once("SignedHeaders=").unwrap();
    let (names, _) = names.split_once(',').unwrap();
    let send = async |query: &str, left_out: &str| {
        let url = format!("{}{}{query}", stand.vod.endpoint(), signed.path());
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let mut request = http.get(url).header("authorization", authorization);
        for name in names
            .split(';')
            .filter(|name| *name != "host" && *name != left_out)
        {
            request = request.header(name, signed.header(name).unwrap());
        }
        let reply = request.send().await.unwrap();
        (reply.status().as_u16(), reply.text().await.unwrap())
    };
    assert_eq!(send("", "").await.0, 200);
    let (status, text) = send("?size=5", "").await;
    assert_eq!(status, 401);
    let both = [
        "canonicalRequest:GET|/v1.0/",
        "|size=5|",
        "the request that was signed has no query",
    ];
    for part in both {
        assert!(text.contains(part), "{part}: {text}");
    }
    let (status, text) = send("", "x-sdk-date").await;
    assert!(
        status == 401 && text.contains("X-Sdk-Date is missing"),
        "{text}"
    );
}

#[tokio::test]
async fn the_clock_can_be_far_ahead() {
    let stand = Stand::new().await;
    stand.vod.clock().advance(Duration::from_secs(86_400));
    let id = stand.uploaded(video("t")).await;
    let created = stand.vod.asset(&id).unwrap().created;
    assert!(created > SystemTime::now() + Duration::from_secs(80_000));
    // A client that follows the clock of the system is let in, too.
    let plain = Client::builder()
        .endpoint(stand.vod.endpoint())
        .project_id(Local::PROJECT_ID)
        .credentials(stand.vod.credentials())
        .build()
        .unwrap();
    plain.list_asset_list().await.unwrap();
}

#[tokio::test]
async fn what_the_docs_do_not_know_is_refused_or_dropped() {
    let body = json!({
        "title": "t", "video_name": "v.mp4", "video_type": "MP4", "flavour": "x",
        "thumbnail": {"type": "time", "shape": "round"},
    });
    let send = async |vod: &Local| {
        let client = vod.client().build().unwrap();
        let path = format!("/v1.0/{}/asset", Local::PROJECT_ID);
        let call = client
            .raw(reqwest::Method::POST, path)
            .query("colour", "blue")
            .json(&body);
        call.await.map(drop)
    };
    let strict = Local::start().await.unwrap();
    assert_eq!(send(&strict).await.unwrap_err().code(), Some("VOD.10053"));
    let lenient = Local::builder().warn_about_unknown().start().await.unwrap();
    send(&lenient).await.unwrap();
    assert_eq!(
        lenient.requests()[0].warnings(),
        [
            "colour is not a query parameter of CreateAssetByFileUpload",
            "flavour is not a member of the body of CreateAssetByFileUpload",
            "thumbnail.shape is not known here",
        ]
    );
    assert_eq!(lenient.requests()[0].parameters()["title"], "t");
    // As the SDK for Node does it.
    let send = async |vod: &Local| {
        let client = vod.client().build().unwrap();
        let path = format!("/v1.0/{}/asset/category", Local::PROJECT_ID);
        let call = client.raw(reqwest::Method::GET, path).query("id", "0");
        call.json(&json!({})).await.map(drop)
    };
    assert_eq!(send(&strict).await.unwrap_err().code(), Some("VOD.10053"));
    send(&lenient).await.unwrap();
    let wanted = ["ListAssetCategory takes no body"];
    assert_eq!(lenient.requests()[1].warnings(), wanted);
}

#[tokio::test]
async fn failures_come_as_asked_for() {
    let stand = Stand::new().await;
    stand
        .vod
        .fail("ListAssetList")
        .times(2)
        .with(Reply::status(503));
    stand.client.list_asset_list().await.unwrap();
    assert_eq!(stand.vod.requests().len(), 3);
    // One that nobody asks for is a mistake.
    stand.vod.fail("ShowAssetCipher").with(Reply::reset());
    let error = stand.vod.finish().unwrap_err();
    assert!(
        error
            .to_string()
            .contains("no request of ShowAssetCipher came"),
        "{error}"
    );
}

#[tokio::test]
async fn operations_without_state_say_so() {
    let stand = Stand::new().await;
    let reply = stand
        .client
        .list_top_statistics("d", "20260320")
        .await
        .unwrap();
    let header = reply.meta().headers().get("x-vod-local");
    assert_eq!(header.unwrap(), "example");
    let reply = stand.client.list_asset_list().await.unwrap();
    assert_eq!(reply.meta().headers().get("x-vod-local"), None);
    let _: &ListAssetListResponse = &reply;
}

#[tokio::test]
async fn requests_are_kept_up_to_a_number() {
    let stand = Stand::new().await;
    for _ in 0..1010 {
        stand.client.list_asset_list().await.unwrap();
    }
    assert_eq!(stand.vod.requests().len(), 1000);
    stand.vod.received(1010).await;
    stand.vod.reset();
    assert!(stand.vod.requests().is_empty());
}
