//! Drafts of descriptions: the facts are there, the check lists what is left, and once that is written it passes.

#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;
use std::sync::LazyLock;

use vod_spec::model::{Api, Field, Operation, Type, TypeKind};
use vod_spec::{Code, SourceFile, draft, load_dir, load_sources, page};

const KNOWN: &str = include_str!("../../vod-page/tests/pages/delete-thumbnails.txt");
const UNKNOWN: &str = include_str!("../../vod-page/tests/pages/create-thumbnail-plan.txt");

static API: LazyLock<Api> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec");
    load_dir(&root).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
});

fn drafted(text: &str) -> String {
    draft::draft(&API, &page::read(text))
}

fn files(name: &str, text: &str) -> [SourceFile; 2] {
    let service = include_str!("spec/service.yaml");
    [
        SourceFile::new("service.yaml", service),
        SourceFile::new(format!("snapshot-management/{name}.yaml"), text),
    ]
}

/// What is blank is filled in, as a person would.
fn filled(draft: &str) -> String {
    draft
        .replace("operation: ~", "operation: CreateThumbnailPlan")
        .replace("page: ~", "page: https://example.com/page.html")
        .replace(": ~", ": Text.")
}

/// A type without names, which are ours.
fn shape(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Scalar(scalar) => scalar.to_string(),
        Type::Any => "any".to_owned(),
        Type::Array(inner) => format!("array<{}>", shape(api, inner)),
        Type::Map(inner) => format!("map<{}>", shape(api, inner)),
        Type::Named(id) => match &api.type_def(*id).unwrap().kind {
            TypeKind::Object(fields) => format!("{{{}}}", shapes(api, fields).join(" ")),
            TypeKind::Enum(values) => {
                let values: Vec<_> = values.iter().map(|it| it.name.value.as_str()).collect();
                values.join("|")
            }
        },
    }
}

fn shapes<'f>(api: &Api, fields: impl IntoIterator<Item = &'f Field>) -> Vec<String> {
    let fields = fields.into_iter();
    fields
        .map(|it| {
            let (limits, name) = (it.limits, &it.name.value);
            format!(
                "{name}:{}:{}:{:?}:{limits:?}",
                shape(api, &it.ty),
                it.required,
                it.default
            )
        })
        .collect()
}

/// The facts of an operation, all of them.
fn facts(api: &Api, operation: &Operation) -> Vec<String> {
    let mut facts = vec![
        operation.name.value.clone(),
        operation.title.clone(),
        format!("{:?} {:?}", operation.updated, operation.page),
        format!(
            "{:?} {} {:?}",
            operation.method, operation.path, operation.auth
        ),
        format!("{:?}", operation.permission),
        format!(
            "{:?}",
            operation
                .errors
                .iter()
                .map(|(status, _)| status)
                .collect::<Vec<_>>()
        ),
        format!("{} {:?}", operation.reply.status, operation.reply.example),
    ];
    facts.extend(shapes(api, operation.parameters.iter().map(|it| &it.field)));
    facts.extend(shapes(api, operation.reply.fields()));
    facts.extend(
        operation
            .deviations
            .iter()
            .map(|it| format!("{} {}", it.rule, it.at.value)),
    );
    facts
}

#[test]
fn the_draft_of_a_described_page_has_the_facts_of_its_description() {
    let text = filled(&drafted(KNOWN));
    let api = load_sources(files("delete-thumbnails", &text))
        .unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    let ours = API
        .operations
        .iter()
        .find(|it| it.name.value == "DeleteThumbnails")
        .unwrap();
    assert_eq!(facts(&api, &api.operations[0]), facts(&API, ours));
}

#[test]
fn the_check_lists_what_is_left_to_write() {
    for (name, page) in [
        ("delete-thumbnails", KNOWN),
        ("create-thumbnail-plan", UNKNOWN),
    ] {
        let text = drafted(page);
        let blanks = text.matches(": ~").count();
        let diagnostics = load_sources(files(name, &text)).unwrap_err();
        assert!(
            diagnostics.iter().all(|it| it.code == Code::WrongType),
            "{diagnostics}"
        );
        assert_eq!(diagnostics.iter().count(), blanks, "{diagnostics}");
    }
}

#[test]
fn a_page_that_is_not_described_yet() {
    let text = drafted(UNKNOWN);
    insta::with_settings!({
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("create-thumbnail-plan", text);
    });
    load_sources(files("create-thumbnail-plan", &filled(&text)))
        .unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
}

#[test]
fn a_page_that_says_nothing_gives_blanks() {
    let text = drafted("");
    assert!(
        text.contains("operation: ~") && text.contains("http: ~"),
        "{text}"
    );
}

#[test]
fn what_a_row_states_in_parts_is_drafted_once() {
    let whole = "Value range: 1 to 100. Default value: 12";
    let parts = "Minimum value: 1. Default value: 12. Maximum value: 100. The default value is 12.";
    assert!(UNKNOWN.contains(whole));
    assert_eq!(drafted(&UNKNOWN.replace(whole, parts)), drafted(UNKNOWN));
    let twice = UNKNOWN.replace("  • PNG\n", "  • PNG\n\n  • PNG\n");
    assert_eq!(drafted(&twice), drafted(UNKNOWN));
}

const SHELF: &str = include_str!("../../vod-page/tests/pages/plain.en.txt");

#[test]
fn two_tables_of_one_name_are_two_types() {
    let changed = SHELF
        .replacen("shelf\n\nShelf object", "lamp\n\nLamp object", 1)
        .replacen("Table 8 Shelf\n", "Table 8 Lamp\n", 1);
    let text = drafted(&changed);
    for part in [
        "  lamp:\n    type: Lamp\n",
        "      lamp:\n        type: Lamp2\n",
        "\n  Lamp:\n",
        "# The page has several tables `Lamp`: this is that of line ",
        "\n  Lamp2:\n",
        "      books:\n        type: array<Book>\n",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    // The same table once more is the same type.
    let lamp = "Table 5 Lamp\n";
    let from = SHELF.find(lamp).unwrap();
    let until = SHELF.find("Response Parameters\n").unwrap();
    let table = &SHELF[from..until];
    let twice = SHELF.replacen("Table 9 Book\n", &format!("{table}Table 9 Book\n"), 1);
    let text = drafted(&twice);
    assert!(!text.contains("Lamp2"), "{text}");
}

#[test]
fn a_common_word_is_no_name_of_a_type() {
    let changed =
        SHELF
            .replacen("Lamp object", "Kind object", 1)
            .replacen("Table 5 Lamp", "Table 5 Kind", 1);
    let text = drafted(&changed);
    assert!(text.contains("type: ShelvesKind\n"), "{text}");
    assert!(text.contains("\n  ShelvesKind:\n"), "{text}");
}

#[test]
fn what_is_dropped_is_told() {
    assert!(!drafted(SHELF).contains("Dropped"));
    let text = drafted(&SHELF.replacen("error_msg", "message", 1));
    let comment = "# Dropped: the page lists other fields of this error than service.yaml: error_code, message";
    assert!(text.contains(comment), "{text}");
}

/// The page with more parameters and more fields of the reply, in words of one cell each.
fn with_rows(parameters: &[&str], fields: &[&str]) -> String {
    let cells = |rows: &[&str]| -> String {
        let cells = rows.iter().flat_map(|row| row.split(" | "));
        cells.map(|cell| format!("{cell}\n\n")).collect()
    };
    UNKNOWN
        .replacen(
            "marks\n\nNo",
            &format!("{}marks\n\nNo", cells(parameters)),
            1,
        )
        .replacen(
            "The plan.\n\n",
            &format!("The plan.\n\n{}", cells(fields)),
            1,
        )
}

const OFFSET: &str = "offset | No | Integer | Where to begin.";
const LIMIT: &str = "limit | No | Integer | How many.";
const PAGE: &str = "page | No | Integer | Which page. Value range: 1 to 50.";
const SIZE: &str = "size | No | Integer | How many.";
const MARKER: &str = "marker | No | String | Where to go on.";
const PLANS: &str = "plans | Array of PlanMark objects | The plans.";
const TOTAL: &str = "total | Integer | How many there are.";
const NEXT: &str = "next_marker | String | The next marker.";

#[test]
fn pagination_is_suggested_where_names_and_types_are_those_of_it() {
    struct Case {
        name: &'static str,
        parameters: &'static [&'static str],
        fields: &'static [&'static str],
        suggested: Option<&'static str>,
    }
    let cases = [
        Case {
            name: "by offset",
            parameters: &[OFFSET, LIMIT],
            fields: &[TOTAL, PLANS],
            suggested: Some(
                "style: offset, position: offset, size: limit, items: plans, total: total",
            ),
        },
        Case {
            name: "by page, from the first one that is allowed",
            parameters: &[PAGE, SIZE],
            fields: &[TOTAL, PLANS],
            suggested: Some(
                "style: page, position: page, size: size, items: plans, total: total, first: 1",
            ),
        },
        Case {
            name: "by marker",
            parameters: &[MARKER, LIMIT],
            fields: &[PLANS, NEXT],
            suggested: Some(
                "style: marker, position: marker, size: limit, items: plans, next: next_marker",
            ),
        },
        Case {
            name: "no total",
            parameters: &[OFFSET, LIMIT],
            fields: &[PLANS],
            suggested: None,
        },
        Case {
            name: "no next marker",
            parameters: &[MARKER, LIMIT],
            fields: &[PLANS, TOTAL],
            suggested: None,
        },
        Case {
            name: "no size",
            parameters: &[OFFSET, SIZE],
            fields: &[TOTAL, PLANS],
            suggested: None,
        },
        Case {
            name: "two lists",
            parameters: &[OFFSET, LIMIT],
            fields: &[TOTAL, PLANS, "names | Array of strings | The names."],
            suggested: None,
        },
        Case {
            name: "a position that is text",
            parameters: &["offset | No | String | Where to begin.", LIMIT],
            fields: &[TOTAL, PLANS],
            suggested: None,
        },
    ];
    for Case {
        name,
        parameters,
        fields,
        suggested,
    } in cases
    {
        let text = drafted(&with_rows(parameters, fields));
        let lines = text.lines().skip_while(|it| *it != "pagination:").skip(1);
        let lines: Vec<_> = lines
            .take_while(|it| !it.is_empty())
            .map(str::trim)
            .collect();
        assert_eq!(
            lines.join(", "),
            suggested.unwrap_or_default(),
            "{name}: {text}"
        );
        let count = text.matches("# todo: check `pagination`").count();
        assert_eq!(count, usize::from(suggested.is_some()), "{name}: {text}");
        let file = files("create-thumbnail-plan", &filled(&text));
        load_sources(file).unwrap_or_else(|diagnostics| panic!("{name}: {diagnostics}"));
    }
}

#[test]
fn batch_is_a_question_where_a_parameter_has_a_largest_number_of_items() {
    let question = "    max_items: 5\n    # todo: `batch: true`, if ";
    assert!(drafted(UNKNOWN).contains(question));
    let one = UNKNOWN.replacen("maximum of 5 marks", "maximum of 1 marks", 1);
    assert!(!drafted(&one).contains("`batch: true`"));
    let in_type = with_rows(&[], &[]).replacen(
        "label\n\nNo\n\nString\n\nA name for it.",
        "labels\n\nNo\n\nArray of strings\n\nNames for it. A maximum of 9 labels is possible.",
        1,
    );
    let text = drafted(&in_type);
    assert!(text.contains("max_items: 9\n"), "{text}");
    assert_eq!(text.matches("`batch: true`").count(), 1, "{text}");
}

#[test]
fn what_was_not_read_is_to_be_decided() {
    let text = drafted(&UNKNOWN.replacen("Array of PlanMark objects", "Vector<PlanMark>", 1));
    assert!(text.contains("\n# todo: line "), "{text}");
}
