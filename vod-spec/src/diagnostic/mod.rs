//! What is wrong with a description, and how it is shown.

pub(crate) mod render;

use std::fmt::{self, Write as _};

use annotate_snippets::{Level, Renderer};

use crate::source::{Sources, Span, visible};

use self::render::Shown;

crate::rules! {
    /// What kind of mistake a [`Diagnostic`] reports.
    ///
    /// The names ([`Code::as_str`]) are stable: scripts and people search for them.
    pub enum Code {
        /// A file or folder could not be read.
        Unreadable: "unreadable";
        /// A file that does not belong where it is.
        WrongPlace: "wrong-place";
        /// The text is not YAML, or uses a part of YAML that the format leaves out.
        Syntax: "syntax";
        /// A key stands twice in one map.
        DuplicateKey: "duplicate-key";
        /// A key that the format does not know.
        UnknownKey: "unknown-key";
        /// A key that must be there is missing.
        MissingKey: "missing-key";
        /// A list where a map is due, text where a number is due, and the like.
        WrongType: "wrong-type";
        /// Right type, but not a possible value.
        BadValue: "bad-value";
        /// A type that is not defined, or not visible here.
        UnresolvedType: "unresolved-type";
        /// A type that would have to contain itself without end.
        CyclicType: "cyclic-type";
        /// A type that neither an operation nor an event uses.
        UnusedType: "unused-type";
        /// Two things would get the same Rust name.
        NameCollision: "name-collision";
        /// A Rust name that is taken already.
        ReservedName: "reserved-name";
        /// Path and path parameters do not match.
        PathTemplate: "path-template";
        /// Two operations with one name, or with one method and path.
        DuplicateOperation: "duplicate-operation";
        /// Two events with one name, whatever its case.
        DuplicateEvent: "duplicate-event";
        /// A value of a path, a query or a header whose type has no agreed form there.
        QueryArray: "query-array";
        /// A limit that its type cannot have, or that nothing can meet.
        LimitMisfit: "limit-misfit";
        /// A constraint that names what is not there, or that says nothing.
        ConstraintMisfit: "constraint-misfit";
        /// A default that does not fit its own field.
        BadDefault: "bad-default";
        /// An example that does not fit the schema.
        BadExample: "bad-example";
        /// Text that rustdoc would misread, or that YAML cuts short.
        Prose: "prose";
        /// An auth scheme that `service.yaml` does not define.
        UnknownAuth: "unknown-auth";
        /// Pagination names something that is not there or does not fit.
        PaginationField: "pagination-field";
        /// `wait` names something that is not there or does not fit.
        WaitField: "wait-field";
        /// `upload` names a parameter that is not there, or names one twice.
        UploadField: "upload-field";
        /// `outcome` names a list, a field or a value that is not there or does not fit.
        OutcomeField: "outcome-field";
        /// A deviation without a reason.
        DeviationReason: "deviation-reason";
        /// A line of `pages.lock` that cannot have been written for this description.
        PagesLock: "pages-lock";
        /// The generator made something that is not Rust: its mistake, whatever the description
        /// says.
        NotRust: "not-rust";
    }
}

/// One mistake, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of mistake.
    pub code: Code,
    /// What is wrong, in one line.
    pub message: String,
    /// Where. Only what concerns no file has no place.
    pub span: Option<Span>,
    /// Other places that belong to it, each with what it has to do with it.
    pub related: Vec<(Span, String)>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A mistake at `span`.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            message: one_line(message.into()),
            span: Some(span),
            related: Vec::new(),
            help: None,
        }
    }

    /// A mistake that has no place in a file.
    pub fn without_place(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: one_line(message.into()),
            span: None,
            related: Vec::new(),
            help: None,
        }
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push((span, one_line(text.into())));
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(one_line(text.into()));
        self
    }
}

/// The form in which [`Diagnostics`] are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// With the lines they speak of.
    Text,
    /// With the lines they speak of, in colour.
    Color,
    /// A line each: `path:line:column: error[code]: message`.
    Short,
    /// Annotations of GitHub Actions.
    Github,
}

/// Nobody reads more mistakes, and to print one takes as long as its file is large.
const SHOWN: usize = 500;

/// All mistakes of a description, in the order of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostics {
    sources: Sources,
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Puts diagnostics in order: by file, then by place. Places of several lines shrink to their
    /// first one, since diagnostics point and do not quote pages.
    pub fn new(sources: Sources, mut list: Vec<Diagnostic>) -> Self {
        for diagnostic in &mut list {
            let related = diagnostic.related.iter_mut().map(|(span, _)| span);
            for span in diagnostic.span.iter_mut().chain(related) {
                *span = sources.first_line(*span);
            }
        }
        list.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.code));
        Self { sources, list }
    }

    /// The diagnostics one by one.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Prints them, with how many there are. Of thousands, the first 500.
    pub fn render(&self, format: Format) -> String {
        let mut out = String::new();
        for diagnostic in self.list.iter().take(SHOWN) {
            // Writing to a string cannot fail.
            let shown = self.shown(diagnostic);
            let _ = match format {
                Format::Text => writeln!(out, "{}\n", shown.snippet(&Renderer::plain())),
                Format::Color => writeln!(out, "{}\n", shown.snippet(&Renderer::styled())),
                Format::Short => writeln!(out, "{}", shown.short("error")),
                Format::Github => writeln!(out, "{}", shown.github("error")),
            };
        }
        let count = self.list.len();
        let plural = if count == 1 { "" } else { "s" };
        let mut total = format!("{count} error{plural} in the description");
        if count > SHOWN {
            total += &format!("; the first {SHOWN} are shown");
        }
        let _ = match format {
            Format::Text | Format::Color => writeln!(out, "{total}"),
            Format::Short if count > SHOWN => writeln!(out, "error: {total}"),
            Format::Github if count > SHOWN => writeln!(out, "::error::{total}"),
            Format::Short | Format::Github => Ok(()),
        };
        out
    }

    fn shown<'a>(&'a self, diagnostic: &'a Diagnostic) -> Shown<'a> {
        Shown {
            sources: &self.sources,
            level: Level::ERROR,
            id: diagnostic.code.as_str(),
            message: &diagnostic.message,
            span: diagnostic.span,
            related: &diagnostic.related,
            help: diagnostic.help.as_deref(),
        }
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Format::Text))
    }
}

impl std::error::Error for Diagnostics {}

/// Messages quote what files hold: line breaks and the like are escaped, and long texts lose their
/// middle.
pub(crate) fn one_line(text: String) -> String {
    const START: usize = 300;
    const END: usize = 100;
    let mut text = visible(&text).into_owned();
    let count = text.chars().count();
    if count > START + END {
        let start = text.chars().take(START);
        let end = text.chars().skip(count - END);
        text = start.chain(['…']).chain(end).collect();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn messages_are_one_short_line() {
        assert_eq!(one_line("a `b` é".into()), "a `b` é");
        assert_eq!(one_line("a\nb\u{1b}[0m".into()), "a\\nb\\u{1b}[0m");
        let long = one_line("é".repeat(1000) + "end");
        assert!(
            long.ends_with("éend") && long.chars().count() == 401,
            "{long}"
        );
    }
}
