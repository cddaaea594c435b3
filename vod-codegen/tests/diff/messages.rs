//! What changes say to users.

use vod_codegen::diff::Level;

use super::{Spec, compare};

/// Whoever reads requests from JSON meets members that are gone or renamed; in replies, nobody does.
#[test]
fn members_that_are_refused_are_major() {
    struct Case {
        name: &'static str,
        file: &'static str,
        from: &'static str,
        to: &'static str,
        /// The member that requests in JSON may not have any more.
        member: Option<&'static str>,
    }
    let old = Spec::new().load();
    let refused = |file: &str, from: &str, to: &str| {
        let mut spec = Spec::new();
        spec.replace(file, from, to);
        let diff = compare(&old, &spec.load());
        assert_eq!(diff.bump(), Some(Level::Major), "{from}");
        let mut messages = diff.changes.into_iter().map(|it| it.message);
        messages.find_map(|it| Some(it.split_once(", and requests in JSON ")?.1.to_owned()))
    };
    let make = "things/make-thing.yaml";
    let list = "things/list-things.yaml";
    for case in [
        // A parameter, and a field of a type within a type.
        Case {
            name: "a parameter is gone",
            file: list,
            from: "  key: { type: string, doc: A key. }\n",
            to: "",
            member: Some("key"),
        },
        Case {
            name: "a parameter has another name",
            file: list,
            from: "  key:",
            to: "  token:",
            member: Some("key"),
        },
        Case {
            name: "a parameter has another name on the wire only",
            file: list,
            from: "  key: { type: string",
            to: "  token: { type: string, rust: key",
            member: Some("key"),
        },
        Case {
            name: "a field of a type within a type",
            file: make,
            from: "      shape: { type: Shape",
            to: "      form: { type: Shape",
            member: Some("shape"),
        },
        Case {
            name: "the same, on the wire only",
            file: make,
            from: "      shape: { type: Shape",
            to: "      form: { rust: shape, type: Shape",
            member: Some("shape"),
        },
        Case {
            name: "a field beside it",
            file: make,
            from: "      weight:",
            to: "      mass:",
            member: Some("weight"),
        },
        // What requests and replies share.
        Case {
            name: "a field of requests and replies",
            file: "types/shared.yaml",
            from: "      size:",
            to: "      length:",
            member: Some("size"),
        },
        // What only replies have.
        Case {
            name: "a field of a type of replies",
            file: list,
            from: "      level:",
            to: "      rank:",
            member: None,
        },
        Case {
            name: "a field of a reply that is passed on",
            file: make,
            from: "      id: { type: string",
            to: "      name: { type: string",
            member: None,
        },
    ] {
        let Case {
            name,
            file,
            from,
            to,
            member,
        } = case;
        let due = member.map(|it| format!("that have `{it}` are refused"));
        let wait = "  pass: { group: id, kind: id }";
        if file == make && member.is_none() {
            // The id is passed on.
            let mut spec = Spec::new();
            spec.replace(file, wait, "  pass: { group: after, kind: after }");
            spec.replace(file, from, to);
            let text = compare(&old, &spec.load()).to_string();
            assert!(
                text.contains("major[field-removed]") && !text.contains("refused"),
                "{name}: {text}"
            );
            continue;
        }
        assert_eq!(refused(file, from, to), due, "{name}");
    }
}

#[test]
fn messages_say_what_requests_can_hold() {
    struct Case {
        name: &'static str,
        from: &'static str,
        to: &'static str,
        message: &'static str,
    }
    let old = Spec::new().load();
    let find = "things/find-things.yaml";
    for case in [
        Case {
            name: "a rule is new",
            from: "at_least_one: [id",
            to: "exactly_one: [id",
            message: "`FindThingsRequest` has a new rule: exactly one of `id` and `names` is needed",
        },
        Case {
            name: "a rule is gone",
            from: "[id, names]",
            to: "[id, names, kind]",
            message: "`FindThingsRequest` no longer has this rule: at least one of `id` and `names` is needed",
        },
        Case {
            name: "a limit counts otherwise",
            from: "{ max: 8 }",
            to: "{ max: 8, unit: bytes }",
            message: "each of `FindThingsRequest::names` takes at most 8 bytes, took at most 8 characters",
        },
        Case {
            name: "a value more",
            from: "only: [READY]",
            to: "only: [READY, BROKEN]",
            message: "`FindThingsRequest::states` takes only `READY` and `BROKEN`, took only `READY`",
        },
        Case {
            name: "blank text",
            from: "kind: { type: string",
            to: "kind: { type: string, blank: false",
            message: "`FindThingsRequest::kind` does not take blank text",
        },
        Case {
            name: "a flag of another type",
            from: "exact: { type: int32",
            to: "exact: { type: string",
            message: "`Filter::exact` is the text `1` or `0` on the wire, was the number 1 or 0",
        },
        Case {
            name: "no default",
            from: "default: 0",
            to: "range: { max: 1 }",
            message: "what the service assumes without `FindThingsRequest::deep` is not known",
        },
    ] {
        let mut spec = Spec::new();
        spec.replace(find, case.from, case.to);
        let diff = compare(&old, &spec.load());
        let messages: Vec<_> = diff.changes.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(messages, [case.message], "{}", case.name);
    }
}
