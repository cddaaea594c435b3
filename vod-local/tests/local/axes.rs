//! The states of a media asset, one by one, and how time moves them.

use std::time::Duration;

use serde_json::json;
use vod_api::model::*;
use vod_local::{Local, Progress};

use crate::{Stand, video};

const MINUTE: Duration = Duration::from_secs(60);

impl Stand {
    /// The state of transcoding that the service shows.
    async fn shown(&self, id: &str) -> String {
        let listed = self.client.list_asset_list().asset_ids([id]).await.unwrap();
        listed.assets[0]
            .transcode_status
            .as_ref()
            .unwrap()
            .as_str()
            .to_owned()
    }
}

#[tokio::test]
async fn by_time() {
    let stand = Stand::with(Local::builder().progress(Progress::time(MINUTE, 2 * MINUTE))).await;
    stand.vod.clock().pause();
    let id = stand.uploaded(video("t").template_group_name("hd")).await;
    let mut states = Vec::new();
    for _ in 0..4 {
        states.push(stand.shown(&id).await);
        stand.vod.clock().advance(MINUTE);
    }
    let [waiting, running] = ["WAITING_TRANSCODE", "TRANSCODING"];
    assert_eq!(states, [waiting, running, running, "TRANSCODE_SUCCEED"]);
    assert!(stand.state(&id).is_published);
    // The times are those at which things happened, not those of the questions.
    stand.vod.clock().advance(100 * MINUTE);
    let tasks = stand.client.list_asset_task_info().await.unwrap();
    let result = tasks.results[0].transcode_result.as_ref().unwrap();
    assert_eq!(
        (result.waiting_time, result.process_time, result.progress),
        (Some(60), Some(120), Some(100))
    );
}

#[tokio::test]
async fn by_the_number_of_questions() {
    let stand = Stand::with(Local::builder().progress(Progress::polls(3))).await;
    let id = stand.uploaded(video("t").template_group_name("hd")).await;
    let other = stand
        .uploaded(video("other").template_group_name("hd"))
        .await;
    let mut states = Vec::new();
    for _ in 0..4 {
        states.push(stand.shown(&id).await);
    }
    let running = "TRANSCODING";
    assert_eq!(
        states,
        ["WAITING_TRANSCODE", running, running, "TRANSCODE_SUCCEED"]
    );
    // Nobody asked about the other one.
    assert_eq!(stand.state(&other).transcode_status, "WAITING_TRANSCODE");
    let tasks = stand.client.list_asset_task_info().asset_id(&*other);
    let listed = tasks.await.unwrap();
    assert_eq!(listed.results[0].status, Some(TaskStatus::Waiting));
    let listed = stand
        .client
        .list_asset_task_info()
        .asset_id(&*other)
        .await
        .unwrap();
    let result = listed.results[0].transcode_result.as_ref().unwrap();
    assert_eq!(result.progress, Some(33));
}

#[tokio::test]
async fn stale_answers_show_the_state_of_before() {
    let stand = Stand::with(Local::builder().stale(2)).await;
    let id = stand.uploaded(video("t")).await;
    let parameters = json!({"asset_id": id, "template_group_name": "hd"});
    stand
        .call("CreateAssetProcessTask", parameters)
        .await
        .unwrap();
    assert_eq!(stand.state(&id).transcode_status, "TRANSCODE_SUCCEED");
    let mut states = Vec::new();
    let mut tasks = Vec::new();
    for _ in 0..3 {
        states.push(stand.shown(&id).await);
        tasks.push(
            stand
                .client
                .list_asset_task_info()
                .await
                .unwrap()
                .results
                .len(),
        );
    }
    assert_eq!(
        states,
        ["UN_TRANSCODE", "UN_TRANSCODE", "TRANSCODE_SUCCEED"]
    );
    assert_eq!(tasks, [0, 0, 1]);
}

#[tokio::test]
async fn titles_decide_what_comes_of_work() {
    struct Case {
        title: &'static str,
        transcode: &'static str,
        review: &'static str,
        is_published: bool,
    }

    let cases = [
        Case {
            title: "fine",
            transcode: "TRANSCODE_SUCCEED",
            review: "REVIEW_PASSED",
            is_published: true,
        },
        Case {
            title: "[fail:VOD.10051]",
            transcode: "TRANSCODE_FAILED",
            review: "REVIEW_FAILED",
            is_published: false,
        },
        Case {
            title: "[block]",
            transcode: "TRANSCODE_SUCCEED",
            review: "REVIEW_BLOCKED",
            is_published: false,
        },
        Case {
            title: "[suspicious]",
            transcode: "TRANSCODE_SUCCEED",
            review: "REVIEW_SUSPICIOUS",
            is_published: false,
        },
        Case {
            title: "[slow]",
            transcode: "WAITING_TRANSCODE",
            review: "REVIEWING",
            is_published: false,
        },
    ];
    let stand = Stand::new().await;
    for case in cases {
        let request = video(case.title)
            .template_group_name("hd")
            .review(ReviewSettings::new().template_id("r"));
        let id = stand.uploaded(request).await;
        let state = stand.state(&id);
        let found = (
            state.transcode_status.as_str(),
            state.review_status.as_str(),
            state.is_published,
        );
        assert_eq!(
            found,
            (case.transcode, case.review, case.is_published),
            "{}",
            case.title
        );
        let shown = stand.client.show_asset_detail(id.as_str()).await.unwrap();
        let has_info = shown.transcode_info.is_some();
        assert_eq!(
            has_info,
            case.transcode == "TRANSCODE_SUCCEED",
            "{}",
            case.title
        );
    }
    let failed = stand
        .vod
        .events()
        .into_iter()
        .find(|event| event["transcode_info"]["status"] == "FAILED");
    assert_eq!(failed.unwrap()["transcode_info"]["error_code"], "VOD.10051");
    let listed = stand
        .client
        .list_asset_list()
        .query_string("[fail")
        .await
        .unwrap();
    let reason = listed.assets[0].exec_desc.as_deref().unwrap();
    assert!(
        reason.contains("transcode_exec_desc:VOD.10051: "),
        "{reason}"
    );
}
