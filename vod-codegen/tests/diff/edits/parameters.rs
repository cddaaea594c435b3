//! Parameters.

use super::{Edit, LIST, MAKE, SHOW};

pub(super) const EDITS: &[Edit] = &[
    Edit {
        what: "an optional parameter",
        apply: |s| {
            s.replace(
                SHOW,
                "\nresponses",
                "  part: { type: string, doc: A part. }\n\nresponses",
            );
        },
        forwards: &["minor field-added query.part"],
        backwards: &["major field-removed query.part"],
    },
    Edit {
        what: "a required parameter",
        apply: |s| {
            s.replace(
                SHOW,
                "\nresponses",
                "  part: { type: string, required: true, doc: A part. }\n\nresponses",
            );
        },
        forwards: &["major required-added query.part"],
        backwards: &["major field-removed query.part"],
    },
    Edit {
        what: "an optional parameter becomes required",
        apply: |s| {
            s.replace(SHOW, "type: string", "type: string, required: true");
        },
        forwards: &["major became-required query.id"],
        backwards: &["major became-optional query.id"],
    },
    Edit {
        what: "an optional list becomes required",
        apply: |s| {
            s.replace(LIST, "array<string>", "array<string>, required: true");
            s.replace(LIST, "\"name\": \"n\"", "\"tags\": [\"t\"]");
            s.replace(MAKE, "kind: id }", "kind: id, tags: id }");
        },
        forwards: &[
            "major became-required query.tags",
            "patch example-changed example",
            "minor wait-changed wait",
        ],
        backwards: &[
            "major became-optional query.tags",
            "patch example-changed example",
            "minor wait-changed wait",
        ],
    },
    Edit {
        what: "a default is set",
        apply: |s| {
            s.replace(SHOW, "type: string", "type: string, default: a");
        },
        forwards: &["patch default-changed query.id"],
        backwards: &["patch default-changed query.id"],
    },
    Edit {
        what: "another default",
        apply: |s| {
            s.replace(LIST, "default: 10", "default: 20");
        },
        forwards: &["patch default-changed query.limit"],
        backwards: &["patch default-changed query.limit"],
    },
    Edit {
        what: "required parameters change places",
        apply: |s| {
            s.replace(
                MAKE,
                "  thing: { type: Thing, required: true, doc: The thing. }\n",
                "",
            );
            s.replace(
                MAKE,
                "  parts:",
                "  thing: { type: Thing, required: true, doc: The thing. }\n  parts:",
            );
        },
        forwards: &["major argument-order operation"],
        backwards: &["major argument-order operation"],
    },
    Edit {
        what: "optional parameters change places",
        apply: |s| {
            s.replace(LIST, "  key: { type: string, doc: A key. }\n", "");
            s.replace(
                LIST,
                "  tags:",
                "  key: { type: string, doc: A key. }\n  tags:",
            );
        },
        forwards: &[],
        backwards: &[],
    },
    Edit {
        what: "a parameter has another Rust name",
        apply: |s| {
            s.replace(SHOW, "type: string", "type: string, rust: thing_id");
        },
        forwards: &["major renamed query.id"],
        backwards: &["major renamed query.id"],
    },
    Edit {
        what: "a parameter has another name",
        apply: |s| {
            s.replace(SHOW, "  id:", "  thing:");
        },
        forwards: &[
            "major field-removed query.id",
            "minor field-added query.thing",
        ],
        backwards: &[
            "major field-removed query.thing",
            "minor field-added query.id",
        ],
    },
    Edit {
        what: "a parameter has another name on the wire only",
        apply: |s| {
            s.replace(
                SHOW,
                "  id: { type: string",
                "  thingId: { rust: id, blank: false, type: string",
            );
        },
        forwards: &["major wire-name-changed query.thingId"],
        backwards: &["major wire-name-changed query.id"],
    },
    Edit {
        what: "a parameter travels in the body",
        apply: |s| {
            s.replace(SHOW, "query:", "body:");
        },
        forwards: &["minor request-changed body.id"],
        backwards: &["minor request-changed query.id"],
    },
    Edit {
        what: "a parameter of another type",
        apply: |s| {
            s.replace(SHOW, "type: string", "type: int64");
        },
        forwards: &["major type-changed query.id"],
        backwards: &["major type-changed query.id"],
    },
    Edit {
        what: "a text that is an enum",
        apply: |s| {
            s.replace(SHOW, "type: string", "type: State");
        },
        forwards: &["major type-changed query.id"],
        backwards: &["major type-changed query.id"],
    },
    Edit {
        what: "a list has an upper limit",
        apply: |s| {
            s.replace(LIST, ", max_items: 5", "");
        },
        forwards: &["minor limit-loosened query.tags"],
        backwards: &["major limit-tightened query.tags"],
    },
    Edit {
        what: "a higher limit",
        apply: |s| {
            s.replace(LIST, "max: 100", "max: 200");
        },
        forwards: &["minor limit-loosened query.limit"],
        backwards: &["major limit-tightened query.limit"],
    },
    Edit {
        what: "a range that moves",
        apply: |s| {
            s.replace(LIST, "{ min: 1, max: 100 }", "{ min: 2, max: 200 }");
        },
        forwards: &["major limit-tightened query.limit"],
        backwards: &["major limit-tightened query.limit"],
    },
    Edit {
        what: "a lower limit that says nothing",
        apply: |s| {
            s.replace(LIST, "max_items: 5", "min_items: 0, max_items: 5");
        },
        forwards: &[],
        backwards: &[],
    },
    Edit {
        what: "limits that the type has anyway",
        apply: |s| {
            s.replace(
                LIST,
                "range: { min: 0 }, default",
                "range: { min: 0, max: 2147483647 }, default",
            );
        },
        forwards: &["patch documentation-changed query.offset"],
        backwards: &["patch documentation-changed query.offset"],
    },
    Edit {
        what: "a shorter text",
        apply: |s| {
            s.replace(LIST, "max: 64", "max: 63");
        },
        forwards: &["major limit-tightened query.name"],
        backwards: &["minor limit-loosened query.name"],
    },
    Edit {
        what: "a limit of another type",
        apply: |s| {
            s.replace(
                LIST,
                "type: string, length: { min: 1, max: 64 }",
                "type: int32, range: { min: 1, max: 64 }",
            );
            s.replace(LIST, "\"name\": \"n\"", "\"name\": 1");
        },
        forwards: &[
            "major type-changed query.name",
            "patch example-changed example",
        ],
        backwards: &[
            "major type-changed query.name",
            "patch example-changed example",
        ],
    },
    Edit {
        what: "batches",
        apply: |s| {
            s.replace(LIST, "max_items: 5", "max_items: 5, batch: true");
        },
        forwards: &["minor batch-added query.tags"],
        backwards: &["major batch-removed query.tags"],
    },
    Edit {
        what: "uploads",
        apply: |s| {
            s.replace(
                LIST,
                "query:",
                "upload: { own: [group, kind, tags, offset, limit, name] }\nquery:",
            );
        },
        forwards: &["minor upload-setter-added upload"],
        backwards: &["major upload-setter-removed upload"],
    },
    Edit {
        what: "a secret",
        apply: |s| {
            s.replace(LIST, "doc: A key.", "sensitive: true, doc: A key.");
        },
        forwards: &["patch sensitivity-changed query.key"],
        backwards: &["patch sensitivity-changed query.key"],
    },
    Edit {
        what: "a deprecated parameter",
        apply: |s| {
            s.replace(LIST, "doc: A key.", "deprecated: Use `name`., doc: A key.");
        },
        forwards: &["minor deprecated query.key"],
        backwards: &["patch undeprecated query.key"],
    },
    Edit {
        what: "another meaning",
        apply: |s| {
            s.replace(LIST, "doc: A key.", "doc: The key.");
        },
        forwards: &["patch documentation-changed query.key"],
        backwards: &["patch documentation-changed query.key"],
    },
];
