//! What the server shows of requests.

use serde_json::{Value, json};

use crate::{Server, create};

/// Requests of each kind; the ids, keys and texts in them that are secrets.
async fn secrets(server: &Server) -> Vec<String> {
    let client = server.client();
    let (_, url) = create(&client, "t").await;
    let put = server.http.put(&url).header("content-type", "video/mp4");
    put.body("file").send().await.unwrap();
    let signature = url.split("Signature=").nth(1).unwrap().to_owned();
    let https = client.update_https_config("a.example.com");
    // Whether it is right does not matter here.
    let _ = https
        .certificate("CERT-SECRET")
        .private_key("KEY-SECRET")
        .await;
    let login = json!({"auth": {"identity": {"password": {"user": {"name": "local", "password": "PASS-SECRET"}}}}});
    let url = format!("{}/v3/auth/tokens", server.url);
    server
        .http
        .post(url)
        .body(login.to_string())
        .send()
        .await
        .unwrap();
    let get = server
        .http
        .get(format!("{}/v1.0/p/asset/category?id=0", server.url));
    get.header("x-auth-token", "TOKEN-SECRET")
        .send()
        .await
        .unwrap();
    ["KEY-SECRET", "PASS-SECRET", "TOKEN-SECRET"]
        .map(str::to_owned)
        .into_iter()
        .chain([signature])
        .collect()
}

#[tokio::test]
async fn secrets_are_not_shown() {
    let server = Server::start(&[]);
    let secrets = secrets(&server).await;
    let list = server.get("/requests").await;
    let mut shown = list.to_string();
    for request in list["requests"].as_array().unwrap() {
        let full = server
            .get(&format!("/requests/{}", request["number"]))
            .await;
        shown += &full.to_string();
    }
    for secret in secrets {
        assert!(!shown.contains(&secret), "{secret} in {shown}");
    }
    assert!(shown.contains("[redacted]"));
}

#[tokio::test]
async fn a_wrong_signature_is_explained() {
    let server = Server::start(&[]);
    let error = server
        .client_with("wrong")
        .list_asset_list()
        .await
        .unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    let full = server.get("/requests/1").await;
    let received = full["comparison"]["received"].as_str().unwrap();
    assert!(received.starts_with("GET\n/v1.0/"), "{received}");
    assert_eq!(full["comparison"]["signed"], Value::Null);
    assert_eq!(full["source"], "gateway");
}

#[tokio::test]
async fn requests_are_listed_and_streamed() {
    let server = Server::start(&[]);
    let client = server.client();
    let stream = server
        .http
        .get(format!("{}/_vod/requests/stream", server.url));
    let mut stream = stream.send().await.unwrap();
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    client.list_asset_list().await.unwrap();
    client.list_category_info([0]).await.unwrap();
    let mut text = String::new();
    while text.matches("event: request").count() < 4 {
        let chunk = stream.chunk().await.unwrap().unwrap();
        text += std::str::from_utf8(&chunk).unwrap();
    }
    let last = text
        .lines()
        .rfind(|line| line.starts_with("data: "))
        .unwrap();
    let last: Value = serde_json::from_str(last.trim_start_matches("data: ")).unwrap();
    assert_eq!(last["number"], 2);
    assert_eq!(last["status"], 200);
    let list = server.get("/requests?after=1").await;
    assert_eq!(list["total"], 1);
    assert_eq!(list["requests"][0]["operation"], "ListCategoryInfo");
    let full = server.get("/requests/2").await;
    assert_eq!(full["request"]["query"], "id=0");
    assert!(full["reply"]["body"]["kept"].as_bool().unwrap(), "{full}");
    server.done("DELETE", "/requests", Value::Null).await;
    assert_eq!(server.get("/requests").await["total"], 0);
}

#[tokio::test]
async fn a_client_that_hangs_up_is_told() {
    let server = Server::start(&[]);
    server
        .done("POST", "/faults", json!({"kind": "never"}))
        .await;
    let client = server.client();
    let call = tokio::spawn(async move { client.list_asset_list().await });
    let state = async || server.get("/requests").await["requests"][0]["state"].clone();
    while state().await != "open" {
        tokio::task::yield_now().await;
    }
    call.abort();
    while state().await != "no reply" {
        tokio::task::yield_now().await;
    }
}
