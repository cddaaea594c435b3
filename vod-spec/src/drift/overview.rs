//! What a page says of an operation as a whole: title, date, method and path.

use vod_page::{Address, Source, Subject};

use crate::fix::Change;
use crate::format::rule::Rule;

use super::identify::same_title;
use super::{Comparer, Difference, Direction, NOTHING, fixes};

impl Comparer<'_, '_> {
    pub(super) fn overview(&mut self) {
        self.title();
        self.updated();
        self.http();
        self.deprecated();
        for text in self.page.function.iter().chain(&self.page.constraints) {
            if self.reach.is_whole(text.line) {
                self.texts
                    .add(&Subject::Description.into(), text.line, &text.value);
            }
        }
    }

    /// A line of the page for what it does not say: that of its title.
    pub(super) fn top(&self) -> usize {
        self.page.title.as_ref().map_or(1, |title| title.line)
    }

    /// Name and title; the description has titles in English.
    fn title(&mut self) {
        let place = self.operation.places.title;
        if let Some(name) = &self.page.operation
            && name.value != self.operation.name.value
            && self.reach.is_whole(name.line)
        {
            let message = format!("the page calls the operation `{}`", name.value);
            self.report(Difference {
                rule: Rule::TitleChanged,
                direction: Direction::Request,
                at: Subject::Title.into(),
                line: name.line,
                spec: place,
                message,
                states: Some(name.value.clone()),
                fix: None,
            });
        }
        let (Some(title), Source::EnglishPage) = (&self.page.title, self.page.source) else {
            return;
        };
        let ours = &self.operation.title;
        let is_chinese = title
            .value
            .contains(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        if self.reach.is_whole(title.line) && !is_chinese && !same_title(&title.value, ours) {
            let message = format!("the page is called `{}`: set `title` to that", title.value);
            self.report(Difference {
                rule: Rule::TitleChanged,
                direction: Direction::Request,
                at: Subject::Title.into(),
                line: title.line,
                spec: place,
                message,
                states: Some(title.value.clone()),
                fix: fixes::operation(
                    self.operation,
                    "title",
                    Change::SetText(title.value.clone()),
                ),
            });
        }
    }

    fn updated(&mut self) {
        let place = self.operation.places.updated;
        let Some(updated) = &self.page.updated else {
            // Only a copy that begins above the title has the date as well.
            if let (Some(section), Source::EnglishPage | Source::ChinesePage) =
                (&self.page.section, self.page.source)
                && self.operation.updated.is_some()
                && !self.reach.is_doubtful(&Subject::Updated.into())
            {
                let message = "no date was found on the page".to_owned();
                let rule = Rule::Unreadable;
                let line = section.line;
                self.report(Difference {
                    rule,
                    direction: Direction::Request,
                    at: Subject::Updated.into(),
                    line,
                    spec: place,
                    message,
                    states: Some(NOTHING.to_owned()),
                    fix: None,
                });
            }
            return;
        };
        let (rule, message) = match &self.operation.updated {
            Some(ours) if *ours == updated.value => return,
            Some(ours) if *ours > updated.value => (
                Rule::PageOlder,
                format!(
                    "the page is of {}, older than the one of {ours} that was read",
                    updated.value
                ),
            ),
            Some(ours) => (
                Rule::PageNewer,
                format!(
                    "the page is of {}, newer than the one of {ours} that was read: set `updated` to its date \
                     once all findings are dealt with",
                    updated.value
                ),
            ),
            None => (
                Rule::PageNewer,
                format!(
                    "the page is of {}: set `updated` to its date once all findings are dealt with",
                    updated.value
                ),
            ),
        };
        let is_newer = rule == Rule::PageNewer;
        let change = Change::Set(updated.value.clone());
        self.report(Difference {
            rule,
            direction: Direction::Request,
            at: Subject::Updated.into(),
            line: updated.line,
            spec: place,
            message,
            states: Some(updated.value.clone()),
            fix: fixes::operation(self.operation, "updated", change).filter(|_| is_newer),
        });
    }

    /// Documents say of the operation as a whole whether it should no longer be used.
    fn deprecated(&mut self) {
        let Some(stated) = &self.page.deprecated else {
            return;
        };
        let message = match (stated.value, &self.operation.deprecated) {
            (true, None) => "the operation is deprecated: add `deprecated`",
            (false, Some(_)) => "the operation is not deprecated: drop `deprecated`",
            _ => return,
        };
        self.report(Difference {
            rule: Rule::DeprecationChanged,
            direction: Direction::Request,
            at: Subject::Description.into(),
            line: stated.line,
            spec: self.operation.name.span,
            message: message.to_owned(),
            states: None,
            fix: None,
        });
    }

    fn http(&mut self) {
        let place = self.operation.places.http;
        let Some(http) = &self.page.http else {
            if !self.reach.is_cut() && !self.reach.is_doubtful(&Subject::Http.into()) {
                let message = "no method and path were found on the page".to_owned();
                let line = self.top();
                self.report(Difference {
                    rule: Rule::Unreadable,
                    direction: Direction::Request,
                    at: Address::of(Subject::Http, "path"),
                    line,
                    spec: place,
                    message,
                    states: Some(NOTHING.to_owned()),
                    fix: None,
                });
            }
            return;
        };
        if !self.reach.is_whole(http.line) {
            return;
        }
        let (method, path) = &http.value;
        if method != self.operation.method.as_str() {
            let message = format!("the page has the method `{method}`: correct `http`");
            self.report(Difference {
                rule: Rule::MethodChanged,
                direction: Direction::Request,
                at: Address::of(Subject::Http, "method"),
                line: http.line,
                spec: place,
                message,
                states: Some(method.clone()),
                fix: None,
            });
        }
        if *path != self.operation.path {
            let message = format!("the page has the path `{path}`: correct `http`");
            self.report(Difference {
                rule: Rule::PathChanged,
                direction: Direction::Request,
                at: Address::of(Subject::Http, "path"),
                line: http.line,
                spec: place,
                message,
                states: Some(path.clone()),
                fix: None,
            });
        }
    }
}
