//! The pages of the docs: those that the description names, and those that the menus list besides.

use std::collections::{BTreeMap, BTreeSet};

use vod_spec::page::{self, Page};

use super::client::{Reply, Version};
use super::links::{links, newest_date};
use super::names::Names;
use super::report::What;
use super::sources::{Language, MAX_ENTRIES, is_name};
use super::store::Target;
use super::{Problem, Run};

/// The pages that the menu of a language lists: titles by name.
type Menu = BTreeMap<String, String>;

/// Gets the pages of all languages.
pub(super) fn fetch(run: &mut Run<'_>) {
    let mut names = Names::new(run);
    for language in Language::ALL {
        let menu = menu(run, language);
        if let Some(menu) = &menu {
            history(run, language, menu);
        }
        for name in asked(run, &names, language, menu.as_ref()) {
            one(run, &mut names, language, &name);
        }
    }
    names.tell(run);
}

/// The menu of a language; it has to list pages of the API reference.
fn menu(run: &mut Run<'_>, language: Language) -> Option<Menu> {
    let address = language.menu(&run.settings.docs);
    let read = match run.client.get(&address, &Version::default()) {
        Ok(Reply::Text { text, .. }) => read_menu(run, language, &text),
        Ok(Reply::Moved(to)) => Err(Problem::shape("a menu", format!("it has moved to {to}"))),
        Ok(Reply::Missing) => Err(Problem::Status(404)),
        Ok(Reply::NotModified) => Err(Problem::Status(304)),
        Err(problem) => Err(problem),
    };
    match read {
        Ok(menu) => Some(menu),
        Err(problem) => {
            let name = format!("menu {}", language.folder());
            let what = What::Problem(problem);
            run.report.page(name, address, what);
            None
        }
    }
}

fn read_menu(run: &mut Run<'_>, language: Language, html: &str) -> Result<Menu, Problem> {
    let root = language.menu(&run.settings.docs);
    let mut menu = Menu::new();
    for link in links(html) {
        // The menu has links to the whole service, and the docs may be asked for elsewhere than
        // they are.
        let path = match link.href.strip_prefix(super::sources::DOCS) {
            Some(path) => path.to_owned(),
            None => match root.join(link.href) {
                Ok(to) => to.path().to_owned(),
                Err(_) => continue,
            },
        };
        let path = path.split(['#', '?']).next().unwrap_or_default();
        let Some(name) = language.name_of(path) else {
            continue;
        };
        if is_name(name) {
            menu.insert(name.to_owned(), link.text);
        } else {
            let what = What::Problem(Problem::Name(name.to_owned()));
            run.report.page("link of the menu", root.clone(), what);
        }
    }
    let expected = "links to 1 to 2000 pages of the API reference";
    match menu.len() {
        1..=MAX_ENTRIES => Ok(menu),
        count => Err(Problem::shape(expected, format!("{count} links"))),
    }
}

/// Notes the newest entry of the *Change History*.
fn history(run: &mut Run<'_>, language: Language, menu: &Menu) {
    let mut pages = menu.iter().filter(|(_, title)| language.is_history(title));
    let Some((name, _)) = pages.next() else {
        return;
    };
    let address = language.page(&run.settings.docs, &format!("{name}.html"));
    let expected = "a table with dates `YYYY-MM-DD`";
    let date = match run.client.get(&address, &Version::default()) {
        Ok(Reply::Text { text, .. }) => newest_date(&text)
            .map(str::to_owned)
            .ok_or_else(|| Problem::shape(expected, "no date in a table")),
        Ok(_) => Err(Problem::Status(404)),
        Err(problem) => Err(problem),
    };
    match date {
        Ok(date) => {
            let language = language.folder().to_owned();
            let before = run
                .store
                .state
                .history
                .insert(language.clone(), date.clone());
            run.report.history.insert(language, (date, before));
        }
        Err(problem) => {
            let what = What::Problem(problem);
            run.report.page("Change History", address, what);
        }
    }
}

/// The names to ask for in a language. Without its menu, that may be too many.
fn asked(
    run: &Run<'_>,
    names: &Names,
    language: Language,
    menu: Option<&Menu>,
) -> BTreeSet<String> {
    let listed = |name: &str| menu.is_none_or(|menu| menu.contains_key(name));
    let described = names.described();
    let ours = described
        .filter(|name| listed(name) || names.is_named(language, name))
        .map(str::to_owned);
    let is_history = |title: &str| language.is_history(title);
    let others = menu.into_iter().flatten();
    let others = others.filter(|(_, title)| !is_history(title));
    // What is in the folder must not stay there when it is gone.
    let before = run.store.names(language.folder(), "html");
    ours.chain(others.map(|(name, _)| name.clone()))
        .chain(before)
        .collect()
}

/// Gets one page, in both forms.
fn one(run: &mut Run<'_>, names: &mut Names, language: Language, name: &str) {
    let named = names.is_named(language, name);
    let mut read = Vec::new();
    for ending in ["html", "md"] {
        let Ok(target) = Target::new(language.folder(), name, ending) else {
            continue;
        };
        let address = language.page(&run.settings.docs, &format!("{name}.{ending}"));
        let had = run.store.had(&target);
        let wanted = had || named && ending == "html";
        let what = match run.get(&target, &address, page_of_operation) {
            // Menus list pages about other things as well.
            What::Problem(Problem::NotAPage(_)) if !wanted => {
                run.report.others += usize::from(ending == "html");
                break;
            }
            What::Unserved | What::Moved(_) if !wanted => continue,
            What::Unserved => What::Gone,
            what => what,
        };
        if what.is_here() {
            let text = run.store.read(&target);
            read.extend(text.ok().map(|text| page::read(&text)));
        }
        if ending == "html" {
            names.saw(name, &what);
        }
        if !what.is_here() && !names.is_described(name) {
            run.store.forget(&target);
        }
        run.report.page(target.file(), address, what);
    }
    if !read.is_empty() {
        if read.iter().all(|page| page.updated.is_none()) {
            run.report
                .undated
                .push(format!("{}/{name}", language.folder()));
        }
        names.read(run, name, &read);
    }
}

/// The text, if it is the page of an operation.
fn page_of_operation(text: String) -> Result<String, Problem> {
    let page: Page = page::read(&text);
    if let Some(why) = page.trouble() {
        return Err(Problem::NotAPage(why.to_owned()));
    }
    match page.http {
        Some(_) => Ok(text),
        None => Err(Problem::NotAPage("it has no method and path".to_owned())),
    }
}
