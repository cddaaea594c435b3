//! Bad descriptions in `tests/ui` and what is said about them: message, place and hint.
//!
//! A case is one operation file, or several files that lines such as `# file: types/x.yaml` introduce. Beside them
//! stand a valid `service.yaml` and a valid operation, unless the case has these files itself.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use vod_spec::{Code, Format, SourceFile, load_sources};

const SERVICE: &str = "\
service: VOD
title: Video On Demand
endpoint: https://vod.{region}.example.com
regions: { cn-north-4: CN North-Beijing4 }
project_id: Project that a call acts on.
auth:
  token:
    doc: A token.
    headers: { X-Auth-Token: { doc: The token., sensitive: true } }
query_arrays: { style: repeat, basis: inferred, because: Other clients do so. }
error: { error_code: { type: string, doc: Code of the error. } }
sections: { Snapshots: Finds and deletes snapshots. }
";

const OTHER_OPERATION: &str = "\
operation: ListSnapshots
title: Listing Snapshots
section: Snapshots
updated: 2026-03-20
page: https://example.com/ListSnapshots.html
summary: Lists snapshots.
http: GET /v1/{project_id}/snapshots
auth: [token]
responses:
  200: { doc: The request succeeded. }
";

/// Codes that no description alone can show: `unreadable` is about files, see `reading.rs`; `reserved-name` is
/// found once Rust names are known, in vod-codegen, and so is `not-rust`; `pages-lock` is about a file of its own.
const WITHOUT_CASE: &[Code] = &[
    Code::Unreadable,
    Code::ReservedName,
    Code::PagesLock,
    Code::NotRust,
];

/// The files of a case.
fn files(case: &str) -> Vec<SourceFile> {
    let mut files = BTreeMap::from([
        ("service.yaml", SERVICE.to_owned()),
        ("snapshots/list-snapshots.yaml", OTHER_OPERATION.to_owned()),
    ]);
    let mut name = "snapshots/delete-snapshots.yaml";
    for line in case.split_inclusive('\n') {
        if let Some(next) = line.strip_prefix("# file: ") {
            name = next.trim_end();
            files.insert(name, String::new());
        } else {
            files.entry(name).or_default().push_str(line);
        }
    }
    files
        .into_iter()
        .map(|(name, text)| SourceFile::new(name, text))
        .collect()
}

#[test]
fn every_case_is_explained() {
    let mut names = Vec::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|it| it != "yaml") {
            continue;
        }
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let Err(diagnostics) = load_sources(files(&fs::read_to_string(&path).unwrap())) else {
            panic!("{name} has no mistake");
        };
        insta::with_settings!({
            snapshot_path => "ui",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(name.as_str(), diagnostics.render(Format::Text));
        });
        assert!(
            diagnostics
                .iter()
                .any(|it| name.starts_with(it.code.as_str())),
            "{name} shows another code:\n{diagnostics}"
        );
        names.push(name);
    }
    for code in Code::ALL.iter().filter(|code| !WITHOUT_CASE.contains(code)) {
        let has_case = names.iter().any(|name| name.starts_with(code.as_str()));
        assert!(has_case, "tests/ui has no case for `{code}`");
    }
}
