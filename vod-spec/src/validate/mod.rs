//! From what the files say to the model: names are resolved, rules are checked, all mistakes are collected.

mod aliases;
mod constraints;
mod defaults;
mod deviations;
mod events;
mod examples;
mod fields;
mod graph;
mod limits;
mod operations;
mod origin;
mod outcome;
mod pagination;
mod prose;
mod rates;
mod replies;
mod requests;
mod search;
mod sections;
mod service;
mod types;
mod upload;
mod wait;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::format::type_expr::is_wire_name;
use crate::model::{Api, Basis};
use crate::near::near;
use crate::raw::Parts;
use crate::source::{SourceId, Sources, Span};
use crate::yaml::read::Text;

use self::defaults::NamedDefault;
use self::fields::NamedValues;
use self::graph::{Shared, mark_uses};
use self::operations::Known;
use self::types::Names;

/// Collects diagnostics while the model is built.
struct Validator<'a> {
    sources: &'a Sources,
    diagnostics: Vec<Diagnostic>,
    /// Defaults of fields whose types have names: what these types are is known only when all of them are.
    named_defaults: Vec<NamedDefault>,
    /// The same of `only`.
    named_values: Vec<NamedValues>,
    /// Where types stand that could not be resolved.
    unresolved: BTreeSet<Span>,
}

impl Validator<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// A part of a text, as a place in the file. In quotes the text is the same there, unless it has escapes: then, and
    /// for a part with nothing in it, the place is that of the whole.
    fn part(&self, text: &Text, part: Range<usize>) -> Span {
        let span = text.span;
        match self.sources.text(span).find(&text.value) {
            Some(at) if !part.is_empty() => Span {
                start: span.start + at + part.start,
                end: span.start + at + part.end,
                ..span
            },
            _ => span,
        }
    }

    /// Whether the type that stands at `span` is not known: what depends on it is then left in peace.
    fn is_unresolved(&self, span: Span) -> bool {
        self.unresolved.contains(&span)
    }

    fn has_unresolved(&self, source: SourceId) -> bool {
        self.unresolved.iter().any(|it| it.source == source)
    }

    fn bad_value(&mut self, text: &Text, message: impl Into<String>, help: &str) {
        self.report(Diagnostic::new(Code::BadValue, text.span, message).help(help));
    }

    /// A name that travels, in a header or as a key of JSON.
    pub(super) fn wire_name(&mut self, name: &Text, what: &str) {
        if !is_wire_name(&name.value) {
            self.bad_value(
                name,
                format!("`{}` cannot be the name of {what}", name.value),
                "write a letter or `_`, then letters, digits, `_`, `-` and `.`",
            );
        }
    }

    /// Text that has to be one of a few words.
    fn word<T: Copy>(&mut self, text: &Text, choice: Choice<T>) -> Option<T> {
        let as_str = choice.as_str;
        let mut all = choice.all.iter();
        let found = all.find(|it| as_str(**it) == text.value).copied();
        if found.is_none() {
            let names: Vec<_> = choice.all.iter().map(|it| as_str(*it)).collect();
            let near = near(&text.value, names.iter().copied());
            let near = near.map(|near| format!("did you mean `{near}`? "));
            let (near, names) = (near.unwrap_or_default(), names.join(", "));
            self.bad_value(
                text,
                format!("`{}` is not {}", text.value, choice.what),
                &format!("{near}use one of: {names}"),
            );
        }
        found
    }
}

/// The words that a text can be.
#[derive(Clone, Copy)]
struct Choice<T: 'static> {
    /// What they stand for, in messages.
    what: &'static str,
    all: &'static [T],
    as_str: fn(T) -> &'static str,
}

const BASIS: Choice<Basis> = Choice {
    what: "a basis",
    all: Basis::ALL,
    as_str: Basis::as_str,
};

/// Builds the model. It is there as soon as `service.yaml` could be read; it is right if there are no diagnostics.
pub(crate) fn validate(
    parts: &Parts,
    sources: &Sources,
    diagnostics: Vec<Diagnostic>,
) -> (Option<Api>, Vec<Diagnostic>) {
    let mut validator = Validator {
        sources,
        diagnostics,
        named_defaults: Vec::new(),
        named_values: Vec::new(),
        unresolved: BTreeSet::new(),
    };
    let names = Names::collect(&mut validator, parts);
    let service = parts
        .service
        .as_ref()
        .map(|(source, service)| validator.service(*source, service, &names));
    let mut types = validator.types(&names);
    let mut operations = Vec::new();
    for (source, operation) in &parts.operations {
        let known = Known {
            service: service.as_ref(),
            names: &names,
            types: &types,
        };
        let built = validator.operation(*source, operation, known);
        operations.extend(built);
    }
    let mut events = Vec::new();
    for (source, event) in &parts.events {
        let known = Known {
            service: service.as_ref(),
            names: &names,
            types: &types,
        };
        events.extend(validator.event(*source, event, known));
    }
    // What could not be read, or was left out, may be what is missing elsewhere.
    let hides = |diagnostic: &Diagnostic| {
        matches!(
            diagnostic.code,
            Code::Syntax
                | Code::UnknownKey
                | Code::MissingKey
                | Code::WrongType
                | Code::BadValue
                | Code::UnresolvedType
                | Code::NameCollision
        )
    };
    let complete = operations.len() == parts.operations.len()
        && events.len() == parts.events.len()
        && !validator.diagnostics.iter().any(hides);
    validator.duplicates(&operations);
    validator.same_events(&events);
    validator.aliases_of_types(&types);
    if let Some(service) = service
        .as_ref()
        .filter(|_| complete && !operations.is_empty())
    {
        validator.rated_operations(&service.rates, &operations);
        validator.ordered_operations(&service.sections, &operations);
    }
    validator.waits(&operations, &types, complete);
    validator.named_defaults(&types);
    validator.named_values(&types);
    mark_uses(
        &operations,
        Shared {
            service: service.as_ref(),
            events: &events,
        },
        &mut types,
    );
    validator.names_of_events(service.as_ref(), &operations, &types);
    if complete {
        validator.unused(&types);
    }
    validator.cycles(&types);
    let order = service
        .as_ref()
        .map_or(&[][..], |service| &service.sections);
    sections::sort(&mut operations, order);
    let api = service.map(|service| Api {
        service,
        operations,
        events,
        types,
        sources: sources.clone(),
    });
    (api, validator.diagnostics)
}

/// `Snapshot Management` and `DeleteThumbnails` as names of folders and files.
pub(crate) fn kebab(text: &str) -> String {
    let mut out = String::new();
    let mut before = ' ';
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            let starts_word =
                c.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit());
            if starts_word && !out.is_empty() {
                out.push('-');
            }
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        before = c;
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::kebab;

    #[test]
    fn titles_and_names_become_file_names() {
        assert_eq!(kebab("Snapshot Management"), "snapshot-management");
        assert_eq!(
            kebab("OBS Hosting Management (old)"),
            "obs-hosting-management-old"
        );
        assert_eq!(kebab("CheckMd5Duplication"), "check-md5-duplication");
        assert_eq!(kebab("DeleteThumbnails"), "delete-thumbnails");
    }
}
