//! Media Asset Upload.

use vod_api::codes;

use super::{Behaviour, Cause, Failure, NO_ASSET, Note};
use crate::operations::upload;

const NO_CATEGORY: Failure = Failure::new(
    Cause::Missing,
    codes::CATEGORY_NOT_FOUND,
    "there is no such category",
)
.inferred("The code fits, but no page names it here.");

const PLAN: &[&str] = &["transcode", "thumbnail", "review", "publication"];
const PLAN_EVENTS: &[&str] = &[
    "createComplete",
    "parseComplete",
    "coverComplete",
    "transcodeComplete",
    "thumbnailComplete",
    "reviewComplete",
];

pub(super) const ALL: &[Behaviour] = &[
    Behaviour::new("CreateAssetByFileUpload", upload::create)
        .reads(&["categories"])
        .writes(&["upload"])
        .errors(&[NO_CATEGORY])
        .notes(&[Note::inferred(
            "Any name of a template group is taken, also one that is not known.",
            "Template groups are made in the console, too, where this service has none.",
        )]),
    Behaviour::new("ConfirmAssetUpload", upload::confirm)
        .reads(&["upload", "objects"])
        .writes(&["upload", "transcode", "thumbnail", "review", "publication"])
        .events(PLAN_EVENTS)
        .errors(&[
            NO_ASSET,
            Failure::new(
                Cause::State,
                codes::UPLOAD_NOT_CONFIRMABLE,
                "it is not being uploaded, or CREATED is said and the file is not there",
            ),
        ])
        .notes(&[
            Note::documented("CREATED starts what was asked for with the media asset."),
            Note::documented("CANCELLED deletes the parts that were uploaded."),
            Note::inferred(
                "With auto_publish, it is published once all that work has ended well.",
                "The page has only the order of the steps.",
            ),
            Note::inferred(
                "Every video is 60 s long and 1280 x 720; its size is that of the file.",
                "Files are not looked into.",
            ),
        ]),
    Behaviour::new("ShowAssetTempAuthority", upload::authorize)
        .reads(&["upload"])
        .errors(&[
            Failure::new(
                Cause::Missing,
                codes::RESOURCE_NOT_FOUND,
                "no media asset has this bucket and object",
            )
            .inferred("The page names no code for it."),
            Failure::new(
                Cause::State,
                codes::ASSET_NOT_UPLOADING,
                "the media asset is not being uploaded",
            ),
        ]),
    Behaviour::new("CheckMd5Duplication", upload::find_duplicates)
        .reads(&["objects"])
        .notes(&[Note::inferred(
            "The hash is that of the first 1,024 bytes.",
            "The page does not say which 1,024 bytes are taken.",
        )]),
    Behaviour::new("UpdateBucketAuthorized", upload::authorize_bucket)
        .writes(&["buckets"])
        .notes(&[Note::inferred(
            "Any bucket can be authorized.",
            "Buckets of the user do not exist here.",
        )]),
    Behaviour::new("PublishAssetFromObs", upload::copy)
        .reads(&["buckets", "categories"])
        .writes(&["upload", "transcode", "thumbnail", "review", "publication"])
        .events(PLAN_EVENTS)
        .errors(&[
            Failure::new(
                Cause::State,
                codes::BUCKET_NOT_AUTHORIZED,
                "the bucket is not authorized",
            ),
            NO_CATEGORY,
        ])
        .notes(&[Note::inferred(
            "The file has no bytes and a size of 0.",
            "Buckets of the user do not exist here.",
        )]),
    Behaviour::new("UploadMetaDataByUrl", upload::pull)
        .reads(&["categories"])
        .writes(PLAN)
        .events(PLAN_EVENTS)
        .notes(&[
            Note::inferred(
                "Nothing is fetched: the file has no bytes and a size of 0.",
                "A test must not depend on other servers.",
            ),
            Note::inferred(
                "A file whose category does not exist is refused, the others are taken.",
                "The reply has an error code for each file.",
            ),
        ]),
];
