//! Watermark Template Management.

use vod_api::codes;

use super::{Behaviour, Cause, Failure, Note};
use crate::operations::watermarks;

const NO_TEMPLATE: Failure = Failure::new(
    Cause::Missing,
    codes::RESOURCE_NOT_FOUND,
    "there is no such watermark template",
);

const EXISTS: Failure = Failure::new(
    Cause::Limit,
    codes::WATERMARK_TEMPLATE_EXISTS,
    "another watermark template has the name",
);

pub(super) const ALL: &[Behaviour] = &[
    Behaviour::new("CreateWatermarkTemplate", watermarks::create)
        .reads(&["watermarks"])
        .writes(&["watermarks"])
        .errors(&[EXISTS])
        .notes(&[Note::inferred(
            "There is no limit to how many there are.",
            "The list of error codes has a code for it, but not the number.",
        )]),
    Behaviour::new("ConfirmImageUpload", watermarks::confirm)
        .reads(&["watermarks", "objects"])
        .writes(&["watermarks"])
        .errors(&[
            NO_TEMPLATE,
            Failure::new(
                Cause::State,
                codes::UPLOAD_NOT_CONFIRMABLE,
                "SUCCEED is said and the image is not there",
            )
            .inferred("It is the code for media assets."),
        ])
        .notes(&[Note::inferred(
            "FAILED changes nothing; the image can be sent again.",
            "The page does not say what becomes of the template.",
        )]),
    Behaviour::new("UpdateWatermarkTemplate", watermarks::update)
        .reads(&["watermarks"])
        .writes(&["watermarks"])
        .errors(&[
            NO_TEMPLATE,
            Failure::new(
                Cause::State,
                codes::WATERMARK_IMAGE_NOT_CONFIRMED,
                "its image is not confirmed",
            ),
            EXISTS,
        ])
        .notes(&[Note::inferred(
            "What is left out stays as it is.",
            "The page does not say.",
        )]),
    Behaviour::new("DeleteWatermarkTemplate", watermarks::delete)
        .reads(&["watermarks"])
        .writes(&["watermarks", "objects", "templates"])
        .errors(&[NO_TEMPLATE])
        .notes(&[Note::inferred(
            "Transcoding templates that use it go on without it.",
            "The page does not say what becomes of them.",
        )]),
    Behaviour::new("ListWatermarkTemplate", watermarks::list)
        .reads(&["watermarks"])
        .errors(&[super::management::BEYOND
            .inferred("The page names no limit; it is that of ListAssetList.")])
        .notes(&[
            Note::documented("Given ids, it ignores the page and its size."),
            Note::inferred(
                "Ids that do not exist are left out.",
                "The page does not say.",
            ),
            Note::inferred("The oldest comes first.", "The page names no order."),
            Note::inferred(
                "A template is enabled, and has a URL, once its image is confirmed.",
                "No operation enables one.",
            ),
        ]),
];
