//! Media Asset Editing.

use vod_api::codes;

use super::{Behaviour, Cause, Failure, NO_ASSET, Note};
use crate::operations::editing;

pub(super) const ALL: &[Behaviour] = &[
    Behaviour::new("CreateAssetEditTask", editing::create)
        .reads(&["upload"])
        .writes(&["upload", "tasks"])
        .errors(&[
            NO_ASSET,
            Failure::new(
                Cause::State,
                codes::INVALID_STATE,
                "the file of an input is not there, or is in the archive",
            )
            .inferred("The list of error codes has it for any state that does not fit."),
            Failure::new(
                Cause::Limit,
                codes::CLIP_TOO_SHORT,
                "a part does not end after its start",
            )
            .inferred("The code fits, but no page says how short a part can be."),
            Failure::new(
                Cause::Parameter,
                codes::INVALID_PARAMETER,
                "a start or an end is no number, or a video is to become an audio file",
            )
            .inferred("The page has these rules, but no code for them."),
        ])
        .notes(&[
            Note::documented("It makes a new media asset."),
            Note::inferred(
                "The new media asset has the title and the category of the first input, the length \
                 of all parts together, no bytes, and is not published.",
                "The page does not say.",
            ),
            Note::inferred(
                "Inputs of all formats are taken, though there is VOD.10102.",
                "The page takes audio as well, which the code rules out.",
            ),
            Note::inferred("It leads to no event.", "The pages about events have none."),
        ]),
    Behaviour::new("DeleteAssetEditTask", editing::cancel)
        .reads(&["tasks"])
        .writes(&["tasks", "upload"])
        .errors(&[
            Failure::new(
                Cause::Missing,
                codes::RESOURCE_NOT_FOUND,
                "there is no such task",
            )
            .inferred("The code fits, but no page names it here."),
            Failure::new(Cause::State, codes::INVALID_STATE, "the task does not wait")
                .inferred("The page says that the call fails, but not by which code."),
        ])
        .notes(&[
            Note::documented("The task stays in the list, as CANCEL."),
            Note::inferred(
                "The upload of the media asset that it was to make is CANCELLED.",
                "The page does not say what becomes of it.",
            ),
        ]),
    Behaviour::new("ListAssetEditTask", editing::list)
        .reads(&["tasks"])
        .notes(&[
            Note::documented("With task_id, it has that task only."),
            Note::inferred("The newest comes first.", "The page names no order."),
            Note::inferred(
                "An id that does not exist gives an empty list.",
                "The page names no error for it.",
            ),
        ]),
];
