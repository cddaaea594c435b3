//! The crates of this workspace against the map in `CONTRIBUTING.md`, and the check itself.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;

use vod_architecture::{Map, Problem, Sources, Text};

const PAGE: &str = include_str!("../../CONTRIBUTING.md");

/// What the map does not allow in the crate in `folder`.
fn problems(folder: &str, generated: &[(&str, Vec<Text>)]) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut sources = Sources::of_folder(&root.join(folder).join("src")).unwrap();
    for (room, texts) in generated {
        sources = sources.with_room(room, texts).unwrap();
    }
    let map = Map::of_page(PAGE, folder).unwrap();
    let problems = map.check(&sources);
    problems.iter().map(ToString::to_string).collect()
}

fn assert_none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

/// The generated code of a small description, as `vod-api/src/lib.rs` includes it.
fn generated() -> [(&'static str, Vec<Text>); 4] {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vod-codegen/fixtures/spec");
    let api = vod_spec::load_dir(&fixtures).unwrap();
    let files = vod_codegen::generate(&api).unwrap();
    let room_of = |path: &str| match path {
        "constants.rs" => "constants",
        "uploads.rs" => "upload",
        "codes.rs" => "codes",
        _ => "generated",
    };
    ["constants", "codes", "upload", "generated"].map(|room| {
        let code = files.iter().filter(|(path, _)| path.ends_with(".rs"));
        let texts = code.filter(|(path, _)| room_of(path) == room);
        let texts = texts.map(|(path, text)| Text {
            path: path.clone(),
            text: text.clone(),
        });
        (room, texts.collect())
    })
}

#[test]
fn of_vod_api() {
    assert_none(&problems("vod-api", &generated()));
}

#[test]
fn of_vod_local() {
    assert_none(&problems("vod-local", &[]));
}

#[test]
fn of_vod_cli() {
    assert_none(&problems("vod-cli", &[]));
}

#[test]
fn of_vod_page() {
    assert_none(&problems("vod-page", &[]));
}

#[test]
fn of_vod_spec() {
    assert_none(&problems("vod-spec", &[]));
}

#[test]
fn of_vod_codegen() {
    assert_none(&problems("vod-codegen", &[]));
}

const LIB: &str = "mod top; mod middle; mod ground; pub use ground::{Stone, sand as Sand}; pub use top::Roof; pub use http;";
const TOP: &str = "use crate::middle; pub struct Roof;";
const MIDDLE: &str = "use crate::{Stone, ground::wood};";
const GROUND: &str = "pub struct Stone;";
const MAP: &str = "```text rooms of example\ntop     what a user holds\nmiddle  what lies between\n        and more of it\nground\n```\n";

/// What is wrong with a crate in which one file says something else.
fn with(path: &str, text: &str) -> Vec<String> {
    let files = [
        ("lib.rs", LIB),
        ("top.rs", TOP),
        ("middle/mod.rs", MIDDLE),
        ("ground.rs", GROUND),
    ];
    let mut files: Vec<_> = files.into_iter().filter(|file| file.0 != path).collect();
    files.push((path, text));
    let texts = files.into_iter().map(|(path, text)| Text {
        path: path.to_owned(),
        text: text.to_owned(),
    });
    let sources = Sources::of_texts(&texts.collect::<Vec<_>>()).unwrap();
    let problems = Map::of_page(MAP, "example").unwrap().check(&sources);
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn what_the_map_allows() {
    assert_none(&with("ground.rs", GROUND));
}

#[test]
fn a_forbidden_arrow_is_found_however_it_is_written() {
    struct Case {
        name: &'static str,
        path: &'static str,
        text: &'static str,
    }
    let cases = [
        Case {
            name: "use",
            path: "ground.rs",
            text: "use crate::top;",
        },
        Case {
            name: "use in a group",
            path: "ground.rs",
            text: "use crate::{ground, top::Roof};",
        },
        Case {
            name: "without use",
            path: "ground.rs",
            text: "fn f(_: &crate::top::Roof) {}",
        },
        Case {
            name: "a name that the root re-exports",
            path: "ground.rs",
            text: "fn f(_: &crate::Roof) {}",
        },
        Case {
            name: "super of a file",
            path: "ground.rs",
            text: "use super::top::Roof;",
        },
        Case {
            name: "super of a file in a folder",
            path: "middle/file.rs",
            text: "use super::super::top::Roof;",
        },
        Case {
            name: "super of a module in a file",
            path: "ground.rs",
            text: "mod inner { use super::super::top; }",
        },
        Case {
            name: "the input of a macro",
            path: "ground.rs",
            text: "fn f() { println!(\"{:?}\", crate::top::Roof); }",
        },
        Case {
            name: "a macro that is defined",
            path: "ground.rs",
            text: "macro_rules! m { () => { $crate::top::Roof }; }",
        },
        Case {
            name: "behind a feature",
            path: "ground.rs",
            text: "#[cfg(feature = \"never\")] use crate::top;",
        },
        Case {
            name: "in a function",
            path: "ground.rs",
            text: "fn f() { use crate::top; }",
        },
        Case {
            name: "all at the root",
            path: "ground.rs",
            text: "use crate::*;",
        },
    ];
    for Case { name, path, text } in cases {
        let problems = with(path, text);
        let found = problems.iter().any(|it| it.contains("must not use"));
        assert!(found, "{name}: {problems:?}");
    }
}

#[test]
fn tests_are_exempt() {
    assert_none(&with(
        "ground.rs",
        "#[cfg(test)] mod tests { use crate::top; }",
    ));
    assert_none(&with("ground.rs", "#[cfg(test)] use crate::top;"));
    assert_none(&with("middle/tests/all.rs", "use crate::top;"));
}

#[test]
fn paths_inside_a_room_are_free() {
    assert_none(&with(
        "middle/file.rs",
        "use super::one; mod a { use super::b; }",
    ));
    assert_none(&with("middle/file.rs", "use crate::middle::one;"));
    // Another crate that the root re-exports.
    assert_none(&with("ground.rs", "use crate::http::Method;"));
}

#[test]
fn problems_name_the_place() {
    let problems = with("ground.rs", "\nuse crate::Roof;");
    let expected = "ground.rs:2: `ground` must not use `top`, which is not below it (Roof)";
    assert_eq!(problems, [expected]);
}

#[test]
fn a_circle_is_found() {
    let problems = with("middle/mod.rs", "use crate::top;");
    let expected = "middle/mod.rs:1: `middle` must not use `top`, which is not below it (top)";
    assert_eq!(problems, [expected]);
}

#[test]
fn the_map_and_the_crate_have_the_same_rooms() {
    let lib = LIB.replace("mod ground;", "mod ground; mod attic;");
    let sources = |files: &[(&str, &str)]| {
        let texts = files.iter().map(|(path, text)| Text {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        });
        Sources::of_texts(&texts.collect::<Vec<_>>()).unwrap()
    };
    let found = sources(&[("lib.rs", &lib), ("attic.rs", ""), ("top.rs", "")]);
    let map = Map::of_page(MAP, "example").unwrap();
    assert_eq!(
        map.check(&found),
        [
            Problem::Unlisted("attic".to_owned()),
            Problem::Missing("ground".to_owned()),
            Problem::Missing("middle".to_owned()),
        ]
    );
}
