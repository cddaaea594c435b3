//! The line with method and path.

use super::Reader;
use crate::facts::{Place, Stated};
use crate::page::words;
use crate::{Address, Subject};

impl Reader {
    /// Takes a line for that with method and path; gives whether it is.
    pub(super) fn request_line(&mut self, line: usize, text: &str) -> bool {
        let Some((method, target)) = http(text) else {
            return false;
        };
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        // `a={a}&b={b}`, or `{a}&{b}`.
        let names = query.split('&').filter_map(|it| it.split('=').next());
        let names = names.map(|it| it.trim_matches(['{', '}', ' ']));
        self.query = names
            .filter(|it| words::may_be_wire_name(it))
            .map(|name| Stated {
                value: name.to_owned(),
                line,
            })
            .collect();
        let value = (method, path.to_owned());
        self.page.http = Some(Stated { value, line });
        true
    }

    /// Says which parameters only the request line has.
    pub(super) fn note_query(&mut self) {
        for name in std::mem::take(&mut self.query) {
            let mut rows = self.page.parameters.iter();
            if !rows.any(|(place, row)| *place == Place::Query && row.name.value == name.value) {
                let at = Address::of(Subject::Query, &name.value);
                let message = format!(
                    "`{}` stands in the request line, and in no table",
                    name.value
                );
                self.note(name.line, at, message);
            }
        }
    }
}

/// Method and path of a request line.
pub(super) fn http(text: &str) -> Option<(String, String)> {
    let (method, target) = text.trim().split_once(' ')?;
    let method = method.to_ascii_uppercase();
    if !matches!(
        method.as_str(),
        "GET" | "POST" | "PUT" | "DELETE" | "PATCH" | "HEAD" | "OPTIONS"
    ) {
        return None;
    }
    let target = target.trim();
    let path = match target.split_once("://") {
        Some((_, rest)) => rest.find('/').and_then(|at| rest.get(at..))?,
        None => target,
    };
    (path.starts_with('/') && !path.contains(' ')).then(|| (method, path.to_owned()))
}
