//! Media Asset Categories.

use vod_api::codes;

use super::{Behaviour, Cause, Failure, Note};
use crate::operations::categories;

const MISSING: Failure = Failure::new(
    Cause::Missing,
    codes::CATEGORY_NOT_FOUND,
    "there is no such category",
);

const EXISTS: Failure = Failure::new(
    Cause::Limit,
    codes::CATEGORY_EXISTS,
    "a category beside it has the name",
);

pub(super) const ALL: &[Behaviour] = &[
    Behaviour::new("CreateAssetCategory", categories::create)
        .reads(&["categories"])
        .writes(&["categories"])
        .errors(&[
            MISSING,
            EXISTS,
            Failure::new(
                Cause::Limit,
                codes::CATEGORY_TOO_DEEP,
                "the category above is on the third level",
            ),
            Failure::new(
                Cause::Limit,
                codes::TOO_MANY_CATEGORIES,
                "128 categories are beside it already",
            ),
        ])
        .notes(&[Note::inferred(
            "Categories under different ones can have the same name.",
            "The page only says that the name of a category must not be taken.",
        )]),
    Behaviour::new("UpdateAssetCategory", categories::update)
        .reads(&["categories"])
        .writes(&["categories"])
        .errors(&[MISSING, EXISTS]),
    Behaviour::new("DeleteAssetCategory", categories::delete)
        .reads(&["categories"])
        .writes(&["categories", "the categories of media assets"])
        .errors(&[MISSING])
        .notes(&[
            Note::documented("The id 0 deletes all categories of the first level."),
            Note::inferred(
                "The categories below go with it, and its media assets to the built-in one.",
                "The page does not say what becomes of them.",
            ),
        ]),
    Behaviour::new("ListCategoryInfo", categories::list)
        .reads(&["categories"])
        .errors(&[MISSING]),
    Behaviour::new("ListAssetCategory", categories::list_as_text)
        .reads(&["categories"])
        .errors(&[MISSING]),
];
