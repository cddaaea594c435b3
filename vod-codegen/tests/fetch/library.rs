//! A service of ours: a library. Its description, its documents and its pages.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::server::{Replies, Reply};

/// Its operations: name, method and path.
pub(crate) const OPERATIONS: [(&str, &str, &str); 6] = [
    ("LendBook", "POST", "/v1/{project_id}/loans"),
    ("ListBooks", "GET", "/v1/{project_id}/books"),
    ("ListLoans", "GET", "/v1/{project_id}/loans"),
    ("RenameShelf", "PUT", "/v1/{project_id}/shelves"),
    ("ReturnBook", "DELETE", "/v1/{project_id}/loans"),
    ("ShowReader", "GET", "/v1/{project_id}/readers"),
];

const SERVICE: &str = "\
service: LIBRARY
title: Library
endpoint: https://library.{region}.example.com
regions:
  first-1: First Region1
project_id: Project that a call acts on.
auth:
  token:
    doc: A token.
    headers:
      X-Auth-Token: { doc: The token., sensitive: true }
query_arrays:
  style: repeat
  basis: inferred
  because: There is no service behind this.
error:
  error_code: { type: string, doc: Code of the error. }
sections:
  Lending: Lends books.
";

/// Writes the description of these operations.
pub(crate) fn describe(folder: &Path, operations: &[(&str, &str, &str)]) {
    fs::create_dir_all(folder.join("lending")).unwrap();
    fs::write(folder.join("service.yaml"), SERVICE).unwrap();
    for (name, method, path) in operations {
        let text = format!(
            "operation: {name}\n\
             title: About {name}\n\
             section: Lending\n\
             updated: 2026-01-02\n\
             page: https://support.huaweicloud.com/intl/en-us/api-vod/{name}.html\n\
             summary: Does what the name says.\n\n\
             http: {method} {path}\n\
             auth: [token]\n\n\
             responses:\n  \
               200: {{ doc: It worked. }}\n"
        );
        fs::write(
            folder.join("lending").join(format!("{}.yaml", kebab(name))),
            text,
        )
        .unwrap();
    }
}

fn kebab(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !text.is_empty() {
            text.push('-');
        }
        text.push(c.to_ascii_lowercase());
    }
    text
}

/// The list of these operations from `offset` on, of `count` in all.
pub(crate) fn list(names: &[&str], count: usize) -> Reply {
    let mut entries = String::new();
    for name in names {
        let comma = if entries.is_empty() { "" } else { "," };
        let _ = write!(entries, r#"{comma}{{"name":"{name}","method":"get"}}"#);
    }
    Reply::new(
        200,
        format!(r#"{{"count":{count},"api_basic_infos":[{entries}]}}"#),
    )
}

pub(crate) fn document(name: &str, words: &str) -> Reply {
    Reply::new(
        200,
        format!(r#"{{"name":"{name}","paths":{{"/v1/x":{{"get":{{"description":"{words}"}}}}}}}}"#),
    )
}

/// A page in HTML.
pub(crate) fn html((name, method, path): (&str, &str, &str), words: &str) -> Reply {
    Reply::new(
        200,
        format!(
            "<html><body><h1>About {name}</h1><p>Updated on 2026-01-02 GMT+08:00</p>\
             <h4>Function</h4><p>{words}</p><h4>URI</h4><p>{method} {path}</p></body></html>"
        ),
    )
}

/// The same in Markdown.
pub(crate) fn markdown((name, method, path): (&str, &str, &str)) -> Reply {
    Reply::new(
        200,
        format!("# About {name}\n\n#### Function\nLends.\n\n#### URI\n{method} {path}\n"),
    )
}

/// The menu of a language, with these pages.
pub(crate) fn menu(folder: &str, names: &[&str]) -> Reply {
    let mut links =
        String::from("<ul><li><a href=\"/intl/en-us/usermanual-vod/x.html\">More</a></li>");
    for name in names {
        let title = match *name {
            "Changes" => "Change History",
            name => name,
        };
        let _ = write!(
            links,
            "<li><a target=\"_self\" href=\"https://support.huaweicloud.com{folder}/{name}.html\">\n\
             {title}</a></li>"
        );
    }
    Reply::new(200, links + "</ul>")
}

pub(crate) const LIST: &str = "/explorer/v3/apis?offset=0&limit=100&product_short=VOD";

pub(crate) fn document_path(name: &str) -> String {
    format!("/explorer/v4/apis/detail?product_short=VOD&name={name}&region_id=cn-north-4")
}

pub(crate) fn page_path(file: &str) -> String {
    format!("/intl/en-us/api-vod/{file}")
}

/// What the vendor serves on a quiet day: all operations, with ETags.
pub(crate) fn quiet() -> Replies {
    let names = OPERATIONS.map(|(name, ..)| name);
    let etag =
        |reply: Reply, name: &str| reply.with("ETag", format!("\"{}\"", name.to_lowercase()));
    let mut replies = Replies::new();
    let mut serve = |path: String, reply| replies.insert(path, vec![reply]);
    serve(
        "/robots.txt".to_owned(),
        Reply::new(200, "User-agent: *\nDisallow: /search\n"),
    );
    serve(LIST.to_owned(), list(&names[..4], 6));
    serve(LIST.replace("offset=0", "offset=4"), list(&names[4..], 6));
    for operation in OPERATIONS {
        let name = operation.0;
        serve(document_path(name), etag(document(name, "Lends."), name));
        let page = html(operation, "Lends.");
        serve(page_path(&format!("{name}.html")), etag(page, name));
    }
    serve(
        page_path("LendBook.md"),
        etag(markdown(OPERATIONS[0]), "lend.md"),
    );
    let pages: Vec<&str> = names.into_iter().chain(["Changes", "Terms"]).collect();
    serve(
        "/intl/en-us/vod/v3_support_leftmenu_fragment.html".to_owned(),
        menu("/intl/en-us/api-vod", &pages),
    );
    serve(
        "/vod/v3_support_leftmenu_fragment.html".to_owned(),
        menu("/api-vod", &["LendBook"]),
    );
    let chinese = "# 借出图书 - LendBook\n\n#### 功能介绍\n借出一本书。\n\n#### URI\n\
                   POST /v1/{project_id}/loans\n";
    serve("/api-vod/LendBook.md".to_owned(), Reply::new(200, chinese));
    let history =
        "<h1>Change History</h1><table><tr><td>2026-01-02</td><td>First.</td></tr></table>";
    serve(page_path("Changes.html"), Reply::new(200, history));
    serve(
        page_path("Terms.html"),
        Reply::new(200, "<h1>Terms</h1><p>Words.</p>"),
    );
    replies
}
