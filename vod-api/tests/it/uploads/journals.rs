//! Going on from where an earlier run stopped.

use std::path::Path;
use std::pin::pin;

use serde_json::json;
use vod_api::model::SubtitleLanguage;
use vod_api::upload::{Source, UploadCheck};
use vod_api::{ErrorKind, Sent};
use vod_local::{Fault, Reply, Step, Storage};

use super::{PART, Site, noise, until};

#[tokio::test]
async fn only_missing_parts_are_sent_again() {
    let site = Site::start().await;
    let (path, journal) = (site.video(4 * PART), site.path("holidays.upload"));
    site.objects()
        .fail_part(3, Fault::error(400, "InvalidArgument"));
    let upload = || {
        let upload = site.client.upload(&path).part_size(PART).concurrency(1);
        upload.journal(&journal)
    };
    let error = upload().await.unwrap_err();
    assert!(
        error.to_string().contains("can go on, or be aborted, from"),
        "{error}"
    );
    assert!(journal.exists());
    let before = site.steps().len();

    let done = upload().await.unwrap();

    assert_eq!(site.stored(), noise(4 * PART));
    assert_eq!(done.parts, 4);
    assert_eq!(
        site.steps()[before..],
        [
            (Step::List, None),
            (Step::Part, Some(3)),
            (Step::Part, Some(4)),
            (Step::Join, None)
        ]
    );
    assert_eq!(
        site.calls(),
        ["CreateAssetByFileUpload", "ConfirmAssetUpload"]
    );
    assert_eq!(std::fs::read_dir(site.folder.path()).unwrap().count(), 1);
}

#[tokio::test]
async fn an_upload_goes_on_by_its_journal_alone() {
    let site = Site::start().await;
    let journal = site.path("holidays.upload");
    site.objects()
        .fail(Step::Start, Fault::error(400, "InvalidArgument"));
    let upload = site.client.upload(site.video(2 * PART)).part_size(PART);
    upload.journal(&journal).await.unwrap_err();

    let done = site.client.resume_upload(&journal).await.unwrap();

    assert_eq!(site.status(&done.asset_id), "CREATED");
    assert_eq!(site.stored(), noise(2 * PART));
}

#[tokio::test]
async fn an_upload_is_aborted_by_its_journal() {
    let site = Site::start().await;
    let journal = site.path("holidays.upload");
    site.objects()
        .fail(Step::Join, Fault::error(400, "InvalidPart"));
    let upload = site.client.upload(site.video(2 * PART)).part_size(PART);
    upload.journal(&journal).await.unwrap_err();
    assert_eq!(site.objects().uploads().len(), 1);

    site.client.resume_upload(&journal).abort().await.unwrap();

    assert_eq!(site.objects().uploads(), []);
    assert!(!journal.exists());
    let error = site.client.resume_upload(&journal).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Source);
    assert!(
        error
            .to_string()
            .ends_with("holidays.upload does not exist"),
        "{error}"
    );
}

#[tokio::test]
async fn a_journal_is_private_and_holds_no_url() {
    let site = Site::start().await;
    let journal = site.path("holidays.upload");
    site.objects()
        .fail(Step::Join, Fault::error(400, "InvalidPart"));
    let upload = site.client.upload(site.video(2 * PART)).part_size(PART);
    upload.journal(&journal).await.unwrap_err();

    let text = std::fs::read_to_string(&journal).unwrap();
    for secret in [
        "http",
        "Signature",
        "AWSAccessKeyId",
        vod_local::Service::SECRET_KEY,
    ] {
        assert!(!text.contains(secret), "{text}");
    }
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!(json["stage"], "sending");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&journal).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

/// Stops an upload after its first part, and returns what its journal says.
async fn stopped(site: &Site, path: &Path, journal: &Path) -> String {
    site.objects()
        .fail_part(2, Fault::error(400, "InvalidArgument"));
    let upload = site.client.upload(path).part_size(PART).concurrency(1);
    upload.journal(journal).await.unwrap_err();
    std::fs::read_to_string(journal).unwrap()
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
    let error = site
        .client
        .resume_upload(&journal)
        .await
        .unwrap_err()
        .to_string();
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

#[tokio::test(start_paused = true)]
async fn a_join_without_an_answer_is_looked_up() {
    let site = Site::start().await;
    let (path, journal) = (site.video(2 * PART), site.path("holidays.upload"));
    site.objects().fail(Step::Join, Fault::lost_reply());
    {
        let upload = site.client.upload(&path).part_size(PART).journal(&journal);
        let joined = || !site.objects().keys().is_empty();
        let upload = pin!(upload.send());
        // It is dropped before it can ask again.
        assert!(until(joined, upload).await.is_none());
    }
    let before = site.steps().len();

    let done = site.client.resume_upload(&journal).await.unwrap();

    assert_eq!(site.steps()[before..], [(Step::List, None)]);
    assert_eq!(done.check, UploadCheck::Parts);
    assert_eq!(site.stored(), noise(2 * PART));
    assert_eq!(site.status(&done.asset_id), "CREATED");
}

#[tokio::test]
async fn an_upload_that_is_gone_begins_anew() {
    let site = Site::start().await;
    let (path, journal) = (site.video(3 * PART), site.path("holidays.upload"));
    stopped(&site, &path, &journal).await;
    site.objects().abort(&site.objects().uploads()[0].upload_id);

    let done = site.client.resume_upload(&journal).await.unwrap();

    assert_eq!(done.parts, 3);
    assert_eq!(site.stored(), noise(3 * PART));
    assert_eq!(
        site.calls(),
        ["CreateAssetByFileUpload", "ConfirmAssetUpload"]
    );
}

#[tokio::test]
async fn a_confirmation_is_all_that_is_left() {
    let site = Site::start().await;
    let journal = site.path("holidays.upload");
    let refusal = Reply::error(403, "VOD.10089", "Not now.");
    site.service.reply_to("ConfirmAssetUpload", refusal);
    let path = site.video(2 * PART);
    let upload = || site.client.upload(&path).part_size(PART).journal(&journal);
    upload().await.unwrap_err();
    let before = site.steps().len();

    let done = upload().await.unwrap();

    assert_eq!(site.steps().len(), before);
    assert_eq!(
        (done.bytes, done.parts, done.check),
        (2 * PART, 2, UploadCheck::Whole)
    );
    assert_eq!(site.status(&done.asset_id), "CREATED");
}

#[tokio::test]
async fn cover_and_subtitles_that_were_not_sent_get_new_urls() {
    let site = Site::start().await;
    let journal = site.path("holidays.upload");
    let (path, cover) = (site.video(10), site.file("cover.jpg", &noise(20)));
    let subtitle = site.file("en.srt", &noise(30));
    site.objects()
        .fail(Step::Put, Fault::error(400, "InvalidArgument"));
    let upload = site.client.upload(&path).cover(&cover);
    let upload = upload.subtitle(1, SubtitleLanguage::English, &subtitle);
    upload.journal(&journal).await.unwrap_err();

    let done = site.client.resume_upload(&journal).await.unwrap();

    let asset = site.objects().asset(&done.asset_id).unwrap();
    assert_eq!(site.objects().bytes(&asset.cover.unwrap()), Some(noise(20)));
    assert_eq!(site.objects().bytes(&asset.subtitles[0]), Some(noise(30)));
    assert_eq!(site.stored(), noise(10));
    let calls = [
        "CreateAssetByFileUpload",
        "UpdateAsset",
        "ConfirmAssetUpload",
    ];
    assert_eq!(site.calls(), calls);
}

#[tokio::test]
async fn long_lists_of_parts_are_read_to_their_end() {
    let site = Site::with(Storage::new().parts_per_page(2), |client| client).await;
    let (path, journal) = (site.video(7 * PART), site.path("holidays.upload"));
    site.objects()
        .fail_part(6, Fault::error(400, "InvalidArgument"));
    let upload = site.client.upload(&path).part_size(PART).concurrency(1);
    upload.journal(&journal).await.unwrap_err();
    let before = site.steps().len();

    site.client
        .resume_upload(&journal)
        .concurrency(1)
        .await
        .unwrap();

    let list = (Step::List, None);
    let part = |number| (Step::Part, Some(number));
    assert_eq!(
        site.steps()[before..],
        [list, list, list, part(6), part(7), (Step::Join, None)]
    );
    assert_eq!(site.stored(), noise(7 * PART));
}

#[tokio::test]
async fn a_part_that_differs_from_the_file_is_sent_again() {
    let site = Site::start().await;
    let (path, journal) = (site.video(3 * PART), site.path("holidays.upload"));
    stopped(&site, &path, &journal).await;
    // As if the first part had been sent from another file.
    let facts = std::fs::metadata(&path).unwrap();
    let mut other = noise(3 * PART).to_vec();
    other[0] ^= 1;
    std::fs::write(&path, &other).unwrap();
    let file = std::fs::File::options().write(true).open(&path).unwrap();
    file.set_modified(facts.modified().unwrap()).unwrap();
    let before = site.steps().len();

    site.client
        .resume_upload(&journal)
        .concurrency(1)
        .await
        .unwrap();

    assert_eq!(site.steps()[before + 1], (Step::Part, Some(1)));
    assert_eq!(site.stored(), other);
}

/// What was joined to other bytes, or is gone before it was joined, is never confirmed.
#[tokio::test]
async fn a_join_that_failed_is_not_taken_for_one_without_an_answer() {
    struct Case {
        name: &'static str,
        fault: fn() -> Fault,
    }

    let cases = [
        Case {
            name: "other bytes",
            fault: || Fault::etag("00000000000000000000000000000000-2"),
        },
        Case {
            name: "gone",
            fault: || Fault::error(404, "NoSuchUpload"),
        },
        Case {
            name: "refused",
            fault: || Fault::error(400, "InvalidPart"),
        },
    ];
    for Case { name, fault } in cases {
        let site = Site::start().await;
        let (path, journal) = (site.video(2 * PART), site.path("holidays.upload"));
        site.objects().fail(Step::Join, fault());
        let upload = || site.client.upload(&path).part_size(PART).journal(&journal);
        upload().await.unwrap_err();
        for upload in site.objects().uploads() {
            site.objects().abort(&upload.upload_id);
        }
        let before = site.steps().len();

        let done = upload().await.unwrap();

        let after = &site.steps()[before..];
        assert!(after.contains(&(Step::Start, None)), "{name}: {after:?}");
        assert_eq!(done.check, UploadCheck::Whole, "{name}");
        assert_eq!(site.stored(), noise(2 * PART), "{name}");
    }
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
    let error = site
        .client
        .resume_upload(&journal)
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("cover.jpg has changed since the upload began"),
        "{error}"
    );
}

/// The earlier abort was told to VOD, but the journal is still there.
#[tokio::test]
async fn an_abort_can_be_repeated() {
    let site = Site::start().await;
    let (path, journal) = (site.video(3 * PART), site.path("holidays.upload"));
    let text = stopped(&site, &path, &journal).await;
    site.client.resume_upload(&journal).abort().await.unwrap();
    std::fs::write(&journal, text).unwrap();

    site.client.resume_upload(&journal).abort().await.unwrap();

    assert!(!journal.exists());
}

/// VOD drops the parts by itself.
#[tokio::test]
async fn an_abort_needs_only_vod() {
    let site = Site::start().await;
    let (path, journal) = (site.video(3 * PART), site.path("holidays.upload"));
    stopped(&site, &path, &journal).await;
    site.objects()
        .fail(Step::Abort, Fault::error(400, "InvalidArgument"));
    site.client.resume_upload(&journal).abort().await.unwrap();
    assert_eq!(site.objects().uploads(), []);
}

/// A write that was begun goes on when the upload is dropped, and the next run waits for it.
#[tokio::test]
async fn an_upload_can_go_on_as_soon_as_it_is_dropped() {
    let site = Site::start().await;
    let (path, journal) = (site.video(3 * PART), site.path("holidays.upload"));
    for polls in 1..40 {
        let upload = site.client.upload(&path).part_size(PART).concurrency(1);
        let upload = pin!(upload.journal(&journal).send());
        let mut left = polls;
        let over = || {
            left -= 1;
            left == 0
        };
        if until(over, upload).await.is_some() {
            break;
        }
        if journal.exists() {
            let resumed = pin!(site.client.resume_upload(&journal).send());
            let mut left = polls;
            let over = || {
                left -= 1;
                left == 0
            };
            if let Some(Err(error)) = until(over, resumed).await {
                let text = error.to_string();
                assert!(text.contains("while the media asset was created"), "{text}");
                std::fs::remove_file(&journal).unwrap();
            }
        }
    }
}
