//! Where the description differs from the docs on purpose.

use std::collections::BTreeMap;

use vod_page::{Address, Subject};

use super::Validator;
use super::origin::SOURCE;
use crate::diagnostic::{Code, Diagnostic};
use crate::format::rule::Rule;
use crate::model::{Deviation, Origin, Parameter};
use crate::near::near;
use crate::raw;
use crate::source::Spanned;
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
            let at = &deviation.at;
            let states = deviation.states.as_ref().map(|it| it.value.clone());
            let source = deviation.source.as_str();
            let key = (deviation.rule, at.value.clone(), source, states);
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
        let at = self.address(raw.at.as_ref()?);
        if let Some(at) = &at {
            self.place_of_rule(rule, at, parameters);
        }
        let source = match &raw.source {
            Some(source) => self.word(source, SOURCE)?,
            None => Origin::Page,
        };
        let states = self.stated(rule, source, raw);
        Some(Deviation {
            rule,
            at: at?,
            source,
            states,
            because,
        })
    }

    /// The value that a deviation acknowledges: due where its rule reports one that can be compared.
    fn stated(
        &mut self,
        rule: Rule,
        source: Origin,
        raw: &raw::Deviation,
    ) -> Option<Spanned<String>> {
        let place = raw.rule.as_ref()?.span;
        let is_due = rule.states_value() && source != Origin::Other;
        match &raw.states {
            Some(states) if !is_due => {
                let (why, help) = if rule.states_value() {
                    (
                        "nothing is compared with a deviation whose source is `other`".to_owned(),
                        "drop `states`, or name the source that it can be compared with",
                    )
                } else {
                    (format!("`{rule}` reports no value"), "drop `states`")
                };
                self.report(Diagnostic::new(Code::BadValue, states.span, why).help(help));
                None
            }
            Some(states) if states.value.is_null() => {
                self.report(
                    Diagnostic::new(Code::BadValue, states.span, "the value is missing")
                        .help("write what `drift` says is stated; `nothing` where nothing is"),
                );
                None
            }
            Some(states) => Some(Spanned::new(
                states.value.text.trim().to_owned(),
                states.span,
            )),
            None if is_due => {
                self.report(
                    Diagnostic::new(
                        Code::MissingKey,
                        place,
                        format!("a deviation of `{rule}` lacks the value that it acknowledges"),
                    )
                    .help("add `states:` with what `drift` says is stated; `nothing` where nothing is"),
                );
                None
            }
            None => None,
        }
    }

    fn address(&mut self, text: &Text) -> Option<Spanned<Address>> {
        let address = Address::parse(&text.value);
        if address.is_none() {
            self.bad_value(
                text,
                format!("`{}` is not an address of something on a page", text.value),
                "write it like `query.task_id`; spec/README.md has all forms",
            );
        }
        Some(Spanned::new(address?, text.span))
    }

    /// A rule reports some kinds of things only, and most of them only if they are described.
    fn place_of_rule(&mut self, rule: Rule, at: &Spanned<Address>, parameters: &[Parameter]) {
        let address = &at.value;
        let subject = address.subject();
        let kinds = rule.kinds();
        let (message, help) = if kinds.is_empty() {
            (
                format!("no deviation can acknowledge `{rule}`"),
                "drop this deviation".to_owned(),
            )
        } else if !subject.is_some_and(|it| kinds.contains(&it)) {
            let kinds: Vec<_> = kinds.iter().map(|it| it.as_str()).collect();
            (
                format!("`{rule}` reports nothing at `{address}`"),
                format!("write an address that begins with {}", kinds.join(", ")),
            )
        } else if needs_description(rule, subject) && !is_described(address, parameters) {
            (
                format!("the request has no `{address}`"),
                "write the address of a parameter that is described".to_owned(),
            )
        } else {
            return;
        };
        self.report(Diagnostic::new(Code::BadValue, at.span, message).help(help));
    }

    fn rule(&mut self, name: &Text) -> Option<Rule> {
        let rule = Rule::ALL.iter().find(|it| it.as_str() == name.value);
        if rule.is_none() {
            let near = near(&name.value, Rule::ALL.iter().map(|it| it.as_str()));
            let help = near.map_or_else(
                || "spec/README.md has the rules".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            self.bad_value(name, format!("`{}` is not a rule", name.value), &help);
        }
        rule.copied()
    }
}

/// Whether a rule reports only parameters that the description has.
fn needs_description(rule: Rule, subject: Option<Subject>) -> bool {
    let is_parameter = matches!(
        subject,
        Some(Subject::Path | Subject::Query | Subject::Body)
    );
    let is_free = matches!(
        rule,
        Rule::ParameterAdded | Rule::DuplicateRow | Rule::Unreadable
    );
    is_parameter && !is_free
}

/// Whether an address is that of one of the parameters, or of a value of one.
fn is_described(address: &Address, parameters: &[Parameter]) -> bool {
    let mut parameters = parameters.iter();
    parameters.any(|it| address.is_within(&Address::of(it.place.into(), &it.field.name.value)))
}
