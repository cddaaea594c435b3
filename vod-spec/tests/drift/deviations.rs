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

#[test]
fn a_deviation_holds_for_the_pages_that_it_names() {
    let file = "snapshot-management/delete-thumbnails.yaml";
    let ours = include_str!("../../../spec/snapshot-management/delete-thumbnails.yaml");
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
        let service = include_str!("../../../spec/service.yaml");
        let api = load_sources([
            SourceFile::new("service.yaml", service),
            SourceFile::new(file, text),
        ])
        .unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
        let comparison = compare(&api, &page::read(PAGE), &recorded(PAGE));
        assert_eq!(open(&comparison), due, "{source}");
    }
}
