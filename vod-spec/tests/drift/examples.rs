//! Examples of pages: method and address, and JSON against the types.

use vod_spec::drift::{Wordings, compare};
use vod_spec::page;

use super::{SHELF, compared, recorded, shelf_api, with};

const ADDRESS: &str = "PUT https://{endpoint}/v1/{project_id}/shelves/{shelf_id}";
const NAME: &str = "  \"name\" : \"Poems\",\n";

/// An edit of the page, and what of its example does not fit then.
struct Case<'t> {
    name: &'static str,
    from: &'static str,
    to: &'t str,
    misfit: Option<Misfit<'t>>,
}

struct Misfit<'t> {
    /// How the line begins.
    line: &'t str,
    why: &'static str,
}

#[test]
fn requests() {
    let api = shelf_api();
    let operation = api.operations.first().expect("there is one");
    let long = "x".repeat(65);
    for case in [
        Case {
            name: "a required field is missing",
            from: NAME,
            to: "",
            misfit: Some(Misfit {
                line: "{",
                why: "`body.name` is required",
            }),
        },
        Case {
            name: "a text is too long",
            from: NAME,
            to: &format!("  \"name\" : \"{long}\",\n"),
            misfit: Some(Misfit {
                line: &format!("  \"name\" : \"{long}\","),
                why: "`body.name` has 65 characters, which its limits do not allow",
            }),
        },
        Case {
            name: "too many items",
            from: NAME,
            to: &format!("{NAME}  \"labels\" : [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"],\n"),
            misfit: Some(Misfit {
                line: "  \"labels\" : [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"],",
                why: "`body.labels` has 6 items, which its limits do not allow",
            }),
        },
        Case {
            name: "a number is too large",
            from: NAME,
            to: &format!("{NAME}  \"position\" : 500,\n"),
            misfit: Some(Misfit {
                line: "  \"position\" : 500,",
                why: "`body.position` is 500, which its limits do not allow",
            }),
        },
        Case {
            name: "a number has too many bits",
            from: NAME,
            to: &format!("{NAME}  \"position\" : 99999999999,\n"),
            misfit: Some(Misfit {
                line: "  \"position\" : 99999999999,",
                why: "`body.position` must be a whole number of 32 bits, not 99999999999",
            }),
        },
        Case {
            name: "a value is not documented",
            from: "    \"state\" : \"ON\"",
            to: "    \"state\" : \"LIT\"",
            misfit: Some(Misfit {
                line: "    \"state\" : \"LIT\"",
                why: "`type.Lamp.state` must be one of the documented values, not \"LIT\"",
            }),
        },
        Case {
            name: "it is not JSON",
            from: "    \"state\" : \"ON\"",
            to: "    \"state\" : \"ON",
            misfit: Some(Misfit {
                line: "    \"state\" : \"ON",
                why: "it is not JSON: a line break or control character in a string",
            }),
        },
        Case {
            name: "another method",
            from: "PUT https",
            to: "POST https",
            misfit: Some(Misfit {
                line: "POST https",
                why: "it has the method `POST`",
            }),
        },
        Case {
            name: "another path",
            from: ADDRESS,
            to: "PUT https://{endpoint}/v1/{project_id}/racks/{shelf_id}",
            misfit: Some(Misfit {
                line: "PUT https",
                why: "it has the path `/v1/{project_id}/racks/{shelf_id}`",
            }),
        },
        Case {
            name: "a path that is too short",
            from: ADDRESS,
            to: "PUT https://{endpoint}/v1/{project_id}/shelves",
            misfit: Some(Misfit {
                line: "PUT https",
                why: "it has the path `/v1/{project_id}/shelves`",
            }),
        },
        Case {
            name: "a flag of the query is text",
            from: ADDRESS,
            to: &format!("{ADDRESS}?dry_run=maybe"),
            misfit: Some(Misfit {
                line: "PUT https",
                why: "`query.dry_run` must be true or false, not \"maybe\"",
            }),
        },
        Case {
            name: "a parameter is not known",
            from: ADDRESS,
            to: &format!("{ADDRESS}?dry_runn={{dry_run}}"),
            misfit: Some(Misfit {
                line: "PUT https",
                why: "there is no `query.dry_runn`",
            }),
        },
        Case {
            name: "a parameter of the query",
            from: ADDRESS,
            to: &format!("{ADDRESS}?dry_run=true"),
            misfit: None,
        },
        Case {
            name: "a placeholder in the query",
            from: ADDRESS,
            to: &format!("{ADDRESS}?dry_run={{dry_run}}"),
            misfit: None,
        },
        Case {
            name: "an address with values",
            from: ADDRESS,
            to: "PUT https://vod.example.com/v1/0f/shelves/s-1",
            misfit: None,
        },
        Case {
            name: "no address",
            from: ADDRESS,
            to: "",
            misfit: None,
        },
    ] {
        let Case {
            name,
            from,
            to,
            misfit,
        } = case;
        assert_eq!(SHELF.matches(from).count(), 1, "{name}");
        let text = SHELF.replace(from, to);
        let page = page::read(&text);
        let mut wordings = Wordings::default();
        let texts = compare(&api, &page, &wordings).texts.expect("it is whole");
        wordings.record("RenameShelf", page.source, &texts);
        let mut findings = compare(&api, &page, &wordings).findings;
        findings.retain(|finding| !finding.acknowledged);
        let Some(Misfit { line, why }) = misfit else {
            assert!(findings.is_empty(), "{name}: {findings:#?}");
            continue;
        };
        let [finding] = findings.as_slice() else {
            panic!("{name}: {findings:#?}")
        };
        assert_eq!(finding.rule.as_str(), "example-misfit", "{name}");
        assert_eq!(finding.at, "example.request", "{name}");
        assert_eq!(finding.spec, Some(operation.places.http), "{name}");
        let found = text.lines().nth(finding.line - 1).unwrap_or_default();
        assert!(found.starts_with(line), "{name}: {found}");
        let due = format!("the example does not fit: {why}");
        assert_eq!(finding.message, due, "{name}");
    }
}

#[test]
fn replies_are_told_at_the_line_that_does_not_fit() {
    let page = with("\"DELETED\"\n", "\"GONE\"\n");
    let comparison = compared(&page, &recorded(&page));
    let is_misfit = |rule: &str| rule == "example-misfit";
    let mut findings = comparison.findings.iter();
    let finding = findings.find(|it| is_misfit(it.rule.as_str()));
    let finding = finding.expect("it is found");
    let line = page.lines().nth(finding.line - 1);
    assert_eq!(line, Some("    \"status\" : \"GONE\""));
    let operation = comparison.operation.expect("it is known");
    assert_eq!(finding.spec, Some(operation.places.responses));
}
