//! Storage classes, and HTTPS settings of domain names.

use serde_json::{Value, json};
use vod_local::{Local, Progress};

use crate::{Stand, video};

#[tokio::test]
async fn storage_classes_follow_each_other() {
    struct Step {
        to: &'static str,
        status: &'static str,
        because: &'static str,
    }

    let step = |to, status, because| Step {
        to,
        status,
        because,
    };
    let steps = [
        step("STANDARD", "FAILED", "it is there already"),
        step("WARM", "SUCCEED", "from standard storage"),
        step("STANDARD", "SUCCEED", "and back"),
        step("COLD", "SUCCEED", "to the archive"),
        step(
            "WARM",
            "FAILED",
            "only standard storage follows the archive",
        ),
        step("STANDARD", "SUCCEED", "restored"),
        step("WARM", "SUCCEED", "from standard storage"),
        step("COLD", "SUCCEED", "on to the archive"),
    ];
    let stand = Stand::new().await;
    let id = stand.uploaded(video("t")).await;
    for Step {
        to,
        status,
        because,
    } in steps
    {
        let request = json!({"asset_id": id, "storage_mode": to});
        let reply = stand.call("UpdateStorageMode", request).await.unwrap();
        let wanted = json!([{"asset_id": id, "status": status}]);
        assert_eq!(reply["task_result_array"], wanted, "{to}: {because}");
    }
    // What is in the archive cannot be worked on.
    let process = json!({"asset_id": id, "template_group_name": "hd"});
    let code = stand.code("CreateAssetProcessTask", process).await;
    assert_eq!(code.as_deref(), Some("VOD.10083"));
}

#[tokio::test]
async fn what_is_worked_on_is_not_moved() {
    let stand = Stand::with(Local::builder().progress(Progress::manual())).await;
    let busy = stand.uploaded(video("t").template_group_name("hd")).await;
    let create = stand.client.execute(video("t")).await.unwrap();
    let creating = create.asset_id.clone().unwrap();
    for id in [busy, creating] {
        let request = json!({"asset_id": id, "storage_mode": "COLD"});
        let reply = stand.call("UpdateStorageMode", request).await.unwrap();
        assert_eq!(reply["task_result_array"][0]["status"], "FAILED");
    }
}

#[tokio::test]
async fn which_files_go_along() {
    let stand = Stand::new().await;
    let show = async || stand.call("ShowStorageModeType", json!({})).await.unwrap();
    assert_eq!(show().await, json!({"storage_mode_type": "WHOLE"}));
    let origin = json!({"storage_mode_type": "ORIGIN"});
    stand
        .call("UpdateStorageModeType", origin.clone())
        .await
        .unwrap();
    assert_eq!(show().await, origin);
}

#[tokio::test]
async fn https_of_a_domain_name() {
    let stand = Stand::new().await;
    let show = async |domain: &str| {
        stand
            .call("ShowHttpsConfig", json!({"domain": domain}))
            .await
            .unwrap()
    };
    let off = json!({"https_status": 0, "force_redirect_https": 0, "http2": 0});
    assert_eq!(show("video.example.com").await, off);
    let own = json!({
        "domain": "video.example.com", "certificate": "the certificate", "private_key": "the key",
        "cert_name": "mine", "https_status": 1, "http2": 1,
    });
    let reply = stand.call("UpdateHttpsConfig", own).await.unwrap();
    assert_eq!(reply, Value::Null);
    let wanted = json!({
        "source": "user", "cert_name": "mine", "certificate": "the certificate",
        "https_status": 1, "force_redirect_https": 0, "http2": 1,
    });
    assert_eq!(show("Video.Example.com").await, wanted);
    assert_eq!(show("other.example.com").await, off);
    assert!(!stand.vod.export().to_string().contains("the key"));

    // Switches that are left out are off.
    let managed = json!({
        "domain": "video.example.com", "source": "scm", "cert_id": "scs1600000000000",
    });
    stand.call("UpdateHttpsConfig", managed).await.unwrap();
    let wanted = json!({
        "source": "scm", "cert_id": "scs1600000000000", "cert_name": "scs1600000000000",
        "https_status": 0, "force_redirect_https": 0, "http2": 0,
    });
    assert_eq!(show("video.example.com").await, wanted);
}
