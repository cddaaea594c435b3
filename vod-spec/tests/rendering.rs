//! How diagnostics are ordered and printed.

use vod_spec::{Format, SourceFile, load_sources};

const SERVICE: &str = "\
service: VOD
title: Video On Demand
endpoint: https://vod.{region}.example.com
regions: { cn-north-4: CN North-Beijing4 }
project_id: Project that a call acts on
auth:
  token: { doc: A token., headers: { X-Auth-Token: { doc: The token., sensitive: yes } } }
query_arrays: { style: repeat, basis: guessed, because: Other clients do so. }
error: { error_code: { type: string, doc: Code of the error. } }
sections: { Snapshots: Finds and deletes snapshots. }
";

const DELETE: &str = "\
operation: DeleteSnapshots
titel: Deleting Snapshots
section: Snapshots
updated: 2026-03-20
page: https://example.com/DeleteSnapshots.html
summary: Deletes snapshots.
http: DELETE /v1/{project_id}/snapshots/{id}
auth: [ak_sk]
query:
  count: { type: int32, doc: How many., default: many }
responses:
  200: { doc: The request succeeded. }
";

#[test]
fn all_mistakes_of_all_files_come_at_once_and_in_order() {
    // Neither the order of the files nor a file that is not YAML keeps the others from being checked.
    let files = [
        SourceFile::new("types/tag.yaml", "types:\n\tTag: {}\n"),
        SourceFile::new("snapshots/delete-snapshots.yaml", DELETE),
        SourceFile::new("service.yaml", SERVICE),
        SourceFile::new("snapshots/deep/list.yaml", "a: b\n"),
    ];
    let diagnostics = load_sources(files).unwrap_err();
    assert_eq!(
        diagnostics.render(Format::Short),
        "\
service.yaml:5:38: error[prose]: this text does not end in a full stop
service.yaml:7:82: error[wrong-type]: expected true or false, found text
service.yaml:8:39: error[bad-value]: `guessed` is not a basis
snapshots/deep/list.yaml:1:1: error[wrong-place]: `snapshots/deep/list.yaml` is none of the files that a description has
snapshots/delete-snapshots.yaml:1:1: error[missing-key]: `operation` lacks the key `title`
snapshots/delete-snapshots.yaml:2:1: error[unknown-key]: `operation` has no key `titel`
snapshots/delete-snapshots.yaml:7:41: error[path-template]: the path has `{id}`, which is not described
snapshots/delete-snapshots.yaml:8:8: error[unknown-auth]: service.yaml has no auth scheme `ak_sk`
snapshots/delete-snapshots.yaml:10:50: error[bad-default]: `many` cannot be the default: it is not a whole number
types/tag.yaml:2:2: error[syntax]: not YAML: a tab where only spaces can stand
"
    );
}

#[test]
fn a_mistake_without_a_place_has_none() {
    let diagnostics = load_sources([]).unwrap_err();
    assert_eq!(
        diagnostics.render(Format::Short),
        "error[missing-key]: the description has no service.yaml\n"
    );
    assert_eq!(
        diagnostics.render(Format::Github),
        "::error title=missing-key::the description has no service.yaml%0A\
         help: it holds what all operations share; spec/README.md has the keys of `service`\n"
    );
    assert_eq!(
        diagnostics.render(Format::Text),
        "error[missing-key]: the description has no service.yaml
 |
 = help: it holds what all operations share; spec/README.md has the keys of `service`

1 error in the description
"
    );
}

#[test]
fn annotations_for_github_are_escaped() {
    let mut file = SourceFile::new("service.yaml", "service: 100%\n100% of: \"a\\nb\"\n");
    file.path = "100%, a:b/service.yaml".to_owned();
    let diagnostics = load_sources([file]).unwrap_err();
    assert_eq!(
        diagnostics.render(Format::Github),
        "\
::error file=100%25%2C a%3Ab/service.yaml,line=1,col=1,title=missing-key::`service` lacks the keys `title`, \
`endpoint`, `regions`, `project_id`, `auth`, `query_arrays`, `error`, `sections`%0A\
help: add what is missing; spec/README.md has the keys of `service`
::error file=100%25%2C a%3Ab/service.yaml,line=2,col=1,title=unknown-key::`service` has no key `100%25 of`%0A\
help: its keys are: service, title, endpoint, regions, project_id, auth, query_arrays, error, error_codes, event, rates, \
sections; \
text with a comma needs quotes between braces
"
    );
}

#[test]
fn messages_are_one_line_whatever_they_quote() {
    let text = DELETE.replace("DeleteSnapshots\n", "\"Delete\\r\\nSnapshots\\e[1m\"\n");
    let diagnostics = load_sources([SourceFile::new("snapshots/x.yaml", text)]).unwrap_err();
    for diagnostic in diagnostics.iter() {
        assert!(
            !diagnostic.message.contains(char::is_control),
            "{diagnostic:?}"
        );
    }
    assert!(
        diagnostics
            .to_string()
            .contains(r"`Delete\r\nSnapshots\u{1b}[1m` cannot name")
    );
}

#[test]
fn of_thousands_of_mistakes_the_first_are_shown() {
    let repeated = SourceFile::new("service.yaml", "a: 1\n".repeat(2000));
    let diagnostics = load_sources([repeated]).unwrap_err();
    let count = diagnostics.iter().count();
    assert!(count > 2000, "{count}");
    let total = format!("{count} errors in the description; the first 500 are shown\n");
    for (format, last) in [
        (Format::Text, total.clone()),
        (Format::Short, format!("error: {total}")),
        (Format::Github, format!("::error::{total}")),
    ] {
        let text = diagnostics.render(format);
        assert!(text.ends_with(&last), "{format:?}");
        assert_eq!(text.matches("-key").count(), 500, "{format:?}");
    }
}
