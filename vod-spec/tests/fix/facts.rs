//! Facts of a field, one by one.

use super::{ASSET, ASSET_ID, Case, check};

/// A case of the asset id, whose row says more.
macro_rules! case {
    ($name:literal, $before:literal, $page:literal => $after:literal) => {
        Case {
            name: $name,
            part: ASSET_ID,
            before: $before,
            page: ("The video.\n", concat!("The video. ", $page, "\n")),
            after: $after,
        }
    };
}

#[test]
fn limits_of_a_text() {
    check(&[
        case!("both ends set",
            "  asset_id:\n    type: string\n    doc: Media asset.\n",
            "The value contains 1 to 64 characters." =>
            "  asset_id:\n    type: string\n    length: { min: 1, max: 64 }\n    doc: Media asset.\n"),
        case!("one end set",
            "  asset_id:\n    type: string\n    doc: Media asset.\n",
            "At most 64 characters." =>
            "  asset_id:\n    type: string\n    length: { max: 64 }\n    doc: Media asset.\n"),
        case!("an end changed",
            "  asset_id:\n    type: string\n    length: { min: 1, max: 32 }  # both\n    doc: Media asset.\n",
            "The value contains 1 to 64 characters." =>
            "  asset_id:\n    type: string\n    length: { min: 1, max: 64 }  # both\n    doc: Media asset.\n"),
        case!("both ends changed in a block",
            "  asset_id:\n    type: string\n    length:  # both\n      # The least.\n      min: 2\n      max: 32  # the most\n      unit: characters\n    doc: Media asset.\n",
            "The value contains 1 to 64 characters." =>
            "  asset_id:\n    type: string\n    length:  # both\n      # The least.\n      min: 1\n      max: 64  # the most\n      unit: characters\n    doc: Media asset.\n"),
        case!("an end added before the other in a block",
            "  asset_id:\n    type: string\n    length:\n      # The most.\n      max: 64\n    doc: Media asset.\n",
            "The value contains 1 to 64 characters." =>
            "  asset_id:\n    type: string\n    length:\n      min: 1\n      # The most.\n      max: 64\n    doc: Media asset.\n"),
        case!("an end added before the other",
            "  asset_id: { type: string, length: { max: 64 }, doc: Media asset. }\n",
            "The value contains 1 to 64 characters." =>
            "  asset_id: { type: string, length: { min: 1, max: 64 }, doc: Media asset. }\n"),
        case!("an end dropped",
            "  asset_id: { type: string, length: { min: 1, max: 64 }, doc: Media asset. }\n",
            "The value contains 0 to 64 characters." =>
            "  asset_id: { type: string, length: { max: 64 }, doc: Media asset. }\n"),
        case!("an end dropped in a block, a comment beside it",
            "  asset_id:\n    type: string\n    length:\n      min: 1  # not empty\n      max: 64\n    doc: Media asset.\n",
            "The value contains 0 to 64 characters." =>
            "  asset_id:\n    type: string\n    length:\n      # not empty\n      max: 64\n    doc: Media asset.\n"),
    ]);
}

#[test]
fn limits_of_a_number() {
    check(&[
        Case {
            name: "set on one line",
            part: ASSET_ID,
            before: "  asset_id: { type: int32, doc: Media asset. }\n",
            page: (
                ASSET,
                "asset_id\n\nNo\n\nInteger\n\nThe video. The value ranges from 1 to 100.\n\n",
            ),
            after: "  asset_id: { type: int32, range: { min: 1, max: 100 }, doc: Media asset. }\n",
        },
        Case {
            name: "behind the default, before the rest",
            part: ASSET_ID,
            before: "  asset_id:\n    type: int32\n    default: 5 # usual\n    # A secret.\n    sensitive: true\n    doc: Media asset.\n",
            page: (
                ASSET,
                "asset_id\n\nNo\n\nInteger\n\nThe video. The value ranges from 1 to 100. The default value is 5.\n\n",
            ),
            after: "  asset_id:\n    type: int32\n    default: 5 # usual\n    range: { min: 1, max: 100 }\n    # A secret.\n    sensitive: true\n    doc: Media asset.\n",
        },
    ]);
}

#[test]
fn limits_of_an_array() {
    check(&[
        Case {
            name: "the most changed",
            part: "    max_items: 10\n",
            before: "    max_items: 10  # of tasks\n",
            page: (
                "clean up after. A maximum of 10",
                "clean up after. A maximum of 20",
            ),
            after: "    max_items: 20  # of tasks\n",
        },
        Case {
            name: "the least added",
            part: "    max_items: 10\n    batch: true\n",
            before: "    max_items: 10\n",
            page: (
                "clean up after. A maximum of 10 tasks is possible.",
                "clean up after. Value range: 2 to 10",
            ),
            after: "    min_items: 2\n    max_items: 10\n",
        },
        Case {
            name: "the most added behind the name in Rust",
            part: "    max_items: 10\n    batch: true\n",
            before: "",
            page: ("The project.", "It."),
            after: "    max_items: 10\n",
        },
    ]);
}

#[test]
fn required() {
    const MANDATORY: &str = "asset_id\n\nYes\n\nString\n\nThe video.\n\n";
    check(&[
        Case {
            name: "added in a block",
            part: ASSET_ID,
            before: ASSET_ID,
            page: (ASSET, MANDATORY),
            after: "  asset_id:\n    type: string\n    required: true\n    doc: Media asset whose snapshots are deleted.\n",
        },
        Case {
            name: "added behind the name in Rust",
            part: ASSET_ID,
            before: "  asset_id:\n    # Its name.\n    type: string\n    rust: asset\n    doc: Media asset.\n",
            page: (ASSET, MANDATORY),
            after: "  asset_id:\n    # Its name.\n    type: string\n    rust: asset\n    required: true\n    doc: Media asset.\n",
        },
        Case {
            name: "added on one line, with the text first",
            part: ASSET_ID,
            before: "  asset_id: { doc: Media asset., type: string } # that\n",
            page: (ASSET, MANDATORY),
            after: "  asset_id: { doc: Media asset., type: string, required: true } # that\n",
        },
        Case {
            name: "a required field has no default",
            part: ASSET_ID,
            before: "  asset_id: { type: string, default: a1, doc: Media asset. }\n",
            page: (ASSET, MANDATORY),
            after: "  asset_id: { type: string, required: true, doc: Media asset. }\n",
        },
        Case {
            name: "dropped in a block",
            part: ASSET_ID,
            before: "  asset_id:\n    type: string\n    # Always.\n    required: true # as the page says\n    doc: Media asset.\n",
            page: ("The project.", "It."),
            after: "  asset_id:\n    type: string\n    # Always.\n    # as the page says\n    doc: Media asset.\n",
        },
        Case {
            name: "dropped on one line",
            part: ASSET_ID,
            before: "  asset_id: { type: string, required: true, doc: Media asset. }\n",
            page: ("The project.", "It."),
            after: "  asset_id: { type: string, doc: Media asset. }\n",
        },
        Case {
            name: "dropped at the end of several lines between brackets",
            part: ASSET_ID,
            before: "  asset_id: {\n    type: string, # a text\n    doc: Media asset.,\n    required: true\n    }\n",
            page: ("The project.", "It."),
            after: "  asset_id: {\n    type: string, # a text\n    doc: Media asset.\n    }\n",
        },
    ]);
}

#[test]
fn types() {
    check(&[
        Case {
            name: "a text becomes a number",
            part: ASSET_ID,
            before: ASSET_ID,
            page: (ASSET, "asset_id\n\nNo\n\nInteger\n\nThe video.\n\n"),
            after: "  asset_id:\n    type: int32\n    doc: Media asset whose snapshots are deleted.\n",
        },
        Case {
            name: "and then has limits",
            part: ASSET_ID,
            before: "  asset_id: { type: string, doc: Media asset. }\n",
            page: (
                ASSET,
                "asset_id\n\nNo\n\nLong\n\nThe video. The value ranges from 1 to 100.\n\n",
            ),
            after: "  asset_id: { type: int64, range: { min: 1, max: 100 }, doc: Media asset. }\n",
        },
        Case {
            name: "a type in quotes",
            part: ASSET_ID,
            before: "  asset_id: { type: 'string', doc: Media asset. }\n",
            page: (ASSET, "asset_id\n\nNo\n\nBoolean\n\nThe video.\n\n"),
            after: "  asset_id: { type: 'bool', doc: Media asset. }\n",
        },
        Case {
            name: "items of an array",
            part: ASSET_ID,
            before: "  asset_id:\n    type: array<string>  # several\n    rust: asset_ids\n    doc: Media assets.\n",
            page: (
                ASSET,
                "asset_id\n\nNo\n\nArray of integers\n\nThe video.\n\n",
            ),
            after: "  asset_id:\n    type: array<int32>  # several\n    rust: asset_ids\n    doc: Media assets.\n",
        },
    ]);
}

#[test]
fn defaults() {
    check(&[
        case!("set",
            "  asset_id:\n    type: string\n    doc: Media asset.\n",
            "The default value is a1." =>
            "  asset_id:\n    type: string\n    default: a1\n    doc: Media asset.\n"),
        case!("set, in quotes where it has to be",
            "  asset_id: { type: string, doc: Media asset. }\n",
            "The default value is 0." =>
            "  asset_id: { type: string, default: \"0\", doc: Media asset. }\n"),
        case!("changed in its quotes",
            "  asset_id: { type: string, default: '1', doc: Media asset. }\n",
            "The default value is 0." =>
            "  asset_id: { type: string, default: '0', doc: Media asset. }\n"),
        case!("changed beside a comment",
            "  asset_id:\n    type: string\n    default: b2  # for now\n    doc: Media asset.\n",
            "The default value is a1." =>
            "  asset_id:\n    type: string\n    default: a1  # for now\n    doc: Media asset.\n"),
    ]);
    check(&[
        Case {
            name: "a number within new limits",
            part: ASSET_ID,
            before: "  asset_id: { type: int32, default: 5, range: { max: 10 }, doc: Media asset. }\n",
            page: (
                ASSET,
                "asset_id\n\nNo\n\nInteger\n\nThe video. The value ranges from 1 to 100. The default value is 50.\n\n",
            ),
            after: "  asset_id: { type: int32, default: 50, range: { min: 1, max: 100 }, doc: Media asset. }\n",
        },
        Case {
            name: "a truth value",
            part: ASSET_ID,
            before: "  asset_id: { type: bool, doc: Media asset. }\n",
            page: (
                ASSET,
                "asset_id\n\nNo\n\nBoolean\n\nThe video. The default value is False.\n\n",
            ),
            after: "  asset_id: { type: bool, default: false, doc: Media asset. }\n",
        },
    ]);
}
