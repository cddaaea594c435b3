//! The findings of several pages, and how they are shown.

use std::fmt::Write as _;

use annotate_snippets::{Level as Shade, Renderer};

use vod_page::Source;

use crate::diagnostic::one_line;
use crate::diagnostic::render::Shown;
use crate::format::rule::Rule;
use crate::model::Api;
use crate::source::{SourceFile, SourceId, Sources, Span};

use crate::yaml::write::text;

use super::{Coverage, Finding, Level, Wordings, compare};

/// Nobody reads more findings, and showing one takes time that grows with the size of its page.
const SHOWN: usize = 500;

/// The findings of several pages, each page from its top to its end.
#[derive(Debug, Clone)]
pub struct Report {
    sources: Sources,
    list: Vec<Reported>,
    coverage: Coverage,
    /// Whether there is to be said what was compared, and with what.
    shows_coverage: bool,
    /// Pages that break off, whose texts were therefore not recorded.
    unrecorded: Vec<String>,
}

/// A finding and where it was made.
#[derive(Debug, Clone)]
pub struct Reported {
    page: SourceId,
    source: Source,
    /// Name of the operation, if it is known.
    pub operation: Option<String>,
    /// The finding.
    pub finding: Finding,
}

impl Report {
    /// A report without findings.
    pub fn new(api: &Api) -> Self {
        Self {
            sources: api.sources.clone(),
            list: Vec::new(),
            coverage: Coverage::new(api),
            shows_coverage: false,
            unrecorded: Vec::new(),
        }
    }

    /// Reads a page, compares it and takes up what is found. With `record`, its texts are recorded; unless there are
    /// open errors, as some are errors only until the texts that show them are recorded.
    ///
    /// # Errors
    ///
    /// Why the text is no page of an operation; nothing is taken up then.
    pub fn add(
        &mut self,
        api: &Api,
        file: SourceFile,
        wordings: &mut Wordings,
        record: bool,
    ) -> Result<(), String> {
        let page = vod_page::read(&file.text);
        if let Some(why) = page.trouble() {
            return Err(why.to_owned());
        }
        let mut comparison = compare(api, &page, wordings);
        let is_error = |it: &Finding| !it.acknowledged && it.level == Level::Error;
        if let (true, Some(operation), Some(texts)) =
            (record, comparison.operation, &comparison.texts)
            && !comparison.findings.iter().any(is_error)
        {
            wordings.record(&operation.name.value, page.source, texts);
            let is_wording = |rule| matches!(rule, Rule::WordingChanged | Rule::WordingUnrecorded);
            comparison.findings.retain(|it| !is_wording(it.rule));
        }
        if record && comparison.operation.is_some() && comparison.texts.is_none() {
            self.unrecorded.push(one_line(file.path.clone()));
        }
        if let Some(operation) = comparison.operation {
            self.coverage.add(&operation.name.value, page.source);
        }
        let id = self.sources.add(SourceFile {
            text: short_lines(&file.text),
            ..file
        });
        let operation = comparison.operation.map(|it| it.name.value.clone());
        self.list
            .extend(comparison.findings.into_iter().map(|finding| Reported {
                page: id,
                source: page.source,
                operation: operation.clone(),
                finding,
            }));
        Ok(())
    }

    /// Which operations were compared; from here on, the report shows it as well.
    pub fn show_coverage(&mut self) -> &mut Coverage {
        self.shows_coverage = true;
        &mut self.coverage
    }

    /// Which operations were compared, if the report shows it.
    pub fn coverage(&self) -> Option<&Coverage> {
        Some(&self.coverage).filter(|_| self.shows_coverage)
    }

    /// The pages that were to be recorded and break off, so that nothing of them was.
    pub fn unrecorded(&self) -> &[String] {
        &self.unrecorded
    }

    /// The findings one by one, acknowledged ones too.
    pub fn iter(&self) -> impl Iterator<Item = &Reported> {
        self.list.iter()
    }

    /// The highest level of the findings that no deviation knows.
    pub fn level(&self) -> Option<Level> {
        self.open().map(|it| it.finding.level).max()
    }

    /// Path of the page of a finding.
    pub fn page(&self, reported: &Reported) -> &str {
        &self.sources.file(reported.page).path
    }

    /// File and line of the description that a finding speaks of.
    pub fn spec(&self, reported: &Reported) -> Option<(&str, usize)> {
        let span = reported.finding.spec?;
        let (line, _) = self.sources.position(span);
        Some((&self.sources.file(span.source).path, line))
    }

    fn open(&self) -> impl Iterator<Item = &Reported> {
        self.list.iter().filter(|it| !it.finding.acknowledged)
    }

    /// For people: with the lines of the page and of the description.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for reported in self.open().take(SHOWN) {
            // Writing to a string cannot fail.
            let _ = writeln!(
                out,
                "{}\n",
                self.shown(reported, |it| it.snippet(&Renderer::plain()))
            );
        }
        if let Some(coverage) = self.coverage() {
            out.push_str(&coverage.text());
        }
        let _ = writeln!(out, "{}", self.summary());
        out
    }

    /// Annotations of GitHub Actions, at the lines of the description: pages are no part of a change.
    pub fn github(&self) -> String {
        let mut out = String::new();
        for reported in self.open().take(SHOWN) {
            let level = match reported.finding.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Info => "notice",
            };
            let finding = &reported.finding;
            let message = format!(
                "{}: {} ({}:{})",
                finding.at,
                told(finding),
                self.page(reported),
                finding.line
            );
            let shown = Shown {
                sources: &self.sources,
                level: shade(finding.level),
                id: finding.rule.as_str(),
                message: &message,
                span: finding.spec.map(|span| self.sources.first_line(span)),
                related: &[],
                help: None,
            };
            let _ = writeln!(out, "{}", shown.github(level));
        }
        if self.open().count() > SHOWN {
            let _ = writeln!(out, "::notice::{}", self.summary());
        }
        out
    }

    /// For an issue or a pull request: the counts, a table of the findings, and what was compared.
    pub fn markdown(&self) -> String {
        let mut out = format!("{}\n", self.summary());
        if self.open().next().is_some() {
            out.push_str(
                "\n| level | rule | at | finding | page | description |\n|---|---|---|---|---|---|\n",
            );
        }
        let cell = |text: &str| one_line(text.to_owned()).replace('|', "\\|");
        for reported in self.open().take(SHOWN) {
            let finding = &reported.finding;
            let spec = self
                .spec(reported)
                .map(|(file, line)| format!("`{file}:{line}`"));
            let _ = writeln!(
                out,
                "| {} | {} | `{}` | {} | `{}:{}` | {} |",
                finding.level,
                finding.rule,
                cell(finding.at.as_str()),
                cell(&told(finding)),
                cell(self.page(reported)),
                finding.line,
                spec.unwrap_or_default()
            );
        }
        if let Some(coverage) = self.coverage() {
            let _ = write!(out, "\n{}", coverage.markdown());
        }
        out
    }

    /// `2 errors, 1 warning, 0 infos; 1 acknowledged`, and whether these are all.
    fn summary(&self) -> String {
        let count = |level: Level| self.open().filter(|it| it.finding.level == level).count();
        let plural = |count: usize, what: &str| {
            let end = if count == 1 { "" } else { "s" };
            format!("{count} {what}{end}")
        };
        let open = self.open().count();
        let cut = if open > SHOWN {
            format!("; only the first {SHOWN} are shown, use the JSON format for all")
        } else {
            String::new()
        };
        format!(
            "{}, {}, {}; {} acknowledged{cut}",
            plural(count(Level::Error), "error"),
            plural(count(Level::Warning), "warning"),
            plural(count(Level::Info), "info"),
            self.list.len() - open
        )
    }

    /// The finding at its line of the page, beside the line of the description.
    fn shown(&self, reported: &Reported, show: impl Fn(&Shown<'_>) -> String) -> String {
        let finding = &reported.finding;
        let message = format!("{}: {}", finding.at, told(finding));
        let help = reported.deviation();
        let related: Vec<_> = finding
            .spec
            .map(|span| (self.sources.first_line(span), "the description".to_owned()))
            .into_iter()
            .collect();
        show(&Shown {
            sources: &self.sources,
            level: shade(finding.level),
            id: finding.rule.as_str(),
            message: &message,
            span: Some(self.line(reported.page, finding.line)),
            related: &related,
            help: help.as_deref(),
        })
    }

    /// A line of a page, without the space around it.
    fn line(&self, page: SourceId, number: usize) -> Span {
        let text = &self.sources.file(page).text;
        let lines = text.split_inclusive('\n');
        let start: usize = lines
            .clone()
            .take(number.saturating_sub(1))
            .map(str::len)
            .sum();
        let line = lines
            .clone()
            .nth(number.saturating_sub(1))
            .unwrap_or_default();
        let indent = line.len() - line.trim_start().len();
        let length = line.trim().len();
        let start = if length == 0 { start } else { start + indent };
        Span {
            source: page,
            start,
            end: start + length,
        }
    }
}

impl Reported {
    /// How a deviation acknowledges the finding, where it has to hold the value that is stated.
    fn deviation(&self) -> Option<String> {
        let Finding {
            rule,
            at,
            states: Some(states),
            ..
        } = &self.finding
        else {
            return None;
        };
        let source = match self.source {
            Source::ApiExplorer => " source: api_explorer,",
            Source::EnglishPage | Source::ChinesePage => "",
        };
        let states = one_line(states.clone());
        let states = match states.parse::<i64>() {
            Ok(_) => states,
            Err(_) => text(&states),
        };
        rule.can_be_acknowledged().then(|| {
            format!(
                "if the description is right, add to `deviations`: \
                 {{ rule: {rule}, at: {at},{source} states: {states}, because: … }}"
            )
        })
    }
}

/// The text with long lines cut: a document as it is served is one line, which nobody wants to see for each finding.
fn short_lines(text: &str) -> String {
    const LONGEST: usize = 200;
    let mut out = String::with_capacity(text.len().min(1 << 16));
    for line in text.split_inclusive('\n') {
        match line.char_indices().nth(LONGEST) {
            Some((end, _)) => {
                out.push_str(line.get(..end).unwrap_or_default());
                out.push('…');
                if line.ends_with('\n') {
                    out.push('\n');
                }
            }
            None => out.push_str(line),
        }
    }
    out
}

/// What was found, on one line.
fn told(finding: &Finding) -> String {
    let message = one_line(finding.message.clone());
    match &finding.pinned {
        Some(states) => format!(
            "{message}; a deviation acknowledges `{}` here",
            one_line(states.clone())
        ),
        None => message,
    }
}

fn shade(level: Level) -> Shade<'static> {
    match level {
        Level::Error => Shade::ERROR,
        Level::Warning => Shade::WARNING,
        Level::Info => Shade::INFO,
    }
}
