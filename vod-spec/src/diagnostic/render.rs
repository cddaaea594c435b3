//! How something that is wrong is shown: with the lines it speaks of, or on one line.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::source::{Sources, Span};

/// What is to be shown.
pub(crate) struct Shown<'a> {
    pub(crate) sources: &'a Sources,
    pub(crate) level: Level<'a>,
    /// The stable name of what is wrong.
    pub(crate) id: &'a str,
    pub(crate) message: &'a str,
    pub(crate) span: Option<Span>,
    pub(crate) related: &'a [(Span, String)],
    pub(crate) help: Option<&'a str>,
}

impl<'a> Shown<'a> {
    pub(crate) fn snippet(&self, renderer: &Renderer) -> String {
        let title = self.level.clone().primary_title(self.message).id(self.id);
        let mut group = match self.span {
            Some(span) => title.elements(self.snippets(span)),
            None => Group::with_title(title),
        };
        if let Some(help) = self.help {
            group = group.element(Level::HELP.message(help));
        }
        renderer.render(&[group])
    }

    /// A snippet per file, that of `primary` first.
    fn snippets(&self, primary: Span) -> Vec<Snippet<'a, Annotation<'a>>> {
        let mut files = vec![primary.source];
        for (span, _) in self.related {
            if !files.contains(&span.source) {
                files.push(span.source);
            }
        }
        files
            .into_iter()
            .map(|id| {
                let related = self.related.iter().filter(|(span, _)| span.source == id);
                let own = (primary.source == id).then_some(primary);
                let spans = own
                    .into_iter()
                    .chain(related.clone().map(|(span, _)| *span));
                let part = Part::around(&self.sources.file(id).text, spans);
                let first = own.map(|span| AnnotationKind::Primary.span(part.range(span)));
                let others = related.map(|(span, text)| {
                    AnnotationKind::Context
                        .span(part.range(*span))
                        .label(text.as_str())
                });
                Snippet::source(part.text)
                    .line_start(part.line)
                    .path(self.sources.file(id).path.as_str())
                    .annotations(first.into_iter().chain(others))
            })
            .collect()
    }

    /// `path:line:column: level[id]: message`, without the place if there is none.
    pub(crate) fn short(&self, level: &str) -> String {
        let place = self.span.map_or_else(String::new, |span| {
            let (line, column) = self.sources.position(span);
            format!("{}:{line}:{column}: ", self.sources.file(span.source).path)
        });
        format!("{place}{level}[{}]: {}", self.id, self.message)
    }

    /// An annotation of GitHub Actions.
    pub(crate) fn github(&self, level: &str) -> String {
        let place = self.span.map_or_else(String::new, |span| {
            let (line, column) = self.sources.position(span);
            let path = escape_property(&self.sources.file(span.source).path);
            format!("file={path},line={line},col={column},")
        });
        let mut text = self.message.to_owned();
        if let Some(help) = self.help {
            text.push_str("\nhelp: ");
            text.push_str(help);
        }
        format!("::{level} {place}title={}::{}", self.id, escape_data(&text))
    }
}

/// The lines of a file that a diagnostic is about: showing them must not take longer in a longer file.
struct Part<'a> {
    text: &'a str,
    /// Where it starts in the file.
    start: usize,
    /// The number of its first line.
    line: usize,
}

impl<'a> Part<'a> {
    fn around(file: &'a str, spans: impl Iterator<Item = Span>) -> Self {
        let (first, last) = spans.fold((file.len(), 0), |(first, last), span| {
            (first.min(span.start), last.max(span.end))
        });
        let before = file.get(..first).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let after = file.get(last..).unwrap_or_default();
        let end = after
            .find('\n')
            .map_or(file.len(), |newline| last + newline + 1);
        Self {
            text: file.get(start..end).unwrap_or(file),
            start,
            line: before.matches('\n').count() + 1,
        }
    }

    fn range(&self, span: Span) -> Range<usize> {
        span.start.saturating_sub(self.start)..span.end.saturating_sub(self.start)
    }
}

/// GitHub reads `%`, carriage return and newline of a message only in escaped form.
fn escape_data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// In properties `:` and `,` are special too.
fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}
