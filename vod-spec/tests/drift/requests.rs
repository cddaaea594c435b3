//! What pages say of requests: parameters, headers, what rows state, and the permission.

use vod_spec::drift::{Wordings, compare};
use vod_spec::page;

use super::{
    ASSET, LAST_HEADER, PAGE, SHELF, TASK, compared, described, gives, open, recorded, row, with,
};

#[test]
fn parameters() {
    let added = row(["force", "No", "Boolean", "Whether to force it."]);
    gives(
        &with(ASSET, &format!("{ASSET}{added}")),
        &["error parameter-added query.force"],
    );
    gives(
        &with(ASSET, ""),
        &["error parameter-removed query.asset_id"],
    );
    gives(
        &with(ASSET, &ASSET.replace("asset_id", "media_id")),
        &[
            "error parameter-added query.media_id",
            "error parameter-removed query.asset_id",
        ],
    );
    gives(
        &PAGE
            .replace("{project_id}", "{project_id}/{id}")
            .replace("\nproject_id\n", "\nid\n"),
        &[
            "error parameter-added path.id",
            "error parameter-removed path.project_id",
            "error path-changed http.path",
        ],
    );
    let body =
        "Table 4 Request body parameters\n\nParameter\n\nMandatory\n\nType\n\nDescription\n\n";
    let body = format!(
        "{body}{}Response Parameters\n",
        row(["reason", "No", "String", "Why."])
    );
    gives(
        &with("Response Parameters\n", &body),
        &["error parameter-added body.reason"],
    );
}

#[test]
fn headers_belong_to_the_auth_schemes() {
    let date = row(["X-Sdk-Date", "No", "String", "The time, if keys are used."]);
    gives(
        &with(&date, ""),
        &["error parameter-removed header.X-Sdk-Date"],
    );
    gives(&with(&date, &date.replace("X-Sdk-Date", "x-sdk-date")), &[]);
    gives(
        &with(&date, &date.replace("No", "Yes")),
        &["error required-changed header.X-Sdk-Date"],
    );
    let added = row(["X-Trace", "No", "String", "A trace."]);
    gives(
        &with(LAST_HEADER, &format!("{LAST_HEADER}{added}")),
        &["error parameter-added header.X-Trace"],
    );
    let own = row(["Content-Type", "No", "String", "The kind of body."]);
    gives(&with(LAST_HEADER, &format!("{own}{LAST_HEADER}")), &[]);
}

#[test]
fn facts_of_a_parameter() {
    gives(
        &with(ASSET, &ASSET.replace("No", "Yes")),
        &["error required-changed query.asset_id"],
    );
    gives(
        &with(ASSET, &ASSET.replace("String", "Integer")),
        &["error type-changed query.asset_id"],
    );
    gives(
        &with(TASK, &TASK.replace("Array of strings", "String")),
        &[
            "error type-changed query.task_id",
            // A text has no number of items.
            "warning unreadable query.task_id",
        ],
    );
    gives(
        &with(TASK, &TASK.replace("10", "20")),
        &["error limit-changed query.task_id"],
    );
    gives(
        &with(
            TASK,
            &TASK.replace(" A maximum of 10 tasks is possible.", ""),
        ),
        &["error limit-changed query.task_id"],
    );
    let more = |text: &str| {
        with(
            ASSET,
            &ASSET.replace("The video.", &format!("The video. {text}")),
        )
    };
    gives(
        &more("The value contains 1 to 64 characters."),
        &["error limit-changed query.asset_id"],
    );
    gives(
        &more("The default value is 0."),
        &["error default-changed query.asset_id"],
    );
    gives(
        &more("This parameter is deprecated."),
        &["info deprecation-changed query.asset_id"],
    );
}

#[test]
fn a_row_that_is_neither_mandatory_nor_optional_is_a_row() {
    for word in ["-", "Optional", "O/M", "可选"] {
        let cell = ASSET.replace("No\n", &format!("{word}\n"));
        gives(&with(ASSET, &cell), &["warning unreadable query.asset_id"]);
        let cell = TASK.replace("No\n", &format!("{word}\n"));
        gives(&with(TASK, &cell), &["warning unreadable query.task_id"]);
    }
}

#[test]
fn rows_that_stand_there_twice() {
    gives(
        &with(ASSET, &format!("{ASSET}{ASSET}")),
        &["warning duplicate-row query.asset_id"],
    );
    let other = ASSET.replace("No", "Yes");
    gives(
        &with(ASSET, &format!("{ASSET}{other}")),
        &["warning duplicate-row query.asset_id"],
    );
}

#[test]
fn permissions() {
    gives(
        &with("vod:thumbnail:delete", "vod:thumbnails:delete"),
        &["error permission-changed permission.action"],
    );
    gives(
        &with("    Write\n", "    Tagging\n"),
        &["error permission-changed permission.access"],
    );
    gives(
        &with("assets *", "thumbnails *"),
        &["error permission-changed permission.resource"],
    );
    gives(
        &with("vod:AssetLabel", "vod:Region"),
        &["error permission-changed permission.condition_keys"],
    );
    gives(
        &with("    -\n\n    -\n", "    vod:thumbnail:remove\n\n    -\n"),
        &["error permission-changed permission.alias"],
    );
    let start = PAGE.find("Authorization Information").unwrap();
    let end = PAGE.find("URI\n").unwrap();
    let without = format!("{}{}", &PAGE[..start], &PAGE[end..]);
    gives(&without, &["error permission-changed permission.action"]);
}

#[test]
fn values_of_a_number_that_are_all_of_a_range_are_the_range() {
    let shelf = SHELF.replacen("Default value: 10", "Default value: 1", 1);
    let levels = |text: &str| shelf.replacen("Value range: 0 to 99", text, 1);
    let three = levels("Options:\n\n  • 1: low\n\n  • 2: middle\n\n  • 3: high");
    let api = described(&three);
    let fields = api.operations[0].parameters.iter();
    let position = fields
        .map(|it| &it.field)
        .find(|it| it.name.value == "position");
    let range = position
        .map(|it| it.limits.range)
        .expect("the field is there");
    assert_eq!((range.min, range.max), (Some(1), Some(3)));
    let found = |text: &str| open(&compare(&api, &page::read(text), &Wordings::default()));
    let known = "info wording-unrecorded description";
    assert_eq!(found(&three), [known]);
    // Another one beyond the range.
    let four = three.replacen("  • 3: high", "  • 3: high\n\n  • 4: top", 1);
    assert_eq!(
        found(&four),
        [
            "error limit-changed body.position",
            "error value-added body.position.4",
            known
        ]
    );
    let range = levels("Value range: 1 to 3");
    assert_eq!(found(&range), [known]);
}

#[test]
fn an_empty_cell_hides_no_removed_parameter() {
    let task = TASK.replacen("task_id\n\nNo", "task\n\nNo", 1);
    let lost = ASSET.replacen("asset_id\n\nNo\n\n", "asset_id\n\n", 1);
    gives(
        &with(ASSET, &lost).replace(TASK, &task),
        &[
            "error parameter-added query.task",
            "error parameter-removed query.task_id",
            "warning unreadable query.asset_id",
        ],
    );
}

#[test]
fn a_page_that_says_where_its_permission_is_contradicts_nothing() {
    let (start, rest) = PAGE
        .split_once("Authorization Information\n")
        .expect("a section");
    let (_, end) = rest.split_once("\nURI\n").expect("the next section");
    let refers =
        format!("{start}Authorization Information\n\nSee the list of all actions.\n\nURI\n{end}");
    let comparison = compared(&refers, &recorded(&refers));
    assert_eq!(open(&comparison), [""; 0]);
    gives(&refers, &["error permission-changed permission.action"]);
    // Where none was recorded, the page may never have had one.
    let silent = format!("{start}URI\n{end}");
    let comparison = compared(&silent, &recorded(&silent));
    let due = ["warning permission-changed permission.action"];
    assert_eq!(open(&comparison), due);
    gives(&silent, &["error permission-changed permission.action"]);
}

#[test]
fn a_parameter_that_is_added_comes_with_its_facts() {
    let added = row([
        "marker",
        "No",
        "String",
        "Where to go on. 1 to 64 characters. Default value: begin",
    ]);
    let comparison = compared(&with(TASK, &format!("{added}{TASK}")), &recorded(PAGE));
    let is_it = |it: &&vod_spec::drift::Finding| it.at.as_str() == "query.marker";
    let finding = comparison.findings.iter().find(is_it).expect("a finding");
    let entry = "`marker: { type: string, default: begin, length: { min: 1, max: 64 }, doc: ~ }`";
    assert!(
        finding.message.ends_with(&format!("add {entry}")),
        "{}",
        finding.message
    );
    // It goes behind the parameter that stands before it on the page.
    let place = finding.spec.expect("a place");
    assert_eq!(super::API.sources.text(place), "asset_id");
}
