//! Differences that the description knows of.

use vod_spec::drift::compare;
use vod_spec::{SourceFile, load_sources, page};

use super::{LAST_HEADER, PAGE, gives, open, recorded, row, with};

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

const FILE: &str = "snapshot-management/delete-thumbnails.yaml";
const DESCRIPTION: &str = include_str!("../spec/snapshot-management/delete-thumbnails.yaml");

/// What is open on the page, compared with another description of its operation.
fn open_with(description: &str) -> Vec<String> {
    let service = include_str!("../spec/service.yaml");
    let api = load_sources([
        SourceFile::new("service.yaml", service),
        SourceFile::new(FILE, description),
    ])
    .unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    open(&compare(&api, &page::read(PAGE), &recorded(PAGE)))
}

#[test]
fn a_deviation_holds_for_the_pages_that_it_names() {
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
        let text = DESCRIPTION.replace(at, &format!("{at}    source: {source}\n"));
        assert_eq!(open_with(&text), due, "{source}");
    }
}

#[test]
fn a_limit_from_elsewhere_is_a_deviation() {
    let row = "  asset_id:\n    type: string\n";
    let limited = DESCRIPTION.replace(row, &format!("{row}    length: {{ max: 1024 }}\n"));
    assert_eq!(
        open_with(&limited),
        ["warning limit-changed query.asset_id"]
    );
    let deviation = "  - rule: limit-changed\n    at: query.asset_id\n    because: It is known.\n";
    assert_eq!(open_with(&format!("{limited}{deviation}")), [""; 0]);
}
