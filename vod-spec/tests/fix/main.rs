//! What the edits that findings lead to make of the YAML.
//!
//! The page and the description are those of `tests/drift`.

#![expect(clippy::expect_used, clippy::panic, reason = "helpers of tests")]

mod facts;
mod left;
mod lists;

use vod_spec::drift::{Fixed, Wordings, compare, fix};
use vod_spec::model::Api;
use vod_spec::{SourceFile, load_sources, page};

const PAGE: &str = include_str!("../../../vod-page/tests/pages/delete-thumbnails.txt");
const SERVICE: &str = include_str!("../spec/service.yaml");
const FILE: &str = "snapshot-management/delete-thumbnails.yaml";

/// The description without what would be in the way of most edits: its constraint and its example.
static DESCRIPTION: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
    let text = include_str!("../spec/snapshot-management/delete-thumbnails.yaml");
    let (start, rest) = text.split_once("constraints:\n").expect("constraints");
    let (_, end) = rest.split_once("responses:\n").expect("responses");
    format!("{start}responses:\n{end}")
});

/// The asset id in the description and on the page.
const ASSET_ID: &str =
    "  asset_id:\n    type: string\n    doc: Media asset whose snapshots are deleted.\n";
const ASSET: &str = "asset_id\n\nNo\n\nString\n\nThe video.\n\n";

/// An edit of a page and what comes of it.
struct Case {
    name: &'static str,
    /// A part of the description as the tests have it.
    part: &'static str,
    /// What stands there instead.
    before: &'static str,
    /// What is edited on the page: a text that stands there once, and the one in its place.
    page: (&'static str, &'static str),
    /// What stands there afterwards.
    after: &'static str,
}

fn api(description: &str) -> Api {
    load_sources([
        SourceFile::new("service.yaml", SERVICE),
        SourceFile::new(FILE, description),
    ])
    .unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

/// A text with one part replaced, which stands there once.
#[track_caller]
fn with(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from}");
    text.replace(from, to)
}

fn page_with((from, to): (&str, &str)) -> String {
    with(PAGE, from, to)
}

/// The asset id's row with another description, and whatever else is replaced in it.
fn fixed_on(api: &Api, pages: &[&str]) -> Fixed {
    let name = |index| ["a.txt", "b.txt"].get(index).copied().unwrap_or("c.txt");
    let pages: Vec<_> = pages
        .iter()
        .enumerate()
        .map(|(index, text)| SourceFile::new(name(index), *text))
        .collect();
    fix(api, &pages, &Wordings::default(), &|files| {
        load_sources(files)
    })
}

/// The description after the edits that pages lead to.
fn text_of(fixed: &Fixed) -> String {
    let mut sources = fixed.api.sources.iter().map(|(_, it)| it);
    let file = sources.find(|it| it.name == FILE).expect("the description");
    file.text.clone()
}

/// Why edits were left out.
fn left(fixed: &Fixed) -> Vec<String> {
    fixed.left.iter().map(ToString::to_string).collect()
}

/// What is open on a page, but for the texts that were never recorded.
fn open(api: &Api, page: &str) -> Vec<String> {
    let comparison = compare(api, &page::read(page), &Wordings::default());
    let findings = comparison.findings.iter().filter(|it| !it.acknowledged);
    findings
        .map(|it| format!("{} {} {}", it.level, it.rule, it.at))
        .filter(|it| !it.contains("wording-unrecorded"))
        .collect()
}

/// The lines that the description of the tests does not have.
fn changed(text: &str) -> String {
    let is_new = |line: &&str| !DESCRIPTION.lines().any(|it| it == *line);
    text.lines().filter(is_new).collect::<Vec<_>>().join("\n")
}

fn check(cases: &[Case]) {
    for case in cases {
        let name = case.name;
        let before = with(&DESCRIPTION, case.part, case.before);
        let page = page_with(case.page);
        let first = fixed_on(&api(&before), &[&page]);
        let text = text_of(&first);
        let due = with(&DESCRIPTION, case.part, case.after);
        if text != due {
            panic!(
                "{name}: {:?}\n{}\n--- due:\n{}",
                left(&first),
                changed(&text),
                changed(&due)
            );
        }
        assert_eq!(left(&first), [""; 0], "{name}");
        let is_edited = before != due;
        assert_eq!(first.files.len(), usize::from(is_edited), "{name}");
        // What the edits were about is not open any more.
        if is_edited {
            assert_eq!(open(&first.api, &page), [""; 0], "{name}");
        }
        let second = fixed_on(&first.api, &[&page]);
        assert_eq!(second.files, [], "{name}: a second time");
        // The line ends of the file stay.
        let crlf = |text: &str| text.replace('\n', "\r\n");
        let other = fixed_on(&api(&crlf(&before)), &[&page]);
        assert_eq!(text_of(&other), crlf(&due), "{name}: with CRLF");
    }
}

/// The texts of a page, as if somebody had read them.
fn recorded(api: &Api, text: &str) -> Wordings {
    let page = page::read(text);
    let comparison = compare(api, &page, &Wordings::default());
    let operation = comparison.operation.expect("the operation is known");
    let texts = comparison.texts.expect("the page is whole");
    let mut wordings = Wordings::default();
    wordings.record(&operation.name.value, page.source, &texts);
    wordings
}
