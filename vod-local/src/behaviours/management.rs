//! Media Asset Management, Snapshot Management.

use vod_api::codes;

use super::{Behaviour, Cause, Failure, NO_ASSET, Note};
use crate::operations::{management, snapshots};

const STATES: &[&str] = &["upload", "transcode", "thumbnail", "review", "publication"];

pub(super) const BEYOND: Failure = Failure::new(
    Cause::Parameter,
    codes::INVALID_PARAMETER,
    "(page + 1) * size is greater than 20,000",
)
.inferred("The limit is documented, its code is not.");

const TOO_MANY: Failure = Failure::new(
    Cause::Parameter,
    codes::TOO_MANY_ASSETS,
    "more than 100 media assets are named",
)
.inferred("The list of error codes says that there is a limit, but not which.");

pub(super) const ALL: &[Behaviour] = &[
    Behaviour::new("ListAssetList", management::list)
        .reads(STATES)
        .errors(&[BEYOND])
        .notes(&[
            Note::documented("At most 20,000 media assets are counted and reached."),
            Note::inferred(
                "Of several states, one of each kind has to fit.",
                "The page only says that states of all kinds can be given together.",
            ),
            Note::inferred(
                "The period is that of the creation, and both of its ends belong to it.",
                "The page does not say which time is meant.",
            ),
            Note::inferred(
                "One of several tags has to fit; letters are compared without their case in a \
                 search for text.",
                "The page does not say.",
            ),
        ]),
    Behaviour::new("ShowAssetMeta", management::show_meta)
        .reads(STATES)
        .errors(&[BEYOND])
        .notes(&[
            Note::documented("The status of an id that does not exist is UNCREATED."),
            Note::inferred(
                "Given ids, it ignores all other filters.",
                "The page says so of the page and its size.",
            ),
            Note::inferred("The newest comes first.", "ListAssetList has this default."),
        ]),
    Behaviour::new("ShowAssetDetail", management::show_detail)
        .reads(STATES)
        .errors(&[NO_ASSET])
        .notes(&[Note::documented(
            "The parts about transcoding, snapshots and the review are there after a success only.",
        )]),
    Behaviour::new("ListAssetTaskInfo", management::list_tasks)
        .reads(&["tasks"])
        .errors(&[Failure::new(
            Cause::Parameter,
            codes::INVALID_PARAMETER,
            "the marker is none of a reply",
        )
        .inferred("The page names no code for it.")])
        .notes(&[Note::inferred(
            "The newest comes first, and every snapshot task is listed.",
            "The page does not say.",
        )]),
    Behaviour::new("UpdateAssetMeta", management::change)
        .reads(&["categories"])
        .errors(&[
            NO_ASSET,
            Failure::new(
                Cause::Missing,
                codes::CATEGORY_NOT_FOUND,
                "there is no such category",
            )
            .inferred("The code fits, but no page names it here."),
        ])
        .notes(&[Note::inferred(
            "What is left out stays as it is.",
            "The page does not say, and nothing else makes sense.",
        )]),
    Behaviour::new("PublishAssets", management::publish)
        .reads(&["upload", "review"])
        .writes(&["publication"])
        .errors(&[TOO_MANY])
        .notes(&[
            Note::documented("The status of an id that does not exist is UNCREATED."),
            Note::inferred(
                "What is not uploaded, or is blocked by its review, is not published, and the \
                 description says why.",
                "The reply has a description for each media asset.",
            ),
        ]),
    Behaviour::new("UnpublishAssets", management::unpublish)
        .reads(&["upload"])
        .writes(&["publication"])
        .errors(&[TOO_MANY])
        .notes(&[
            Note::documented("The status of an id that does not exist is NOASSET."),
            Note::inferred(
                "It is not published by itself when work ends that began before.",
                "Nothing else makes sense.",
            ),
        ]),
    Behaviour::new("DeleteAssets", management::delete)
        .reads(&["tasks"])
        .writes(&["everything of the media asset"])
        .notes(&[
            Note::documented("A media asset that is being worked on is not deleted: FAILED."),
            Note::inferred(
                "Nor is one from which audio is extracted, or of which parts are edited.",
                "The work needs its file.",
            ),
            Note::inferred(
                "An id that does not exist gives FAILED.",
                "The page has no other word for it.",
            ),
        ]),
    Behaviour::new("ListThumbnailInfo", snapshots::list)
        .reads(&["tasks"])
        .notes(&[Note::inferred(
            "Without a media asset and a task, all tasks are listed, the newest first.",
            "The page does not say what is listed then.",
        )]),
    Behaviour::new("ListThumbnailDetails", snapshots::list_details)
        .reads(&["tasks"])
        .errors(&[Failure::new(
            Cause::Missing,
            codes::RESOURCE_NOT_FOUND,
            "there is no such snapshot task",
        )
        .inferred("The page names no code for it.")]),
    Behaviour::new("DeleteThumbnails", snapshots::delete)
        .reads(&["tasks"])
        .writes(&["thumbnail", "cover"])
        .errors(&[NO_ASSET])
        .notes(&[
            Note::inferred(
                "Without tasks, all snapshots of the media asset are deleted.",
                "Nothing else makes sense.",
            ),
            Note::inferred(
                "A task that does not exist or has not ended gives FAILED.",
                "The page has no other word for it.",
            ),
        ]),
];
