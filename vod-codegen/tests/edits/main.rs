//! Single edits of pages of an invented service: the findings that each gives, and no other.
//!
//! The pages hold forms of words that no other test has. Each page is drafted, and agrees with its
//! draft; then one edit is made.

#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests")]

mod rows;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use rows::{EDITS, Edit};
use vod_spec::drift::{Wordings, compare};
use vod_spec::model::Api;
use vod_spec::{Rule, SourceFile, draft, load_sources, page};

/// The pages with the names of their operations.
const PAGES: &[(&str, &str)] = &[
    ("lock.zh.txt", "DeleteDocks"),
    ("repair.json", "CreateRepair"),
    ("reserve.txt", "ReserveBicycles"),
    ("return.zh.md", "ReturnBicycle"),
    ("rides.en.html", "ListRides"),
    ("station.zh.html", "UpdateStation"),
    ("tariff.en.md", "CreateTariff"),
    ("tariff.zh.md", "UpdateTariff"),
];

/// How often two of the operations can be called.
const RATES: &str = "\
rates:
  reserve: { per_minute: 60, operations: [ReserveBicycles], basis: documented, doc: Text. }
  return: { per_minute: 30, operations: [ReturnBicycle], basis: documented, doc: Text. }
";

struct Described {
    api: Api,
    pages: BTreeMap<&'static str, String>,
    wordings: Wordings,
}

static DESCRIBED: LazyLock<Described> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/edits");
    let service = fs::read_to_string(folder.join("service.yaml")).unwrap();
    let load = |files: &[SourceFile]| {
        load_sources(files.iter().cloned()).unwrap_or_else(|mistakes| panic!("{mistakes}"))
    };
    let alone = load(&[SourceFile::new("service.yaml", service.clone())]);
    let mut files = vec![SourceFile::new("service.yaml", service + RATES)];
    let mut pages = BTreeMap::new();
    for &(page, name) in PAGES {
        let text = fs::read_to_string(folder.join("pages").join(page)).unwrap();
        let draft = draft::draft(&alone, &page::read(&text));
        let draft = draft.replace("operation: ~", &format!("operation: {name}"));
        let draft = draft::filled(&alone, &draft);
        let file = format!("bicycles/{}.yaml", kebab(name));
        files.push(SourceFile::new(file, draft));
        pages.insert(page, text);
    }
    let api = load(&files);
    let mut wordings = Wordings::default();
    for text in pages.values() {
        let page = page::read(text);
        let comparison = compare(&api, &page, &Wordings::default());
        let name = &comparison.operation.unwrap().name.value;
        wordings.record(name, page.source, comparison.texts.as_ref().unwrap());
    }
    Described {
        api,
        pages,
        wordings,
    }
});

fn kebab(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// What a comparison finds, with the reason.
fn found(text: &str) -> Vec<(Rule, String, String)> {
    let comparison = compare(&DESCRIBED.api, &page::read(text), &DESCRIBED.wordings);
    let findings = comparison.findings.into_iter();
    findings
        .map(|it| (it.rule, it.at.to_string(), it.message))
        .collect()
}

#[test]
fn pages_agree_with_their_drafts() {
    let mut report = String::new();
    for (page, text) in &DESCRIBED.pages {
        for (rule, at, why) in found(text) {
            writeln!(report, "{page}: {rule} {at}: {why}").unwrap();
        }
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn each_edit_gives_its_findings_and_no_other() {
    let mut report = String::new();
    for edit in EDITS.iter().copied().flatten() {
        if let Err(why) = check(edit) {
            writeln!(report, "{}: {why}", edit.name).unwrap();
        }
    }
    assert!(report.is_empty(), "{report}");
}

fn check(edit: &Edit) -> Result<(), String> {
    let page = &DESCRIBED.pages[edit.page];
    let count = page.matches(edit.from).count();
    if count != 1 {
        return Err(format!("the page has `{}` {count} times", edit.from));
    }
    let mut due = edit.due.to_vec();
    let mut left = String::new();
    for (rule, at, why) in found(&page.replace(edit.from, edit.to)) {
        let place = due
            .iter()
            .position(|(its, place)| *its == rule && *place == at);
        match place {
            Some(place) => {
                due.remove(place);
            }
            // A text that is edited is worded differently, besides what it states.
            None if rule == Rule::WordingChanged => {}
            None => writeln!(left, "\n    found {rule} {at}: {why}").unwrap(),
        }
    }
    for (rule, at) in &due {
        writeln!(left, "\n    not found: {rule} {at}").unwrap();
    }
    if left.is_empty() { Ok(()) } else { Err(left) }
}
