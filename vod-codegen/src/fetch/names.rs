//! Which page is whose: the pages that the description names, and what became of them.

use std::collections::{BTreeMap, BTreeSet};

use vod_spec::model::{Api, Operation};
use vod_spec::page::Page;

use super::report::{News, What};
use super::sources::{DOCS, Language, page_name};
use super::{Address, Problem, Run};

/// The pages of operations.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Those that the description names: operations by name of the page.
    described: BTreeMap<String, String>,
    /// The languages whose address the description has.
    named: BTreeSet<(Language, String)>,
    /// What became of each that was asked for, in the language where it went best.
    seen: BTreeMap<String, Seen>,
    /// The operations of pages that the description does not name.
    strangers: BTreeMap<String, Stranger>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Seen {
    Missing,
    Unsure,
    Served,
}

#[derive(Debug)]
struct Stranger {
    /// The operation as the page or the description has it, if either does.
    operation: Option<String>,
    described: bool,
}

impl Names {
    pub(super) fn new(run: &mut Run<'_>) -> Self {
        let mut names = Self::default();
        for operation in &run.api.operations {
            let Some(page) = &operation.page else {
                continue;
            };
            let Some(name) = page_name(page) else {
                let address = Address::parse(page);
                let problem = address.map_or_else(|problem| problem, Problem::Host);
                let what = What::Problem(problem);
                run.report.page(operation.name.value.clone(), page, what);
                continue;
            };
            let path = page.strip_prefix(DOCS).unwrap_or_default();
            let mut languages = Language::ALL.into_iter();
            let language = languages.find(|it| it.name_of(path).is_some());
            // In whatever other language it was found, the English one is the first to look for.
            let language = language.unwrap_or(Language::English);
            names.named.insert((language, name.to_owned()));
            names
                .described
                .insert(name.to_owned(), operation.name.value.clone());
        }
        names
    }

    /// The names of pages that the description has.
    pub(super) fn described(&self) -> impl Iterator<Item = &str> {
        self.described.keys().map(String::as_str)
    }

    /// Whether the description names the page in any language.
    pub(super) fn is_described(&self, name: &str) -> bool {
        self.described.contains_key(name)
    }

    /// Whether the description names the page in this language.
    pub(super) fn is_named(&self, language: Language, name: &str) -> bool {
        self.named.contains(&(language, name.to_owned()))
    }

    /// Notes what became of a page in one of the languages.
    pub(super) fn saw(&mut self, name: &str, what: &What) {
        let seen = match what {
            What::Gone | What::Unserved | What::Moved(_) => Seen::Missing,
            What::Problem(_) => Seen::Unsure,
            What::New | What::Changed | What::Same => Seen::Served,
        };
        let known = self.seen.entry(name.to_owned()).or_insert(seen);
        *known = seen.max(*known);
    }

    /// Notes whose page it is, in whichever forms it was got.
    pub(super) fn read(&mut self, run: &Run<'_>, name: &str, forms: &[Page]) {
        if self.described.contains_key(name) {
            return;
        }
        let operation = forms.iter().find_map(|page| operation(run.api, page));
        let stated = forms.iter().find_map(|page| page.operation.as_ref());
        let stranger = Stranger {
            described: operation.is_some(),
            operation: operation
                .map(|it| it.name.value.clone())
                .or_else(|| stated.map(|it| it.value.clone())),
        };
        self.strangers.insert(name.to_owned(), stranger);
    }

    /// Tells which pages are new, have another name, or are gone in all languages.
    pub(super) fn tell(self, run: &mut Run<'_>) {
        let mut vanished: BTreeMap<&str, &str> = self
            .described
            .iter()
            .filter(|(name, _)| self.seen.get(*name) == Some(&Seen::Missing))
            .map(|(name, operation)| (operation.as_str(), name.as_str()))
            .collect();
        let has_page = |operation: &str| self.described.values().any(|it| it == operation);
        for (name, stranger) in &self.strangers {
            let operation = stranger.operation.as_deref();
            let from = operation.and_then(|it| vanished.remove_entry(it));
            let news = match from {
                Some((operation, from)) => News::RenamedPage {
                    operation: operation.to_owned(),
                    from: from.to_owned(),
                    to: name.clone(),
                },
                // Some operations have two pages.
                None if stranger.described && operation.is_some_and(has_page) => continue,
                None => News::NewPage {
                    name: name.clone(),
                    operation: stranger.operation.clone(),
                },
            };
            run.report.news.push(news);
        }
        for (operation, name) in vanished {
            let (operation, name) = (operation.to_owned(), name.to_owned());
            run.report.news.push(News::GonePage { operation, name });
        }
    }
}

/// The operation that a page describes: by its name, else by method and path.
fn operation<'a>(api: &'a Api, page: &Page) -> Option<&'a Operation> {
    let named = page.operation.as_ref().and_then(|name| {
        let mut operations = api.operations.iter();
        operations.find(|it| it.name.value == name.value)
    });
    let by_path = || {
        let (method, path) = &page.http.as_ref()?.value;
        let mut operations = api.operations.iter();
        operations.find(|it| it.method.as_str() == method && bare(&it.path) == bare(path))
    };
    named.or_else(by_path)
}

/// The path without what stands in braces, which pages spell differently.
fn bare(path: &str) -> String {
    let mut inside = false;
    let keep = |c: &char| {
        let was_inside = inside;
        inside = match c {
            '{' => true,
            '}' => false,
            _ => inside,
        };
        !(was_inside && inside)
    };
    path.trim_end_matches('/').chars().filter(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_braces_do_not_count() {
        assert_eq!(bare("/v1/{project_id}/books/{id}/"), "/v1/{}/books/{}");
        assert_eq!(bare("/v1/{a"), "/v1/{");
    }
}
