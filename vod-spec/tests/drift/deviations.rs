//! Differences that the description knows of.

use vod_spec::drift::{Comparison, compare};
use vod_spec::{Rule, SourceFile, load_sources, page};

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

/// A page compared with another description of its operation.
fn compared_with(description: &str, text: &str) -> Comparison<'static> {
    let service = include_str!("../spec/service.yaml");
    let api = load_sources([
        SourceFile::new("service.yaml", service),
        SourceFile::new(FILE, description),
    ])
    .unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    compare(Box::leak(Box::new(api)), &page::read(text), &recorded(text))
}

/// What is open on the page, compared with another description of its operation.
fn open_with(description: &str) -> Vec<String> {
    open(&compared_with(description, PAGE))
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

const ASSET_ID: &str = "  asset_id:\n    type: string\n";

/// What is open on `page` with the asset id and the deviations given.
fn open_on(page: &str, asset_id: &str, deviations: &str) -> Vec<String> {
    let description = DESCRIPTION.replace(ASSET_ID, asset_id) + deviations;
    open(&compared_with(&description, page))
}

/// A deviation of the asset id.
fn deviation(rule: &str, rest: &str) -> String {
    format!("  - {{ rule: {rule}, at: query.asset_id, {rest}, because: It is known. }}\n")
}

#[test]
fn a_limit_from_elsewhere_is_a_deviation() {
    let limited = format!("{ASSET_ID}    length: {{ max: 1024 }}\n");
    let open = |deviations: &str| open_on(PAGE, &limited, deviations);
    assert_eq!(open(""), ["warning limit-changed query.asset_id"]);
    let known = deviation("limit-changed", "states: nothing");
    assert_eq!(open(&known), [""; 0]);
}

#[test]
fn a_deviation_acknowledges_one_value() {
    struct Case {
        name: &'static str,
        /// What the description says of the asset id, besides its type.
        asset_id: &'static str,
        rule: &'static str,
        acknowledged: &'static str,
        /// The text of the page at the asset id, when the deviation was written and later.
        before: &'static str,
        after: &'static str,
    }
    for case in [
        Case {
            name: "another limit",
            asset_id: "    length: { max: 50 }\n",
            rule: "limit-changed",
            acknowledged: "100",
            before: "The video. At most 100 characters.",
            after: "The video. At most 10 characters.",
        },
        Case {
            name: "a second limit",
            asset_id: "    length: { max: 50 }\n",
            rule: "limit-changed",
            acknowledged: "100",
            before: "The video. At most 100 characters.",
            after: "The video. 5 to 100 characters.",
        },
        Case {
            name: "a limit where there was none",
            asset_id: "    length: { max: 50 }\n",
            rule: "limit-changed",
            acknowledged: "nothing",
            before: "The video.",
            after: "The video. At most 10 characters.",
        },
        Case {
            name: "no limit where there was one",
            asset_id: "    length: { max: 50 }\n",
            rule: "limit-changed",
            acknowledged: "100",
            before: "The video. At most 100 characters.",
            after: "The video.",
        },
        Case {
            name: "another default",
            asset_id: "    default: a1\n",
            rule: "default-changed",
            acknowledged: "b2",
            before: "The video. Default value: b2.",
            after: "The video. Default value: c3.",
        },
    ] {
        let asset_id = format!("{ASSET_ID}{}", case.asset_id);
        let pinned = format!("states: {}", case.acknowledged);
        let deviations = deviation(case.rule, &pinned);
        let before = with("The video.", case.before);
        let after = with("The video.", case.after);
        let open = |page: &str| -> Vec<_> {
            let open = open_on(page, &asset_id, &deviations).into_iter();
            // Other rules have nothing to do with it.
            open.filter(|it| it.contains(case.rule) || it.contains("stale"))
                .collect()
        };
        assert_eq!(open(&before), [""; 0], "{}: before", case.name);
        let [found] = &open(&after)[..] else {
            panic!("{}: {:?}", case.name, open(&after));
        };
        assert!(found.contains(case.rule), "{}: {found}", case.name);
    }
}

#[test]
fn the_unit_of_a_length_is_compared() {
    let bytes = with("The video.", "The video. At most 50 bytes.");
    let characters = with("The video.", "The video. At most 50 characters.");
    let open =
        |limit: &str, page: &str| open_on(page, &format!("{ASSET_ID}    length: {limit}\n"), "");
    assert_eq!(open("{ max: 50, unit: bytes }", &bytes), [""; 0]);
    assert_eq!(
        open("{ max: 50 }", &bytes),
        ["error limit-changed query.asset_id"]
    );
    // The pages in English count characters where the others count bytes.
    assert_eq!(open("{ max: 50, unit: bytes }", &characters), [""; 0]);
    assert_eq!(open("{ max: 50 }", &characters), [""; 0]);
}

#[test]
fn a_page_in_chinese_that_counts_characters_contradicts_bytes() {
    const CHINESE: &str = include_str!("../../../vod-page/tests/pages/plain.zh.txt");
    let page = page::read(CHINESE);
    let draft = vod_spec::draft::draft(&super::API, &page)
        .replace("title: ~", "title: Renaming a Shelf")
        .replace("section: ~", "section: Snapshot Management")
        .replace("operation: ~", "operation: RenameShelf")
        .replace("page: ~", "page: https://example.com/page.html")
        .replace(": ~", ": Text.");
    let open = |draft: &str| {
        let service = include_str!("../spec/service.yaml");
        let files = [
            SourceFile::new("service.yaml", service),
            SourceFile::new("snapshot-management/rename-shelf.yaml", draft),
        ];
        let api = load_sources(files).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
        let comparison = compare(&api, &page, &vod_spec::drift::Wordings::default());
        let units = comparison
            .findings
            .iter()
            .filter(|it| it.states.as_deref() == Some("characters"));
        units.count()
    };
    assert_eq!(open(&draft), 0);
    let length = draft.find("length: {").expect("a length");
    let end = length + draft[length..].find(" }").expect("its end");
    let bytes = format!("{}, unit: bytes{}", &draft[..end], &draft[end..]);
    assert_eq!(open(&bytes), 1);
}

#[test]
fn what_could_not_be_read_is_acknowledged_as_it_is_worded() {
    let before = with("The video.", "The video. At most 100 MB.");
    let comparison = compared_with(DESCRIPTION, &before);
    let is_note = |it: &&vod_spec::drift::Finding| it.rule == Rule::Unreadable;
    let note = comparison.findings.iter().find(is_note);
    let states = note.and_then(|it| it.states.clone()).expect("a note");
    let known = deviation("unreadable", &format!("states: \"{states}\""));
    assert_eq!(open_on(&before, ASSET_ID, &known), [""; 0]);
    let after = with("The video.", "The video. At most 200 MB.");
    assert_eq!(
        open_on(&after, ASSET_ID, &known),
        ["warning unreadable query.asset_id"]
    );
}

#[test]
fn a_finding_names_its_value_and_the_one_that_is_acknowledged() {
    let limited = format!("{ASSET_ID}    length: {{ max: 50 }}\n");
    let description =
        DESCRIPTION.replace(ASSET_ID, &limited) + &deviation("limit-changed", "states: 100");
    let page = with("The video.", "The video. 5 to 10 characters.");
    let comparison = compared_with(&description, &page);
    let limit = comparison
        .findings
        .iter()
        .find(|it| it.rule == Rule::LimitChanged);
    let limit = limit.map(|it| (it.states.as_deref(), it.pinned.as_deref()));
    assert_eq!(limit, Some((Some("5 to 10"), Some("100"))));
}

#[test]
fn a_permission_that_was_absent_and_is_another_one_now_is_open() {
    let (start, rest) = PAGE
        .split_once("Authorization Information")
        .expect("a section");
    let (_, end) = rest.split_once("URI").expect("the next section");
    let absent = format!("{start}URI{end}");
    let known = "  - rule: permission-changed\n    at: permission.action\n    states: nothing\n    because: It is known.\n";
    assert_eq!(open_on(&absent, ASSET_ID, known), [""; 0]);
    let other = PAGE.replace("vod:thumbnail:delete", "vod:thumbnail:remove");
    assert_eq!(
        open_on(&other, ASSET_ID, known),
        ["error permission-changed permission.action"]
    );
}

#[test]
fn silence_is_no_finding_where_a_fact_comes_from_elsewhere() {
    for (from, is_open) in [
        ("api_explorer", false),
        ("chinese_page", false),
        ("other", false),
        ("page", true),
        ("english_page", true),
    ] {
        let open = |text: &str| {
            let asset_id = format!(
                "{ASSET_ID}    length: {{ max: 50 }}\n    default: a1\n    from: {{ limits: {from}, default: {from} }}\n"
            );
            let open = open_on(text, &asset_id, "");
            let is_it =
                |it: &String| it.contains("limit-changed") || it.contains("default-changed");
            open.into_iter().filter(is_it).count()
        };
        assert_eq!(open(PAGE), if is_open { 2 } else { 0 }, "{from}");
        // What the page does state is compared, whatever else is said.
        let stated = with(
            "The video.",
            "The video. At most 10 characters. Default value: b2.",
        );
        assert_eq!(open(&stated), 2, "{from}");
    }
}
