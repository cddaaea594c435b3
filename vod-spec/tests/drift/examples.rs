//! Examples of pages: method and address, and JSON against the types.

use vod_spec::drift::{Wordings, compare};
use vod_spec::page;

use super::{SHELF, compared, recorded, shelf_api, with};

const ADDRESS: &str = "PUT https://{endpoint}/v1/{project_id}/shelves/{shelf_id}";
const NAME: &str = "  \"name\" : \"Poems\",\n";

#[test]
fn requests() {
    let api = shelf_api();
    let operation = api.operations.first().expect("there is one");
    let long = "x".repeat(65);
    for (from, to, line, why) in [
        (NAME, "", "{", "`body.name` is required"),
        (
            NAME,
            &format!("  \"name\" : \"{long}\",\n"),
            &format!("  \"name\" : \"{long}\","),
            "`body.name` has 65 characters, which its limits do not allow",
        ),
        (
            NAME,
            &format!("{NAME}  \"labels\" : [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"],\n"),
            "  \"labels\" : [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"],",
            "`body.labels` has 6 items, which its limits do not allow",
        ),
        (
            NAME,
            &format!("{NAME}  \"position\" : 500,\n"),
            "  \"position\" : 500,",
            "`body.position` is 500, which its limits do not allow",
        ),
        (
            NAME,
            &format!("{NAME}  \"position\" : 99999999999,\n"),
            "  \"position\" : 99999999999,",
            "`body.position` has to be a whole number of 32 bits, not 99999999999",
        ),
        (
            "    \"state\" : \"ON\"",
            "    \"state\" : \"LIT\"",
            "    \"state\" : \"LIT\"",
            "`type.Lamp.state` has to be one of the documented values, not \"LIT\"",
        ),
        (
            "    \"state\" : \"ON\"",
            "    \"state\" : \"ON",
            "    \"state\" : \"ON",
            "it is not JSON: a line break or control character in a string",
        ),
        (
            "PUT https",
            "POST https",
            "POST https",
            "it has the method `POST`",
        ),
        (
            ADDRESS,
            "PUT https://{endpoint}/v1/{project_id}/racks/{shelf_id}",
            "PUT https",
            "it has the path `/v1/{project_id}/racks/{shelf_id}`",
        ),
        (
            ADDRESS,
            "PUT https://{endpoint}/v1/{project_id}/shelves",
            "PUT https",
            "it has the path `/v1/{project_id}/shelves`",
        ),
        (
            ADDRESS,
            &format!("{ADDRESS}?dry_run=maybe"),
            "PUT https",
            "`query.dry_run` has to be true or false, not \"maybe\"",
        ),
        (
            ADDRESS,
            &format!("{ADDRESS}?dry_runn={{dry_run}}"),
            "PUT https",
            "there is no `query.dry_runn`",
        ),
        (ADDRESS, &format!("{ADDRESS}?dry_run=true"), "", ""),
        (ADDRESS, &format!("{ADDRESS}?dry_run={{dry_run}}"), "", ""),
        (
            ADDRESS,
            "PUT https://vod.example.com/v1/0f/shelves/s-1",
            "",
            "",
        ),
        (ADDRESS, "", "", ""),
    ] {
        assert_eq!(SHELF.matches(from).count(), 1, "{from}");
        let text = SHELF.replace(from, to);
        let page = page::read(&text);
        let mut wordings = Wordings::default();
        let texts = compare(&api, &page, &wordings).texts.expect("it is whole");
        wordings.record("RenameShelf", page.language, &texts);
        let mut findings = compare(&api, &page, &wordings).findings;
        findings.retain(|finding| !finding.acknowledged);
        if line.is_empty() {
            assert!(findings.is_empty(), "{to}: {findings:#?}");
            continue;
        }
        let [finding] = findings.as_slice() else {
            panic!("{to}: {findings:#?}")
        };
        assert_eq!(finding.rule.as_str(), "example-misfit", "{to}");
        assert_eq!(finding.at, "example.request", "{to}");
        assert_eq!(finding.spec, Some(operation.places.http), "{to}");
        let found = text.lines().nth(finding.line - 1).unwrap_or_default();
        assert!(found.starts_with(line), "{to}: {found}");
        let due = format!("the example does not fit: {why}");
        assert_eq!(finding.message, due, "{to}");
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
