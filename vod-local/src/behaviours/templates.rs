//! Transcoding Template Management, Transcoding Template Set Management, and the template groups of
//! the Historical APIs.

use vod_api::codes;

use super::management::BEYOND;
use super::{Behaviour, Cause, Failure, Note};
use crate::operations::{template_sets as sets, templates};

const NO_TEMPLATE: Failure = Failure::new(
    Cause::Missing,
    codes::RESOURCE_NOT_FOUND,
    "there is no such template",
);

const EXISTS: Failure = Failure::new(
    Cause::Limit,
    codes::TEMPLATE_GROUP_EXISTS,
    "another template has the name",
);

const BUILT_IN: Failure = Failure::new(
    Cause::State,
    codes::INVALID_STATE,
    "the service provides the template",
)
.inferred("The pages are about templates of the user, and name no code for others.");

const NO_WATERMARK: Failure = Failure::new(
    Cause::Missing,
    codes::INVALID_WATERMARK_TEMPLATE,
    "a watermark template does not exist, or its image is not confirmed",
);

const MISFIT: Failure = Failure::new(
    Cause::Parameter,
    codes::INVALID_PARAMETER,
    "outputs in another format than HLS are to be encrypted, or an index file names a stream that \
     is not there",
)
.inferred("The pages have these rules, but no code for them.");

const GROUP_MISFIT: Failure = Failure::new(
    Cause::Parameter,
    codes::INVALID_PARAMETER,
    "outputs in another format than HLS are to be encrypted",
)
.inferred("The pages have this rule, but no code for it.");

const IN_USE: Failure = Failure::new(
    Cause::State,
    codes::TRANSCODING_TEMPLATE_IN_USE,
    "it is in a set",
)
.inferred("The code is for OBS hosting, which has no state here; no page says what sets do.");

const NO_SET: Failure = Failure::new(
    Cause::Missing,
    codes::RESOURCE_NOT_FOUND,
    "there is no such set, or no template with an id that is named",
)
.inferred("The code fits, but no page names it here.");

const NO_COMMON_SET: Failure = Failure::new(
    Cause::Parameter,
    codes::INVALID_PARAMETER,
    "there are more than 8 templates, or two of them cannot be in one set",
)
.inferred("The pages have these rules, but no code for them.");

const ONE_DEFAULT: Note = Note::inferred(
    "Only one template is the default; there is none at first.",
    "The pages speak of the default template, and do not say which it is.",
);

const KEPT: Note = Note::inferred("What is left out stays as it is.", "The page does not say.");

const ORDER: Note = Note::inferred(
    "Those of the service come first, then those of the user, the oldest first.",
    "The page names no order.",
);

pub(super) const ALL: &[Behaviour] = &[
    Behaviour::new("CreateTranscodeTemplate", templates::create)
        .reads(&["templates", "watermarks"])
        .writes(&["templates"])
        .errors(&[EXISTS, NO_WATERMARK, MISFIT])
        .notes(&[
            ONE_DEFAULT,
            Note::documented("A video without stream_name is named video_stream_l{index}."),
            Note::inferred("The index begins at 0.", "The page does not say."),
        ]),
    Behaviour::new("UpdateTranscodeTemplate", templates::update)
        .reads(&["templates", "watermarks"])
        .writes(&["templates"])
        .errors(&[NO_TEMPLATE, BUILT_IN, EXISTS, NO_WATERMARK, MISFIT])
        .notes(&[
            Note::documented("Streams that are left out stay as they are."),
            Note::documented("is_default that is left out is false."),
            KEPT,
            Note::inferred(
                "Work that has not ended makes what the template says when it ends.",
                "The page does not say.",
            ),
        ]),
    Behaviour::new("DeleteTranscodeTemplate", templates::delete)
        .reads(&["templates", "template sets"])
        .writes(&["templates"])
        .errors(&[NO_TEMPLATE, BUILT_IN, IN_USE]),
    Behaviour::new("ListTranscodeTemplate", templates::list)
        .reads(&["templates"])
        .notes(&[
            Note::documented("The templates that the service provides are listed, too."),
            Note::documented("Given group_id, all else is ignored."),
            Note::inferred(
                "With is_default false, all templates are listed.",
                "It is the default, and a list without the default template makes no sense.",
            ),
            Note::inferred(
                "The service provides system_template_group and non_transcoding_template_group.",
                "Examples of the docs have these two names.",
            ),
            ORDER,
        ]),
    Behaviour::new("CreateTemplateGroupCollection", sets::create)
        .reads(&["templates"])
        .writes(&["template sets"])
        .errors(&[NO_SET, NO_COMMON_SET])
        .notes(&[Note::inferred(
            "Two sets can have the same name.",
            "Neither the page nor the list of error codes says otherwise.",
        )]),
    Behaviour::new("UpdateTemplateGroupCollection", sets::update)
        .reads(&["templates", "template sets"])
        .writes(&["template sets"])
        .errors(&[NO_SET, NO_COMMON_SET])
        .notes(&[KEPT]),
    Behaviour::new("DeleteTemplateGroupCollection", sets::delete)
        .reads(&["template sets"])
        .writes(&["template sets"])
        .errors(&[NO_SET])
        .notes(&[Note::inferred(
            "Its templates stay.",
            "The page does not say what becomes of them.",
        )]),
    Behaviour::new("ListTemplateGroupCollection", sets::list)
        .reads(&["templates", "template sets"])
        .notes(&[
            Note::documented("Given an id, it ignores offset and limit."),
            Note::inferred("The oldest comes first.", "The page names no order."),
        ]),
    Behaviour::new("CreateTemplateGroup", templates::create_group)
        .reads(&["templates", "watermarks"])
        .writes(&["templates"])
        .errors(&[EXISTS, NO_WATERMARK, GROUP_MISFIT])
        .notes(&[
            Note::documented("The reply has no body: its status does not allow one."),
            Note::inferred(
                "Template groups and transcoding templates are the same, in two forms.",
                "The operations of today have the ids and the names of the historical ones.",
            ),
            ONE_DEFAULT,
        ]),
    Behaviour::new("UpdateTemplateGroup", templates::update_group)
        .reads(&["templates", "watermarks"])
        .writes(&["templates"])
        .errors(&[NO_TEMPLATE, BUILT_IN, EXISTS, NO_WATERMARK, GROUP_MISFIT])
        .notes(&[KEPT]),
    Behaviour::new("DeleteTemplateGroup", templates::delete)
        .reads(&["templates", "template sets"])
        .writes(&["templates"])
        .errors(&[NO_TEMPLATE, BUILT_IN, IN_USE]),
    Behaviour::new("ListTemplateGroup", templates::list_groups)
        .reads(&["templates"])
        .errors(&[BEYOND.inferred("The page names no limit; it is that of ListAssetList.")])
        .notes(&[
            Note::documented("Given group_id, it ignores the page and its size."),
            Note::inferred(
                "It ignores status.",
                "The page gives no values for it, and templates are not switched off here.",
            ),
            ORDER,
        ]),
];
