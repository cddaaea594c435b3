//! What pages say of replies: statuses, fields, types, values, and examples.

use vod_spec::drift::{Wordings, compare};
use vod_spec::page;

use super::{PAGE, SHELF, gives, open, row, shelf_api, with};

#[test]
fn statuses() {
    let failed = "400\n\nIt failed.\n\n";
    gives(
        &with(failed, &format!("{failed}404\n\nIt is not there.\n\n")),
        &["error status-added response.404"],
    );
    gives(&with(failed, ""), &["error status-removed response.400"]);
    gives(
        &PAGE
            .replace("Status code: 200", "Status code: 202")
            .replace("\n200\n", "\n202\n"),
        &[
            "error status-added response.202",
            "error status-removed response.200",
        ],
    );
}

#[test]
fn replies_and_types() {
    let asset = row(["asset_id", "String", "The video in question."]);
    let list = row([
        "delete_result_array",
        "Array of DeleteThumbnailResult objects",
        "What became of each task.",
    ]);
    let reason = row(["reason", "String", "Why it failed."]);
    gives(
        &with(&asset, &format!("{asset}{reason}")),
        &["error field-added type.DeleteThumbnailResult.reason"],
    );
    gives(
        &with(&list, &format!("{list}{reason}")),
        &["error field-added response.200.reason"],
    );
    gives(
        &with(&asset, ""),
        &["error field-removed type.DeleteThumbnailResult.asset_id"],
    );
    gives(
        &with(&asset, "").replace(&list, &format!("{list}{asset}")),
        &[
            "error field-added response.200.asset_id",
            "error field-removed type.DeleteThumbnailResult.asset_id",
        ],
    );
    gives(
        &with(&asset, &asset.replace("String", "Integer")),
        &["error type-changed type.DeleteThumbnailResult.asset_id"],
    );
    gives(
        &with(
            &list,
            &list.replace("Array of DeleteThumbnailResult objects", "String"),
        ),
        &["error type-changed response.200.delete_result_array"],
    );
    let text = row(["error_msg", "String", "A text."]);
    gives(
        &with(&text, &format!("{text}{reason}")),
        &["error field-added response.400.reason"],
    );
    let start = PAGE.find("Table 5 ").unwrap();
    let end = PAGE.find("Status code: 400").unwrap();
    let without = format!("{}{}", &PAGE[..start], &PAGE[end..]);
    gives(&without, &["error type-removed type.DeleteThumbnailResult"]);
}

#[test]
fn capitals_mean_nothing_in_the_names_of_headers() {
    let page = page::read(&SHELF.replace("X-Request-Id", "x-request-id"));
    let api = shelf_api();
    let comparison = compare(&api, &page, &Wordings::default());
    assert_eq!(open(&comparison), ["info wording-unrecorded description"]);
}

#[test]
fn a_new_type_is_reported_with_the_field_that_needs_it() {
    let field = row(["cause", "Cause object", "What went wrong."]);
    let table =
        "Table 6 Cause\n\nParameter\n\nType\n\nDescription\n\ncode\n\nString\n\nA code.\n\n";
    let text = with("  • UNKNOW\n\n", &format!("  • UNKNOW\n\n{field}{table}"));
    gives(
        &text.replace("Table 6 Response", "Table 7 Response"),
        &[
            "error field-added type.DeleteThumbnailResult.cause",
            "error type-added type.Cause",
        ],
    );
}

#[test]
fn values() {
    gives(
        &with("  • UNKNOW\n", "  • UNKNOW\n\n  • PENDING\n"),
        &["error value-added type.DeleteThumbnailResult.status.PENDING"],
    );
    gives(
        &with("  • FAILED\n\n", ""),
        &["error value-removed type.DeleteThumbnailResult.status.FAILED"],
    );
    gives(
        &with("  • UNKNOW\n", "  • UNKNOWN\n"),
        &[
            "error value-added type.DeleteThumbnailResult.status.UNKNOWN",
            "error value-removed type.DeleteThumbnailResult.status.UNKNOW",
        ],
    );
}

#[test]
fn examples() {
    gives(
        &with("\"DELETED\"", "\"GONE\""),
        &["warning example-misfit example.200"],
    );
    gives(
        &with("\"status\" :", "\"state\" :"),
        &["warning example-misfit example.200"],
    );
    gives(
        &with("\"t1\"", "7"),
        &["warning example-misfit example.200"],
    );
    gives(
        &with("\"DELETED\"\n", "\"DELETED\",\n"),
        &["warning example-misfit example.200"],
    );
    // What the tables say as well is reported once.
    gives(
        &with("  • UNKNOW\n", "  • UNKNOW\n\n  • GONE\n").replace("\"DELETED\"", "\"GONE\""),
        &["error value-added type.DeleteThumbnailResult.status.GONE"],
    );
}
