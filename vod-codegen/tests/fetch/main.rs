//! Downloads from a server on this machine.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod library;
#[cfg(unix)]
mod nightly;
mod server;
mod troubles;

use std::fs;
use std::path::Path;
use std::time::Duration;

use vod_codegen::fetch::{self, Address, Clock, Problem, Report, Settings, Verdict};

use self::library::{OPERATIONS, describe, document, document_path, html, list, page_path, quiet};
use self::server::{Replies, Reply, Server};

/// A clock that lets no time pass but that which is waited for.
#[derive(Debug, Default)]
struct Watch {
    now: Duration,
    waits: Vec<Duration>,
}

impl Clock for Watch {
    fn now(&self) -> Duration {
        self.now
    }

    fn wait(&mut self, time: Duration) {
        self.now += time;
        self.waits.push(time);
    }
}

/// A described library, a server and a folder.
struct World {
    server: Server,
    folder: tempfile::TempDir,
    clock: Watch,
}

impl World {
    fn new(replies: Replies) -> Self {
        let folder = tempfile::tempdir().unwrap();
        describe(&folder.path().join("spec"), &OPERATIONS);
        Self {
            server: Server::start(replies),
            folder,
            clock: Watch::default(),
        }
    }

    fn try_fetch(&mut self) -> Result<Report, Problem> {
        let api = vod_spec::load_dir(&self.folder.path().join("spec")).unwrap();
        let settings = Settings {
            api_explorer: Address::parse(&format!("{}/explorer", self.server.url)).unwrap(),
            docs: Address::parse(&self.server.url).unwrap(),
            pause: Duration::from_secs(1),
        };
        fetch::fetch(&api, &self.pages(), &settings, &mut self.clock)
    }

    fn fetch(&mut self) -> Report {
        self.try_fetch().unwrap()
    }

    fn pages(&self) -> std::path::PathBuf {
        self.folder.path().join("pages")
    }

    /// The report for people, with the server's address as a word.
    fn text(&self, report: &Report) -> String {
        report.text().replace(&self.server.url, "SERVER")
    }
}

/// All files below a folder, sorted.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|it| format!("{name}/{it}")));
        } else {
            found.push(name);
        }
    }
    found.sort();
    found
}

#[test]
fn the_first_run_gets_everything() {
    let mut world = World::new(quiet());
    let report = world.fetch();
    insta::assert_snapshot!("first_run", world.text(&report));
    insta::assert_snapshot!("first_run_files", files(&world.pages()).join("\n"));
    assert_eq!(report.verdict(), Verdict::Complete);
}

#[test]
fn the_second_run_asks_only_for_what_has_changed() {
    let mut world = World::new(quiet());
    world.fetch();
    let before = fs::read_to_string(world.pages().join(".fetched.json")).unwrap();
    world.server.requests();
    let report = world.fetch();
    insta::assert_snapshot!("second_run", world.text(&report));
    let after = fs::read_to_string(world.pages().join(".fetched.json")).unwrap();
    assert_eq!(before, after);
    let requests = world.server.requests();
    let conditional = |request: &&Vec<String>| {
        let mut lines = request.iter();
        lines.any(|line| line.to_ascii_lowercase().starts_with("if-none-match: "))
    };
    // Six documents, six pages in HTML, one in Markdown.
    assert_eq!(requests.iter().filter(conditional).count(), 13);
}

/// Three changed, one gone, one new, one renamed, one refused for its rate and then served; the
/// others as they were.
fn busy(replies: &mut Replies) {
    let [lend, books, loans, ..] = OPERATIONS;
    let names = [
        "LendBook",
        "ListBooks",
        "ListLoans",
        "RenameShelf",
        "ReturnBook",
        "MendBook",
    ];
    replies.insert(library::LIST.to_owned(), vec![list(&names, 6)]);
    replies.insert(document_path(lend.0), vec![document(lend.0, "Lends two.")]);
    replies.insert(
        document_path(books.0),
        vec![document(books.0, "Lists more.")],
    );
    replies.insert(
        document_path("MendBook"),
        vec![document("MendBook", "Mends.")],
    );
    let refusal = r#"{"error_code":"APIGW.0308","error_msg":"limit:5,time:5 second"}"#;
    let served = document(loans.0, "Lends.").with("ETag", "\"listloans\"");
    replies.insert(
        document_path(loans.0),
        vec![Reply::new(429, refusal), served],
    );
    replies.insert(page_path("LendBook.html"), vec![html(lend, "Lends two.")]);
    replies.remove(&page_path("ReturnBook.html"));
    replies.remove(&page_path("RenameShelf.html"));
    let renamed = ("RenameShelf", "PUT", "/v1/{project_id}/shelves");
    let mend = ("MendBook", "POST", "/v1/{project_id}/repairs");
    let pages = [
        "LendBook",
        "ListBooks",
        "ListLoans",
        "Shelves",
        "ShowReader",
        "MendBook",
        "Changes",
    ];
    replies.insert(page_path("Shelves.html"), vec![html(renamed, "Renames.")]);
    replies.insert(page_path("MendBook.html"), vec![html(mend, "Mends.")]);
    replies.insert(
        "/intl/en-us/vod/v3_support_leftmenu_fragment.html".to_owned(),
        vec![library::menu("/intl/en-us/api-vod", &pages)],
    );
    let history = "<table><tr><td>2026-03-04</td></tr><tr><td>2026-01-02</td></tr></table>";
    replies.insert(page_path("Changes.html"), vec![Reply::new(200, history)]);
}

#[test]
fn a_run_tells_what_is_new_changed_renamed_and_gone() {
    let mut world = World::new(quiet());
    world.fetch();
    world.server.change(busy);
    let report = world.fetch();
    insta::assert_snapshot!("busy_text", world.text(&report));
    insta::assert_snapshot!(
        "busy_markdown",
        report.markdown().replace(&world.server.url, "SERVER")
    );
    insta::assert_snapshot!(
        "busy_json",
        report.json().replace(&world.server.url, "SERVER")
    );
    assert_eq!(report.verdict(), Verdict::News);
    // Nothing is compared with what is gone.
    let files = files(&world.pages());
    assert!(!files.iter().any(|it| it == "en-us/ReturnBook.html"));
    assert!(!files.iter().any(|it| it == "api-explorer/ShowReader.json"));

    // What is gone is told until the description is edited; what has changed is told once.
    let again = world.fetch();
    insta::assert_snapshot!("busy_again", world.text(&again));
}

#[test]
fn what_was_new_and_goes_again_leaves_nothing_behind() {
    let mut world = World::new(quiet());
    world.fetch();
    world.server.change(busy);
    world.fetch();
    assert!(world.pages().join("en-us/MendBook.html").exists());
    world.server.change(|replies| {
        replies.clear();
        replies.extend(quiet());
    });
    let report = world.fetch();
    insta::assert_snapshot!("gone_again", world.text(&report));
    let again = world.fetch();
    insta::assert_snapshot!("gone_for_good", world.text(&again));
    let files = files(&world.pages());
    assert!(
        !files
            .iter()
            .any(|it| it.contains("MendBook") || it.contains("Shelves"))
    );
}

#[test]
fn requests_keep_their_pace_and_name_the_project() {
    let mut world = World::new(quiet());
    world.fetch();
    let requests = world.server.requests();
    let pauses = world
        .clock
        .waits
        .iter()
        .filter(|it| **it == Duration::from_secs(1));
    assert_eq!(pauses.count(), requests.len() - 1);
    assert_eq!(requests[0][0], "GET /robots.txt HTTP/1.1");
    let robots = requests.iter().filter(|it| it[0].contains("robots.txt"));
    assert_eq!(robots.count(), 1);
    for request in &requests {
        let mut lines = request.iter().map(|line| line.to_ascii_lowercase());
        let agent = lines.find(|line| line.starts_with("user-agent: ")).unwrap();
        let version = env!("CARGO_PKG_VERSION");
        assert!(
            agent.starts_with(&format!("user-agent: vod-codegen/{version} (")),
            "{agent}"
        );
    }
}
