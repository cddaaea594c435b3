//! What goes wrong: it is told, and nothing is taken for news.

use std::fs;
use std::time::Duration;

use vod_codegen::fetch::Verdict;

use super::library::{LIST, document_path, list, page_path, quiet};
use super::server::Reply;
use super::{World, files};

const MENU: &str = "/intl/en-us/vod/v3_support_leftmenu_fragment.html";

#[test]
fn what_cannot_be_used_is_told_and_not_stored() {
    let mut replies = quiet();
    let mut serve = |path: String, reply| replies.insert(path, vec![reply]);
    serve(
        "/robots.txt".to_owned(),
        Reply::new(200, "User-agent: *\nDisallow: /*ListLoans.html\n"),
    );
    let elsewhere = "https://elsewhere.example.com/LendBook.html";
    serve(
        page_path("LendBook.html"),
        Reply::new(302, "").with("Location", elsewhere),
    );
    serve(
        page_path("ListBooks.html"),
        Reply::new(200, "x".repeat((4 << 20) + 1)),
    );
    serve(
        page_path("RenameShelf.html"),
        Reply::new(302, "").with("Location", "RenameShelf.html"),
    );
    serve(
        page_path("ReturnBook.html"),
        Reply::new(301, "").with("Location", "Returns.html"),
    );
    serve(page_path("Returns.html"), Reply::new(200, "moved"));
    serve(
        page_path("ShowReader.html"),
        Reply::new(200, "<h1>Sorry</h1><p>Come back.</p>"),
    );
    serve(
        document_path("LendBook"),
        Reply::new(200, "<html>Sign in</html>"),
    );
    serve(
        document_path("ListBooks"),
        Reply::new(200, r#"{"name":"ListBooks","routes":[]}"#),
    );
    serve(
        document_path("ListLoans"),
        Reply::new(200, r#"{"name":"ListBooks","paths":{"a":1}}"#),
    );
    let none = r#"{"error_code":"APIEXPLORER.1055","error_msg":"no such document"}"#;
    serve(document_path("RenameShelf"), Reply::new(400, none));
    let other = r#"{"error_code":"APIEXPLORER.0001","error_msg":"no\u001b[31m `entry`"}"#;
    serve(document_path("ReturnBook"), Reply::new(200, other));
    serve(
        document_path("ShowReader"),
        Reply::new(503, "").with("Retry-After", "9"),
    );
    let mut world = World::new(replies);
    let report = world.fetch();
    insta::assert_snapshot!("troubles_text", world.text(&report));
    let markdown = report.markdown().replace(&world.server.url, "SERVER");
    insta::assert_snapshot!("troubles_markdown", markdown);
    assert_eq!(report.verdict(), Verdict::Incomplete);
    assert_eq!(
        files(&world.pages()),
        [".fetched.json", "en-us/LendBook.md", "zh-cn/LendBook.md"]
    );
    let nine = world
        .clock
        .waits
        .iter()
        .filter(|it| **it == Duration::from_secs(9));
    assert_eq!(nine.count(), 4);
}

#[test]
fn a_list_of_an_unknown_shape_is_no_list_without_operations() {
    let name = |name: &str| format!(r#"{{"count":1,"api_basic_infos":[{{"name":{name}}}]}}"#);
    let cases = [
        ("not JSON", "<html>".to_owned()),
        ("no count", r#"{"api_basic_infos":[]}"#.to_owned()),
        ("no entries", r#"{"count":1,"apis":[]}"#.to_owned()),
        (
            "fewer than counted",
            r#"{"count":1,"api_basic_infos":[]}"#.to_owned(),
        ),
        ("a name that is no text", name("7")),
        (
            "one twice",
            r#"{"count":2,"api_basic_infos":[{"name":"A"},{"name":"A"}]}"#.to_owned(),
        ),
        (
            "a refusal",
            r#"{"error_code":"APIEXPLORER.0002","error_msg":"no"}"#.to_owned(),
        ),
        (
            "more than any",
            r#"{"count":1000000,"api_basic_infos":[{"name":"A"}]}"#.to_owned(),
        ),
    ];
    let mut told = String::new();
    for (case, body) in cases {
        let mut world = World::new(quiet());
        world.fetch();
        world.server.change(|replies| {
            replies.insert(LIST.to_owned(), vec![Reply::new(200, body)]);
        });
        let report = world.fetch();
        assert_eq!(report.verdict(), Verdict::Incomplete, "{case}");
        assert_eq!(report.news, [], "{case}");
        let text = world.text(&report);
        let line = text.lines().find(|it| it.starts_with("failed: list"));
        told += &format!("{case}\n  {}\n", line.unwrap());
        assert!(world.pages().join("api-explorer/LendBook.json").exists());
    }
    insta::assert_snapshot!("lists", told);
}

#[test]
fn a_name_that_leads_out_of_the_folder_is_refused() {
    let mut world = World::new(quiet());
    world.server.change(|replies| {
        let names = ["../x", "LendBook", "..", "a/b", "C:x"];
        replies.insert(LIST.to_owned(), vec![list(&names, 5)]);
        let links = "<a href=\"/intl/en-us/api-vod/../../x.html\">x</a>\
                     <a href=\"/intl/en-us/api-vod/LendBook.html\">y</a>";
        replies.insert(MENU.to_owned(), vec![Reply::new(200, links)]);
    });
    let report = world.fetch();
    let text = world.text(&report);
    let refused: Vec<_> = text
        .lines()
        .filter(|it| it.starts_with("refused"))
        .collect();
    insta::assert_snapshot!("names", refused.join("\n"));
    assert_eq!(report.verdict(), Verdict::Incomplete);
    let all = files(world.folder.path());
    let outside = all
        .iter()
        .filter(|it| !it.starts_with("pages/") && !it.starts_with("spec/"));
    assert_eq!(outside.count(), 0);
}

#[test]
fn a_host_that_fails_all_the_time_is_given_up() {
    let mut world = World::new(quiet());
    world.server.change(|replies| {
        for (path, them) in replies.iter_mut() {
            if path != "/robots.txt" {
                *them = vec![Reply::new(500, "")];
            }
        }
    });
    let report = world.fetch();
    let text = world.text(&report);
    insta::assert_snapshot!("given_up", text);
    assert_eq!(report.verdict(), Verdict::Incomplete);
    // robots.txt, and three addresses with five tries each.
    assert_eq!(world.server.requests().len(), 16);
}

#[test]
fn a_host_that_asks_for_a_long_time_is_left_alone() {
    let mut world = World::new(quiet());
    world.server.change(|replies| {
        let later = Reply::new(429, "").with("Retry-After", "86400");
        replies.insert(LIST.to_owned(), vec![later]);
    });
    let report = world.fetch();
    let text = world.text(&report);
    assert!(
        text.contains("failed: list: the server asks to wait 86400 seconds"),
        "{text}"
    );
    // robots.txt, and the list.
    assert_eq!(world.server.requests().len(), 2);
}

#[test]
fn without_the_rules_of_a_host_nothing_of_it_is_asked() {
    let mut world = World::new(quiet());
    world.server.change(|replies| {
        replies.insert("/robots.txt".to_owned(), vec![Reply::new(500, "")]);
    });
    let report = world.fetch();
    let text = world.text(&report);
    assert!(
        text.contains("robots.txt of the host cannot be read: HTTP status 500"),
        "{text}"
    );
    assert_eq!(world.server.requests().len(), 5);
}

#[test]
fn a_menu_without_pages_is_no_menu() {
    let mut world = World::new(quiet());
    world.server.change(|replies| {
        replies.insert(MENU.to_owned(), vec![Reply::new(200, "<p>Welcome</p>")]);
    });
    let report = world.fetch();
    let text = world.text(&report);
    let line = text.lines().find(|it| it.starts_with("failed")).unwrap();
    insta::assert_snapshot!("menu", line);
    // The pages that the description names are got all the same.
    assert!(world.pages().join("en-us/ShowReader.html").exists());
}

#[test]
fn a_file_of_an_earlier_run_that_cannot_be_read_is_named() {
    let mut world = World::new(quiet());
    fs::create_dir(world.pages()).unwrap();
    fs::write(world.pages().join(".fetched.json"), "{}").unwrap();
    let error = world.try_fetch().unwrap_err().to_string();
    assert!(
        error.contains(".fetched.json") && error.contains("no object `files`"),
        "{error}"
    );
}
