//! Values of enums, statuses, cells of the permission, and what the page says of itself.

use super::{Case, check};

#[test]
fn values() {
    const VALUES: &str = "    values:\n      DELETED: The snapshots are gone.\n      FAILED: The snapshots could not be deleted.\n      UNKNOW: { rust: Undetermined, doc: The reason is unknown. }\n";
    check(&[
        Case {
            name: "added where the page has it",
            part: VALUES,
            before: VALUES,
            page: ("  • FAILED\n", "  • PENDING\n\n  • FAILED\n"),
            after: "    values:\n      DELETED: The snapshots are gone.\n      PENDING: \"The value `PENDING`.\"  # todo: say what it means\n      FAILED: The snapshots could not be deleted.\n      UNKNOW: { rust: Undetermined, doc: The reason is unknown. }\n",
        },
        Case {
            name: "two added at the end",
            part: VALUES,
            before: VALUES,
            page: ("  • UNKNOW\n", "  • UNKNOW\n\n  • LATE\n\n  • GONE\n"),
            after: "    values:\n      DELETED: The snapshots are gone.\n      FAILED: The snapshots could not be deleted.\n      UNKNOW: { rust: Undetermined, doc: The reason is unknown. }\n      LATE: \"The value `LATE`.\"  # todo: say what it means\n      GONE: \"The value `GONE`.\"  # todo: say what it means\n",
        },
        Case {
            name: "added first",
            part: VALUES,
            before: VALUES,
            page: ("  • DELETED\n", "  • NEW\n\n  • DELETED\n"),
            after: "    values:\n      NEW: \"The value `NEW`.\"  # todo: say what it means\n      DELETED: The snapshots are gone.\n      FAILED: The snapshots could not be deleted.\n      UNKNOW: { rust: Undetermined, doc: The reason is unknown. }\n",
        },
        Case {
            name: "added on one line",
            part: VALUES,
            before: "    values: { DELETED: Gone., FAILED: Not gone., UNKNOW: Unknown. }\n",
            page: ("  • FAILED\n", "  • FAILED\n\n  • PENDING\n"),
            after: "    values: { DELETED: Gone., FAILED: Not gone., PENDING: \"The value `PENDING`.\", UNKNOW: Unknown. }  # todo: say what it means\n",
        },
        Case {
            name: "dropped",
            part: VALUES,
            before: "    values:\n      DELETED: The snapshots are gone.\n      # Not there.\n      FAILED: >-\n        The snapshots\n        could not be deleted.\n      # A spelling mistake.\n      UNKNOW: { rust: Undetermined, doc: The reason is unknown. } # the page's\n",
            page: ("  • FAILED\n\n", ""),
            after: "    values:\n      DELETED: The snapshots are gone.\n      # Not there.\n      # A spelling mistake.\n      UNKNOW: { rust: Undetermined, doc: The reason is unknown. } # the page's\n",
        },
        Case {
            name: "renamed",
            part: VALUES,
            before: VALUES,
            page: ("  • UNKNOW\n", "  • UNKNOWN\n"),
            after: "    values:\n      DELETED: The snapshots are gone.\n      FAILED: The snapshots could not be deleted.\n      UNKNOWN: \"The value `UNKNOWN`.\"  # todo: say what it means\n",
        },
    ]);
}

#[test]
fn some_values_of_an_enum() {
    const STATUS: &str =
        "      status: { type: ThumbnailDeletionStatus, doc: Whether the deletion worked. }\n";
    check(&[
        Case {
            name: "one more can be sent",
            part: STATUS,
            before: "      status: { type: ThumbnailDeletionStatus, only: [DELETED, FAILED], doc: Which. }\n",
            page: ("The project.", "It."),
            after: "      status: { type: ThumbnailDeletionStatus, only: [DELETED, FAILED, UNKNOW], doc: Which. }\n",
        },
        Case {
            name: "one less can be sent",
            part: STATUS,
            before: "      status:\n        type: ThumbnailDeletionStatus\n        only: [DELETED, FAILED, UNKNOW]\n        doc: Which.\n",
            page: ("  • FAILED\n\n", ""),
            after: "      status:\n        type: ThumbnailDeletionStatus\n        only: [DELETED, UNKNOW]\n        doc: Which.\n",
        },
        Case {
            name: "one less in a block",
            part: STATUS,
            before: "      status:\n        type: ThumbnailDeletionStatus\n        only:\n          - DELETED\n          - FAILED\n          # Sic.\n          - UNKNOW\n        doc: Which.\n",
            page: ("  • UNKNOW\n", ""),
            after: "      status:\n        type: ThumbnailDeletionStatus\n        only:\n          - DELETED\n          - FAILED\n          # Sic.\n        doc: Which.\n",
        },
    ]);
}

#[test]
fn statuses() {
    const FAILED: &str = "  400: { doc: The request failed., error: true }\n";
    check(&[
        Case {
            name: "added by its number",
            part: FAILED,
            before: FAILED,
            page: (
                "400\n\nIt failed.\n",
                "400\n\nIt failed.\n\n404\n\nIt is not there.\n",
            ),
            after: "  400: { doc: The request failed., error: true }\n  404: { doc: The request failed., error: true }\n",
        },
        Case {
            name: "dropped",
            part: FAILED,
            before: "  # Mistakes.\n  400: { doc: The request failed., error: true }\n  404: # rare\n    doc: It is not there.\n    error: true\n",
            page: ("The project.", "It."),
            after: "  # Mistakes.\n  400: { doc: The request failed., error: true }\n  # rare\n",
        },
    ]);
}

#[test]
fn permissions() {
    check(&[
        Case {
            name: "another access",
            part: "  access: Write\n",
            before: "  access: \"Write\" # to it\n",
            page: ("    Write\n", "    Tagging\n"),
            after: "  access: \"Tagging\" # to it\n",
        },
        Case {
            name: "another resource",
            part: "  resource: assets*\n",
            before: "  resource: assets*\n",
            page: ("assets *", "thumbnails *"),
            after: "  resource: thumbnails*\n",
        },
        Case {
            name: "a resource where there was none",
            part: "  resource: assets*\n",
            before: "",
            page: ("The project.", "It."),
            after: "  resource: assets*\n",
        },
        Case {
            name: "other items of a list",
            part: "  condition_keys: [vod:AssetLabel]\n",
            before: "  condition_keys:\n    - vod:Region # old\n",
            page: ("The project.", "It."),
            after: "  condition_keys:\n    # old\n    - vod:AssetLabel\n",
        },
        Case {
            name: "one more item",
            part: "  condition_keys: [vod:AssetLabel]\n",
            before: "  condition_keys: [vod:AssetLabel]\n",
            page: (
                "    vod:AssetLabel\n",
                "    vod:AssetLabel\n\n    vod:Region\n",
            ),
            after: "  condition_keys: [vod:AssetLabel, vod:Region]\n",
        },
        Case {
            name: "a list where there was none",
            part: "  condition_keys: [vod:AssetLabel]\n",
            before: "  condition_keys: [vod:AssetLabel]\n",
            page: ("    -\n\n    -\n", "    vod:thumbnail:remove\n\n    -\n"),
            after: "  condition_keys: [vod:AssetLabel]\n  alias: [vod:thumbnail:remove]\n",
        },
    ]);
}

#[test]
fn title() {
    check(&[Case {
        name: "another title",
        part: "title: Deleting Snapshots of a Media Asset\n",
        before: "title: >-\n  Deleting Snapshots\n  of Assets\n",
        page: ("The project.", "It."),
        after: "title: >-\n  Deleting Snapshots of a Media Asset\n",
    }]);
}
