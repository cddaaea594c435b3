//! The report for people and for programs.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Map, Value, json};
use vod_spec::visible;

use super::{Entry, News, Report, Source, Verdict, What};

/// How many names of one kind are listed for people.
const MAX_NAMES: usize = 100;

/// How many are named that have the same in their way.
const MAX_ALIKE: usize = 3;

/// What people should see of a document or page.
struct Line {
    word: &'static str,
    name: String,
    detail: Option<String>,
}

impl Line {
    fn of(entry: &Entry) -> Self {
        Self {
            word: word(&entry.what),
            name: entry.name.clone(),
            detail: detail(entry),
        }
    }
}

impl Source {
    const ALL: [Self; 2] = [Self::ApiExplorer, Self::Docs];

    fn title(self) -> &'static str {
        match self {
            Self::ApiExplorer => "API Explorer",
            Self::Docs => "Pages",
        }
    }
}

impl Verdict {
    fn sentence(self) -> &'static str {
        match self {
            Self::Complete => "All was got.",
            Self::News => "All was got; something was added, removed or renamed.",
            Self::Incomplete => "INCOMPLETE: something was not got, so nothing follows for it.",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::News => "news",
            Self::Incomplete => "incomplete",
        }
    }
}

impl News {
    /// A sentence of it; names are as `code` writes them.
    fn sentence(&self, code: impl Fn(&str) -> String) -> String {
        match self {
            Self::NewOperation(name) => {
                format!(
                    "{} is in the list of operations and is not described",
                    code(name)
                )
            }
            Self::GoneOperation(name) => {
                format!("{} is not in the list of operations any more", code(name))
            }
            Self::NewPage { name, operation } => {
                let operation = operation.as_deref().map(&code);
                let of = operation.unwrap_or_else(|| "an operation".to_owned());
                format!(
                    "{} is a page of {of} that the description does not name",
                    code(name)
                )
            }
            Self::RenamedPage {
                operation,
                from,
                to,
            } => {
                format!(
                    "the page of {} is now {}, and was {}",
                    code(operation),
                    code(to),
                    code(from)
                )
            }
            Self::GonePage { operation, name } => {
                format!("the page {} of {} is gone", code(name), code(operation))
            }
        }
    }

    fn word(&self) -> &'static str {
        match self {
            Self::NewOperation(_) => "new-operation",
            Self::GoneOperation(_) => "gone-operation",
            Self::NewPage { .. } => "new-page",
            Self::RenamedPage { .. } => "renamed-page",
            Self::GonePage { .. } => "gone-page",
        }
    }
}

impl Report {
    /// For a terminal.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for source in Source::ALL {
            let counts = self.tally(source).counts();
            let counts = counts
                .map(|(name, count)| format!("{name} {count}"))
                .join(", ");
            let _ = writeln!(out, "{}: {counts}", source.title());
        }
        for news in &self.news {
            let _ = writeln!(
                out,
                "news: {}",
                news.sentence(|it| visible(it).into_owned())
            );
        }
        for Line { word, name, detail } in self.lines() {
            let detail = detail.map_or_else(String::new, |it| format!(": {it}"));
            let _ = writeln!(out, "{word}: {name}{detail}", name = visible(&name));
        }
        for note in self.notes(|it| visible(it).into_owned()) {
            let _ = writeln!(out, "note: {note}");
        }
        let _ = writeln!(out, "{}", self.verdict().sentence());
        out
    }

    /// For an issue.
    pub fn markdown(&self) -> String {
        let mut out = format!("{}\n\n", self.verdict().sentence());
        let names = self.tally(Source::Docs).counts().map(|(name, _)| name);
        let _ = writeln!(out, "| | {} |", names.join(" | "));
        let _ = writeln!(out, "|---|{}", "---:|".repeat(names.len()));
        for source in Source::ALL {
            let counts = self
                .tally(source)
                .counts()
                .map(|(_, count)| count.to_string());
            let _ = writeln!(out, "| {} | {} |", source.title(), counts.join(" | "));
        }
        if !self.news.is_empty() {
            out.push_str("\n### News\n\n");
        }
        for news in &self.news {
            let _ = writeln!(out, "- {}", news.sentence(code));
        }
        let lines = self.lines();
        if !lines.is_empty() {
            out.push_str("\n### Files\n\n");
        }
        for Line { word, name, detail } in lines.iter().take(MAX_NAMES) {
            let name = code(name);
            let detail = detail
                .as_ref()
                .map_or_else(String::new, |it| format!(": {}", code(it)));
            let _ = writeln!(out, "- {word}: {name}{detail}");
        }
        let more = lines.len().saturating_sub(MAX_NAMES);
        if more > 0 {
            let _ = writeln!(out, "- and {more} more");
        }
        let notes = self.notes(code);
        if !notes.is_empty() {
            out.push_str("\n### Notes\n\n");
        }
        for note in notes {
            let _ = writeln!(out, "- {note}");
        }
        out
    }

    /// For other programs. Its keys are stable.
    pub fn json(&self) -> String {
        let sources = [
            ("api_explorer", Source::ApiExplorer),
            ("docs", Source::Docs),
        ];
        let counts: Map<String, Value> = sources
            .map(|(name, source)| {
                let counts = self.tally(source).counts();
                let counts: Map<_, _> = counts
                    .into_iter()
                    .map(|(name, count)| (name.replace(' ', "_"), json!(count)))
                    .collect();
                (name.to_owned(), Value::Object(counts))
            })
            .into_iter()
            .collect();
        let entries: Vec<_> = self
            .entries
            .iter()
            .map(|it| {
                let why = match &it.what {
                    What::Problem(problem) => Some(problem.to_string()),
                    What::Moved(to) => Some(to.to_string()),
                    _ => None,
                };
                json!({
                    "name": it.name,
                    "address": it.address,
                    "what": word(&it.what).replace(' ', "_"),
                    "why": why,
                })
            })
            .collect();
        let news: Vec<_> = self
            .news
            .iter()
            .map(|it| json!({ "kind": it.word(), "message": it.sentence(str::to_owned) }))
            .collect();
        let value = json!({
            "verdict": self.verdict().word(),
            "counts": counts,
            "news": news,
            "entries": entries,
            "listed": self.listed,
            "unlisted": self.unlisted,
            "undated": self.undated,
        });
        format!("{value:#}\n")
    }

    /// What people should see: all that is not as it was, the worst first. In a folder that was
    /// empty, all is new; and where one thing is in the way of many, a few are named.
    fn lines(&self) -> Vec<Line> {
        let entries = || self.entries.iter();
        let was_empty = !entries().any(|it| matches!(it.what, What::Same | What::Changed));
        let mut lines = Vec::new();
        let mut reasons = BTreeMap::new();
        for entry in entries() {
            let What::Problem(problem) = &entry.what else {
                continue;
            };
            let named = reasons
                .entry((word(&entry.what), problem.to_string()))
                .or_insert(0_usize);
            *named += 1;
            if *named <= MAX_ALIKE {
                lines.push(Line::of(entry));
            }
        }
        for ((word, reason), count) in reasons {
            if count > MAX_ALIKE {
                let name = format!("{} more", count - MAX_ALIKE);
                let detail = Some(reason);
                lines.push(Line { word, name, detail });
            }
        }
        let gone = entries().filter(|it| matches!(word(&it.what), "gone" | "moved"));
        lines.extend(gone.map(Line::of));
        let changed = entries().filter(|it| matches!(it.what, What::Changed));
        lines.extend(changed.map(Line::of));
        let new = entries().filter(|it| matches!(it.what, What::New) && !was_empty);
        lines.extend(new.map(Line::of));
        lines
    }

    /// What is worth to know, and needs nobody to act.
    fn notes(&self, code: impl Fn(&str) -> String) -> Vec<String> {
        let list = |names: &[String]| {
            let shown: Vec<_> = names.iter().take(MAX_NAMES).map(|it| code(it)).collect();
            let more = match names.len().saturating_sub(MAX_NAMES) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            format!("{}{more}", shown.join(", "))
        };
        let mut notes = Vec::new();
        if let Some(listed) = self.listed {
            notes.push(format!("operations in the list: {listed}"));
        }
        if !self.unlisted.is_empty() {
            let names = list(&self.unlisted);
            notes.push(format!("described, and never seen in the list: {names}"));
        }
        if self.others > 0 {
            let others = self.others;
            notes.push(format!(
                "pages of the menus that are not those of operations: {others}"
            ));
        }
        for (language, (date, before)) in &self.history {
            let before = match before {
                Some(before) if before != date => format!(", and was of {before} before"),
                _ => String::new(),
            };
            notes.push(format!(
                "newest entry of the Change History, {language}: {date}{before}"
            ));
        }
        if !self.undated.is_empty() {
            let names = list(&self.undated);
            notes.push(format!("without a date in any form: {names}"));
        }
        if self.waits > 0 {
            notes.push(format!("asked again after a while: {}", self.waits));
        }
        notes
    }
}

fn word(what: &What) -> &'static str {
    match what {
        What::New => "new",
        What::Changed => "changed",
        What::Same => "not modified",
        What::Gone | What::Unserved => "gone",
        What::Moved(_) => "moved",
        What::Problem(problem) => match problem.kind() {
            crate::fetch::Kind::Refused => "refused",
            crate::fetch::Kind::Failed => "failed",
        },
    }
}

/// What is to be said of an entry besides its name.
fn detail(entry: &Entry) -> Option<String> {
    let address = visible(&entry.address);
    match &entry.what {
        What::Problem(problem) => Some(format!("{problem} ({address})")),
        What::Gone => Some(address.into_owned()),
        What::Moved(to) => Some(to.to_string()),
        _ => None,
    }
}

/// As code of Markdown on one line, whatever it holds.
fn code(text: &str) -> String {
    let text = visible(text).replace(['`', '\n', '\r'], "'");
    format!("`{text}`")
}
