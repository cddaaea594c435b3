//! Single edits of a small description, and what each means for users: forwards and, undone, backwards.

#![cfg(feature = "diff")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod edits;
mod shown;

use std::collections::{BTreeMap, BTreeSet};

use vod_codegen::diff::{Diff, Direction, Level, Rule, diff};
use vod_codegen::generate;
use vod_spec::model::Api;
use vod_spec::{SourceFile, load_sources};

/// The files of a description, by name.
#[derive(Clone)]
struct Spec(BTreeMap<&'static str, String>);

impl Spec {
    fn new() -> Self {
        let files = [
            ("service.yaml", include_str!("spec/service.yaml")),
            ("types/shared.yaml", include_str!("spec/types/shared.yaml")),
            (
                "things/find-things.yaml",
                include_str!("spec/things/find-things.yaml"),
            ),
            (
                "things/list-things.yaml",
                include_str!("spec/things/list-things.yaml"),
            ),
            (
                "things/make-thing.yaml",
                include_str!("spec/things/make-thing.yaml"),
            ),
            ("things/ping.yaml", include_str!("spec/things/ping.yaml")),
            (
                "things/show-thing.yaml",
                include_str!("spec/things/show-thing.yaml"),
            ),
        ];
        Self(files.map(|(name, text)| (name, text.to_owned())).into())
    }

    fn replace(&mut self, file: &str, from: &str, to: &str) {
        let text = self.0.get_mut(file).unwrap();
        assert_eq!(text.matches(from).count(), 1, "{from} in {file}");
        *text = text.replace(from, to);
    }

    fn rename(&mut self, from: &str, to: &'static str) {
        let text = self.0.remove(from).unwrap();
        self.0.insert(to, text);
    }

    fn load(&self) -> Api {
        let files = self
            .0
            .iter()
            .map(|(name, text)| SourceFile::new(*name, text));
        load_sources(files).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
    }
}

fn compare(old: &Api, new: &Api) -> Diff {
    diff(old, new).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

/// `level rule at` of each change.
fn found(diff: &Diff) -> Vec<String> {
    let changes = diff.changes.iter();
    let lines = changes.map(|it| format!("{} {} {}", it.rule.level(), it.rule, it.at));
    lines.collect()
}

#[test]
fn edits_mean_what_they_mean() {
    let base = Spec::new();
    let old = base.load();
    let mut wrong = Vec::new();
    for edit in edits::all() {
        let mut spec = base.clone();
        (edit.apply)(&mut spec);
        let new = spec.load();
        for (way, due, diff) in [
            ("forwards", edit.forwards, compare(&old, &new)),
            ("backwards", edit.backwards, compare(&new, &old)),
        ] {
            if found(&diff) != due {
                wrong.push(format!("{} {way}: {:#?}", edit.what, found(&diff)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The words of the bindings, in no order: the order of fields is no change.
fn words(api: &Api) -> Vec<String> {
    let files = generate(api).unwrap();
    let words = files
        .values()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let mut words: Vec<_> = words.map(str::to_owned).collect();
    words.sort();
    words
}

#[test]
fn whatever_changes_the_bindings_is_told() {
    let base = Spec::new();
    let old = words(&base.load());
    for edit in edits::all().filter(|edit| edit.forwards.is_empty()) {
        let mut spec = base.clone();
        (edit.apply)(&mut spec);
        assert!(words(&spec.load()) == old, "{}", edit.what);
    }
}

#[test]
fn every_rule_has_its_edit() {
    let lines = edits::all().flat_map(|edit| edit.forwards.iter().chain(edit.backwards));
    let shown: BTreeSet<_> = lines.filter_map(|line| line.split(' ').nth(1)).collect();
    let rules: BTreeSet<_> = Rule::ALL.iter().map(|rule| rule.as_str()).collect();
    assert_eq!(shown, rules);
}

/// Whoever reads requests from JSON meets members that are gone or renamed; in replies, nobody does.
#[test]
fn members_that_are_refused_are_major() {
    let old = Spec::new().load();
    let refused = |file: &str, from: &str, to: &str| {
        let mut spec = Spec::new();
        spec.replace(file, from, to);
        let diff = compare(&old, &spec.load());
        assert_eq!(diff.bump(), Some(Level::Major), "{from}");
        let mut messages = diff.changes.into_iter().map(|it| it.message);
        messages.find_map(|it| Some(it.split_once(", and requests in JSON ")?.1.to_owned()))
    };
    let make = "things/make-thing.yaml";
    let list = "things/list-things.yaml";
    for (file, from, to, member) in [
        // A parameter, and a field of a type within a type.
        (
            list,
            "  key: { type: string, doc: A key. }\n",
            "",
            Some("key"),
        ),
        (list, "  key:", "  token:", Some("key")),
        (
            list,
            "  key: { type: string",
            "  token: { type: string, rust: key",
            Some("key"),
        ),
        (
            make,
            "      shape: { type: Shape",
            "      form: { type: Shape",
            Some("shape"),
        ),
        (
            make,
            "      shape: { type: Shape",
            "      form: { rust: shape, type: Shape",
            Some("shape"),
        ),
        (make, "      weight:", "      mass:", Some("weight")),
        // What requests and replies share.
        (
            "types/shared.yaml",
            "      size:",
            "      length:",
            Some("size"),
        ),
        // What only replies have.
        (list, "      level:", "      rank:", None),
        (
            make,
            "      id: { type: string",
            "      name: { type: string",
            None,
        ),
    ] {
        let due = member.map(|it| format!("that have `{it}` are refused"));
        let wait = "  pass: { group: id, kind: id }";
        if file == make && member.is_none() {
            // The id is passed on.
            let mut spec = Spec::new();
            spec.replace(file, wait, "  pass: { group: after, kind: after }");
            spec.replace(file, from, to);
            let text = compare(&old, &spec.load()).to_string();
            assert!(
                text.contains("major[field-removed]") && !text.contains("refused"),
                "{text}"
            );
            continue;
        }
        assert_eq!(refused(file, from, to), due, "{from}");
    }
}

#[test]
fn changes_say_which_way_the_data_travels() {
    let old = Spec::new().load();
    for (file, from, to, direction) in [
        (
            "things/list-things.yaml",
            "A key.",
            "The key.",
            Direction::Request,
        ),
        (
            "things/list-things.yaml",
            "Whose they are.",
            "Their owner.",
            Direction::Response,
        ),
        (
            "things/list-things.yaml",
            "How many calls",
            "How much",
            Direction::Response,
        ),
        (
            "things/list-things.yaml",
            "Who it is.",
            "Its id.",
            Direction::Response,
        ),
        (
            "things/make-thing.yaml",
            "Its shape.",
            "The shape.",
            Direction::Request,
        ),
        (
            "things/make-thing.yaml",
            "Without corners.",
            "None.",
            Direction::Request,
        ),
        (
            "types/shared.yaml",
            "Its size.",
            "The size.",
            Direction::Both,
        ),
        (
            "things/ping.yaml",
            "Does nothing.",
            "Does little.",
            Direction::Both,
        ),
    ] {
        let mut spec = Spec::new();
        spec.replace(file, from, to);
        let diff = compare(&old, &spec.load());
        let directions: Vec<_> = diff.changes.iter().map(|change| change.direction).collect();
        assert_eq!(directions, [direction], "{from}");
    }
}

#[test]
fn changes_say_where_they_stand() {
    let old = Spec::new().load();
    let list = "things/list-things.yaml";
    for (file, from, to, line) in [
        (list, "title: Listing", "title: To list", "title:"),
        (list, "2026-03-20", "2026-03-21", "updated:"),
        (list, "Lists things", "Finds things", "summary:"),
        (list, "/things/{group}", "/items/{group}", "http:"),
        (list, "auth: [token]", "auth: [key]", "auth:"),
        (list, "thing:list", "thing:read", "  action:"),
        (list, "style: offset", "style: page", "pagination:"),
        (list, "\"name\": \"n\"", "\"name\": \"m\"", "  { \"group"),
        (list, "  200:", "  201:", "responses:"),
        ("things/make-thing.yaml", "[BROKEN]", "[]", "  operation:"),
    ] {
        let mut spec = Spec::new();
        let lines = spec.0[file].lines();
        let due = lines.take_while(|it| !it.starts_with(line)).count() + 1;
        spec.replace(file, from, to);
        let diff = compare(&old, &spec.load());
        assert!(!diff.changes.is_empty(), "{from}");
        for change in &diff.changes {
            for position in [&change.old, &change.new] {
                assert_eq!(position.as_ref().unwrap().line, due, "{change:?}");
            }
        }
    }
}

#[test]
fn messages_say_what_requests_can_hold() {
    let old = Spec::new().load();
    let find = "things/find-things.yaml";
    for (from, to, due) in [
        (
            "at_least_one: [id",
            "exactly_one: [id",
            "`FindThingsRequest` has a new rule: exactly one of `id` and `names` is needed",
        ),
        (
            "[id, names]",
            "[id, names, kind]",
            "`FindThingsRequest` no longer has this rule: at least one of `id` and `names` is needed",
        ),
        (
            "{ max: 8 }",
            "{ max: 8, unit: bytes }",
            "each of `FindThingsRequest::names` takes at most 8 bytes, took at most 8 characters",
        ),
        (
            "only: [READY]",
            "only: [READY, BROKEN]",
            "`FindThingsRequest::states` takes only `READY` and `BROKEN`, took only `READY`",
        ),
        (
            "kind: { type: string",
            "kind: { type: string, blank: false",
            "`FindThingsRequest::kind` does not take blank text",
        ),
        (
            "exact: { type: int32",
            "exact: { type: string",
            "`Filter::exact` is the text `1` or `0` on the wire, was the number 1 or 0",
        ),
        (
            "default: 0",
            "range: { max: 1 }",
            "what the service assumes without `FindThingsRequest::deep` is not known",
        ),
    ] {
        let mut spec = Spec::new();
        spec.replace(find, from, to);
        let diff = compare(&old, &spec.load());
        let messages: Vec<_> = diff.changes.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(messages, [due]);
    }
}

#[test]
fn names_that_rust_refuses_are_an_error() {
    let (old, mut spec) = (Spec::new().load(), Spec::new());
    spec.replace(
        "things/make-thing.yaml",
        "  Part:\n",
        "  Part:\n    rust: Shape\n",
    );
    let new = spec.load();
    for refused in [diff(&old, &new), diff(&new, &old)] {
        let text = refused.unwrap_err().to_string();
        assert!(text.contains("there is a type `Shape` already"), "{text}");
    }
}

#[test]
fn no_change_is_none() {
    let (old, new) = (Spec::new().load(), Spec::new().load());
    let diff = compare(&old, &new);
    assert_eq!(diff.bump(), None);
    assert_eq!(diff.to_string(), "none: 0 major, 0 minor, 0 patch\n");
    assert_eq!(diff.to_json(), r#"{"bump":"none","changes":[]}"#);
    assert_eq!(
        diff.to_markdown(),
        "## [Unreleased]\n\nNothing changes for users.\n"
    );
}
