//! Operations as a whole.

use super::{Edit, FIND, LIST, MAKE, PING, SERVICE, SHARED, SHOW};

const COUNT_THINGS: &str = "\
operation: CountThings
title: Counting Things
section: Things
summary: Counts things.
http: GET /v1/{project_id}/count
auth: [token]
query:
  id: { type: string, doc: One of them. }
responses:
  200: { doc: The count., fields: { count: { type: Count, doc: The count. } } }
types:
  Count: { doc: A count., fields: { total: { type: int32, doc: How many. }, state: { type: State, doc: Of all. } } }
";

const OUTCOME: &str = "outcome: { items: things, state: state, ok: [READY], basis: inferred }\n";

const WAIT: &str = "\
wait:
  operation: ListThings
  pass: { group: id, kind: id }
  state: things.state
  done: [READY]
  failed: [BROKEN]
";

const WAIT_WITH_COUNT: &str = "\
wait:
  operation: CountThings
  pass: { id: id }
  state: count.state
  done: [READY]
  failed: [BROKEN]
";

pub(super) const EDITS: &[Edit] = &[
    Edit {
        what: "an operation",
        apply: |s| {
            s.0.insert("things/count-things.yaml", COUNT_THINGS.to_owned());
        },
        forwards: &["minor operation-added operation"],
        backwards: &["major operation-removed operation"],
    },
    Edit {
        what: "an operation in another section",
        apply: |s| {
            s.replace(PING, "section: Things", "section: Parts");
            s.rename(PING, "parts/ping.yaml");
        },
        forwards: &["major moved section"],
        backwards: &["major moved section"],
    },
    Edit {
        what: "an operation with its types in another section",
        apply: |s| {
            s.replace(MAKE, "section: Things", "section: Parts");
            s.rename(MAKE, "parts/make-thing.yaml");
        },
        forwards: &["major moved section"],
        backwards: &["major moved section"],
    },
    Edit {
        what: "the title of a section",
        apply: |s| {
            s.replace(SERVICE, "Things: Makes", "THINGS: Makes");
            s.replace(FIND, "section: Things", "section: THINGS");
            s.replace(LIST, "section: Things", "section: THINGS");
            s.replace(MAKE, "section: Things", "section: THINGS");
            s.replace(PING, "section: Things", "section: THINGS");
            s.replace(SHOW, "section: Things", "section: THINGS");
        },
        forwards: &["patch documentation-changed section.things"],
        backwards: &["patch documentation-changed section.things"],
    },
    Edit {
        what: "another method",
        apply: |s| {
            s.replace(PING, "POST", "PUT");
            s.replace(
                PING,
                "summary:",
                "idempotent: { value: false, basis: inferred }\nsummary:",
            );
        },
        forwards: &["minor request-changed http.method"],
        backwards: &["minor request-changed http.method"],
    },
    Edit {
        what: "another path",
        apply: |s| {
            s.replace(PING, "/ping", "/pong");
        },
        forwards: &["minor request-changed http.path"],
        backwards: &["minor request-changed http.path"],
    },
    Edit {
        what: "an empty body",
        apply: |s| {
            s.replace(PING, "\nresponses", "body: {}\n\nresponses");
        },
        forwards: &["minor request-changed body"],
        backwards: &["minor request-changed body"],
    },
    Edit {
        what: "idempotent",
        apply: |s| {
            s.replace(
                PING,
                "summary:",
                "idempotent: { value: true, basis: inferred }\nsummary:",
            );
        },
        forwards: &["minor idempotency-changed idempotent"],
        backwards: &["minor idempotency-changed idempotent"],
    },
    Edit {
        what: "only the basis of idempotent",
        apply: |s| {
            s.replace(
                PING,
                "summary:",
                "idempotent: { value: false, basis: documented }\nsummary:",
            );
        },
        forwards: &[],
        backwards: &[],
    },
    Edit {
        what: "another way to prove who calls",
        apply: |s| {
            s.replace(PING, "auth: [token]", "auth: [token, key]");
        },
        forwards: &["patch auth-changed auth"],
        backwards: &["patch auth-changed auth"],
    },
    Edit {
        what: "the same ways in another order",
        apply: |s| {
            s.replace(MAKE, "auth: [token, key]", "auth: [key, token]");
        },
        forwards: &[],
        backwards: &[],
    },
    Edit {
        what: "another action",
        apply: |s| {
            s.replace(LIST, "thing:list", "thing:read");
        },
        forwards: &["patch permission-changed permission.action"],
        backwards: &["patch permission-changed permission.action"],
    },
    Edit {
        what: "another access level and resource",
        apply: |s| {
            s.replace(
                LIST,
                "  access: list\n",
                "  access: read\n  resource: things*\n",
            );
        },
        forwards: &[
            "patch permission-changed permission.access",
            "patch permission-changed permission.resource",
        ],
        backwards: &[
            "patch permission-changed permission.access",
            "patch permission-changed permission.resource",
        ],
    },
    Edit {
        what: "a permission",
        apply: |s| {
            s.replace(
                PING,
                "auth: [token]",
                "auth: [token]\npermission: { action: ping, access: write }",
            );
        },
        forwards: &["patch permission-changed permission"],
        backwards: &["patch permission-changed permission"],
    },
    Edit {
        what: "no pages",
        apply: |s| {
            s.replace(LIST, "pagination: { style: offset, position: offset, size: limit, items: things, total: total }\n", "");
        },
        forwards: &["major pagination-removed pagination"],
        backwards: &["minor pagination-added pagination"],
    },
    Edit {
        what: "other pages",
        apply: |s| {
            s.replace(LIST, ", total: total }", " }");
        },
        forwards: &["minor pagination-changed pagination"],
        backwards: &["minor pagination-changed pagination"],
    },
    Edit {
        what: "pages of other items",
        apply: |s| {
            s.replace(
                LIST,
                "      total:",
                "      owners: { type: array<Owner>, doc: Their owners. }\n      total:",
            );
            s.replace(LIST, "limit, items: things", "limit, items: owners");
        },
        forwards: &[
            "minor field-added response.200.owners",
            "major type-changed pagination.items",
        ],
        backwards: &[
            "major field-removed response.200.owners",
            "major type-changed pagination.items",
        ],
    },
    Edit {
        what: "pages of the same items elsewhere",
        apply: |s| {
            s.replace(
                LIST,
                "      total:",
                "      found: { type: array<Thing>, doc: The things. }\n      total:",
            );
            s.replace(LIST, "limit, items: things", "limit, items: found");
        },
        forwards: &[
            "minor field-added response.200.found",
            "minor pagination-changed pagination",
        ],
        backwards: &[
            "major field-removed response.200.found",
            "minor pagination-changed pagination",
        ],
    },
    Edit {
        what: "a list that can be read by time",
        apply: |s| {
            s.replace(
                LIST,
                "  key: {",
                "  since: { type: string, time: { form: yyyymmddhhmmss, zone: utc }, doc: The earliest. }\n  \
                 until: { type: string, time: { form: yyyymmddhhmmss, zone: utc }, doc: The latest. }\n  key: {",
            );
            s.replace(
                LIST,
                "total: total }",
                "total: total, ceiling: 9, window: { from: since, to: until, id: name, basis: inferred } }",
            );
        },
        forwards: &[
            "minor field-added query.since",
            "minor field-added query.until",
            "minor pagination-added pagination.window",
        ],
        backwards: &[
            "major field-removed query.since",
            "major field-removed query.until",
            "major pagination-removed pagination.window",
        ],
    },
    Edit {
        what: "no failures to tell",
        apply: |s| {
            s.replace(LIST, OUTCOME, "");
        },
        forwards: &["major outcome-removed outcome"],
        backwards: &["minor outcome-added outcome"],
    },
    Edit {
        what: "other failures",
        apply: |s| {
            s.replace(LIST, "ok: [READY]", "ok: [READY, BROKEN]");
        },
        forwards: &["minor outcome-changed outcome"],
        backwards: &["minor outcome-changed outcome"],
    },
    Edit {
        what: "failures in another list",
        apply: |s| {
            s.replace(
                LIST,
                "      total:",
                "      found: { type: array<Thing>, doc: The things. }\n      total:",
            );
            s.replace(LIST, "outcome: { items: things", "outcome: { items: found");
        },
        forwards: &[
            "minor field-added response.200.found",
            "major type-changed outcome.items",
        ],
        backwards: &[
            "major field-removed response.200.found",
            "major type-changed outcome.items",
        ],
    },
    Edit {
        what: "no task to wait for",
        apply: |s| {
            s.replace(MAKE, &format!("{WAIT}\n"), "");
        },
        forwards: &["major wait-removed wait"],
        backwards: &["minor wait-added wait"],
    },
    Edit {
        what: "another state to wait for",
        apply: |s| {
            s.replace(MAKE, "done: [READY]", "done: [READY, LOST]");
            s.replace(
                SHARED,
                "      BROKEN:",
                "      LOST: It is gone.\n      BROKEN:",
            );
        },
        forwards: &[
            "minor wait-changed wait",
            "minor value-added type.State.LOST",
        ],
        backwards: &[
            "minor wait-changed wait",
            "major value-removed type.State.LOST",
        ],
    },
    Edit {
        what: "another operation to wait with",
        apply: |s| {
            s.replace(MAKE, WAIT, WAIT_WITH_COUNT);
            s.0.insert("things/count-things.yaml", COUNT_THINGS.to_owned());
        },
        forwards: &[
            "major type-changed wait.operation",
            "minor operation-added operation",
        ],
        backwards: &[
            "major operation-removed operation",
            "major type-changed wait.operation",
        ],
    },
    Edit {
        what: "a deprecated operation",
        apply: |s| {
            s.replace(PING, "\nhttp", "deprecated: Use `ListThings`.\n\nhttp");
        },
        forwards: &["minor deprecated deprecated"],
        backwards: &["patch undeprecated deprecated"],
    },
    Edit {
        what: "another summary",
        apply: |s| {
            s.replace(PING, "Does nothing.", "Does nothing much.");
        },
        forwards: &["patch documentation-changed summary"],
        backwards: &["patch documentation-changed summary"],
    },
    Edit {
        what: "another title",
        apply: |s| {
            s.replace(PING, "title: Ping", "title: Pong");
        },
        forwards: &["patch documentation-changed title"],
        backwards: &["patch documentation-changed title"],
    },
    Edit {
        what: "a description",
        apply: |s| {
            s.replace(PING, "\nhttp", "description: It really does not.\n\nhttp");
        },
        forwards: &["patch documentation-changed description"],
        backwards: &["patch documentation-changed description"],
    },
    Edit {
        what: "another date and page",
        apply: |s| {
            s.replace(LIST, "2026-03-20", "2026-03-21");
            s.replace(LIST, "com/List", "org/List");
        },
        forwards: &[
            "patch documentation-changed page",
            "patch documentation-changed updated",
        ],
        backwards: &[
            "patch documentation-changed page",
            "patch documentation-changed updated",
        ],
    },
    Edit {
        what: "another example of a request",
        apply: |s| {
            s.replace(LIST, "\"name\": \"n\"", "\"name\": \"m\"");
        },
        forwards: &["patch example-changed example"],
        backwards: &["patch example-changed example"],
    },
];
