//! What fields of requests say of each other.

use super::{Edit, FIND, SHARED};

pub(super) const EDITS: &[Edit] = &[
    Edit {
        what: "a constraint",
        apply: |s| {
            s.replace(FIND, "constraints:\n  - at_least_one", "constraints:\n  - at_most_one: [id, kind]\n    basis: documented\n  - at_least_one");
        },
        forwards: &["major constraint-tightened operation"],
        backwards: &["minor constraint-loosened operation"],
    },
    Edit {
        what: "a stricter constraint",
        apply: |s| s.replace(FIND, "at_least_one: [id", "exactly_one: [id"),
        forwards: &["major constraint-tightened operation"],
        backwards: &["minor constraint-loosened operation"],
    },
    Edit {
        what: "one more of which one is enough",
        apply: |s| s.replace(FIND, "[id, names]", "[id, names, kind]"),
        forwards: &["minor constraint-loosened operation"],
        backwards: &["major constraint-tightened operation"],
    },
    Edit {
        what: "another one of which one is enough",
        apply: |s| s.replace(FIND, "[id, names]", "[id, kind]"),
        forwards: &[
            "major constraint-tightened operation",
            "minor constraint-loosened operation",
        ],
        backwards: &[
            "major constraint-tightened operation",
            "minor constraint-loosened operation",
        ],
    },
    Edit {
        what: "a constraint that the others say already",
        apply: |s| {
            s.replace(FIND, "constraints:\n  - at_least_one", "constraints:\n  - required: [until]\n    if: { since: present }\n    basis: documented\n  - at_least_one");
        },
        forwards: &["patch documentation-changed operation"],
        backwards: &["patch documentation-changed operation"],
    },
    Edit {
        what: "constraints change places",
        apply: |s| {
            let first = "  - at_least_one: [id, names]\n    basis: documented\n";
            s.replace(FIND, first, "");
            s.replace(
                FIND,
                "constraints:\n  - together: [since, until]\n    basis: documented\n",
                &format!(
                    "constraints:\n  - together: [since, until]\n    basis: documented\n{first}"
                ),
            );
        },
        forwards: &[],
        backwards: &[],
    },
    Edit {
        what: "a constraint says something of a new field alone",
        apply: |s| {
            s.replace(
                FIND,
                "  kind: {",
                "  order: { type: string, doc: Their order. }\n  kind: {",
            );
            s.replace(FIND, "constraints:\n  - at_least_one", "constraints:\n  - allowed: [order]\n    if: { kind: present }\n    basis: documented\n  - at_least_one");
        },
        forwards: &[
            "minor field-added query.order",
            "patch documentation-changed operation",
        ],
        backwards: &[
            "major field-removed query.order",
            "patch documentation-changed operation",
        ],
    },
    Edit {
        what: "a new field is needed beside an old one",
        apply: |s| {
            s.replace(
                FIND,
                "  kind: {",
                "  order: { type: string, doc: Their order. }\n  kind: {",
            );
            s.replace(FIND, "constraints:\n  - at_least_one", "constraints:\n  - required: [order]\n    if: { kind: present }\n    basis: documented\n  - at_least_one");
        },
        forwards: &[
            "minor field-added query.order",
            "major constraint-tightened operation",
        ],
        backwards: &[
            "major field-removed query.order",
            "minor constraint-loosened operation",
        ],
    },
    Edit {
        what: "a condition that holds more often",
        apply: |s| s.replace(FIND, "{ deep: true }", "{ deep: [true, false] }"),
        forwards: &["major constraint-tightened operation"],
        backwards: &["minor constraint-loosened operation"],
    },
    Edit {
        what: "a default that meets a condition",
        apply: |s| s.replace(FIND, "default: 0", "default: 1"),
        forwards: &[
            "patch default-changed query.deep",
            "major constraint-tightened operation",
        ],
        backwards: &[
            "patch default-changed query.deep",
            "minor constraint-loosened operation",
        ],
    },
    Edit {
        what: "a field in a constraint has another Rust name",
        apply: |s| s.replace(FIND, "  id: {", "  id: { rust: thing,"),
        forwards: &[
            "major renamed query.id",
            "patch documentation-changed operation",
        ],
        backwards: &[
            "major renamed query.id",
            "patch documentation-changed operation",
        ],
    },
    Edit {
        what: "a field in a constraint has another name on the wire only",
        apply: |s| {
            s.replace(FIND, "  id: {", "  thing: { rust: id, blank: false,");
            s.replace(FIND, "[id, names]", "[thing, names]");
        },
        forwards: &["major wire-name-changed query.thing"],
        backwards: &["major wire-name-changed query.id"],
    },
    Edit {
        what: "another reason and another basis",
        apply: |s| {
            s.replace(
                FIND,
                "inferred\n    doc: It would go on forever.",
                "documented\n    doc: It would not end.",
            );
        },
        forwards: &["patch documentation-changed operation"],
        backwards: &["patch documentation-changed operation"],
    },
    Edit {
        what: "a constraint of a type",
        apply: |s| {
            s.replace(FIND, "\n    constraints:\n      - at_most_one: [text, color]\n        basis: documented\n", "\n");
        },
        forwards: &["minor constraint-loosened type.Filter"],
        backwards: &["major constraint-tightened type.Filter"],
    },
    Edit {
        what: "a constraint of a type that several operations use",
        apply: |s| {
            s.replace(SHARED, "Its size. }\n", "Its size. }\n    constraints:\n      - together: [state, size]\n        basis: inferred\n");
        },
        forwards: &["major constraint-tightened type.Thing"],
        backwards: &["minor constraint-loosened type.Thing"],
    },
];
