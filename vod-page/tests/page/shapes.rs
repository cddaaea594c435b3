//! Shapes that pages come in: what is no part of them, and what only looks like another part.

use vod_page::{CellType, Place, read};

use super::{ENGLISH, Form, PLAIN, facts, messages};

#[test]
fn a_menu_above_the_page_is_no_part_of_it() {
    let page = read(&format!(
        "API Overview\n\nStatus Codes\n\nError Codes\n\n{PLAIN}"
    ));
    assert_eq!(messages(&page), [""; 0]);
    assert_eq!(page.parameters.len(), read(PLAIN).parameters.len());
}

#[test]
fn a_page_is_read_in_its_form_whatever_stands_above_it() {
    for Form { name: form, text } in ENGLISH.all() {
        let page = read(text);
        for above in ["<!-- Saved by hand. -->\n", "<a name=\"top\"></a>\n\n"] {
            if form == "plain" {
                continue;
            }
            let found = read(&format!("{above}{text}"));
            assert_eq!(messages(&found), [""; 0], "{form}, {above}");
            assert_eq!(facts(&found), facts(&page), "{form}, {above}");
        }
    }
    // Code may hold lines that read like headings of Markdown.
    let html = "<div><h4>URI</h4><p>GET /v1/shelf</p><pre>\n# List them.\n</pre></div>";
    assert!(read(html).http.is_some());
    assert!(
        read(&format!("<!-- A copy. -->\n<!DOCTYPE html>{html}"))
            .http
            .is_some()
    );
}

#[test]
fn a_description_that_reads_like_a_heading_is_none() {
    for description in ["Error Code", "Status Codes", "Request Parameters"] {
        let page = read(&PLAIN.replacen("Error code.", description, 1));
        assert_eq!(messages(&page), [""; 0], "{description}");
        assert_eq!(page.responses[1].fields[0].description.value, description);
    }
}

#[test]
fn characters_without_a_width_are_no_part_of_a_name() {
    for mark in ["\u{200b}", "\u{ad}", "\u{2060}", "\u{feff}"] {
        for Form { name: form, text } in ENGLISH.all() {
            let found = read(&text.replace("dry_", &format!("dry_{mark}")));
            assert_eq!(facts(&found), facts(&read(text)), "{form}, {mark:?}");
        }
    }
    let html = ENGLISH.html;
    let found = read(&html.replace("dry_", "dry_&shy;&#8203;"));
    assert_eq!(facts(&found), facts(&read(html)));
}

#[test]
fn a_name_can_occur_twice() {
    let page = read(PLAIN);
    let tokens: Vec<_> = page
        .parameters
        .iter()
        .filter(|(place, row)| *place == Place::Header && row.name.value == "X-Auth-Token")
        .map(|(_, row)| row.mandatory.as_ref().map(|cell| cell.value))
        .collect();
    assert_eq!(tokens, [Some(false), Some(true)]);
}

#[test]
fn cells_that_span_rows_count_for_each_of_them() {
    let page = read(
        "<h4>URI</h4><table><tr><th>Action</th><th>Access Level</th><th>Resource Type</th></tr>\
         <tr><td rowspan=\"2\">a:b:c</td><td rowspan=\"2\">Read</td><td>shelves *</td></tr>\
         <tr><td>books</td></tr></table>",
    );
    let resources: Vec<_> = page
        .permissions
        .iter()
        .map(|row| {
            (
                row.action.value.as_str(),
                row.resource.as_ref().unwrap().value.as_str(),
            )
        })
        .collect();
    assert_eq!(resources, [("a:b:c", "shelves *"), ("a:b:c", "books")]);
}

#[test]
fn an_empty_block_of_code_says_nothing() {
    let page = read("# Renaming a Shelf\n\n#### Function\n\n```\n```\n\nRenames a shelf.\n");
    let notes: Vec<_> = page.notes.iter().map(|it| it.line).collect();
    assert_eq!(notes, [8], "{:?}", page.notes);
}

#[test]
fn tables_without_captions_are_told_by_the_types_that_wait() {
    let page = |types: &str| {
        let head =
            "# T\n#### Response Parameters\nStatus code: 200\n\n| Parameter | Type |\n|---|---|\n";
        let tables = "\n| Parameter | Type |\n|---|---|\n| x | String |\n\n#### Error Codes\n";
        read(&format!("{head}{types}{tables}"))
    };
    let certain = page("| a | A object |\n");
    assert_eq!(certain.types[0].name.value, "A");
    assert_eq!(messages(&certain), [""; 0]);
    // Which of the two has no table?
    let uncertain = page("| a | A object |\n| b | B object |\n");
    assert_eq!(uncertain.types[0].name.value, "A");
    assert_eq!(
        messages(&uncertain),
        ["page: tables from here on have no captions, and there is none for `B`"]
    );
    let unknown = page("| a | String |\n");
    assert_eq!(
        messages(&unknown),
        ["page: it is not known what this table lists: x"]
    );
}

/// `Array<String>` in a cell of Markdown is no tag of HTML.
#[test]
fn a_type_with_its_items_in_brackets_is_read_in_markdown() {
    for cell in ["Array<String>", "Array of strings", "List<String>"] {
        let page = read(&format!(
            "# Listing Books\n\n## URI\n\nGET /v1/books\n\n## Request Parameters\n\n\
             **Table 1** Query Parameters\n\n\
             | Parameter | Mandatory | Type | Description |\n|---|---|---|---|\n\
             | id | No | {cell} | Ids of books. |\n"
        ));
        let ty = page.parameters.first().and_then(|(_, row)| row.ty.as_ref());
        let due = CellType::Array(Box::new(CellType::String));
        assert_eq!(ty.map(|it| &it.value), Some(&due), "{cell}");
    }
}
