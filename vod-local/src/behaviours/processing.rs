//! Media Asset Processing.

use vod_api::codes;

use super::{Behaviour, Cause, Failure, NO_ASSET, Note};
use crate::operations::{processing, upload};

const NOT_READY: Failure = Failure::new(
    Cause::State,
    codes::INVALID_STATE,
    "its file is not there, or such work on it has not ended",
)
.inferred("The list of error codes has it for any state that does not fit.");

pub(super) const ALL: &[Behaviour] = &[
    Behaviour::new("UpdateAsset", upload::update)
        .reads(&["upload"])
        .writes(&["upload"])
        .errors(&[
            NO_ASSET,
            Failure::new(
                Cause::State,
                codes::ASSET_NOT_UPDATABLE,
                "a video file is named, and the upload has neither failed nor been canceled",
            ),
        ])
        .notes(&[Note::inferred(
            "Covers and subtitles are taken in any state.",
            "The page is unclear about them.",
        )]),
    Behaviour::new("CreateAssetProcessTask", processing::process)
        .reads(&["upload", "transcode", "thumbnail"])
        .writes(&["transcode", "thumbnail", "publication"])
        .events(&["transcodeComplete", "thumbnailComplete"])
        .errors(&[NO_ASSET, NOT_READY])
        .notes(&[
            Note::documented("Right after it, answers can still show the state of before."),
            Note::documented("The reply names a snapshot task if several snapshots are taken."),
            Note::inferred(
                "Transcoding makes what the template says: for HLS and DASH a list of streams and \
                 the streams, for other formats a file for each stream.",
                "The example of ShowAssetDetail has a list and a stream.",
            ),
            Note::inferred(
                "The quality is left out where the reply has no word for that of the template.",
                "The lists of the docs differ.",
            ),
            Note::inferred(
                "A template that is not known makes what system_template_group does: HLS, in HD \
                 and SD.",
                "Templates are made in the console, too, where this service has none.",
            ),
            Note::inferred(
                "Two tasks of a kind are created at least a second apart.",
                "Replies have whole seconds, by which tasks are told apart.",
            ),
        ]),
    Behaviour::new("CancelAssetTranscodeTask", processing::cancel_transcoding)
        .reads(&["transcode"])
        .writes(&["transcode"])
        .errors(&[
            NO_ASSET,
            Failure::new(
                Cause::State,
                codes::INVALID_STATE,
                "transcoding does not wait",
            ),
        ])
        .notes(&[Note::inferred(
            "The task is gone, and the state is the one of before.",
            "No page says whether a canceled task stays in the list of tasks.",
        )]),
    Behaviour::new("CreateExtractAudioTask", processing::extract)
        .reads(&["upload"])
        .writes(&["upload"])
        .events(&["audioExtractComplete"])
        .errors(&[NO_ASSET, NOT_READY]),
    Behaviour::new("CancelExtractAudioTask", processing::cancel_extraction)
        .reads(&["tasks"])
        .writes(&["upload"])
        .errors(&[
            NO_ASSET,
            Failure::new(Cause::State, codes::INVALID_STATE, "no extraction waits"),
        ])
        .notes(&[Note::inferred(
            "Either the video or the audio can be named; the audio is then CANCELLED.",
            "The page does not say which of them is meant.",
        )]),
    Behaviour::new("CreateAssetReviewTask", processing::review)
        .reads(&["upload", "review"])
        .writes(&["review", "publication"])
        .events(&["reviewComplete"])
        .errors(&[NO_ASSET, NOT_READY])
        .notes(&[Note::inferred(
            "Any template is taken, and everything passes that has no mark in its title.",
            "Templates of reviews are made in the console.",
        )]),
    Behaviour::new("UpdateCoverByThumbnail", processing::set_cover)
        .reads(&["thumbnail"])
        .writes(&["cover"])
        .errors(&[Failure::new(
            Cause::Missing,
            codes::RESOURCE_NOT_FOUND,
            "the URL is not that of a snapshot",
        )
        .inferred("The page names no code for it.")]),
];
