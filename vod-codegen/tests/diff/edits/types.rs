//! Types.

use super::{Edit, LIST, MAKE, SHARED, SHOW};

const OWNER: &str = "  Owner:
    doc: An owner of things.
    fields:
      id: { type: string, required: true, doc: Who it is. }
      level: { type: int32, range: { min: 1, max: 3 }, doc: How much it may do. }
";

pub(super) const EDITS: &[Edit] = &[
    Edit {
        what: "a type",
        apply: |s| {
            s.replace(
                SHOW,
                "\nresponses",
                "  size: { type: Size, doc: A size. }\n\nresponses",
            );
            s.replace(
                SHOW,
                "array<State>\n",
                "array<State>\n\ntypes:\n  Size: { doc: A size., values: { S: Small. } }\n",
            );
        },
        forwards: &["minor field-added query.size", "minor type-added type.Size"],
        backwards: &[
            "major field-removed query.size",
            "major type-removed type.Size",
        ],
    },
    Edit {
        what: "a type has another Rust name",
        apply: |s| {
            s.replace(MAKE, "  Part:\n", "  Part:\n    rust: Component\n");
        },
        forwards: &["major renamed type.Part"],
        backwards: &["major renamed type.Part"],
    },
    Edit {
        what: "a type has another name in the description only",
        apply: |s| {
            s.replace(MAKE, "  Part:\n", "  Component:\n    rust: Part\n");
            s.replace(MAKE, "map<Part>", "map<Component>");
        },
        forwards: &["patch documentation-changed type.Component"],
        backwards: &["patch documentation-changed type.Part"],
    },
    Edit {
        what: "a type that is shared now",
        apply: |s| {
            s.replace(LIST, &format!("\ntypes:\n{OWNER}"), "");
            s.replace(SHARED, "types:\n", &format!("types:\n{OWNER}"));
        },
        forwards: &["major moved type.Owner"],
        backwards: &["major moved type.Owner"],
    },
    Edit {
        what: "an enum that is an object",
        apply: |s| {
            s.replace(MAKE, "    values:\n      ROUND: Without corners.\n      SQUARE: { doc: With corners., deprecated: Use `ROUND`. }\n", "    fields: { corners: { type: int32, doc: How many corners. } }\n");
        },
        forwards: &["major kind-changed type.Shape"],
        backwards: &["major kind-changed type.Shape"],
    },
    Edit {
        what: "a type of replies goes into requests",
        apply: |s| {
            s.replace(
                SHOW,
                "query:",
                "body:\n  owner: { type: Owner, doc: An owner. }\n\nquery:",
            );
            s.replace(LIST, &format!("\ntypes:\n{OWNER}"), "");
            s.replace(SHARED, "types:\n", &format!("types:\n{OWNER}"));
        },
        forwards: &[
            "minor field-added body.owner",
            "major moved type.Owner",
            "minor constructor-added type.Owner",
        ],
        backwards: &[
            "major field-removed body.owner",
            "major moved type.Owner",
            "major constructor-removed type.Owner",
        ],
    },
    Edit {
        what: "a type of requests comes in replies",
        apply: |s| {
            s.replace(MAKE, "      id: { type: string, doc: The thing. }\n", "      id: { type: string, doc: The thing. }\n      part: { type: Part, doc: Its part. }\n");
        },
        forwards: &[
            "minor field-added response.202.part",
            "minor empty-added type.Part",
        ],
        backwards: &[
            "major field-removed response.202.part",
            "major empty-removed type.Part",
        ],
    },
    Edit {
        what: "an optional field of a type",
        apply: |s| {
            s.replace(
                SHARED,
                "      size:",
                "      color: { type: string, doc: Its color. }\n      size:",
            );
        },
        forwards: &["minor field-added type.Thing.color"],
        backwards: &["major field-removed type.Thing.color"],
    },
    Edit {
        what: "a required field of a type in requests",
        apply: |s| {
            s.replace(
                SHARED,
                "      size:",
                "      color: { type: string, required: true, doc: Its color. }\n      size:",
            );
        },
        forwards: &["major required-added type.Thing.color"],
        backwards: &["major field-removed type.Thing.color"],
    },
    Edit {
        what: "a required field of a type in replies",
        apply: |s| {
            s.replace(
                LIST,
                "      level:",
                "      name: { type: string, required: true, doc: Its name. }\n      level:",
            );
        },
        forwards: &["minor field-added type.Owner.name"],
        backwards: &["major field-removed type.Owner.name"],
    },
    Edit {
        what: "a field of a type in requests becomes required",
        apply: |s| {
            s.replace(SHARED, "type: int32", "required: true, type: int32");
        },
        forwards: &["major became-required type.Thing.size"],
        backwards: &["major became-optional type.Thing.size"],
    },
    Edit {
        what: "a field of a type in replies becomes required",
        apply: |s| {
            s.replace(LIST, "level: { type", "level: { required: true, type");
        },
        forwards: &["patch documentation-changed type.Owner.level"],
        backwards: &["patch documentation-changed type.Owner.level"],
    },
    Edit {
        what: "fields of a type change places",
        apply: |s| {
            s.replace(SHARED, "name: { type: string, required: true, doc: Its name. }\n      state: { type: State, doc: Its state. }", "state: { type: State, doc: Its state. }\n      name: { type: string, required: true, doc: Its name. }");
        },
        forwards: &[],
        backwards: &[],
    },
    Edit {
        what: "a limit in a type of requests",
        apply: |s| {
            s.replace(SHARED, "max: 9", "max: 8");
        },
        forwards: &["major limit-tightened type.Thing.size"],
        backwards: &["minor limit-loosened type.Thing.size"],
    },
    Edit {
        what: "a limit in a type of replies",
        apply: |s| {
            s.replace(LIST, "max: 3", "max: 2");
        },
        forwards: &["patch documentation-changed type.Owner.level"],
        backwards: &["patch documentation-changed type.Owner.level"],
    },
    Edit {
        what: "a field that holds its own type",
        apply: |s| {
            s.replace(MAKE, "shape: { type: Shape", "shape: { type: Part");
            s.replace(MAKE, "\n  Shape:\n    doc: A shape.\n    values:\n      ROUND: Without corners.\n      SQUARE: { doc: With corners., deprecated: Use `ROUND`. }\n", "\n");
        },
        forwards: &[
            "major type-changed type.Part.shape",
            "major type-removed type.Shape",
        ],
        backwards: &[
            "major type-changed type.Part.shape",
            "minor type-added type.Shape",
        ],
    },
    Edit {
        what: "a float that is a double",
        apply: |s| {
            s.replace(MAKE, "double", "float");
        },
        forwards: &[],
        backwards: &[],
    },
    Edit {
        what: "a value",
        apply: |s| {
            s.replace(
                SHARED,
                "      BROKEN:",
                "      LOST: It is gone.\n      BROKEN:",
            );
        },
        forwards: &["minor value-added type.State.LOST"],
        backwards: &["major value-removed type.State.LOST"],
    },
    Edit {
        what: "values change places",
        apply: |s| {
            s.replace(
                SHARED,
                "      READY: It can be used.\n      BROKEN: It cannot be used.\n",
                "      BROKEN: It cannot be used.\n      READY: It can be used.\n",
            );
        },
        forwards: &[],
        backwards: &[],
    },
    Edit {
        what: "a value has another Rust name",
        apply: |s| {
            s.replace(
                SHARED,
                "BROKEN: It cannot be used.",
                "BROKEN: { rust: Defect, doc: It cannot be used. }",
            );
        },
        forwards: &["major renamed type.State.BROKEN"],
        backwards: &["major renamed type.State.BROKEN"],
    },
    Edit {
        what: "a value that was spelled wrongly",
        apply: |s| {
            s.replace(
                MAKE,
                "ROUND: Without corners.",
                "RUOND: { rust: Round, doc: Without corners. }",
            );
        },
        forwards: &["major wire-name-changed type.Shape.RUOND"],
        backwards: &["major wire-name-changed type.Shape.ROUND"],
    },
    Edit {
        what: "a deprecated value",
        apply: |s| {
            s.replace(
                SHARED,
                "BROKEN: It cannot be used.",
                "BROKEN: { deprecated: Use `READY`., doc: It cannot be used. }",
            );
        },
        forwards: &["minor deprecated type.State.BROKEN"],
        backwards: &["patch undeprecated type.State.BROKEN"],
    },
    Edit {
        what: "another hint at a deprecated value",
        apply: |s| {
            s.replace(MAKE, "Use `ROUND`", "Take `ROUND`");
        },
        forwards: &["patch documentation-changed type.Shape.SQUARE"],
        backwards: &["patch documentation-changed type.Shape.SQUARE"],
    },
    Edit {
        what: "another meaning of a type and a value",
        apply: |s| {
            s.replace(SHARED, "State of a thing.", "The state.");
            s.replace(SHARED, "It cannot be used.", "It is broken.");
        },
        forwards: &[
            "patch documentation-changed type.State",
            "patch documentation-changed type.State.BROKEN",
        ],
        backwards: &[
            "patch documentation-changed type.State",
            "patch documentation-changed type.State.BROKEN",
        ],
    },
];
