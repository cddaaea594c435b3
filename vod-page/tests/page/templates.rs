//! What templates of pages have besides the plain case: replies without a body, queries in the path, older pages.

use vod_page::{CellType, Page, Place, read};

use super::{PLAIN, messages};

fn changed(from: &str, to: &str) -> Page {
    assert!(PLAIN.contains(from), "{from}");
    read(&PLAIN.replacen(from, to, 1))
}

#[test]
fn a_reply_without_a_body_is_one() {
    let from = "Status code: 400\n\nTable 10";
    for meaning in ["The shelf was not changed.", "No Content", "None"] {
        let to = format!("Status code: 204\n\n{meaning}\n\nStatus code: 400\n\nTable 10");
        let page = changed(from, &to);
        assert_eq!(messages(&page), [""; 0], "{meaning}");
        let reply = page.responses.iter().find(|it| it.status.value == 204);
        assert!(reply.unwrap().fields.is_empty(), "{meaning}");
    }
    // A table that is not read is no meaning of a status.
    let to = "Status code: 204\n\nName\n\nType\n\nDescription\n\nx\n\nString\n\nAn x.\n\nStatus code: 400\n\nTable 10";
    assert_eq!(messages(&changed(from, to)).len(), 2);
}

#[test]
fn a_path_can_have_a_query() {
    let line = "PUT /v1/{project_id}/shelves/{shelf_id}\n\nTable 1";
    let page = changed(
        line,
        "PUT /v1/{project_id}/shelves/{shelf_id}?dry_run={dry_run}\n\nTable 1",
    );
    assert_eq!(messages(&page), [""; 0]);
    let path = page.http.as_ref().map(|it| it.value.1.as_str());
    assert_eq!(path, Some("/v1/{project_id}/shelves/{shelf_id}"));
    let places: Vec<_> = page.parameters.iter().map(|(place, _)| *place).collect();
    assert_eq!(places[..3], [Place::Path, Place::Path, Place::Query]);
    let page = changed(
        line,
        "PUT /v1/{project_id}/shelves/{shelf_id}?{dry_run}&force={force}\n\nTable 1",
    );
    assert_eq!(
        messages(&page),
        ["query.force: `force` stands in the request line, and in no table"]
    );
}

#[test]
fn a_section_that_is_missing_may_have_another_name() {
    let markdown = super::ENGLISH.markdown;
    let renamed = markdown.replacen("#### Request Parameters", "#### Input Fields", 1);
    assert_ne!(renamed, markdown);
    let page = read(&renamed);
    assert_eq!(
        messages(&page),
        [
            "page: the section `Input Fields` is not read; it may be another name of a section that is missing: `Request Parameters`"
        ]
    );
    // Its captions tell what its tables list.
    assert_eq!(page.parameters.len(), read(markdown).parameters.len());
}

#[test]
fn an_empty_cell_says_nothing_of_other_rows() {
    let page = read(
        "#### URI\n| Parameter | Mandatory | Type | Description |\n|---|---|---|---|\n\
         | a | Yes | String | A |\n| b | | String | B |\n\n#### Error Codes\n",
    );
    assert_eq!(
        messages(&page),
        ["query.b: whether these are mandatory is missing in this copy: b"]
    );
}

#[test]
fn a_row_can_stand_for_the_items_of_an_array() {
    for name in ["[数组元素]", "[Array element]", "[Array elements]"] {
        let text = PLAIN.replacen(
            "shelf\n\nShelf object",
            &format!("{name}\n\nArray of Shelf objects"),
            1,
        );
        let page = read(&text);
        assert_eq!(messages(&page), [""; 0], "{name}");
        let shelf = CellType::Array(Box::new(CellType::Object("Shelf".to_owned())));
        let reply = &page.responses[0];
        assert!(reply.fields.is_empty(), "{name}");
        assert_eq!(reply.body.as_ref().unwrap().value, shelf, "{name}");
    }
}

#[test]
fn a_type_can_name_its_table_behind_it() {
    let lamp = || CellType::Object("Lamp".to_owned());
    for (cell, ty) in [
        (
            "Array of objects，详情请参看Lamp",
            CellType::Array(Box::new(lamp())),
        ),
        (
            "Array of objects, see Lamp",
            CellType::Array(Box::new(lamp())),
        ),
        ("Object（请参见Lamp）", lamp()),
        ("Object. For details, see the table Lamp.", lamp()),
        ("Lamp object, see Lamp", lamp()),
    ] {
        let page = changed("Lamp object\n", &format!("{cell}\n"));
        let mut rows = page.parameters.iter();
        let (_, row) = rows.find(|(_, row)| row.name.value == "lamp").unwrap();
        assert_eq!(row.ty.as_ref().unwrap().value, ty, "{cell}");
    }
}

#[test]
fn a_type_of_request_and_reply_is_told_by_its_fields() {
    let table = |rows: &str| format!("\n| Parameter | Mandatory | Type |\n|---|---|---|\n{rows}\n");
    let reply = |rows: &str| format!("\n| Parameter | Type |\n|---|---|\n{rows}\n");
    let lamp = "| state | Yes | String |\n| warmth | No | Integer |\n";
    let lamp_of_reply = "| state | String |\n| warmth | Integer |\n| age | Integer |\n";
    let book = "| title | String |\n";
    let text = |replies: &[&str]| {
        let tables: String = replies.iter().map(|it| reply(it)).collect();
        format!(
            "# T\n#### Request Parameters\n{}{}#### Response Parameters\nStatus code: 200\n{}{tables}#### Error Codes\n",
            table("| lamp | No | Lamp object |\n"),
            table(lamp),
            reply("| lamp | Lamp object |\n| book | Book object |\n"),
        )
    };
    let types = |page: &Page| -> Vec<(String, usize)> {
        let types = page.types.iter();
        types
            .map(|it| (it.name.value.clone(), it.fields.len()))
            .collect()
    };
    let both = |lamps: usize| ("Lamp".to_owned(), lamps);
    let again = read(&text(&[lamp_of_reply, book]));
    assert_eq!(
        types(&again),
        [both(2), both(3), ("Book".to_owned(), 1)],
        "{:?}",
        messages(&again)
    );
    let once = read(&text(&[book]));
    assert_eq!(types(&once), [both(2), ("Book".to_owned(), 1)]);
}

#[test]
fn older_templates_are_named() {
    let page = read(
        "# T\n#### URI\nPOST /v1/books\n#### Request Parameters\n\
         | Parameter | Mandatory | Type | Description |\n|---|---|---|---|\n| a | Yes | String | A |\n\n\
         #### Response Parameters\n- If it worked:\n\n| Parameter | Type | Description |\n|---|---|---|\n| b | String | B |\n\n\
         - If it did not:\n\n| Parameter | Type | Description |\n|---|---|---|\n| error_code | String | C |\n\n\
         #### Example Responses\n```\n{}\n```\n#### Status Codes\n- 200\n#### Error Codes\n",
    );
    assert_eq!(
        messages(&page),
        [
            "page: an older template, not read in full (4 places up to line 24): not read: If it worked:",
            "response: an older template, not read in full: the status of this reply is not given: 200 is assumed",
        ]
    );
    assert_eq!(page.responses[0].fields.len(), 1);
    let page = read(
        "#### URI\nGET /v1/books\n\n| Name | Mandatory | Type |\n|---|---|---|\n| a | Yes | String |\n\n\
         #### Response\n\n| Name | Type |\n|---|---|\n| b | String |\n\n#### Error Codes\n",
    );
    let notes = messages(&page);
    assert_eq!(notes.len(), 3, "{notes:?}");
    assert!(notes.iter().all(|it| it.contains("an older template")));
}

#[test]
fn a_page_states_facts_of_its_operation() {
    let function = "Gives a shelf another name.";
    let page = changed(
        function,
        "Gives a shelf another name. This API will be brought offline soon.",
    );
    let line = PLAIN
        .lines()
        .position(|it| it.starts_with(function))
        .unwrap()
        + 1;
    let deprecated = page.deprecated.unwrap();
    assert_eq!((deprecated.value, deprecated.line), (true, line));
    let page = changed(
        "Shelves with lent books keep their names.",
        "The API can be called up to 1,000 times a minute.",
    );
    assert_eq!(page.calls_per_minute.unwrap().value, 1_000);
    assert_eq!(page.deprecated, None);
    let page = changed(
        "\n\nRenaming a Shelf\n",
        "\n\nRenaming a Shelf (Deprecated)\n",
    );
    assert!(page.deprecated.is_some());
}
