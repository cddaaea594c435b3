//! Texts as YAML has them.

use vod_page::json::Json;

/// Text as a value: in quotes where YAML would not take it for text, or not as it stands.
pub(crate) fn text(text: &str) -> String {
    let is_word = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '_' | '-' | '/' | ' ' | '(' | ')' | '.' | ':' | '*')
    };
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(is_word)
        && !text.contains(": ")
        && !text.ends_with([' ', ':'])
        && !matches!(
            text.to_ascii_lowercase().as_str(),
            "true" | "false" | "null"
        );
    if is_plain {
        text.to_owned()
    } else {
        Json::String(text.to_owned()).to_string()
    }
}

/// Text as a key: keys are text even where they look like numbers.
pub(crate) fn key(name: &str) -> String {
    let is_number = !name.is_empty() && name.chars().all(|c| c.is_ascii_digit());
    let is_name =
        name.starts_with('_') && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_number || is_name {
        name.to_owned()
    } else {
        text(name)
    }
}
