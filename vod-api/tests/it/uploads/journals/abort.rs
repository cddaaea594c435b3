//! Uploads that are ended instead.

use vod_api::ErrorKind;
use vod_local::{Fault, Step};

use super::stopped;
use crate::uploads::{PART, Site};

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
