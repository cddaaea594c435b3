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
