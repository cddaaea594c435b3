//! Journals and files that are refused.

use std::path::Path;
use std::pin::pin;

use serde_json::json;
use vod_api::upload::Source;
use vod_api::{ErrorKind, Sent};
use vod_local::{Fault, Reply, Step};

use super::stopped;
use crate::uploads::{PART, Site, noise, until};

/// Why an upload cannot go on from a journal.
async fn refusal(site: &Site, journal: &Path) -> String {
    let resumed = site.client.resume_upload(journal).await;
    resumed.unwrap_err().to_string()
}

#[tokio::test]
async fn a_journal_that_does_not_fit_is_refused() {
    struct Case {
        name: &'static str,
        change: fn(String) -> String,
        message: &'static str,
    }

    let cases = [
        Case {
            name: "cut short",
            change: |text| text[..text.len() / 2].to_owned(),
            message: "is not a whole journal: EOF",
        },
        Case {
            name: "empty",
            change: |_| String::new(),
            message: "is not a whole journal: EOF",
        },
        Case {
            name: "another version",
            change: |text| text.replace("\"version\": 1", "\"version\": 2"),
            message: "has the `version` 2; this version of the crate reads 1",
        },
        Case {
            name: "other JSON",
            change: |_| "{}".to_owned(),
            message: "is not a journal: it has no `version`",
        },
        Case {
            name: "a field is missing",
            change: |text| text.replace("\"upload_id\"", "\"id\""),
            message: "has no `upload_id`",
        },
        Case {
            name: "a stage that there is not",
            change: |text| text.replace("\"sending\"", "\"waiting\""),
            message: "has a wrong `stage`",
        },
        Case {
            name: "a request that cannot be read",
            change: |text| text.replace("\"video_name\"", "\"vide_name\""),
            message: "has a wrong `request`: CreateAssetByFileUpload: vide_name is not known here: did you \
                      mean video_name?",
        },
        Case {
            name: "another project",
            change: |text| text.replace(vod_local::Service::PROJECT_ID, "p2"),
            message: "is that of another upload: its `project_id` is \"p2\"",
        },
    ];
    let site = Site::start().await;
    let (path, journal) = (site.video(3 * PART), site.path("holidays.upload"));
    let whole = stopped(&site, &path, &journal).await;
    for Case {
        name,
        change,
        message,
    } in cases
    {
        std::fs::write(&journal, change(whole.clone())).unwrap();
        let upload = site.client.upload(&path).part_size(PART);
        let both = [
            upload.journal(&journal).await.unwrap_err(),
            site.client.resume_upload(&journal).await.unwrap_err(),
        ];
        for error in both {
            assert_eq!(error.kind(), ErrorKind::Source, "{name}");
            assert!(error.to_string().contains(message), "{name}: {error}");
        }
    }
    std::fs::write(&journal, whole).unwrap();
    site.client.resume_upload(&journal).await.unwrap();
}

#[tokio::test]
async fn another_upload_does_not_take_the_journal() {
    let site = Site::start().await;
    let (path, journal) = (site.video(3 * PART), site.path("holidays.upload"));
    stopped(&site, &path, &journal).await;

    let upload = site.client.upload(&path).title("Another").part_size(PART);
    let error = upload.journal(&journal).await.unwrap_err().to_string();
    assert!(
        error.contains("its `request.title` is \"holidays\", and here it is \"Another\""),
        "{error}"
    );

    let other = site.file("other.mp4", &noise(5));
    let error = site
        .client
        .upload(other)
        .journal(&journal)
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("its `media.path` is "), "{error}");

    std::fs::write(&path, noise(3 * PART + 1)).unwrap();
    let error = refusal(&site, &journal).await;
    assert!(
        error.contains("holidays.mp4 has changed since the upload began"),
        "{error}"
    );
}

#[tokio::test]
async fn only_one_at_a_time_uses_a_journal() {
    let site = Site::start().await;
    let (path, journal) = (site.video(3 * PART), site.path("holidays.upload"));
    stopped(&site, &path, &journal).await;
    site.objects().fail_part(2, Fault::stall_after(10));
    let first = site.client.resume_upload(&journal);
    let mut first = pin!(first.send());
    let second = (Step::Part, Some(2));
    let stalls = || site.steps().iter().filter(|step| **step == second).count() == 2;
    assert!(until(stalls, first.as_mut()).await.is_none());

    let error = site.client.resume_upload(&journal).await.unwrap_err();

    assert!(
        error.to_string().ends_with("is in use by another upload"),
        "{error}"
    );
}

#[tokio::test]
async fn files_without_a_path_have_no_journal() {
    let site = Site::start().await;
    let upload = site.client.upload(Source::bytes("a.mp4", noise(5)));
    let error = upload.journal(site.path("a.upload")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(
        error
            .to_string()
            .contains("a.mp4 has no path that the journal"),
        "{error}"
    );
    assert_eq!(site.calls(), [""; 0]);
}

#[tokio::test]
async fn an_uncertain_creation_is_told() {
    let site = Site::start().await;
    let (path, journal) = (site.video(10), site.path("holidays.upload"));
    site.service
        .reply_to("CreateAssetByFileUpload", Reply::reset());
    let upload = || site.client.upload(&path).journal(&journal);
    let error = upload().await.unwrap_err();
    assert_eq!(error.was_sent(), Sent::Maybe);
    for error in [
        upload().await.unwrap_err(),
        site.client.resume_upload(&journal).await.unwrap_err(),
    ] {
        assert!(
            error
                .to_string()
                .contains("with the title \"holidays\", then remove the journal")
        );
        assert_eq!(error.was_sent(), Sent::Maybe);
    }
    assert_eq!(site.calls(), ["CreateAssetByFileUpload"]);

    // Nor is one with another answer than a refusal certain.
    for reply in [
        Reply::status(500),
        Reply::json(200, json!({})),
        Reply::json(200, json!({"asset_id": 5})).cut_off(),
    ] {
        std::fs::remove_file(&journal).unwrap();
        site.service.reply_to("CreateAssetByFileUpload", reply);
        let error = upload().await.unwrap_err().to_string();
        assert!(
            error.contains("not known whether the media asset was created"),
            "{error}"
        );
        assert!(journal.exists());
    }
    let error = site
        .client
        .resume_upload(&journal)
        .abort()
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("then remove the journal"), "{error}");

    // A creation that was refused leaves no journal.
    std::fs::remove_file(&journal).unwrap();
    site.service.reply_to(
        "CreateAssetByFileUpload",
        Reply::error(403, "VOD.10089", "No."),
    );
    upload().await.unwrap_err();
    assert!(!journal.exists());
}

#[tokio::test]
async fn a_cover_that_has_changed_is_refused() {
    let site = Site::start().await;
    let journal = site.path("holidays.upload");
    let cover = site.file("cover.jpg", &noise(20));
    site.objects()
        .fail(Step::Put, Fault::error(400, "InvalidArgument"));
    let upload = site.client.upload(site.video(10)).cover(&cover);
    upload.journal(&journal).await.unwrap_err();
    std::fs::write(&cover, noise(21)).unwrap();
    let error = refusal(&site, &journal).await;
    assert!(
        error.contains("cover.jpg has changed since the upload began"),
        "{error}"
    );
}
