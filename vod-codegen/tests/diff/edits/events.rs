//! Events.

use super::{Edit, MADE, SERVICE, SHARED};

const GONE: &str = "event: thingGone
title: Thing Gone
page: https://example.com/things.html
summary: A thing is gone.
member: gone_info
fields: { reason: { type: GoneReason, doc: Why it is gone. } }
examples: |
  { \"event_type\": \"thingGone\", \"gone_info\": {} }
types: { GoneReason: { doc: A reason., values: { OLD: It was old. } } }
";

/// The types of the event.
const KIND: &str = "
types:
  MadeKind:
    doc: What was made.
    values:
      SOLID: { aliases: [solid], doc: A solid thing. }
      LIQUID: A liquid thing.
";

pub(super) const EDITS: &[Edit] = &[
    Edit {
        what: "an event, which comes with its types",
        apply: |s| s.add("notifications/thing-gone.yaml", GONE),
        forwards: &["minor event-added event.thingGone"],
        backwards: &["major event-removed event.thingGone"],
    },
    Edit {
        what: "the name of an event in another case",
        apply: |s| {
            s.replace(MADE, "event: thingMade", "event: ThingMade");
        },
        forwards: &["patch documentation-changed event.ThingMade"],
        backwards: &["patch documentation-changed event.thingMade"],
    },
    Edit {
        what: "the name of an event, but not in Rust",
        apply: |s| {
            s.replace(MADE, "event: thingMade", "event: thing_made");
            s.replace(
                MADE,
                "\"event_type\": \"thingMade\"",
                "\"event_type\": \"thing_made\"",
            );
        },
        forwards: &[
            "major wire-name-changed event.thing_made",
            "patch example-changed event.thing_made",
            "patch documentation-changed event.thing_made",
        ],
        backwards: &[
            "major wire-name-changed event.thingMade",
            "patch example-changed event.thingMade",
            "patch documentation-changed event.thingMade",
        ],
    },
    Edit {
        what: "the name of an event in Rust, and that of its body",
        apply: |s| {
            s.rename(MADE, "notifications/thingmade.yaml");
            s.replace(
                "notifications/thingmade.yaml",
                "event: thingMade",
                "event: thingmade",
            );
        },
        forwards: &[
            "major renamed event.thingmade",
            "patch documentation-changed event.thingmade",
        ],
        backwards: &[
            "major renamed event.thingMade",
            "patch documentation-changed event.thingMade",
        ],
    },
    Edit {
        what: "the member that holds the body",
        apply: |s| {
            s.replace(MADE, "member: made_info", "member: thing_info");
            s.replace(MADE, "\"made_info\"", "\"thing_info\"");
        },
        forwards: &[
            "minor reply-changed event.thingMade",
            "patch example-changed event.thingMade",
            "patch documentation-changed event.thingMade",
        ],
        backwards: &[
            "minor reply-changed event.thingMade",
            "patch example-changed event.thingMade",
            "patch documentation-changed event.thingMade",
        ],
    },
    Edit {
        what: "what is said of an event",
        apply: |s| {
            s.replace(MADE, "A thing has been made.", "A thing is there.");
        },
        forwards: &["patch documentation-changed event.thingMade"],
        backwards: &["patch documentation-changed event.thingMade"],
    },
    Edit {
        what: "the date of the page of an event",
        apply: |s| {
            s.replace(MADE, "updated: 2026-01-31", "updated: 2026-02-01");
        },
        forwards: &["patch documentation-changed event.thingMade"],
        backwards: &["patch documentation-changed event.thingMade"],
    },
    Edit {
        what: "the example of an event",
        apply: |s| {
            s.replace(MADE, "\"length\": 1", "\"length\": 2");
        },
        forwards: &["patch example-changed event.thingMade"],
        backwards: &["patch example-changed event.thingMade"],
    },
    Edit {
        what: "a field of an event",
        apply: |s| {
            s.replace(
                MADE,
                "  kind:",
                "  place: { type: string, doc: Where it is. }\n  kind:",
            );
        },
        forwards: &["minor field-added event.thingMade.place"],
        backwards: &["major field-removed event.thingMade.place"],
    },
    Edit {
        what: "a field of all events",
        apply: |s| {
            s.replace(
                SERVICE,
                "event:\n",
                "event:\n  place: { type: string, doc: Where it is. }\n",
            );
        },
        forwards: &["minor field-added event.thingMade.place"],
        backwards: &["major field-removed event.thingMade.place"],
    },
    Edit {
        what: "an alias of a field",
        apply: |s| {
            s.replace(MADE, "aliases: [length, bytes], ", "aliases: [length], ");
        },
        forwards: &["minor reply-changed event.thingMade.size"],
        backwards: &["minor reply-changed event.thingMade.size"],
    },
    Edit {
        what: "aliases in another order, the first of which counts",
        apply: |s| {
            s.replace(MADE, "[length, bytes]", "[bytes, length]");
        },
        forwards: &["minor reply-changed event.thingMade.size"],
        backwards: &["minor reply-changed event.thingMade.size"],
    },
    Edit {
        what: "an alias of a value",
        apply: |s| {
            s.replace(
                MADE,
                "SOLID: { aliases: [solid], doc: A solid thing. }",
                "SOLID: A solid thing.",
            );
        },
        forwards: &["minor reply-changed type.MadeKind.SOLID"],
        backwards: &["minor reply-changed type.MadeKind.SOLID"],
    },
    Edit {
        what: "a text that means that there is no value",
        apply: |s| {
            s.replace(
                SERVICE,
                "id: { type: string, absent: none, ",
                "id: { type: string, ",
            );
        },
        forwards: &["minor reply-changed event.thingMade.id"],
        backwards: &["minor reply-changed event.thingMade.id"],
    },
    Edit {
        what: "a value of an enum of events",
        apply: |s| {
            s.replace(
                MADE,
                "      LIQUID: A liquid thing.\n",
                "      LIQUID: A liquid thing.\n      GAS: A gas.\n",
            );
        },
        forwards: &["minor value-added type.MadeKind.GAS"],
        backwards: &["major value-removed type.MadeKind.GAS"],
    },
    Edit {
        what: "a type of an event is new",
        apply: |s| {
            s.replace(
                MADE,
                "  kind:",
                "  part: { type: MadePart, doc: A part of it. }\n  kind:",
            );
            s.replace(
                MADE,
                "types:\n",
                "types:\n  MadePart: { doc: A part., fields: { id: { type: string, doc: Which one it is. } } }\n",
            );
        },
        forwards: &[
            "minor field-added event.thingMade.part",
            "minor type-added type.MadePart",
        ],
        backwards: &[
            "major field-removed event.thingMade.part",
            "major type-removed type.MadePart",
        ],
    },
    Edit {
        what: "a type of an event that others hold as well now",
        apply: |s| {
            s.replace(MADE, KIND, "");
            s.replace(
                SHARED,
                "types:\n",
                "types:\n  MadeKind: { doc: What was made., values: { SOLID: A solid thing., LIQUID: A liquid thing. } }\n",
            );
            s.replace(
                SHARED,
                "      size:",
                "      kind: { type: MadeKind, doc: What it is. }\n      size:",
            );
        },
        forwards: &[
            "major moved type.MadeKind",
            "minor reply-changed type.MadeKind.SOLID",
            "minor field-added type.Thing.kind",
        ],
        backwards: &[
            "major moved type.MadeKind",
            "minor reply-changed type.MadeKind.SOLID",
            "major field-removed type.Thing.kind",
        ],
    },
];
