//! The list of operations and the documents of the API Explorer.

use std::collections::BTreeSet;

use serde_json::Value;
use vod_spec::page;

use super::client::{Reply, Version, refused};
use super::layout;
use super::report::{News, What};
use super::sources::{LIST_LIMIT, MAX_BYTES, MAX_ENTRIES, document, is_name, list};
use super::store::Target;
use super::{Address, Problem, Run};

/// The folder of the documents.
const FOLDER: &str = "api-explorer";

/// The code that says that there is no such document.
const NO_DOCUMENT: &str = "APIEXPLORER.1055";

/// Gets the list, and the document of each operation of it.
pub(super) fn fetch(run: &mut Run<'_>) {
    let names = match names(run) {
        Ok(names) => names,
        Err((address, problem)) => {
            let what = What::Problem(problem);
            run.report.document("list", address, what);
            return;
        }
    };
    run.report.listed = Some(names.len());
    compare(run, &names);
    for name in names {
        let address = document(&run.settings.api_explorer, &name);
        let what = match Target::new(FOLDER, &name, "json") {
            Ok(target) => one(run, &target, &name, &address),
            Err(problem) => What::Problem(problem),
        };
        let file = format!("{FOLDER}/{name}.json");
        run.report.document(file, address, what);
    }
}

/// Gets the document of an operation that the list has.
fn one(run: &mut Run<'_>, target: &Target, name: &str, address: &Address) -> What {
    match run.get(target, address, |text| {
        check(name, &text)?;
        let text = layout::lines(&text);
        if text.len() > MAX_BYTES {
            return Err(Problem::TooLarge);
        }
        Ok(text)
    }) {
        // The service has its own way to say so.
        What::Problem(Problem::Code { code, .. }) if code == NO_DOCUMENT => {
            run.removed(target, What::Gone)
        }
        What::Unserved => What::Gone,
        What::Moved(to) => What::Problem(Problem::shape(
            "a document",
            format!("it has moved to {to}"),
        )),
        what => what,
    }
}

/// The names of the list, page by page; else the address that gave no answer, and why.
fn names(run: &mut Run<'_>) -> Result<BTreeSet<String>, (String, Problem)> {
    let mut names = BTreeSet::new();
    let mut seen = 0;
    loop {
        let address = list(&run.settings.api_explorer, seen);
        let page = match run.client.get(&address, &Version::default()) {
            Ok(Reply::Text { text, .. }) => page(&text),
            Ok(Reply::Moved(to)) => Err(Problem::shape("a list", format!("it has moved to {to}"))),
            Ok(Reply::Missing) => Err(Problem::Status(404)),
            Ok(Reply::NotModified) => Err(Problem::Status(304)),
            Err(problem) => Err(problem),
        };
        let page = page.map_err(|problem| (address.to_string(), problem))?;
        seen += page.names.len();
        let (more, count) = (!page.names.is_empty(), page.count);
        names.extend(page.names);
        if count > MAX_ENTRIES || seen > MAX_ENTRIES {
            let found = format!("{} entries", count.max(seen));
            let problem = Problem::shape("at most 2000 entries", found);
            return Err((address.to_string(), problem));
        }
        if seen >= count || !more {
            // A list that lacks one would say that an operation is gone.
            if names.len() == count {
                return Ok(names);
            }
            let found = format!("`count` is {count}, and there are {} names", names.len());
            let problem = Problem::shape("as many different names as `count` says", found);
            return Err((address.to_string(), problem));
        }
    }
}

/// A page of the list.
struct Page {
    count: usize,
    names: Vec<String>,
}

fn page(text: &str) -> Result<Page, Problem> {
    if let Some(problem) = refused(text) {
        return Err(problem);
    }
    let expected = "an object with a number `count` and an array `api_basic_infos` of objects \
                    with a text `name`";
    let wrong = |found: &str| Problem::shape(expected, found);
    let value: Value = serde_json::from_str(text).map_err(|error| wrong(&error.to_string()))?;
    let count = value.get("count").and_then(Value::as_u64);
    let count = count.and_then(|it| usize::try_from(it).ok());
    let count = count.ok_or_else(|| wrong("no number `count`"))?;
    let entries = value.get("api_basic_infos").and_then(Value::as_array);
    let entries = entries.ok_or_else(|| wrong("no array `api_basic_infos`"))?;
    if entries.len() > LIST_LIMIT {
        return Err(wrong(&format!("{} entries at once", entries.len())));
    }
    let name = |entry: &Value| entry.get("name").and_then(Value::as_str).map(str::to_owned);
    let names: Option<Vec<_>> = entries.iter().map(name).collect();
    let names = names.ok_or_else(|| wrong("an entry without a text `name`"))?;
    Ok(Page { count, names })
}

/// Tells which operations are new, and which are gone.
fn compare(run: &mut Run<'_>, listed: &BTreeSet<String>) {
    let described: BTreeSet<&str> = run
        .api
        .operations
        .iter()
        .map(|it| it.name.value.as_str())
        .collect();
    for name in listed {
        if !described.contains(name.as_str()) {
            run.report.news.push(News::NewOperation(name.clone()));
        }
    }
    let had = run.store.state.operations.clone();
    for name in had.difference(listed) {
        run.report.news.push(News::GoneOperation(name.clone()));
        let target = Target::new(FOLDER, name, "json");
        if let Err(problem) = target.and_then(|target| run.store.remove(&target)) {
            run.report.document(name, "", What::Problem(problem));
        }
        // Until nobody describes it any more.
        if !described.contains(name.as_str()) {
            run.store.state.operations.remove(name);
        }
    }
    let unlisted = described
        .iter()
        .filter(|name| !listed.contains(**name) && !had.contains(**name));
    run.report.unlisted = unlisted.map(|name| (*name).to_owned()).collect();
    let known = listed.iter().filter(|name| is_name(name)).cloned();
    run.store.state.operations.extend(known);
}

/// Whether a text is the document of this operation, and can be read.
fn check(name: &str, text: &str) -> Result<(), Problem> {
    if let Some(problem) = refused(text) {
        return Err(problem);
    }
    let expected = "the operation's `name`, and `paths` with a method";
    let wrong = |found: &str| Problem::shape(expected, found);
    let value: Value = serde_json::from_str(text).map_err(|error| wrong(&error.to_string()))?;
    match value.get("name").and_then(Value::as_str) {
        Some(there) if there == name => {}
        Some(there) => return Err(wrong(&format!("the name `{there}`"))),
        None => return Err(wrong("no text `name`")),
    }
    let page = page::read(text);
    match (page.trouble(), &page.http) {
        (Some(why), _) => Err(wrong(why)),
        (None, None) => Err(wrong("no method and path")),
        (None, Some(_)) => Ok(()),
    }
}
