//! What Rust cannot have, or has already: each gives a diagnostic with the places, never a panic.

#![expect(clippy::panic, reason = "helpers of tests")]

use vod_codegen::generate;
use vod_spec::{Format, SourceFile, load_sources};

/// What stands beside the operation of a test.
const SERVICE: &str = "\
service: FIX
title: Features of the format
endpoint: https://fixtures.{region}.example.com

regions:
  first-region-1: First Region1

project_id: Project that a call acts on.

auth:
  token:
    doc: A token.
    headers:
      X-Auth-Token: { doc: The token., sensitive: true }

query_arrays:
  style: repeat
  basis: inferred
  because: There is no service behind the fixtures.

error:
  error_code: { type: string, doc: Code of the error. }
  error_msg: { type: string, doc: What went wrong. }

error_codes:
  FIX.0001: { name: InvalidParameter, kind: invalid-request, status: 403, basis: inferred, doc: A parameter is wrong. }
  FIX.0002: { name: TaskRunning, status: 403, failure: false, doc: The task goes on. }

sections:
  Fixtures: One operation per feature of the format.
";

/// The diagnostics of an operation with these parts.
fn refused(name: &str, body: &str, values: &str) -> String {
    let file = format!(
        "operation: {name}
title: Names
section: Fixtures
updated: 2026-03-20
page: https://example.com/names.html
summary: Has names.
http: PUT /v1/{{project_id}}/names
auth: [token]
body:
{body}
responses:
  204: {{ doc: It worked. }}
types:
{values}
"
    );
    let path = format!("fixtures/{}.yaml", name.to_lowercase());
    refused_files(&[("service.yaml", SERVICE), (&path, &file)])
}

/// The diagnostics of a description of these files.
fn refused_files(files: &[(&str, &str)]) -> String {
    let sources = files
        .iter()
        .map(|(name, text)| SourceFile::new(*name, *text));
    let api = load_sources(sources).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    match generate(&api) {
        Ok(_) => panic!("no name was refused"),
        Err(diagnostics) => diagnostics.render(Format::Text),
    }
}

const FIELD: &str = "  kind: { type: Kind, doc: A kind. }";
const KIND: &str = "  Kind: { doc: A kind., values: { A: One. } }";

#[test]
fn two_fields_of_one_name() {
    let body = format!(
        "{FIELD}\n  assetId: {{ type: string, doc: One. }}\n  asset_id: {{ type: string, doc: Two. }}"
    );
    insta::assert_snapshot!(refused("Names", &body, KIND));
}

#[test]
fn two_types_of_one_name() {
    let body = "  a: { type: Kind, doc: A kind. }\n  b: { type: Sort, doc: A sort. }";
    let types = "  Kind: { doc: A kind., values: { A: One. } }\n  Sort: { rust: Kind, doc: A sort., values: { A: One. } }";
    insta::assert_snapshot!(refused("Names", body, types));
}

#[test]
fn a_type_called_like_a_request() {
    let body = "  a: { type: NamesRequest, doc: A kind. }";
    let types = "  NamesRequest: { doc: A kind., values: { A: One. } }";
    insta::assert_snapshot!(refused("Names", body, types));
}

#[test]
fn two_values_of_one_name() {
    let types = "  Kind: { doc: A kind., values: { UN_DO: One., UnDo: Two. } }";
    insta::assert_snapshot!(refused("Names", FIELD, types));
}

#[test]
fn names_that_are_taken() {
    let body = "  send: { type: string, doc: A setter that calls have. }
  set: { type: string, doc: What the setters of calls go through. }
  request: { type: string, doc: What they change. }
  items: { type: string, doc: A setter that calls of lists have. }
  with_timeout: { type: string, doc: An option that calls have. }
  kind: { type: Option, doc: A type that Rust has. }
  facts: { type: Described, doc: A type that generated code imports. }";
    let types = "  Option: { doc: A kind., values: { UNRECOGNIZED: What enums have. } }
  Described: { doc: Facts., values: { A: One. } }";
    insta::assert_snapshot!(refused("Names", body, types));
}

#[test]
fn names_that_uploads_have() {
    let body = "  image: { type: string, rust: cover, doc: A setter that uploads have. }
  timeout: { type: string, required: true, doc: A required parameter. }
  subtitle: { type: string, doc: One that the client sets itself. }
upload: { own: [subtitle] }";
    insta::assert_snapshot!(refused("Names", body, "  {}"));
}

#[test]
fn operations_that_the_client_has() {
    insta::assert_snapshot!(refused("Execute", FIELD, KIND));
}

#[test]
fn operations_of_one_method() {
    let service = SERVICE.replace(
        "  Fixtures: One",
        "  Others: Other operations.\n  Fixtures: One",
    );
    let ping = include_str!("../fixtures/spec/fixtures/ping.yaml");
    let one = ping.replace(": Ping", ": GetAB");
    let other = ping
        .replace(": Ping", ": GetAb")
        .replace("section: Fixtures", "section: Others")
        .replace("/ping", "/pong");
    insta::assert_snapshot!(refused_files(&[
        ("service.yaml", &service),
        ("fixtures/get-ab.yaml", &one),
        ("others/get-ab.yaml", &other),
    ]));
}

#[test]
fn modules_of_one_name() {
    let operation = include_str!("../fixtures/spec/fixtures/ping.yaml")
        .replace("200: {", "200: { fields: { a: { type: A, doc: One. }, b: { type: B, doc: Two. }, c: { type: C, doc: Three. } },")
        .replace("section: Fixtures", "section: Shared");
    let ty = |name: &str| format!("types:\n  {name}: {{ doc: A kind., values: {{ A: One. }} }}\n");
    insta::assert_snapshot!(refused_files(&[
        (
            "service.yaml",
            &SERVICE.replace("  Fixtures: One", "  Shared: One")
        ),
        ("shared/ping.yaml", &operation),
        ("types/a-kind.yaml", &ty("A")),
        ("types/a_kind.yaml", &ty("B")),
        ("types/1.yaml", &ty("C")),
    ]));
}

#[test]
fn a_section_called_like_the_folder_of_the_methods() {
    let ping = include_str!("../fixtures/spec/fixtures/ping.yaml");
    let operation = ping.replace("section: Fixtures", "section: Client");
    let service = SERVICE.replace("  Fixtures: One", "  Client: One");
    insta::assert_snapshot!(refused_files(&[
        ("service.yaml", &service),
        ("client/ping.yaml", &operation),
    ]));
}

#[test]
fn constants_of_one_name_or_none() {
    let service = SERVICE
        .replace("first-region-1:", "1-region:")
        .replace("name: TaskRunning", "name: InvalidPARAMETER")
        .replace(
            "error_codes:",
            "error_codes:\n  FIX.0000: { name: All, status: 400, doc: What the table has. }",
        );
    let ping = include_str!("../fixtures/spec/fixtures/ping.yaml");
    insta::assert_snapshot!(refused_files(&[
        ("service.yaml", &service),
        ("fixtures/ping.yaml", ping),
    ]));
}

#[test]
fn regions_of_one_name() {
    let service = SERVICE.replace(
        "  first-region-1: First Region1",
        "  first-region-1: First Region1\n  first-region--1: First Region2",
    );
    let ping = include_str!("../fixtures/spec/fixtures/ping.yaml");
    insta::assert_snapshot!(refused_files(&[
        ("service.yaml", &service),
        ("fixtures/ping.yaml", ping),
    ]));
}

#[test]
fn a_header_beside_the_one_value() {
    let operation = include_str!("../fixtures/spec/fixtures/ping.yaml").replace(
        "200: {",
        "200: { type: array<string>, headers: { X-Left: { type: int32, doc: The rest. } },",
    );
    insta::assert_snapshot!(refused_files(&[
        ("service.yaml", SERVICE),
        ("fixtures/ping.yaml", &operation),
    ]));
}

#[test]
fn names_that_do_not_follow() {
    let body = "  kind: { type: Kind, doc: A kind. }
  _: { type: string, doc: A name without a letter. }
  fine: { type: string, rust: NotFine, doc: A name in the wrong case. }
  also: { type: string, rust: type, doc: A keyword. }";
    let types =
        "  Kind: { doc: A kind., values: { 3GP: A digit., SELF: A keyword., \"0\": A number. } }";
    insta::assert_snapshot!(refused("Names", body, types));
}

/// An event of this name, with a field.
fn event(name: &str, field: &str) -> String {
    format!(
        "event: {name}
title: Names
page: https://example.com/names.html
summary: Has names.
member: {name}_info
fields:
  {field}: {{ type: string, doc: A field. }}
examples: |
  {{ \"event_type\": \"{name}\", \"{name}_info\": {{}} }}
"
    )
}

#[test]
fn events_that_are_called_like_others() {
    let service = SERVICE.replace(
        "error_codes:",
        "event:
  event_type: { type: string, doc: What the method of all events is called. }
  left: { type: string, doc: A field of all events. }
error_codes:",
    );
    let ping = include_str!("../fixtures/spec/fixtures/ping.yaml").replace(
        "200: {",
        "200: { fields: { a: { type: MadeEvent, doc: A type called like a body. }, b: { type: Event, doc: The enum. } },",
    ) + "types:
  MadeEvent: { doc: A type., values: { A: A value. } }
  Event: { doc: A type., values: { A: A value. } }
";
    insta::assert_snapshot!(refused_files(&[
        ("service.yaml", &service),
        ("fixtures/ping.yaml", &ping),
        ("notifications/made.yaml", &event("made", "id")),
        ("notifications/unknown.yaml", &event("unknown", "LEFT")),
    ]));
}
