//! Which way the data of a change travels, and where the change stands.

use vod_codegen::diff::Direction;

use super::{Spec, compare};

#[test]
fn changes_say_which_way_the_data_travels() {
    struct Case {
        name: &'static str,
        file: &'static str,
        from: &'static str,
        to: &'static str,
        direction: Direction,
    }
    let old = Spec::new().load();
    for case in [
        Case {
            name: "a parameter",
            file: "things/list-things.yaml",
            from: "A key.",
            to: "The key.",
            direction: Direction::Request,
        },
        Case {
            name: "a field of a reply",
            file: "things/list-things.yaml",
            from: "Whose they are.",
            to: "Their owner.",
            direction: Direction::Response,
        },
        Case {
            name: "a header of a reply",
            file: "things/list-things.yaml",
            from: "How many calls",
            to: "How much",
            direction: Direction::Response,
        },
        Case {
            name: "a type of replies",
            file: "things/list-things.yaml",
            from: "Who it is.",
            to: "Its id.",
            direction: Direction::Response,
        },
        Case {
            name: "a type of requests",
            file: "things/make-thing.yaml",
            from: "Its shape.",
            to: "The shape.",
            direction: Direction::Request,
        },
        Case {
            name: "a value of requests",
            file: "things/make-thing.yaml",
            from: "Without corners.",
            to: "None.",
            direction: Direction::Request,
        },
        Case {
            name: "a type of both",
            file: "types/shared.yaml",
            from: "Its size.",
            to: "The size.",
            direction: Direction::Both,
        },
        Case {
            name: "an operation",
            file: "things/ping.yaml",
            from: "Does nothing.",
            to: "Does little.",
            direction: Direction::Both,
        },
    ] {
        let mut spec = Spec::new();
        spec.replace(case.file, case.from, case.to);
        let diff = compare(&old, &spec.load());
        let directions: Vec<_> = diff.changes.iter().map(|change| change.direction).collect();
        assert_eq!(directions, [case.direction], "{}", case.name);
    }
}

#[test]
fn changes_say_where_they_stand() {
    struct Case {
        name: &'static str,
        file: &'static str,
        from: &'static str,
        to: &'static str,
        /// How the line begins where the change stands.
        line: &'static str,
    }
    let old = Spec::new().load();
    let list = "things/list-things.yaml";
    for case in [
        Case {
            name: "the title",
            file: list,
            from: "title: Listing",
            to: "title: To list",
            line: "title:",
        },
        Case {
            name: "the date",
            file: list,
            from: "2026-03-20",
            to: "2026-03-21",
            line: "updated:",
        },
        Case {
            name: "the summary",
            file: list,
            from: "Lists things",
            to: "Finds things",
            line: "summary:",
        },
        Case {
            name: "the path",
            file: list,
            from: "/things/{group}",
            to: "/items/{group}",
            line: "http:",
        },
        Case {
            name: "the authentication",
            file: list,
            from: "auth: [token]",
            to: "auth: [key]",
            line: "auth:",
        },
        Case {
            name: "the permission",
            file: list,
            from: "thing:list",
            to: "thing:read",
            line: "  action:",
        },
        Case {
            name: "the pagination",
            file: list,
            from: "style: offset",
            to: "style: page",
            line: "pagination:",
        },
        Case {
            name: "the example",
            file: list,
            from: "\"name\": \"n\"",
            to: "\"name\": \"m\"",
            line: "  { \"group",
        },
        Case {
            name: "the status",
            file: list,
            from: "  200:",
            to: "  201:",
            line: "responses:",
        },
        Case {
            name: "what ends a wait",
            file: "things/make-thing.yaml",
            from: "[BROKEN]",
            to: "[]",
            line: "  operation:",
        },
    ] {
        let mut spec = Spec::new();
        let lines = spec.0[case.file].lines();
        let due = lines.take_while(|it| !it.starts_with(case.line)).count() + 1;
        spec.replace(case.file, case.from, case.to);
        let diff = compare(&old, &spec.load());
        assert!(!diff.changes.is_empty(), "{}", case.name);
        for change in &diff.changes {
            for position in [&change.old, &change.new] {
                let line = position.as_ref().unwrap().line;
                assert_eq!(line, due, "{}: {change:?}", case.name);
            }
        }
    }
}
