//! Replies.

use super::{Edit, LIST, PING, SHOW};

pub(super) const EDITS: &[Edit] = &[
    Edit {
        what: "a reply field",
        apply: |s| {
            s.replace(
                LIST,
                "    headers:",
                "      next: { type: string, doc: What follows. }\n    headers:",
            );
        },
        forwards: &["minor field-added response.200.next"],
        backwards: &["major field-removed response.200.next"],
    },
    Edit {
        what: "a reply field of another type",
        apply: |s| {
            s.replace(LIST, "total: { type: int32", "total: { type: int64");
        },
        forwards: &["major type-changed response.200.total"],
        backwards: &["major type-changed response.200.total"],
    },
    Edit {
        what: "a reply field that is required",
        apply: |s| {
            s.replace(
                LIST,
                "total: { type: int32",
                "total: { required: true, type: int32",
            );
        },
        forwards: &["patch documentation-changed response.200.total"],
        backwards: &["patch documentation-changed response.200.total"],
    },
    Edit {
        what: "a limit in a reply",
        apply: |s| {
            s.replace(
                LIST,
                "range: { min: 0 }, doc: How many there",
                "range: { min: 1 }, doc: How many there",
            );
        },
        forwards: &["patch documentation-changed response.200.total"],
        backwards: &["patch documentation-changed response.200.total"],
    },
    Edit {
        what: "a header of a reply",
        apply: |s| {
            s.replace(
                LIST,
                "    headers:\n",
                "    headers:\n      X-Left: { type: string, doc: The rest. }\n",
            );
        },
        forwards: &["minor field-added header.X-Left"],
        backwards: &["major field-removed header.X-Left"],
    },
    Edit {
        what: "a value that moves to the headers",
        apply: |s| {
            s.replace(LIST, "    headers:\n", "");
            s.replace(
                LIST,
                "      X-Quota: { type: int32, doc: How many calls are left. }\n",
                "",
            );
            s.replace(
                LIST,
                "      owner:",
                "      X-Quota: { type: int32, doc: How many calls are left. }\n      owner:",
            );
        },
        forwards: &["minor reply-changed response.200.X-Quota"],
        backwards: &["minor reply-changed header.X-Quota"],
    },
    Edit {
        what: "another status of success",
        apply: |s| {
            s.replace(LIST, "  200:", "  201:");
        },
        forwards: &["patch status-changed response.201"],
        backwards: &["patch status-changed response.200"],
    },
    Edit {
        what: "another status of failure",
        apply: |s| {
            s.replace(
                LIST,
                "\ntypes:",
                "  404: { doc: There are none., error: true }\n\ntypes:",
            );
        },
        forwards: &["patch documentation-changed response.404"],
        backwards: &["patch documentation-changed response.404"],
    },
    Edit {
        what: "another meaning of a failure",
        apply: |s| {
            s.replace(LIST, "The request failed.", "It failed.");
        },
        forwards: &["patch documentation-changed response.400"],
        backwards: &["patch documentation-changed response.400"],
    },
    Edit {
        what: "another example of a reply",
        apply: |s| {
            s.replace(LIST, "\"total\": 3", "\"total\": 4");
        },
        forwards: &["patch example-changed example.200"],
        backwards: &["patch example-changed example.200"],
    },
    Edit {
        what: "a reply that is a list of something else",
        apply: |s| {
            s.replace(SHOW, "array<State>", "array<Thing>");
        },
        forwards: &["major type-changed response.200"],
        backwards: &["major type-changed response.200"],
    },
    Edit {
        what: "a reply that has no body",
        apply: |s| {
            s.replace(SHOW, "    type: array<State>\n", "");
        },
        forwards: &["major field-removed response.200"],
        backwards: &["minor field-added response.200"],
    },
    Edit {
        what: "a reply that has fields",
        apply: |s| {
            s.replace(
                PING,
                "204: { doc: It worked. }",
                "200: { doc: It worked., fields: { id: { type: string, doc: An id. } } }",
            );
        },
        forwards: &[
            "patch status-changed response.200",
            "minor field-added response.200.id",
        ],
        backwards: &[
            "patch status-changed response.204",
            "major field-removed response.200.id",
        ],
    },
];
