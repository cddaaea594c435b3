//! Pages that list all operations by section, in Markdown.

use vod_spec::model::{Operation, Section};

use super::Lowering;
use super::docs::link_to_method;
use super::sentences::lower_first;
use crate::names;
use crate::rust::Index;

impl Lowering<'_> {
    pub(super) fn index(&self) -> Index {
        let mut index = Index {
            sections: String::new(),
            operations: String::new(),
            words: String::new(),
        };
        for (place, section) in self.api.service.sections.iter().enumerate() {
            let operations = self.api.operations.iter();
            let operations: Vec<_> = operations.filter(|it| it.section == place).collect();
            if operations.is_empty() {
                continue;
            }
            index.sections.push_str(&entry(section));
            let (title, doc) = (&section.title, one_line(&section.doc));
            index
                .operations
                .push_str(&format!("## {title}\n\n{doc}\n\n"));
            index.words.push_str(&format!("# {title}\n\n"));
            for operation in operations {
                let line = line(operation);
                index.operations.push_str(&format!("- {line}\n"));
                index
                    .words
                    .push_str(&format!("- {line}{}\n", words(operation)));
            }
            index.operations.push('\n');
            index.words.push('\n');
        }
        index
    }
}

/// A section, with a link to its heading in the docs of the client.
fn entry(section: &Section) -> String {
    let (title, doc) = (&section.title, lower_first(&one_line(&section.doc)));
    format!("- [{title}](crate::Client#{}): {doc}\n", anchor(title))
}

/// An operation, with a link to its method.
fn line(operation: &Operation) -> String {
    let method = names::snake(&operation.name.value).unwrap_or_default();
    let summary = lower_first(&one_line(&operation.summary));
    let deprecated = operation.deprecated.as_ref().map_or("", |_| " Deprecated.");
    format!("{}: {summary}{deprecated}", link_to_method(&method))
}

/// The id that rustdoc gives to a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter_map(|c| match c {
        c if c.is_whitespace() => Some('-'),
        c if c.is_alphanumeric() || matches!(c, '-' | '_') => Some(c.to_ascii_lowercase()),
        _ => None,
    });
    kept.collect()
}

/// A text of the description as a part of one line: another line could begin something else.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What else an operation is looked up by.
fn words(operation: &Operation) -> String {
    let words: Vec<_> = operation
        .search
        .iter()
        .map(|it| it.value.as_str())
        .collect();
    if words.is_empty() {
        return String::new();
    }
    format!(" Also: {}.", words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::anchor;

    #[test]
    fn anchors_are_those_of_rustdoc() {
        assert_eq!(anchor("Media Asset Pre-loading"), "media-asset-pre-loading");
        assert_eq!(anchor("Historical APIs (old)"), "historical-apis-old");
    }
}
