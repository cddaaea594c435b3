//! A draft with placeholders where text is due, so that it can be loaded.

use crate::model::Api;

/// The draft with a text in place of each `~`. A comment behind a `~` says what the text has to
/// name, and the placeholder names it.
pub fn filled(api: &Api, draft: &str) -> String {
    let mut text = String::with_capacity(draft.len());
    for line in draft.lines() {
        let start = line.len() - line.trim_start().len();
        let (indent, rest) = line.split_at(start);
        let (rest, named) = rest.split_once(NAMING).unwrap_or((rest, ""));
        let line = match rest
            .strip_suffix(": ~")
            .map(|it| it.trim_start_matches("- "))
        {
            _ if rest.starts_with('#') => continue,
            Some("page") if start == 0 => continue,
            Some("operation") if start == 0 => "operation: Unnamed".to_owned(),
            Some("section") if start == 0 => {
                let first = api.service.sections.first();
                format!("section: {}", first.map_or("Section", |it| &it.title))
            }
            Some("title") if start == 0 => "title: Title".to_owned(),
            Some("access") if start == 2 => "access: Read".to_owned(),
            // Six spaces stand before the values of an enum, one of which can be called so.
            Some("type") if start != 6 => "type: any".to_owned(),
            Some("http") if start == 0 => "http: GET /v1/unnamed".to_owned(),
            Some(_) if !named.is_empty() => rest.replace(": ~", &format!(": \"Text: {named}.\"")),
            _ => rest.replace(": ~", ": Text."),
        };
        text.push_str(indent);
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// What stands behind a `~` before the words that the text has to name.
pub(super) const NAMING: &str = " # name ";
