//! Documentation: the prose of the description with the facts beside it.

use vod_spec::model::{
    self, Api, EnumValue, ErrorCode, ErrorCodeKind, Event, Operation, TypeDef, meaning,
};

use super::constraints::in_words;
use super::sentences::{
    enumerated, first_sentence, limits_in_words, lower_first, of_basis, of_batch, of_deprecation,
    of_outcome, of_pagination, of_permission, of_rate, of_time, of_values, of_waits,
};
use crate::names;

/// Where lines of documentation break.
const WIDTH: usize = 100;

/// Writes the documentation. Operations that a text names are links to the client's methods.
#[derive(Clone, Copy)]
pub(super) struct Docs<'a> {
    pub(super) api: &'a Api,
}

impl Docs<'_> {
    /// A paragraph per line of the texts, with an empty line between. YAML has joined the lines of a paragraph already;
    /// items of a list stay together.
    pub(super) fn paragraphs(self, texts: impl IntoIterator<Item = String>) -> Vec<String> {
        let mut lines = Vec::new();
        for text in texts {
            for line in text.lines().filter(|line| !line.trim().is_empty()) {
                if !lines.is_empty() && !line.starts_with("- ") {
                    lines.push(String::new());
                }
                let start = lines.len();
                wrap(line.split(' ').map(|word| self.linked(word)), &mut lines);
                if line.starts_with("- ") {
                    let more = lines.iter_mut().skip(start + 1);
                    more.for_each(|line| line.insert_str(0, "  "));
                }
            }
        }
        lines
    }

    pub(super) fn of_type(self, doc: &str, wire: &str, rust: &str) -> Vec<String> {
        let renamed = if wire == rust {
            String::new()
        } else {
            format!("Huawei's docs call it `{wire}`.")
        };
        self.paragraphs([doc.to_owned(), renamed])
    }

    /// The same for an object, with the constraints between its fields.
    pub(super) fn of_object(
        self,
        ty: &TypeDef,
        fields: &[model::Field],
        rust: &str,
    ) -> Vec<String> {
        let mut lines = self.of_type(&ty.doc, &ty.name.value, rust);
        let fields: Vec<_> = fields.iter().collect();
        let relations = self.paragraphs([in_words(&ty.constraints, &fields).join(" ")]);
        if !relations.is_empty() {
            lines.push(String::new());
            lines.extend(relations);
        }
        lines
    }

    pub(super) fn of_field(
        self,
        field: &model::Field,
        rust: &str,
        tells_required: bool,
    ) -> Vec<String> {
        let mut facts = Vec::new();
        if field.required && tells_required {
            facts.push("Required in requests.".to_owned());
        }
        if let Some(time) = field.time {
            facts.push(of_time(time));
            facts.push("[`Time`](crate::Time) says how to make and read one.".to_owned());
        }
        facts.extend(field.only.as_deref().map(of_values));
        facts.extend(limits_in_words(field).into_iter().flatten());
        if let Some(default) = &field.default {
            let default = meaning(default, field.flag);
            // An empty text would leave nothing between the backticks.
            let text = default.as_str().filter(|text| !text.trim().is_empty());
            let default = text.map_or_else(|| default.to_string(), str::to_owned);
            facts.push(format!("Default: `{default}`."));
        }
        if field.sensitive {
            facts.push("Secret: `Debug` does not show it.".to_owned());
        }
        if rust.trim_start_matches("r#") != field.name.value {
            facts.push(format!("On the wire: `{}`.", field.name.value));
        }
        if !field.aliases.is_empty() {
            let names = field.aliases.iter().map(|it| format!("`{}`", it.value));
            let names = enumerated(&names.collect::<Vec<_>>());
            facts.push(format!("Read from {names} as well."));
        }
        if let Some(absent) = &field.absent {
            facts.push(format!("The text `{}` counts as absent.", absent.value));
        }
        let deprecated = of_deprecation(field.deprecated.as_deref());
        self.paragraphs([field.doc.clone(), facts.join(" "), deprecated])
    }

    /// What is said at the setters of a field.
    pub(super) fn of_setter(self, field: &model::Field, at: &str) -> Vec<String> {
        let meaning = lower_first(first_sentence(&field.doc));
        self.paragraphs([format!("Sets {}: {meaning}", link_to_field(at))])
    }

    pub(super) fn of_value(self, value: &EnumValue) -> Vec<String> {
        let names = std::iter::once(&value.name).chain(&value.aliases);
        let names: Vec<_> = names.map(|it| format!("`{}`", it.value)).collect();
        self.paragraphs([
            format!("{}: {}", names.join(" or "), lower_first(&value.doc)),
            of_deprecation(value.deprecated.as_deref()),
        ])
    }

    /// What is said of an event at its variant.
    pub(super) fn of_event(self, event: &Event) -> Vec<String> {
        let summary = lower_first(&event.summary);
        self.paragraphs([format!("`{}`: {summary}", event.name.value)])
    }

    /// What is said of an event at its body.
    pub(super) fn of_body(self, event: &Event) -> Vec<String> {
        let place = format!(
            "The body of the event `{}`, which is its member `{}`.",
            event.name.value, event.member.value
        );
        let updated = event.updated.as_ref();
        let updated = updated.map_or_else(String::new, |it| format!(", as of {it}"));
        let page = format!("Docs: [{}]({}){updated}.", event.title, event.page);
        let description = event.description.clone().unwrap_or_default();
        let mut lines = self.paragraphs([event.summary.clone(), description, place, page]);
        for example in &event.examples {
            lines.extend(["", "```json"].map(str::to_owned));
            lines.extend(example.text.lines().map(str::to_owned));
            lines.push("```".to_owned());
        }
        lines
    }

    /// What is said of an operation at the client's method. `shape` says what goes in and what comes back.
    pub(super) fn of_operation(self, operation: &Operation, shape: [String; 2]) -> Vec<String> {
        let method = operation.method.as_str();
        let mut call = format!("`{method} {}`.", operation.path);
        call.push_str(if operation.idempotent {
            " Idempotent: retried after any transient failure."
        } else {
            " Not idempotent: retried only where it certainly had no effect."
        });
        let permission = operation
            .permission
            .as_ref()
            .map(of_permission)
            .unwrap_or_default();
        let rate = self.api.rate_of(operation).map(of_rate).unwrap_or_default();
        let page = match (&operation.page, &operation.updated) {
            (Some(page), Some(updated)) => {
                format!("Docs: [{}]({page}), as of {updated}.", operation.title)
            }
            (Some(page), None) => format!("Docs: [{}]({page}).", operation.title),
            (None, _) => "The vendor has no public page about it.".to_owned(),
        };
        let pages = operation.pagination.as_ref();
        let pages = pages.map(|pagination| of_pagination(pagination, operation));
        let batch = super::series::batched(operation).and_then(of_batch);
        let wait = of_waits(&operation.waits);
        let outcome = operation.outcome.as_ref().map(of_outcome);
        let fields: Vec<_> = operation.parameters.iter().map(|it| &it.field).collect();
        let constraints = in_words(&operation.constraints, &fields).join(" ");
        let facts = [call, rate, permission, page];
        let facts: Vec<_> = facts.into_iter().filter(|it| !it.is_empty()).collect();
        let [sent, received] = shape;
        self.paragraphs([
            operation.summary.clone(),
            self.with_codes(operation.description.as_deref().unwrap_or_default()),
            constraints,
            pages.unwrap_or_default(),
            batch.unwrap_or_default(),
            wait,
            outcome.unwrap_or_default(),
            sent,
            received,
            facts.join(" "),
        ])
    }

    pub(super) fn of_error_code(self, code: &ErrorCode) -> Vec<String> {
        let mut facts = format!(
            "`{}` comes with HTTP {}{}.",
            code.code.value,
            code.status,
            of_basis(code.basis)
        );
        if !code.failure {
            facts.push_str(" It says how a task stands, and is not a failure.");
        }
        self.paragraphs([code.doc.clone(), facts])
    }

    /// The question to an error that a kind of codes answers. Its name follows from that of the kind.
    pub(super) fn of_code_kind(self, kind: ErrorCodeKind) -> Vec<String> {
        let method = format!("is_{}", kind.as_str().replace('-', "_"));
        let fact = format!("[`Error::{method}`](crate::Error::{method}) is true for it.");
        self.paragraphs([fact])
    }

    /// What is known of how an operation fails: an item per documented status that says more than that it failed, and
    /// per error code that the texts of the operation name.
    pub(super) fn of_errors(self, operation: &Operation) -> Vec<String> {
        let says_more = |(_, doc): &&(u16, String)| doc != SAYS_NOTHING;
        let statuses = operation.errors.iter().filter(says_more);
        let statuses =
            statuses.map(|(status, doc)| format!("- HTTP {status}: {}", lower_first(doc)));
        let parameters = operation.parameters.iter().map(|it| &it.field.doc);
        let texts: Vec<_> = operation.description.iter().chain(parameters).collect();
        let codes = self.api.service.error_codes.iter();
        let named = codes.filter(|code| {
            let quoted = format!("`{}`", code.code.value);
            texts.iter().any(|text| text.contains(&quoted))
        });
        let codes =
            named.map(|code| format!("- {}: {}", link_to_code(code), lower_first(&code.doc)));
        self.paragraphs(statuses.chain(codes))
    }

    /// A word, with a link if it is the name of an operation in backquotes.
    fn linked(self, word: &str) -> String {
        let mut parts = word.splitn(3, '`');
        match (parts.next(), parts.next(), parts.next()) {
            (Some(before), Some(name), Some(after)) if self.has(name) => {
                let method = names::snake(name).unwrap_or_default();
                format!("{before}{}{after}", link_to_method(&method))
            }
            _ => word.to_owned(),
        }
    }

    /// A text, with links where it has error codes in backquotes.
    fn with_codes(self, text: &str) -> String {
        let codes = self.api.service.error_codes.iter();
        codes.fold(text.to_owned(), |text, code| {
            let quoted = format!("`{}`", code.code.value);
            // There are many codes, and few in a text: to make all their links took a twentieth of the whole generator.
            if text.contains(&quoted) {
                text.replace(&quoted, &link_to_code(code))
            } else {
                text
            }
        })
    }

    /// A note for compilers, which know no links: with the methods of the operations that it names.
    pub(super) fn note(self, text: &str) -> String {
        let method = |part: &str| names::snake(part).filter(|_| self.has(part));
        let parts = text.split('`');
        let parts: Vec<_> = parts
            .map(|it| method(it).unwrap_or_else(|| it.to_owned()))
            .collect();
        parts.join("`")
    }

    fn has(self, operation: &str) -> bool {
        let mut operations = self.api.operations.iter();
        operations.any(|it| it.name.value == operation)
    }
}

/// The text of an error status that says no more than the status does.
const SAYS_NOTHING: &str = "The request failed.";

pub(super) fn link_to_method(method: &str) -> String {
    let method = plain(method);
    format!("[`{method}`](crate::Client::{method})")
}

/// A link to a field that goes by `at`: its type, `::` and its name. Its setter has the same path.
pub(super) fn link_to_field(at: &str) -> String {
    let (_, name) = at.rsplit_once("::").unwrap_or_default();
    format!("[`{}`]({})", plain(name), field("model", at))
}

/// The same with its type, which is in `module`, in the text of the link.
pub(super) fn link_to_field_of_type(module: &str, at: &str) -> String {
    format!("[`{}`]({})", plain(at), field(module, at))
}

fn field(module: &str, at: &str) -> String {
    format!("field@crate::{module}::{}", plain(at))
}

/// A path as rustdoc takes it, which knows no raw names: what follows a `#` is a part of a page.
fn plain(path: &str) -> String {
    path.replace("r#", "")
}

fn link_to_code(code: &ErrorCode) -> String {
    let constant = names::shouty(&code.name.value).unwrap_or_default();
    format!("[`{}`](crate::codes::{constant})", code.code.value)
}

/// Breaks a line between words; rustdoc reads the parts as one.
fn wrap(words: impl Iterator<Item = String>, lines: &mut Vec<String>) {
    let mut current = String::new();
    for word in words {
        let full = current.chars().count() + 1 + word.chars().count() > WIDTH;
        if !current.is_empty() && full && !begins_block(&word) {
            lines.push(std::mem::take(&mut current));
        } else if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(&word);
    }
    lines.push(current);
}

/// Whether Markdown takes a line that begins with `word` for a list, a heading or the like, even within a code span.
fn begins_block(word: &str) -> bool {
    let number = word.strip_suffix(['.', ')']).unwrap_or_default();
    let is_number = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    let is_marker = word.chars().all(|c| "-+*_=#".contains(c));
    is_number
        || is_marker
        || ["<", ">", "```", "~~~"]
            .iter()
            .any(|it| word.starts_with(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_begins_with_what_is_no_text_there() {
        let before = "a".repeat(WIDTH - 1);
        for marker in [
            "-", "+", "*", "---", "===", "#", "###", "1.", "12)", ">", ">=", "<div>", "```", "~~~",
        ] {
            assert_eq!(
                wrapped(&format!("{before} {marker} b c")),
                [format!("{before} {marker}"), "b c".to_owned()]
            );
        }
        for word in ["-1", "+b", "#b", "1.5", "b.", "`-`", "."] {
            assert_eq!(
                wrapped(&format!("{before} {word} c")),
                [before.clone(), format!("{word} c")]
            );
        }
    }

    fn wrapped(line: &str) -> Vec<String> {
        let mut lines = Vec::new();
        wrap(line.split(' ').map(str::to_owned), &mut lines);
        lines
    }
}
