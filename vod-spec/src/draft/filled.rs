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
            Some("page") => continue,
            Some("operation") => "operation: Unnamed".to_owned(),
            Some("section") => {
                let first = api.service.sections.first();
                format!("section: {}", first.map_or("Section", |it| &it.title))
            }
            Some("title") => "title: Title".to_owned(),
            Some("access") => "access: Read".to_owned(),
            Some("type") => "type: any".to_owned(),
            Some("http") => "http: GET /v1/unnamed".to_owned(),
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
