//! Slips that a newcomer makes, and what is said about each; nothing of them is sent.

use vod_api::model::DeleteThumbnailsRequest;
use vod_api::{Batched, Client, ClientBuilder, Credentials};
use vod_local::Service;

fn builder() -> ClientBuilder {
    Client::builder()
        .region("cn-north-4")
        .project_id("p1")
        .credentials(Credentials::new("ak", "sk"))
}

/// A client without credentials of its own, in an environment with these variables.
async fn with_variables(variables: &'static [(&str, &str)]) -> String {
    let look_up = |name: &str| {
        let mut variables = variables.iter();
        let (_, value) = variables.find(|(known, _)| *known == name)?;
        Some((*value).to_owned())
    };
    let client = Client::builder()
        .endpoint("http://127.0.0.1:1")
        .project_id("p1")
        .variables(look_up)
        .build()
        .unwrap();
    let call = client.delete_thumbnails().asset_id("a1");
    call.await.unwrap_err().to_string()
}

#[tokio::test]
async fn each_slip_is_told_before_anything_is_sent() {
    let service = Service::start().await.unwrap();
    let client = service.client().build().unwrap();
    let stored = r#"{"asset_id": "a1", "task_ids": ["t1"]}"#;
    let misspelt = serde_json::from_str::<DeleteThumbnailsRequest>(stored).unwrap_err();
    let wrong_type = r#"{"task_id": "t1"}"#;
    let wrong_type = serde_json::from_str::<DeleteThumbnailsRequest>(wrong_type).unwrap_err();
    let value = client.list_asset_list().statuses(["CREATD"]);
    let time = client.list_asset_list().start_time("2025-01-01");
    let too_many = ["t"; DeleteThumbnailsRequest::BATCH_SIZE + 1];
    let too_many = client.delete_thumbnails().task_ids(too_many);
    struct Slip {
        slip: &'static str,
        said: String,
        message: &'static str,
    }

    let cases = [
        Slip {
            slip: "a misspelt member",
            said: misspelt.to_string(),
            message: "DeleteThumbnails: task_ids is not known here: it is the name in Rust; the name in JSON is task_id",
        },
        Slip {
            slip: "a misspelt value",
            said: value.await.unwrap_err().to_string(),
            message: "ListAssetList: statuses[0] (on the wire: status[0]) must be one of the documented values, got \"CREATD\": did you mean CREATED? (not sent)",
        },
        Slip {
            slip: "a misspelt region",
            said: builder()
                .region("cn-north4")
                .build()
                .unwrap_err()
                .to_string(),
            message: "there is no region \"cn-north4\"; did you mean \"cn-north-4\"?",
        },
        Slip {
            slip: "a misspelt proxy",
            said: builder()
                .proxy("htpp://proxy:8080")
                .build()
                .unwrap_err()
                .to_string(),
            message: "the proxy \"htpp://proxy:8080\" cannot be used: a proxy has the form http://user:password@proxy.example.com:8080",
        },
        Slip {
            slip: "a variable that is missing",
            said: with_variables(&[("HUAWEICLOUD_SDK_AK", "ak")]).await,
            message: "HUAWEICLOUD_SDK_SK is not set",
        },
        Slip {
            slip: "a file that is not there",
            said: with_variables(&[("HUAWEICLOUD_SDK_CREDENTIALS_FILE", "/no/such/credentials")])
                .await,
            message: "the credentials file /no/such/credentials (HUAWEICLOUD_SDK_CREDENTIALS_FILE): ",
        },
        Slip {
            slip: "a time of another form",
            said: time.await.unwrap_err().to_string(),
            message: "ListAssetList: start_time must be a time of the form yyyymmddhhmmss, such as 20260320081500, got \"2025-01-01\" (not sent)",
        },
        Slip {
            slip: "nothing chosen",
            said: client.delete_thumbnails().await.unwrap_err().to_string(),
            message: "DeleteThumbnails: the request needs asset_id or task_ids (on the wire: task_id), but none of them is given (not sent)",
        },
        Slip {
            slip: "more than one call takes",
            said: too_many.await.unwrap_err().to_string(),
            message: "DeleteThumbnails: task_ids (on the wire: task_id) takes at most ",
        },
        Slip {
            slip: "another type",
            said: wrong_type.to_string(),
            message: "DeleteThumbnails: task_ids (on the wire: task_id) must be a list, got text",
        },
    ];
    for Slip {
        slip,
        said,
        message,
    } in cases
    {
        println!("{slip}:\n    {said}");
        assert!(said.contains(message), "{slip}: {said}");
    }
    assert!(service.requests().is_empty());
}
