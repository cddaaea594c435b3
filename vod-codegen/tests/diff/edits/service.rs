//! What all operations share.

use super::{Edit, SERVICE};

pub(super) const EDITS: &[Edit] = &[
    Edit {
        what: "a region",
        apply: |s| {
            s.replace(
                SERVICE,
                "  second-2:",
                "  third-3: Third Region3\n  second-2:",
            );
        },
        forwards: &["minor constant-added region.third-3"],
        backwards: &["major constant-removed region.third-3"],
    },
    Edit {
        what: "a region has another name",
        apply: |s| {
            s.replace(SERVICE, "Second Region2", "Region Two");
        },
        forwards: &["patch documentation-changed region.second-2"],
        backwards: &["patch documentation-changed region.second-2"],
    },
    Edit {
        what: "a code of an error",
        apply: |s| {
            s.replace(
                SERVICE,
                "  T.0002:",
                "  T.0003: { name: Failed, status: 500, doc: It went wrong. }\n  T.0002:",
            );
        },
        forwards: &["minor constant-added error_code.T.0003"],
        backwards: &["major constant-removed error_code.T.0003"],
    },
    Edit {
        what: "a code comes with another status",
        apply: |s| {
            s.replace(
                SERVICE,
                "kind: not-found, status: 400",
                "kind: not-found, status: 403",
            );
        },
        forwards: &["patch documentation-changed error_code.T.0002"],
        backwards: &["patch documentation-changed error_code.T.0002"],
    },
    Edit {
        what: "a code has another name",
        apply: |s| {
            s.replace(SERVICE, "ThingNotFound", "NoSuchThing");
        },
        forwards: &["major renamed error_code.T.0002"],
        backwards: &["major renamed error_code.T.0002"],
    },
    Edit {
        what: "a name has another code",
        apply: |s| {
            s.replace(SERVICE, "T.0002", "T.0003");
        },
        forwards: &["major wire-name-changed error_code.T.0003"],
        backwards: &["major wire-name-changed error_code.T.0002"],
    },
    Edit {
        what: "a code is of another kind",
        apply: |s| {
            s.replace(SERVICE, "kind: not-found", "kind: conflict");
        },
        forwards: &["minor error-kind-changed error_code.T.0002"],
        backwards: &["minor error-kind-changed error_code.T.0002"],
    },
    Edit {
        what: "a code has a kind",
        apply: |s| {
            s.replace(
                SERVICE,
                "name: WrongParameter",
                "name: WrongParameter, kind: invalid-request",
            );
        },
        forwards: &["minor error-kind-changed error_code.T.0001"],
        backwards: &["minor error-kind-changed error_code.T.0001"],
    },
    Edit {
        what: "a code rests on something else",
        apply: |s| {
            s.replace(
                SERVICE,
                "kind: not-found",
                "kind: not-found, basis: inferred",
            );
        },
        forwards: &["patch documentation-changed error_code.T.0002"],
        backwards: &["patch documentation-changed error_code.T.0002"],
    },
    Edit {
        what: "another endpoint",
        apply: |s| {
            s.replace(SERVICE, "example.com", "example.org");
        },
        forwards: &["minor request-changed endpoint"],
        backwards: &["minor request-changed endpoint"],
    },
    Edit {
        what: "what the bindings do not show",
        apply: |s| {
            s.replace(SERVICE, "title: Things", "title: Many Things");
            s.replace(SERVICE, "Project that a call acts on.", "The project.");
            s.replace(SERVICE, "doc: A token.", "doc: The token.");
            s.replace(SERVICE, "There is no service", "No service is there");
        },
        forwards: &[],
        backwards: &[],
    },
];
