//! What is not edited: what is not certain, what somebody has judged before, and what would be wrong then.

use vod_spec::SourceFile;

use super::{
    ASSET, ASSET_ID, DESCRIPTION, FILE, PAGE, SERVICE, api, fixed_on, left, open, page_with,
    text_of, with,
};

/// The description with another asset id and with these deviations.
fn described(asset_id: &str, deviations: &str) -> String {
    with(&DESCRIPTION, ASSET_ID, asset_id) + deviations
}

fn saying(text: &str) -> String {
    with(PAGE, "The video.\n", &format!("The video. {text}\n"))
}

#[test]
fn what_is_not_certain() {
    struct Case {
        name: &'static str,
        asset_id: &'static str,
        page: (&'static str, &'static str),
        open: &'static str,
    }
    let plain = "  asset_id: { type: string, doc: Media asset. }\n";
    for case in [
        Case {
            name: "the page states no limit",
            asset_id: "  asset_id: { type: string, length: { max: 64 }, doc: Media asset. }\n",
            page: ("The project.", "It."),
            open: "warning limit-changed query.asset_id",
        },
        Case {
            name: "the page states no default",
            asset_id: "  asset_id: { type: string, default: a1, doc: Media asset. }\n",
            page: ("The project.", "It."),
            open: "warning default-changed query.asset_id",
        },
        Case {
            name: "one end alone is stated",
            asset_id: "  asset_id: { type: string, length: { min: 1, max: 64 }, doc: Media asset. }\n",
            page: ("The video.\n", "The video. At most 64 characters.\n"),
            open: "warning limit-changed query.asset_id",
        },
        Case {
            name: "a limit in bytes",
            asset_id: "  asset_id: { type: string, length: { max: 32, unit: bytes }, doc: Media asset. }\n",
            page: ("The video.\n", "The video. At most 64 characters.\n"),
            open: "error limit-changed query.asset_id",
        },
        Case {
            name: "a fact of another source",
            asset_id: "  asset_id: { type: string, length: { max: 32 }, from: { limits: api_explorer }, doc: Media asset. }\n",
            page: ("The video.\n", "The video. At most 64 characters.\n"),
            open: "error limit-changed query.asset_id",
        },
        Case {
            name: "a row that stands there twice",
            asset_id: plain,
            page: (
                ASSET,
                "asset_id\n\nYes\n\nString\n\nThe video.\n\nasset_id\n\nYes\n\nInteger\n\nThe video.\n\n",
            ),
            open: "error type-changed query.asset_id",
        },
        Case {
            name: "a part of the row was not read",
            asset_id: plain,
            page: (
                ASSET,
                "asset_id\n\nYes\n\nString\n\nThe video. At most 64 MB.\n\n",
            ),
            open: "error required-changed query.asset_id",
        },
        Case {
            name: "text that is no fact",
            asset_id: plain,
            page: ("The video.\n", "The video. This parameter is deprecated.\n"),
            open: "info deprecation-changed query.asset_id",
        },
        Case {
            name: "a list instead of one",
            asset_id: plain,
            page: (
                ASSET,
                "asset_id\n\nNo\n\nArray of strings\n\nThe video.\n\n",
            ),
            open: "error type-changed query.asset_id",
        },
        Case {
            name: "a parameter that is not described",
            asset_id: plain,
            page: (
                ASSET,
                "asset_id\n\nNo\n\nString\n\nThe video.\n\nforce\n\nNo\n\nBoolean\n\nWhether.\n\n",
            ),
            open: "error parameter-added query.force",
        },
        Case {
            name: "method and path",
            asset_id: plain,
            page: ("asset/thumbnails", "asset/thumbs"),
            open: "error path-changed http.path",
        },
        Case {
            name: "another action",
            asset_id: plain,
            page: ("vod:thumbnail:delete", "vod:thumbnail:remove"),
            open: "error permission-changed permission.action",
        },
        Case {
            name: "an empty cell of the permission",
            asset_id: plain,
            page: ("    vod:AssetLabel\n", "    -\n"),
            open: "error permission-changed permission.condition_keys",
        },
        Case {
            name: "a header of the auth schemes",
            asset_id: plain,
            page: ("X-Sdk-Date\n\nNo", "X-Sdk-Date\n\nYes"),
            open: "error required-changed header.X-Sdk-Date",
        },
        Case {
            name: "what all operations share",
            asset_id: plain,
            page: ("error_code\n\nString", "error_code\n\nInteger"),
            open: "error type-changed response.400.error_code",
        },
        Case {
            name: "a status of a request that worked",
            asset_id: plain,
            page: (
                "400\n\nIt failed.",
                "202\n\nIt will work.\n\n400\n\nIt failed.",
            ),
            open: "error status-added response.202",
        },
    ] {
        let name = case.name;
        let api = api(&described(case.asset_id, ""));
        let page = page_with(case.page);
        let fixed = fixed_on(&api, &[&page]);
        assert_eq!(fixed.files, [], "{name}");
        assert_eq!(left(&fixed), [""; 0], "{name}");
        let open = open(&fixed.api, &page);
        assert!(open.iter().any(|it| it == case.open), "{name}: {open:?}");
    }
}

#[test]
fn what_a_deviation_speaks_of() {
    struct Case {
        name: &'static str,
        deviation: &'static str,
        page: &'static str,
    }
    for case in [
        Case {
            name: "an acknowledged value",
            deviation: "{ rule: limit-changed, at: query.asset_id, states: 100, because: It is known. }",
            page: "At most 100 characters.",
        },
        Case {
            name: "another value than the acknowledged one",
            deviation: "{ rule: limit-changed, at: query.asset_id, states: 100, because: It is known. }",
            page: "At most 10 characters.",
        },
        Case {
            name: "a value of another source",
            deviation: "{ rule: limit-changed, at: query.asset_id, source: api_explorer, states: 100, because: It is known. }",
            page: "At most 10 characters.",
        },
        Case {
            name: "words that no rule reads",
            deviation: "{ rule: limit-changed, at: query.asset_id, source: other, because: It is known. }",
            page: "At most 10 characters.",
        },
    ] {
        let asset_id = "  asset_id: { type: string, length: { max: 50 }, doc: Media asset. }\n";
        let deviation = format!("  - {}\n", case.deviation);
        let api = api(&described(asset_id, &deviation));
        let fixed = fixed_on(&api, &[&saying(case.page)]);
        assert_eq!(fixed.files, [], "{}", case.name);
        assert_eq!(left(&fixed), [""; 0], "{}", case.name);
    }
}

#[test]
fn pages_that_disagree() {
    let length = |max: u8| saying(&format!("At most {max} characters."));
    let (ten, twenty) = (length(10), length(20));
    for (name, before) in [
        ("with each other", "30"),
        ("as one agrees with the description", "10"),
    ] {
        let asset_id = format!(
            "  asset_id: {{ type: string, length: {{ max: {before} }}, doc: Media asset. }}\n"
        );
        let api = api(&described(&asset_id, ""));
        let fixed = fixed_on(&api, &[&ten, &twenty]);
        assert_eq!(fixed.files, [], "{name}");
        let at = "limit-changed at query.asset_id was not fixed: another page or row states something else";
        let left = left(&fixed);
        assert_eq!(left.len(), 2, "{name}: {left:#?}");
        assert!(left.iter().all(|it| it.contains(at)), "{name}: {left:#?}");
    }
    // What they agree on is edited once.
    let api = api(&described(ASSET_ID, ""));
    let fixed = fixed_on(&api, &[&ten, &ten]);
    assert!(text_of(&fixed).contains("length: { max: 10 }"));
    assert_eq!(left(&fixed), [""; 0]);
}

#[test]
fn what_check_would_report() {
    struct Case {
        name: &'static str,
        part: &'static str,
        before: &'static str,
        page: (&'static str, &'static str),
        why: &'static str,
    }
    const LAST: &str = "      UNKNOW: { rust: Undetermined, doc: The reason is unknown. }\n";
    for case in [
        Case {
            name: "a limit that the default is beyond",
            part: ASSET_ID,
            before: "  asset_id: { type: string, default: abcdef, doc: Media asset. }\n",
            page: (
                "The video.\n",
                "The video. At most 4 characters. The default value is abcdef.\n",
            ),
            why: "limit-changed at query.asset_id was not fixed: `check` would report: `abcdef` cannot be the default: its length lies outside of the limit",
        },
        Case {
            name: "a type that the limits do not fit",
            part: ASSET_ID,
            before: "  asset_id: { type: string, length: { max: 10 }, doc: Media asset. }\n",
            page: (ASSET, "asset_id\n\nNo\n\nInteger\n\nThe video.\n\n"),
            why: "type-changed at query.asset_id was not fixed: `check` would report: only `string` has a length",
        },
        Case {
            name: "a value that an example has",
            part: LAST,
            before: LAST,
            page: ("  • DELETED\n\n", ""),
            why: "value-removed at type.DeleteThumbnailResult.status.DELETED was not fixed: `check` would report: the example does not fit",
        },
    ] {
        let name = case.name;
        let before = with(&DESCRIPTION, case.part, case.before);
        // Another edit of the same page is made all the same.
        let page = page_with(case.page);
        let page = with(&page, "assets *", "thumbnails *");
        let fixed = fixed_on(&api(&before), &[&page]);
        assert_eq!(
            text_of(&fixed),
            before.replace("assets*", "thumbnails*"),
            "{name}"
        );
        let left = left(&fixed);
        assert_eq!(left.len(), 1, "{name}: {left:#?}");
        assert!(
            left.iter().all(|it| it.contains(case.why)),
            "{name}: {left:#?}"
        );
        let second = fixed_on(&fixed.api, &[&page]);
        assert_eq!(second.files, [], "{name}");
    }
}

#[test]
fn the_date_is_taken_over_last() {
    let newer = with(PAGE, "2026-03-20", "2026-04-01");
    struct Case {
        name: &'static str,
        page: (&'static str, &'static str),
        updated: &'static str,
    }
    for case in [
        Case {
            name: "nothing else",
            page: ("The project.", "It."),
            updated: "2026-04-01",
        },
        Case {
            name: "with a fact that is edited",
            page: ("The video.\n", "The video. At most 64 characters.\n"),
            updated: "2026-04-01",
        },
        Case {
            name: "beside what is left open",
            page: ("asset/thumbnails", "asset/thumbs"),
            updated: "2026-03-20",
        },
    ] {
        let page = with(&newer, case.page.0, case.page.1);
        let api = api(&DESCRIPTION.replace("updated: 2026-03-20", "updated: 2026-03-20  # read"));
        // Texts that were never recorded have to be read first.
        let fixed = fixed_on(&api, &[&page]);
        assert!(
            text_of(&fixed).contains("updated: 2026-03-20  # read"),
            "{}",
            case.name
        );
        let wordings = super::recorded(&api, &page);
        let pages = [SourceFile::new("a.txt", page.as_str())];
        let fixed = vod_spec::drift::fix(&api, &pages, &wordings, &|it| vod_spec::load_sources(it));
        let due = format!("updated: {}  # read", case.updated);
        assert!(
            text_of(&fixed).contains(&due),
            "{}: {}",
            case.name,
            text_of(&fixed)
        );
    }
}

#[test]
fn a_value_of_a_shared_enum_is_not_dropped() {
    let first = with(
        &DESCRIPTION,
        "      task_id: { type: string, doc: Task whose snapshots were deleted. }\n",
        "      task_id: { type: ThumbnailDeletionStatus, doc: Task whose snapshots were deleted. }\n",
    );
    let first = with(&first, "\"task_id\": \"t1\", ", "");
    let files = [
        SourceFile::new("service.yaml", SERVICE),
        SourceFile::new(FILE, first.as_str()),
    ];
    let api = vod_spec::load_sources(files).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let fixed = fixed_on(&api, &[&with(PAGE, "  • FAILED\n\n", "")]);
    assert_eq!(fixed.files, []);
}
