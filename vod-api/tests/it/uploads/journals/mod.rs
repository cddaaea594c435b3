//! Going on from where an earlier run stopped.

mod abort;
mod join;
mod refused;

use std::path::Path;
use std::sync::{Arc, Mutex};

use vod_api::model::SubtitleLanguage;
use vod_api::upload::UploadCheck;
use vod_local::{Fault, Reply, Step, Storage};

use super::{PART, Site, noise};

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

/// Progress has a total, also if nothing is left to be sent.
#[tokio::test]
async fn progress_of_a_confirmation_has_a_total() {
    let site = Site::start().await;
    let journal = site.path("holidays.upload");
    let refusal = Reply::error(403, "VOD.10089", "Not now.");
    site.service.reply_to("ConfirmAssetUpload", refusal);
    let upload = site.client.upload(site.video(2 * PART)).part_size(PART);
    upload.journal(&journal).await.unwrap_err();
    let seen = Arc::new(Mutex::new(None));
    let told = seen.clone();
    let resumed = site.client.resume_upload(&journal);
    let resumed = resumed.on_progress(move |progress| {
        *told.lock().unwrap() = Some((progress.stored, progress.total, progress.parts));
    });
    resumed.await.unwrap();
    let expected = (2 * PART, Some(2 * PART), Some(2));
    assert_eq!(*seen.lock().unwrap(), Some(expected));
}
