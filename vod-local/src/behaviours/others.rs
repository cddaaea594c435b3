//! The sections with few operations.

use vod_api::codes;

use super::{Behaviour, Cause, Failure, NO_ASSET, Note};
use crate::operations::{keys, outputs, subtitles};

pub(super) const ALL: &[Behaviour] = &[
    Behaviour::new("ShowAssetCipher", keys::show_cipher)
        .reads(&["transcode"])
        .errors(&[
            NO_ASSET,
            Failure::new(
                Cause::State,
                codes::ASSET_NOT_ENCRYPTED,
                "it has no encrypted outputs",
            ),
        ])
        .notes(&[Note::inferred(
            "The key is made of the id of the media asset, and the outputs are not encrypted with \
             it.",
            "Nothing is transcoded here.",
        )]),
    Behaviour::new("DeleteTranscodeProduct", outputs::delete)
        .reads(&["transcode", "tasks"])
        .writes(&["transcode"])
        .errors(&[
            NO_ASSET,
            Failure::new(Cause::State, codes::INVALID_STATE, "it is being worked on")
                .inferred("Deleting the whole media asset is refused then, too."),
        ])
        .notes(&[Note::inferred(
            "Without any outputs left, the state is UN_TRANSCODE.",
            "The page does not say.",
        )]),
    Behaviour::new("ModifySubtitle", subtitles::modify)
        .reads(&["upload"])
        .writes(&["subtitles"])
        .errors(&[
            NO_ASSET,
            Failure::new(Cause::State, codes::INVALID_STATE, "its file is not there")
                .inferred("The list of error codes has it for any state that does not fit."),
            Failure::new(
                Cause::Parameter,
                codes::INVALID_PARAMETER,
                "a language is both added and deleted, or the default one is not there",
            ),
        ]),
];
