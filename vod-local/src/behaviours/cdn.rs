//! Media Asset Refresh, Media Asset Pre-loading.

use vod_api::codes;

use super::{Behaviour, Cause, Failure, NO_ASSET, Note};
use crate::operations::cdn;

const NO_TASK: Failure = Failure::new(
    Cause::Missing,
    codes::RESOURCE_NOT_FOUND,
    "there is no such task",
)
.inferred("The code fits, but no page names it here.");

const OUTCOME: Note = Note::inferred(
    "A URL of a media asset whose title has the mark [fail] fails, all others succeed.",
    "There is no CDN here.",
);

const SHARE: Note = Note::inferred(
    "A media asset and a URL count as one each, and days are those of UTC.",
    "The page says how many there are in a day, and no more.",
);

pub(super) const ALL: &[Behaviour] = &[
    Behaviour::new("RefreshAsset", cdn::refresh)
        .reads(&["upload", "transcode", "tasks"])
        .writes(&["tasks"])
        .errors(&[
            NO_ASSET,
            Failure::new(
                Cause::State,
                codes::ASSET_NOT_READY,
                "the file of a media asset is not there",
            )
            .inferred("The code fits, but no page names it here."),
            Failure::new(
                Cause::Limit,
                codes::TOO_MANY_REFRESH_URLS,
                "it would be more than 1,000 in a day",
            ),
        ])
        .notes(&[
            Note::inferred(
                "A media asset stands for the URLs of its source file and of its outputs.",
                "The example of the results has such URLs.",
            ),
            Note::inferred(
                "A media asset that was deleted is refused, though its URLs are taken.",
                "Nothing is kept of what was deleted. The page allows both.",
            ),
            OUTCOME,
            SHARE,
        ]),
    Behaviour::new("ShowRefreshResult", cdn::show_refreshing)
        .reads(&["tasks"])
        .errors(&[NO_TASK])
        .notes(&[Note::inferred(
            "The states are in capitals.",
            "The table of the page has them so, its example has small letters.",
        )]),
    Behaviour::new("CreatePreheatingAsset", cdn::preload)
        .reads(&["upload", "transcode", "publication", "tasks"])
        .writes(&["tasks"])
        .errors(&[
            NO_ASSET,
            Failure::new(
                Cause::State,
                codes::ASSET_NOT_READY,
                "the media asset, or that of a URL, is not published",
            )
            .inferred("The list of error codes has it for what is not published."),
            Failure::new(
                Cause::Limit,
                codes::TOO_MANY_PRELOAD_URLS,
                "it would be more than 1,000 in a day",
            ),
        ])
        .notes(&[
            Note::inferred(
                "URLs that belong to no media asset are taken.",
                "Domain names of the user are not known here.",
            ),
            OUTCOME,
            SHARE,
        ]),
    Behaviour::new("ShowPreheatingAsset", cdn::show_preloading)
        .reads(&["tasks"])
        .errors(&[NO_TASK])
        .notes(&[Note::documented("The states are in small letters.")]),
];
