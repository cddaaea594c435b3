//! Flags, times, units, blank text, and values that can be sent.

use super::{Edit, FIND, LIST};

pub(super) const EDITS: &[Edit] = &[
    Edit {
        what: "a number that is a flag",
        apply: |s| {
            s.replace(
                FIND,
                "depth: { type: int32",
                "depth: { type: int32, flag: true",
            )
        },
        forwards: &["major type-changed body.depth"],
        backwards: &["major type-changed body.depth"],
    },
    Edit {
        what: "a flag of requests that is a text",
        apply: |s| {
            s.replace(
                FIND,
                "deep: { type: int32, flag: true, default: 0",
                "deep: { type: string, flag: true, default: \"0\"",
            )
        },
        forwards: &[
            "major wire-type-changed query.deep",
            "patch default-changed query.deep",
        ],
        backwards: &[
            "major wire-type-changed query.deep",
            "patch default-changed query.deep",
        ],
    },
    Edit {
        what: "a flag of replies that is true or false",
        apply: |s| {
            s.replace(
                FIND,
                "deep: { type: int32, flag: true, doc",
                "deep: { type: bool, doc",
            );
        },
        forwards: &["minor reply-changed response.200.deep"],
        backwards: &["minor reply-changed response.200.deep"],
    },
    Edit {
        what: "a flag of both that is a text",
        apply: |s| s.replace(FIND, "exact: { type: int32", "exact: { type: string"),
        forwards: &["major wire-type-changed type.Filter.exact"],
        backwards: &["major wire-type-changed type.Filter.exact"],
    },
    Edit {
        what: "a wider flag",
        apply: |s| s.replace(FIND, "exact: { type: int32", "exact: { type: int64"),
        forwards: &[],
        backwards: &[],
    },
    Edit {
        what: "a range of a flag",
        apply: |s| {
            s.replace(
                FIND,
                "flag: true, default",
                "flag: true, range: { min: 0, max: 1 }, default",
            )
        },
        forwards: &[],
        backwards: &[],
    },
    Edit {
        what: "a text that is a time",
        apply: |s| {
            s.replace(
                FIND,
                "kind: { type: string",
                "kind: { type: string, time: { form: yyyymmdd }",
            )
        },
        forwards: &["major type-changed query.kind"],
        backwards: &["major type-changed query.kind"],
    },
    Edit {
        what: "another form of a time",
        apply: |s| {
            s.replace(
                FIND,
                "form: yyyymmddhhmmss, zone: utc }, doc: The latest",
                "form: rfc3339 }, doc: The latest",
            )
        },
        forwards: &["major type-changed query.until"],
        backwards: &["major type-changed query.until"],
    },
    Edit {
        what: "another zone of a time",
        apply: |s| {
            s.replace(
                FIND,
                "{ form: yyyymmdd }",
                "{ form: yyyymmdd, zone: utc+8 }",
            )
        },
        forwards: &["major type-changed response.200.newest"],
        backwards: &["major type-changed response.200.newest"],
    },
    Edit {
        what: "another basis of a time",
        apply: |s| {
            s.replace(
                FIND,
                "{ form: yyyymmdd }",
                "{ form: yyyymmdd, basis: inferred }",
            )
        },
        forwards: &["patch documentation-changed response.200.newest"],
        backwards: &["patch documentation-changed response.200.newest"],
    },
    Edit {
        what: "a basis of a time that the documentation does not show",
        apply: |s| {
            s.replace(
                FIND,
                "{ form: yyyymmdd }",
                "{ form: yyyymmdd, basis: verified }",
            )
        },
        forwards: &[],
        backwards: &[],
    },
    Edit {
        what: "a length in bytes",
        apply: |s| s.replace(FIND, "{ max: 8 }", "{ max: 8, unit: bytes }"),
        forwards: &["major limit-tightened query.names"],
        backwards: &["minor limit-loosened query.names"],
    },
    Edit {
        what: "a length in bytes that allows for four of each character",
        apply: |s| s.replace(FIND, "{ max: 8 }", "{ max: 32, unit: bytes }"),
        forwards: &["minor limit-loosened query.names"],
        backwards: &["major limit-tightened query.names"],
    },
    Edit {
        what: "a smallest length in bytes",
        apply: |s| {
            s.replace(
                FIND,
                "{ min: 4, max: 8 }",
                "{ min: 1, max: 32, unit: bytes }",
            )
        },
        forwards: &["minor limit-loosened body.note"],
        backwards: &["major limit-tightened body.note"],
    },
    Edit {
        what: "a smallest length in bytes that fewer characters have",
        apply: |s| {
            s.replace(
                FIND,
                "{ min: 4, max: 8 }",
                "{ min: 4, max: 32, unit: bytes }",
            )
        },
        forwards: &["minor limit-loosened body.note"],
        backwards: &["major limit-tightened body.note"],
    },
    Edit {
        what: "a range of the items of a list",
        apply: |s| {
            s.replace(
                FIND,
                "sizes: { type: array<int32>,",
                "sizes: { type: array<int32>, range: { max: 9 },",
            )
        },
        forwards: &["major limit-tightened body.sizes"],
        backwards: &["minor limit-loosened body.sizes"],
    },
    Edit {
        what: "a range that numbers of 32 bits have anyway",
        apply: |s| {
            s.replace(
                FIND,
                "sizes: { type: array<int32>,",
                "sizes: { type: array<int32>, range: { max: 2147483647 },",
            )
        },
        forwards: &["patch documentation-changed body.sizes"],
        backwards: &["patch documentation-changed body.sizes"],
    },
    Edit {
        what: "a limit of the items of a list",
        apply: |s| {
            s.replace(
                LIST,
                "array<string>, max_items: 5",
                "array<string>, length: { max: 9 }, max_items: 5",
            )
        },
        forwards: &["major limit-tightened query.tags"],
        backwards: &["minor limit-loosened query.tags"],
    },
    Edit {
        what: "more values can be sent",
        apply: |s| s.replace(FIND, "only: [READY]", "only: [READY, BROKEN]"),
        forwards: &["minor limit-loosened body.states"],
        backwards: &["major limit-tightened body.states"],
    },
    Edit {
        what: "other values can be sent",
        apply: |s| s.replace(FIND, "only: [READY]", "only: [BROKEN]"),
        forwards: &["major limit-tightened body.states"],
        backwards: &["major limit-tightened body.states"],
    },
    Edit {
        what: "all values can be sent",
        apply: |s| s.replace(FIND, ", only: [READY]", ""),
        forwards: &["minor limit-loosened body.states"],
        backwards: &["major limit-tightened body.states"],
    },
    Edit {
        what: "blank text is refused",
        apply: |s| {
            s.replace(
                FIND,
                "kind: { type: string",
                "kind: { type: string, blank: false",
            )
        },
        forwards: &["major limit-tightened query.kind"],
        backwards: &["minor limit-loosened query.kind"],
    },
    Edit {
        what: "blank text is refused in a type",
        apply: |s| {
            s.replace(
                FIND,
                "color: { type: string",
                "color: { type: string, blank: false",
            )
        },
        forwards: &["major limit-tightened type.Filter.color"],
        backwards: &["minor limit-loosened type.Filter.color"],
    },
    Edit {
        what: "a text that can be blank becomes required",
        apply: |s| {
            s.replace(
                FIND,
                "kind: { type: string",
                "kind: { type: string, required: true",
            )
        },
        forwards: &["major became-required query.kind"],
        backwards: &["major became-optional query.kind"],
    },
];
