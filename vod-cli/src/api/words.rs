//! Parameters in words: what a value looks like, and what limits it has.

use serde_json::Value;
use vod_api::operation::{LengthUnit, Property, Schema, SchemaKind};
use vod_api::time::TimeFormat;

use crate::api::values;

/// What a value looks like, in capitals.
pub(super) fn placeholder(schema: &Schema) -> String {
    match schema.kind() {
        _ if values::is_json(schema) => "JSON".to_owned(),
        SchemaKind::Array(item) => format!("{},…", placeholder(item)),
        SchemaKind::String => "TEXT".to_owned(),
        SchemaKind::OneOf(_) => "VALUE".to_owned(),
        SchemaKind::Bool | SchemaKind::Flag | SchemaKind::TextFlag => "true|false".to_owned(),
        SchemaKind::Time(TimeFormat::Seconds) => "SECONDS".to_owned(),
        SchemaKind::Time(format) => format.pattern().to_uppercase(),
        _ => "NUMBER".to_owned(),
    }
}

/// Limits, each as a sentence.
pub(super) fn limits(schema: &Schema) -> Vec<String> {
    let mut limits = Vec::new();
    let (min, max) = schema.item_limits();
    let bounds = |min: usize, max: usize| {
        let min = (min > 0).then_some(min as i64);
        (min, (max < usize::MAX).then_some(max as i64))
    };
    limits.extend(in_words(bounds(min, max), "value"));
    let unit = match schema.length_unit() {
        LengthUnit::Bytes => "byte",
        _ => "character",
    };
    let (min, max) = schema.length_limits();
    limits.extend(in_words(bounds(min, max), unit));
    let (min, max) = schema.range_limits();
    let range = (
        (min > i64::MIN).then_some(min),
        (max < i64::MAX).then_some(max),
    );
    limits.extend(in_words(range, ""));
    match schema.kind() {
        SchemaKind::Array(item) => {
            let of_items = self::limits(item);
            limits.extend(
                of_items
                    .iter()
                    .map(|limit| format!("Each: {}", lower(limit))),
            );
        }
        SchemaKind::Time(TimeFormat::Seconds) => {}
        SchemaKind::Time(format) => limits.push(format!("As {}.", format.example())),
        _ => {}
    }
    limits
}

/// A limit as a sentence: `At most 10 values.`
fn in_words((min, max): (Option<i64>, Option<i64>), unit: &str) -> Option<String> {
    let unit = |count: i64| match unit {
        "" => String::new(),
        unit if count == 1 => format!(" {unit}"),
        unit => format!(" {unit}s"),
    };
    Some(match (min, max) {
        (Some(min), Some(max)) if min == max => format!("Exactly {max}{}.", unit(max)),
        (Some(min), Some(max)) => format!("From {min} to {max}{}.", unit(max)),
        (Some(min), None) => format!("At least {min}{}.", unit(min)),
        (None, Some(max)) => format!("At most {max}{}.", unit(max)),
        (None, None) => return None,
    })
}

/// The values that the docs list.
pub(super) fn listed(schema: &Schema) -> &'static [&'static str] {
    match schema.kind() {
        SchemaKind::OneOf(values) => values,
        SchemaKind::Array(item) => listed(item),
        _ => &[],
    }
}

/// The members of an object, or of the items of a list.
pub(super) fn members(schema: &Schema) -> Option<&'static [Property]> {
    match schema.kind() {
        SchemaKind::Object(facts) => Some(facts().properties),
        SchemaKind::Array(item) | SchemaKind::Map(item) => members(item),
        _ => None,
    }
}

/// A default as it is given: that of a flag is a word.
pub(super) fn default(schema: &Schema, default: &Value) -> String {
    match (schema.kind(), default) {
        (SchemaKind::Flag, value) => (value == 1).to_string(),
        (SchemaKind::TextFlag, value) => (value == "1").to_string(),
        (_, Value::String(text)) => text.clone(),
        (_, value) => value.to_string(),
    }
}

/// The first sentence of a text.
pub(super) fn first_sentence(text: &str) -> &str {
    let end = text.find(". ").map(|end| end + 1);
    text.get(..end.unwrap_or(text.len())).unwrap_or(text)
}

fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}
