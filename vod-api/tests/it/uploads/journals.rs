//! Going on from where an earlier run stopped.

use vod_api::ErrorKind;
use vod_local::{Fault, Step};

use super::{PART, Site, noise};

#[tokio::test]
async fn only_missing_parts_are_sent_again() {
    let site = Site::start().await;
    let (path, journal) = (site.video(4 * PART), site.path("holidays.upload"));
    site.objects()
        .fail_part(3, Fault::error(400, "InvalidArgument"));
    let upload = || {
        let upload = site
            .client
            .upload(&path)
            .part_size(PART)
            .concurrency(1);
        upload.journal(&journal)
    };
    let error = upload().await.unwrap_err();
    assert!(error.to_string().contains("can go on from"), "{error}");
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
