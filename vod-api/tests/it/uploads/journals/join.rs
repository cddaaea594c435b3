//! A run that stopped while the parts were joined.

use std::pin::pin;

use vod_api::upload::UploadCheck;
use vod_local::{Fault, Step};

use crate::uploads::{PART, Site, noise, until};

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
