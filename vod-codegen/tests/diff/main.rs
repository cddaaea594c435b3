//! Single edits of a small description, and what each means for users: forwards and, undone, backwards.

#![cfg(feature = "diff")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod changes;
mod edits;
mod messages;
mod shown;

use std::collections::{BTreeMap, BTreeSet};

use vod_codegen::diff::{Diff, Rule, diff};
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
                "notifications/thing-made.yaml",
                include_str!("spec/notifications/thing-made.yaml"),
            ),
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

    fn add(&mut self, file: &'static str, text: &str) {
        assert!(self.0.insert(file, text.to_owned()).is_none(), "{file}");
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

/// The words of the bindings, in no order: the order of fields is no change. Nor is which field an example prints, the
/// first one.
fn words(api: &Api) -> Vec<String> {
    let files = generate(api).unwrap();
    let lines = files.values().flat_map(|text| text.lines());
    let words = lines
        .filter(|line| !line.contains("println!"))
        .flat_map(|line| line.split(|c: char| !c.is_alphanumeric()));
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
