//! Pages as a whole: which operation they are of, how they are worded, in what form they come and where they break off.

use vod_spec::drift::{Wordings, compare};
use vod_spec::page;

use super::{ASSET, PAGE, TASK, compared, gives, markdown, open, shelf_api, until, with};

#[test]
fn the_operation_is_found_by_what_did_not_change() {
    let title = "Deleting Snapshots of a Media Asset";
    gives(
        &PAGE.replace(title, "Removing Snapshots"),
        &["info title-changed title"],
    );
    gives(
        &with("DELETE /v1", "POST /v1"),
        &["error method-changed http.method"],
    );
    // Another operation has this method and path.
    gives(
        &with("DELETE /v1", "GET /v1"),
        &["error method-changed http.method"],
    );
    gives(
        &with("asset/thumbnails", "asset/snapshots"),
        &["error path-changed http.path"],
    );
    let both = PAGE.replace(title, "Removing Snapshots");
    gives(
        &both.replace("asset/thumbnails", "asset/snapshots"),
        &["error unknown-operation page"],
    );
    gives(
        "",
        &["error unknown-operation page", "warning unreadable page"],
    );
}

#[test]
fn the_date_and_the_wording_are_worth_knowing() {
    gives(
        &with("2026-03-20", "2026-06-01"),
        &["info page-newer updated"],
    );
    gives(
        &with("2026-03-20", "2025-06-01"),
        &["info page-older updated"],
    );
    gives(
        &with("The video.\n", "The video that is meant.\n"),
        &["info wording-changed query.asset_id"],
    );
    gives(
        &with("Removes snapshots", "Drops snapshots"),
        &["info wording-changed description"],
    );
    gives(
        &with(
            "Authorization Information\n",
            "Constraints\n\nOnly at night.\n\nAuthorization Information\n",
        ),
        &["info wording-changed description"],
    );
    gives(
        &PAGE.replace("DeleteThumbnailResult", "SnapshotResult"),
        &["info wording-changed type.DeleteThumbnailResult"],
    );
}

#[test]
fn a_date_that_is_not_read_is_told() {
    let date = "Updated on 2026-03-20 GMT+08:00\n";
    for other in [
        "",
        "Updated on 2026/09/01\n",
        "Updated on Jan 31, 2026\n",
        "Last updated on 2026-09-01\n",
    ] {
        gives(&with(date, other), &["warning unreadable updated"]);
    }
    gives(&with(date, "Last updated: 2026-03-20\n"), &[]);
    // Many copies begin at the title.
    let (_, start) = PAGE.split_once(date).expect("it has one");
    gives(start, &[]);
}

#[test]
fn unrecorded_texts_are_told() {
    let comparison = compared(PAGE, &Wordings::default());
    assert_eq!(open(&comparison), ["info wording-unrecorded description"]);
}

#[test]
fn silence_is_a_contradiction_only_where_there_was_a_text_before() {
    let silent = TASK.replace(" A maximum of 10 tasks is possible.", "");
    let comparison = compared(&with(TASK, &silent), &Wordings::default());
    let due = [
        "info wording-unrecorded description",
        "warning limit-changed query.task_id",
    ];
    assert_eq!(open(&comparison), due);
}

#[test]
fn order_space_and_line_ends_mean_nothing() {
    gives(
        &with(&format!("{ASSET}{TASK}"), &format!("{TASK}{ASSET}")),
        &[],
    );
    gives(&PAGE.replace('\n', "\r\n"), &[]);
}

#[test]
fn what_tables_are_numbered_does_not_matter() {
    let mut text = PAGE.to_owned();
    for number in (1..=6).rev() {
        text = text.replace(
            &format!("Table {number} "),
            &format!("Table {} ", number + 3),
        );
    }
    gives(&text, &[]);
}

#[test]
fn a_page_that_breaks_off_loses_nothing() {
    for part in [
        "URI\n",
        "Table 2 ",
        "if keys are used.\n\nX-Sdk-Date",
        "Response Parameters",
        "The task in question.",
        "Status code: 400",
        "\"status\" :",
        "Status Codes\n",
        "400\n\nIt failed.",
    ] {
        gives(&until(part), &["warning unreadable page"]);
    }
    // What was read before counts.
    let text = until("Response Parameters").replace(ASSET, "");
    gives(
        &text,
        &[
            "error parameter-removed query.asset_id",
            "warning unreadable page",
        ],
    );
}

#[test]
fn a_page_that_goes_on_with_something_else_does_not_break_off() {
    let start = PAGE.find("Table 2 ").expect("there is a query");
    let end = PAGE.find("Request Parameters").expect("there are headers");
    let text = format!("{}{}", &PAGE[..start], &PAGE[end..]).replace("400\n\nIt failed.\n\n", "");
    let missing = [
        "error parameter-removed query.asset_id",
        "error parameter-removed query.task_id",
        "error status-removed response.400",
    ];
    gives(&markdown(&text), &missing);
    let related = "## Related Documents\n\nThere are some.\n";
    let due = [&missing[..], &["warning unreadable page"]].concat();
    gives(&format!("{}{related}", markdown(&text)), &due);
    let (text, _) = text.split_once("Error Codes\n").expect("it is the last");
    gives(&format!("{}{related}", markdown(text)), &due);
}

#[test]
fn what_a_table_lists_that_is_not_read_is_not_gone() {
    let header = "Table 2 Query Parameters\n\nParameter\n\nMandatory\n\nType\n";
    gives(
        &with(header, &header.replace("Type", "Format")),
        &["warning unreadable path", "warning unreadable query"],
    );
}

#[test]
fn headings_can_be_captions() {
    let text = markdown(PAGE);
    let heading = |from: &str, to: &str| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replace(from, to)
    };
    gives(&heading("Table 2 Query", "### Query"), &[]);
    gives(&heading("Table 3 Request", "### Request"), &[]);
    gives(
        &heading("Table 5 DeleteThumbnailResult", "### DeleteThumbnailResult"),
        &[],
    );
    // A caption says more than the heading above it.
    gives(
        &heading("Table 2 Query", "### What to clean up\n\nTable 2 Query"),
        &["warning unreadable page"],
    );
    // What stands below another heading may be what is missing.
    gives(
        &heading("Table 2 Query Parameters", "### What to clean up"),
        &[
            "warning unreadable page",
            "warning unreadable path",
            "warning unreadable query",
        ],
    );
    gives(
        &heading("Table 5 DeleteThumbnailResult", "### What became of a task"),
        &[
            "warning unreadable page",
            "warning unreadable response",
            "warning unreadable type",
        ],
    );
}

/// One page in every form that pages come in, as the page reader's tests have it.
const FORMS: [(&str, &str); 8] = [
    (
        "plain.en",
        include_str!("../../../vod-page/tests/pages/plain.en.txt"),
    ),
    (
        "markdown.en",
        include_str!("../../../vod-page/tests/pages/markdown.en.md"),
    ),
    (
        "html.en",
        include_str!("../../../vod-page/tests/pages/html.en.html"),
    ),
    (
        "converted.en",
        include_str!("../../../vod-page/tests/pages/converted.en.md"),
    ),
    (
        "plain.zh",
        include_str!("../../../vod-page/tests/pages/plain.zh.txt"),
    ),
    (
        "markdown.zh",
        include_str!("../../../vod-page/tests/pages/markdown.zh.md"),
    ),
    (
        "html.zh",
        include_str!("../../../vod-page/tests/pages/html.zh.html"),
    ),
    (
        "converted.zh",
        include_str!("../../../vod-page/tests/pages/converted.zh.md"),
    ),
];

#[test]
fn every_form_of_a_page_says_the_same() {
    let api = shelf_api();
    let mut wordings = Wordings::default();
    for (name, text) in FORMS {
        let page = page::read(text);
        let comparison = compare(&api, &page, &wordings);
        if name.starts_with("plain") {
            assert_eq!(
                open(&comparison),
                ["info wording-unrecorded description"],
                "{name}"
            );
            let texts = comparison.texts.expect("the page is whole");
            wordings.record("RenameShelf", page.source, &texts);
        } else {
            assert!(
                open(&comparison).is_empty(),
                "{name}: {:#?}",
                comparison.findings
            );
        }
    }
}
