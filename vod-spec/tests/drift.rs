//! What single edits of a page lead to: the finding that each gives, and no other.
//!
//! The pages are our own, in the form of the vendor's; what they say is what the description of this repository says.

#![expect(clippy::expect_used, clippy::panic, reason = "helpers of tests")]

use std::path::Path;
use std::sync::LazyLock;

use vod_spec::drift::{Comparison, Wordings, compare};
use vod_spec::model::Api;
use vod_spec::{SourceFile, draft, load_dir, load_sources, page};

const PAGE: &str = include_str!("pages/delete-thumbnails.txt");

static API: LazyLock<Api> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    load_dir(&root).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
});

fn compared(text: &str, wordings: &Wordings) -> Comparison<'static> {
    compare(&API, &page::read(text), wordings)
}

/// The texts of a page as recorded.
fn recorded(text: &str) -> Wordings {
    let page = page::read(text);
    let comparison = compare(&API, &page, &Wordings::default());
    let operation = comparison.operation.expect("the operation is known");
    let mut wordings = Wordings::default();
    wordings.record(
        &operation.name.value,
        page.language,
        &comparison.texts.expect("the page is whole"),
    );
    wordings
}

/// `level rule at`, sorted; without those that a deviation knows.
fn open(comparison: &Comparison<'_>) -> Vec<String> {
    let findings = comparison.findings.iter().filter(|it| !it.acknowledged);
    let mut lines: Vec<_> = findings
        .map(|it| format!("{} {} {}", it.level, it.rule, it.at))
        .collect();
    lines.sort();
    lines
}

/// The page with one part replaced, which stands there once.
fn with(from: &str, to: &str) -> String {
    assert_eq!(PAGE.matches(from).count(), 1, "{from}");
    PAGE.replace(from, to)
}

/// The page up to a part.
fn until(part: &str) -> String {
    let (start, _) = PAGE.split_once(part).expect(part);
    start.to_owned()
}

/// A row as the page has it: each cell on a line of its own, with an empty line behind it.
fn row<const N: usize>(cells: [&str; N]) -> String {
    cells.map(|cell| format!("{cell}\n\n")).concat()
}

#[track_caller]
fn gives(text: &str, due: &[&str]) {
    let comparison = compared(text, &recorded(PAGE));
    assert_eq!(open(&comparison), due, "{:#?}", comparison.findings);
}

const ASSET: &str = "asset_id\n\nNo\n\nString\n\nThe video.\n\n";
const TASK: &str = "task_id\n\nNo\n\nArray of strings\n\nThe tasks to clean up after. A maximum of 10 tasks is possible.\n\n";
const LAST_HEADER: &str = "X-Auth-Token\n\nYes\n\nString\n\nA token.\n\n";

#[test]
fn the_page_itself_has_only_what_is_known() {
    let comparison = compared(PAGE, &recorded(PAGE));
    let findings: Vec<_> = comparison
        .findings
        .iter()
        .map(|it| (it.rule.as_str(), it.at.as_str(), it.line, it.acknowledged))
        .collect();
    assert_eq!(
        findings,
        [("duplicate-row", "header.X-Auth-Token", 122, true)]
    );
}

#[test]
fn parameters() {
    let added = row(["force", "No", "Boolean", "Whether to force it."]);
    gives(
        &with(ASSET, &format!("{ASSET}{added}")),
        &["error parameter-added query.force"],
    );
    gives(
        &with(ASSET, ""),
        &["error parameter-removed query.asset_id"],
    );
    gives(
        &with(ASSET, &ASSET.replace("asset_id", "media_id")),
        &[
            "error parameter-added query.media_id",
            "error parameter-removed query.asset_id",
        ],
    );
    gives(
        &PAGE
            .replace("{project_id}", "{project_id}/{id}")
            .replace("\nproject_id\n", "\nid\n"),
        &[
            "error parameter-added path.id",
            "error parameter-removed path.project_id",
            "error path-changed http.path",
        ],
    );
    let body =
        "Table 4 Request body parameters\n\nParameter\n\nMandatory\n\nType\n\nDescription\n\n";
    let body = format!(
        "{body}{}Response Parameters\n",
        row(["reason", "No", "String", "Why."])
    );
    gives(
        &with("Response Parameters\n", &body),
        &["error parameter-added body.reason"],
    );
}

#[test]
fn headers_belong_to_the_auth_schemes() {
    let date = row(["X-Sdk-Date", "No", "String", "The time, if keys are used."]);
    gives(
        &with(&date, ""),
        &["error parameter-removed header.X-Sdk-Date"],
    );
    gives(
        &with(&date, &date.replace("No", "Yes")),
        &["error required-changed header.X-Sdk-Date"],
    );
    let added = row(["X-Trace", "No", "String", "A trace."]);
    gives(
        &with(LAST_HEADER, &format!("{LAST_HEADER}{added}")),
        &["error parameter-added header.X-Trace"],
    );
    let own = row(["Content-Type", "No", "String", "The kind of body."]);
    gives(&with(LAST_HEADER, &format!("{own}{LAST_HEADER}")), &[]);
}

#[test]
fn a_deviation_that_is_gone_is_an_error() {
    gives(
        &with(LAST_HEADER, ""),
        &["error stale-deviation header.X-Auth-Token"],
    );
    let first = row([
        "X-Auth-Token",
        "No",
        "String",
        "A token, if tokens are used.",
    ]);
    gives(
        &with(&first, ""),
        &[
            "error required-changed header.X-Auth-Token",
            "error stale-deviation header.X-Auth-Token",
        ],
    );
}

#[test]
fn facts_of_a_parameter() {
    gives(
        &with(ASSET, &ASSET.replace("No", "Yes")),
        &["error required-changed query.asset_id"],
    );
    gives(
        &with(ASSET, &ASSET.replace("String", "Integer")),
        &["error type-changed query.asset_id"],
    );
    gives(
        &with(TASK, &TASK.replace("Array of strings", "String")),
        &[
            "error type-changed query.task_id",
            // A text has no number of items.
            "warning unreadable query.task_id",
        ],
    );
    gives(
        &with(TASK, &TASK.replace("10", "20")),
        &["error limit-changed query.task_id"],
    );
    gives(
        &with(
            TASK,
            &TASK.replace(" A maximum of 10 tasks is possible.", ""),
        ),
        &["error limit-changed query.task_id"],
    );
    let more = |text: &str| {
        with(
            ASSET,
            &ASSET.replace("The video.", &format!("The video. {text}")),
        )
    };
    gives(
        &more("The value contains 1 to 64 characters."),
        &["error limit-changed query.asset_id"],
    );
    gives(
        &more("The default value is 0."),
        &["error default-changed query.asset_id"],
    );
    gives(
        &more("This parameter is deprecated."),
        &["info deprecation-changed query.asset_id"],
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
fn permissions() {
    gives(
        &with("vod:thumbnail:delete", "vod:thumbnails:delete"),
        &["error permission-changed permission.action"],
    );
    gives(
        &with("    Write\n", "    Tagging\n"),
        &["error permission-changed permission.access"],
    );
    gives(
        &with("assets *", "thumbnails *"),
        &["error permission-changed permission.resource"],
    );
    gives(
        &with("vod:AssetLabel", "vod:Region"),
        &["error permission-changed permission.condition_keys"],
    );
    gives(
        &with("    -\n\n    -\n", "    vod:thumbnail:remove\n\n    -\n"),
        &["error permission-changed permission.alias"],
    );
    let start = PAGE.find("Authorization Information").unwrap();
    let end = PAGE.find("URI\n").unwrap();
    let without = format!("{}{}", &PAGE[..start], &PAGE[end..]);
    gives(&without, &["error permission-changed permission.action"]);
}

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
    gives("", &["error unknown-operation page"]);
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
        &["info wording-changed description"],
    );
    gives(
        &with("Removes snapshots", "Drops snapshots"),
        &["info wording-changed description"],
    );
    gives(
        &PAGE.replace("DeleteThumbnailResult", "SnapshotResult"),
        &["info wording-changed description"],
    );
}

#[test]
fn unrecorded_texts_are_told() {
    let comparison = compared(PAGE, &Wordings::default());
    assert_eq!(open(&comparison), ["info wording-unrecorded description"]);
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
fn rows_that_stand_there_twice() {
    gives(
        &with(ASSET, &format!("{ASSET}{ASSET}")),
        &["warning duplicate-row query.asset_id"],
    );
    let other = ASSET.replace("No", "Yes");
    gives(
        &with(ASSET, &format!("{ASSET}{other}")),
        &["warning duplicate-row query.asset_id"],
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

/// One page in every form that pages come in, as the page reader's tests have it.
const FORMS: [(&str, &str); 8] = [
    ("plain.en", include_str!("pages/plain.en.txt")),
    ("markdown.en", include_str!("pages/markdown.en.md")),
    ("html.en", include_str!("pages/html.en.html")),
    ("converted.en", include_str!("pages/converted.en.md")),
    ("plain.zh", include_str!("pages/plain.zh.txt")),
    ("markdown.zh", include_str!("pages/markdown.zh.md")),
    ("html.zh", include_str!("pages/html.zh.html")),
    ("converted.zh", include_str!("pages/converted.zh.md")),
];

#[test]
fn every_form_of_a_page_says_the_same() {
    let (_, plain) = FORMS[0];
    let text = draft::draft(&API, &page::read(plain))
        .replace("section: ~", "section: Snapshot Management")
        .replace("operation: ~", "operation: RenameShelf")
        .replace("page: ~", "page: https://example.com/page.html")
        .replace(": ~", ": Text.");
    let service = include_str!("../../spec/service.yaml");
    let api = load_sources([
        SourceFile::new("service.yaml", service),
        SourceFile::new("snapshot-management/rename-shelf.yaml", text),
    ])
    .unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
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
            wordings.record("RenameShelf", page.language, &texts);
        } else {
            assert!(
                open(&comparison).is_empty(),
                "{name}: {:#?}",
                comparison.findings
            );
        }
    }
}

#[test]
fn a_deviation_holds_for_the_pages_that_it_names() {
    let file = "snapshot-management/delete-thumbnails.yaml";
    let ours = include_str!("../../spec/snapshot-management/delete-thumbnails.yaml");
    for (source, due) in [
        ("page", &[][..]),
        ("english_page", &[]),
        (
            "chinese_page",
            &["warning duplicate-row header.X-Auth-Token"],
        ),
        ("other", &["warning duplicate-row header.X-Auth-Token"]),
    ] {
        let at = "    at: header.X-Auth-Token\n";
        let text = ours.replace(at, &format!("{at}    source: {source}\n"));
        let service = include_str!("../../spec/service.yaml");
        let api = load_sources([
            SourceFile::new("service.yaml", service),
            SourceFile::new(file, text),
        ])
        .unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
        let comparison = compare(&api, &page::read(PAGE), &recorded(PAGE));
        assert_eq!(open(&comparison), due, "{source}");
    }
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
