//! Which operation a page is of.
//!
//! Any of name, method with path, and title can have changed, so the operation that most of them point at wins; where
//! they point at several, the one that shares more names with the page.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use vod_page::{Page, Source, Subject};

use crate::format::rule::Rule;
use crate::model::{Api, Operation, TypeKind};

use super::{Direction, Finding, Level};

/// Why no operation was found.
pub(super) struct Unknown {
    message: String,
    line: usize,
}

/// The operation, or why it is not known.
pub(super) fn operation<'a>(api: &'a Api, page: &Page) -> Result<&'a Operation, Unknown> {
    let names = names_of_page(page);
    let mut candidates: Vec<_> = api
        .operations
        .iter()
        .map(|it| (evidence(it, page), it))
        .filter(|(evidence, _)| *evidence > 0)
        .map(|(evidence, it)| {
            let shared = names_of(api, it).intersection(&names).count();
            (Reverse((evidence, shared)), it)
        })
        .collect();
    candidates.sort_by_key(|(rank, _)| *rank);
    match candidates.as_slice() {
        [(_, only)] => Ok(only),
        [(first, best), (second, _), ..] if first != second => Ok(best),
        [] => Err(unknown(
            page,
            "the description has no operation with the name, the method and path, or the title of this page: \
             draft it with `new`"
                .to_owned(),
        )),
        several => {
            let names: Vec<_> = several.iter().map(|(_, it)| it.name.value.as_str()).collect();
            Err(unknown(
                page,
                format!("the page could be of several operations: {}", names.join(", ")),
            ))
        }
    }
}

/// How much speaks for `operation`. A name is as good as all the rest; a path alone counts where there is no title to
/// contradict it, as another operation can have the same path.
fn evidence(operation: &Operation, page: &Page) -> u32 {
    let name = page
        .operation
        .as_ref()
        .map(|it| it.value == operation.name.value);
    let title = page
        .title
        .as_ref()
        .filter(|_| page.source == Source::EnglishPage);
    let title = title.map(|it| same_title(&it.value, &operation.title));
    let (method, path) = page.http.as_ref().map_or((false, false), |it| {
        let (method, path) = &it.value;
        (method == operation.method.as_str(), *path == operation.path)
    });
    let path_alone = path && name.is_none() && title.is_none();
    4 * u32::from(name == Some(true))
        + 2 * u32::from(title == Some(true))
        + 2 * u32::from(method && path)
        + u32::from(path_alone)
}

/// Whether two titles are the same but for the space between words.
pub(super) fn same_title(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

fn names_of_page(page: &Page) -> BTreeSet<&str> {
    let parameters = page.parameters.iter().map(|(_, row)| row);
    let replies = page.responses.iter().flat_map(|it| &it.fields);
    let types = page.types.iter().flat_map(|it| &it.fields);
    let rows = parameters.chain(replies).chain(types);
    rows.map(|row| row.name.value.as_str()).collect()
}

fn names_of<'a>(api: &'a Api, operation: &'a Operation) -> BTreeSet<&'a str> {
    let parameters = operation.parameters.iter().map(|it| &it.field);
    let types = api.types.iter().filter(|ty| ty.file == operation.file);
    let fields = types.flat_map(|ty| match &ty.kind {
        TypeKind::Object(fields) => fields.as_slice(),
        TypeKind::Enum(_) => &[],
    });
    let all = parameters.chain(operation.reply.fields()).chain(fields);
    all.map(|field| field.name.value.as_str()).collect()
}

fn unknown(page: &Page, message: String) -> Unknown {
    let line = page.title.as_ref().map_or(1, |title| title.line);
    Unknown { message, line }
}

impl Unknown {
    pub(super) fn finding(self) -> Finding {
        Finding {
            rule: Rule::UnknownOperation,
            level: Level::of(Rule::UnknownOperation, Direction::Request),
            at: Subject::Page.into(),
            message: self.message,
            line: self.line,
            spec: None,
            states: None,
            fix: None,
            acknowledged: false,
            pinned: None,
        }
    }
}
