//! The edits.

use super::Spec;

pub(super) struct Edit {
    pub(super) what: &'static str,
    pub(super) apply: fn(&mut Spec),
    /// `level rule at` of each change.
    pub(super) forwards: &'static [&'static str],
    pub(super) backwards: &'static [&'static str],
}

const SERVICE: &str = "service.yaml";
const SHARED: &str = "types/shared.yaml";
const LIST: &str = "things/list-things.yaml";
const MAKE: &str = "things/make-thing.yaml";
const PING: &str = "things/ping.yaml";
const SHOW: &str = "things/show-thing.yaml";

const COUNT_THINGS: &str = "\
operation: CountThings
title: Counting Things
section: Things
summary: Counts things.
http: GET /v1/{project_id}/count
auth: [token]
responses:
  200: { doc: The count., fields: { count: { type: Count, doc: The count. } } }
types:
  Count: { doc: A count., fields: { total: { type: int32, doc: How many. } } }
";

const WAIT: &str = "\
wait:
  operation: ListThings
  pass: { group: id, kind: id }
  state: things.state
  done: [READY]
  failed: [BROKEN]
";

const OWNER: &str = "  Owner:
    doc: An owner of things.
    fields:
      id: { type: string, required: true, doc: Who it is. }
      level: { type: int32, range: { min: 1, max: 3 }, doc: How much it may do. }
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
        },
        forwards: &[
            "major became-required query.tags",
            "patch example-changed example",
        ],
        backwards: &[
            "major became-optional query.tags",
            "patch example-changed example",
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
                "  thingId: { rust: id, type: string",
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
        forwards: &["minor request-changed response.200.X-Quota"],
        backwards: &["minor request-changed header.X-Quota"],
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
                "  T.0003: { status: 500, doc: It went wrong. }\n  T.0002:",
            );
        },
        forwards: &["minor constant-added error_code.T.0003"],
        backwards: &["major constant-removed error_code.T.0003"],
    },
    Edit {
        what: "a code comes with another status",
        apply: |s| {
            s.replace(SERVICE, "status: 404", "status: 403");
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
