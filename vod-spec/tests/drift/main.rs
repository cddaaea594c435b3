//! What single edits of a page lead to: the finding that each gives, and no other.
//!
//! The pages are our own, in the form of the vendor's. What the first says is described in
//! `tests/spec`.

#![expect(clippy::expect_used, clippy::panic, reason = "helpers of tests")]

mod deviations;
mod examples;
mod pages;
mod replies;
mod requests;

use std::path::Path;
use std::sync::LazyLock;

use vod_spec::drift::{Comparison, Wordings, compare};
use vod_spec::model::Api;
use vod_spec::{SourceFile, draft, load_dir, load_sources, page};

const PAGE: &str = include_str!("../../../vod-page/tests/pages/delete-thumbnails.txt");
const ASSET: &str = "asset_id\n\nNo\n\nString\n\nThe video.\n\n";
const TASK: &str = "task_id\n\nNo\n\nArray of strings\n\nThe tasks to clean up after. A maximum of 10 tasks is possible.\n\n";
const LAST_HEADER: &str = "X-Auth-Token\n\nYes\n\nString\n\nA token.\n\n";

static API: LazyLock<Api> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec");
    load_dir(&root).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
});

/// The page that the page reader's tests have in every form.
const SHELF: &str = include_str!("../../../vod-page/tests/pages/plain.en.txt");

/// What that page says, as a description.
fn shelf_api() -> Api {
    described(SHELF)
}

/// What a page says, as a description.
fn described(page: &str) -> Api {
    let text = draft::draft(&API, &page::read(page));
    // Without what a text should name.
    let lines = text
        .lines()
        .map(|it| it.split(" # name ").next().unwrap_or_default());
    let text = lines
        .collect::<Vec<_>>()
        .join("\n")
        .replace("section: ~", "section: Snapshot Management")
        .replace("operation: ~", "operation: RenameShelf")
        .replace("page: ~", "page: https://example.com/page.html")
        .replace(": ~", ": Text.");
    let service = include_str!("../spec/service.yaml");
    load_sources([
        SourceFile::new("service.yaml", service),
        SourceFile::new("snapshot-management/rename-shelf.yaml", text),
    ])
    .unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

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
        page.source,
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

/// A page as Markdown, which tells headings from other lines.
fn markdown(text: &str) -> String {
    const HEADINGS: [&str; 9] = [
        "Function",
        "Authorization Information",
        "URI",
        "Request Parameters",
        "Response Parameters",
        "Example Requests",
        "Example Responses",
        "Status Codes",
        "Error Codes",
    ];
    let text = text.replace('•', "-");
    let lines = text.lines().map(str::trim);
    lines
        .map(|line| {
            if HEADINGS.contains(&line) {
                format!("## {line}\n")
            } else {
                format!("{line}\n")
            }
        })
        .collect()
}

#[track_caller]
fn gives(text: &str, due: &[&str]) {
    let comparison = compared(text, &recorded(PAGE));
    assert_eq!(open(&comparison), due, "{:#?}", comparison.findings);
}

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
