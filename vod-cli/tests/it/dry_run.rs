//! What is shown without being sent: requests, skeletons, examples, the operations themselves.

use serde_json::{Value, json};
use vod_cli::Exit;

use crate::vod::Vod;

#[tokio::test]
async fn a_dry_run_shows_the_request_without_its_secrets() {
    let vod = Vod::fixtures()
        .set("VOD_REGION", "cn-north-4")
        .stdin("hidden-password\n");
    let line = "api mix-things --shelf 'top shelf' --item-id a,b --since 20260320081500 --quick \
                --password - --links '@@hidden1,hidden2' --parts '[{\"kind\": \"SLOW\", \"key\": \"hidden3\"}]' --dry-run";
    let run = vod.run(line).await;
    assert_eq!(run.exit, Exit::Done);
    assert_eq!(
        run.out,
        r#"POST https://vod.cn-north-4.myhuaweicloud.com/v1/{project_id}/mix/top%20shelf?since=20260320081500
{
  "item_id": [
    "a",
    "b"
  ],
  "quick": 1,
  "parts": [
    {
      "kind": "SLOW",
      "key": "[redacted, 7 bytes]"
    }
  ],
  "password": "[redacted, 15 bytes]",
  "links": [
    "[redacted, 8 bytes]",
    "[redacted, 7 bytes]"
  ]
}
"#
    );
    assert!(!format!("{run:?}").contains("hidden"), "{run:?}");
}

#[tokio::test]
async fn secrets_in_a_query_are_hidden_as_well() {
    let vod = Vod::fixtures()
        .set("VOD_ENDPOINT", "localhost:1")
        .set("VOD_PROJECT_ID", "p1")
        .stdin("hidden");
    let out = vod
        .run("api show-secrets --key-id - --dry-run")
        .await
        .done();
    assert_eq!(
        out,
        "GET https://localhost:1/v1/p1/show-secrets?key_id=[redacted, 6 bytes]\n"
    );
}

#[tokio::test]
async fn what_a_dry_run_shows_is_checked() {
    let said = Vod::fixtures()
        .run("api mix-things --shelf s --item-id a --count 10 --dry-run")
        .await
        .failed(Exit::Usage);
    assert!(
        said.starts_with("error: MixThings: --count must be from -3 to 9, got 10"),
        "{said}"
    );
    // Where the docs are wrong.
    Vod::fixtures()
        .run("api mix-things --shelf s --item-id a --count 10 --no-validate --dry-run")
        .await
        .done();
}

#[tokio::test]
async fn a_skeleton_has_all_members_in_their_order() {
    let vod = Vod::fixtures();
    let out = vod.run("api mix-things --skeleton").await.done();
    insta::assert_snapshot!(out);
    let value: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value["count"], 0);
    let required = vod
        .run("api mix-things --skeleton --required-only")
        .await
        .done();
    let required: Value = serde_json::from_str(&required).unwrap();
    assert_eq!(required, json!({"shelf": "", "item_id": [""]}));
    // A type that contains itself ends.
    let tree = vod.run("api put-tree --skeleton").await.done();
    assert!(tree.len() < 1000, "{tree}");
}

#[tokio::test]
async fn an_example_is_a_request() {
    let vod = Vod::fixtures();
    let example = vod.run("api mix-things --example").await.done();
    let vod = vod.set("VOD_REGION", "cn-north-4").stdin(&example);
    let out = vod.run("api mix-things --json - --dry-run").await.done();
    assert!(out.contains("\"mode\": \"FAST\""), "{out}");
    let said = vod.run("api ping --example").await.failed(Exit::Usage);
    assert!(
        said.contains("the docs have no example of a request"),
        "{said}"
    );
}

#[tokio::test]
async fn help_has_limits_values_and_relations() {
    let vod = Vod::fixtures();
    insta::assert_snapshot!("help", vod.run("api mix-things --help").await.done());
    insta::assert_snapshot!("short_help", vod.run("api mix-things -h").await.done());
    insta::assert_snapshot!("describe", vod.run("api describe MixThings").await.done());
}

#[tokio::test]
async fn a_description_can_be_read_by_programs() {
    let vod = Vod::fixtures();
    let out = vod.run("api describe mix-things -o json").await.done();
    let value: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value["operation"], "MixThings");
    assert_eq!(value["parameters"][5]["values"][0]["doc"], "In a second.");
    assert_eq!(value["batch"], json!({"values": "item_id", "size": 2}));
    assert_eq!(value["errors"], json!({"400": "It cannot be mixed."}));
    let line = "api describe mix-things --query 'parameters[?sensitive].flag'";
    assert_eq!(vod.run(line).await.done(), "[\"--password\",\"--links\"]\n");
}

#[tokio::test]
async fn operations_are_listed_by_section() {
    let vod = Vod::service();
    let all = vod
        .run("api list --no-header -o ids --columns command")
        .await
        .done();
    assert_eq!(all.lines().count(), 82);
    let some = vod.run("api list --section snapshot").await.done();
    assert_eq!(some.lines().count(), 1 + 3, "{some}");
    let old = vod.run("api list --deprecated --no-header").await.done();
    assert!(old.contains("create-template-group\t"), "{old}");
    assert!(!old.contains("list-asset-list"), "{old}");
    let said = vod
        .run("api list --section snpashot")
        .await
        .failed(Exit::Usage);
    assert!(said.contains("Snapshot Management"), "{said}");
}

/// Each operation of the service can be asked about, and its example is a request.
#[tokio::test]
async fn every_operation_is_a_command() {
    let vod = Vod::service().set("VOD_REGION", "cn-north-4");
    for meta in vod_api::operation::all() {
        let name = meta.name;
        for flag in ["--help", "-h", "--skeleton", "--skeleton --required-only"] {
            let out = vod.run(&format!("api {name} {flag}")).await.done();
            assert!(!out.is_empty(), "{name} {flag}");
        }
        vod.run(&format!("api describe {name}")).await.done();
        vod.run(&format!("api describe {name} -o json"))
            .await
            .done();
        let example = vod.run(&format!("api {name} --example")).await;
        if example.exit == Exit::Done {
            let vod = Vod::service()
                .set("VOD_REGION", "cn-north-4")
                .stdin(&example.out);
            let yes = if meta.method == vod_api::http::Method::DELETE {
                "--yes"
            } else {
                ""
            };
            vod.run(&format!("api {name} --json - --dry-run {yes}"))
                .await
                .done();
        }
    }
}
