//! Where the description differs from the docs on purpose.

use super::Validator;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Deviation, DeviationSource};
use crate::raw;
use crate::read::{Text, near};
use crate::rule::{Rule, is_address};

impl Validator<'_> {
    pub(super) fn deviation(&mut self, raw: &raw::Deviation) -> Option<Deviation> {
        let because = raw.because.clone()?;
        if because.value.trim().is_empty() {
            self.report(
                Diagnostic::new(
                    Code::DeviationReason,
                    because.span,
                    "this deviation does not say why it is one",
                )
                .help("say what the page has and why the description differs"),
            );
        }
        let rule = self.rule(raw.rule.as_ref()?)?;
        let at = raw.at.clone()?;
        if !is_address(&at.value) {
            self.bad_value(
                &at,
                format!("`{}` is no address of something on a page", at.value),
                "write it like `query.task_id`; spec/README.md has all forms",
            );
        }
        let source = match &raw.source {
            Some(source) => self.word(
                source,
                "source",
                DeviationSource::ALL,
                DeviationSource::as_str,
            )?,
            None => DeviationSource::Page,
        };
        Some(Deviation {
            rule,
            at,
            source,
            because,
        })
    }

    fn rule(&mut self, name: &Text) -> Option<Rule> {
        let rule = Rule::ALL.iter().find(|it| it.as_str() == name.value);
        if rule.is_none() {
            let near = near(&name.value, Rule::ALL.iter().map(|it| it.as_str()));
            let help = near.map_or_else(
                || "spec/README.md has the rules".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            self.bad_value(name, format!("`{}` is no rule", name.value), &help);
        }
        rule.copied()
    }
}
