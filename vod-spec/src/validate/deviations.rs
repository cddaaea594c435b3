//! Where the description differs from the docs on purpose.

use std::collections::BTreeMap;

use super::Validator;
use crate::diagnostic::{Code, Diagnostic};
use crate::format::rule::{Rule, is_address};
use crate::model::{Deviation, DeviationSource, Parameter};
use crate::near::near;
use crate::raw;
use crate::yaml::read::Text;

impl Validator<'_> {
    pub(super) fn deviations(
        &mut self,
        raw: &[raw::Deviation],
        parameters: &[Parameter],
    ) -> Vec<Deviation> {
        let mut known = BTreeMap::new();
        let mut deviations = Vec::new();
        for raw in raw {
            let Some(deviation) = self.deviation(raw, parameters) else {
                continue;
            };
            let (source, at) = (deviation.source.as_str(), &deviation.at);
            let key = (deviation.rule, at.value.clone(), source);
            let first = *known.entry(key).or_insert(at.span);
            if first != at.span {
                self.report(
                    Diagnostic::new(Code::BadValue, at.span, "this deviation is there already")
                        .related(first, "the first one")
                        .help("drop one of the two"),
                );
            }
            deviations.push(deviation);
        }
        deviations
    }

    fn deviation(&mut self, raw: &raw::Deviation, parameters: &[Parameter]) -> Option<Deviation> {
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
        } else {
            self.place_of_rule(rule, &at, parameters);
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

    /// A rule reports some kinds of things only, and most of them only if they are described.
    fn place_of_rule(&mut self, rule: Rule, at: &Text, parameters: &[Parameter]) {
        let (kind, name) = at.value.split_once('.').unwrap_or((&at.value, ""));
        // An address can go on behind the name, with a value.
        let is_at = |parameter: &Parameter| {
            let rest = name.strip_prefix(parameter.field.name.value.as_str());
            parameter.place.as_str() == kind
                && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let is_described = match (rule, kind) {
            (Rule::ParameterAdded | Rule::DuplicateRow | Rule::Unreadable, _) => true,
            (_, "path" | "query" | "body") => parameters.iter().any(is_at),
            _ => true,
        };
        let kinds = rule.kinds();
        if kinds.is_empty() {
            self.bad_value(
                at,
                format!("no deviation can acknowledge `{rule}`"),
                "drop this deviation",
            );
        } else if !kinds.contains(&kind) {
            self.bad_value(
                at,
                format!("`{rule}` reports nothing at `{}`", at.value),
                &format!("write an address that begins with {}", kinds.join(", ")),
            );
        } else if !is_described {
            self.bad_value(
                at,
                format!("the request has no `{}`", at.value),
                "write the address of a parameter that is described",
            );
        }
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
