//! Holds values against the schemas of a document. It knows the keywords that documents use, and fails at any other.

use serde_json::Value;

/// The keywords that `value` breaks, each with its place: `/tags/0: maxLength`.
pub(crate) fn violations(document: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(document, schema, value, "", &mut found);
    found
}

fn check(document: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let fits = |schema: &Value| violations(document, schema, value).is_empty();
    for (keyword, rule) in schema.as_object().unwrap() {
        let limit = rule.as_i64();
        let keeps = match (keyword.as_str(), value) {
            ("$ref", _) => {
                let pointer = rule.as_str().unwrap().strip_prefix('#').unwrap();
                check(
                    document,
                    document.pointer(pointer).unwrap(),
                    value,
                    at,
                    found,
                );
                true
            }
            ("anyOf" | "oneOf" | "allOf", _) => {
                let schemas = rule.as_array().unwrap();
                let kept = schemas.iter().filter(|it| fits(it)).count();
                match keyword.as_str() {
                    "anyOf" => kept > 0,
                    "oneOf" => kept == 1,
                    _ => kept == schemas.len(),
                }
            }
            ("not", _) => !fits(rule),
            ("if", _) => {
                let then = schema.get("then").unwrap();
                !fits(rule) || fits(then)
            }
            ("dependentRequired", Value::Object(members)) => {
                let mut rules = rule.as_object().unwrap().iter();
                rules.all(|(name, others)| {
                    let mut others = others.as_array().unwrap().iter();
                    !members.contains_key(name)
                        || others.all(|it| members.contains_key(it.as_str().unwrap()))
                })
            }
            ("pattern", Value::String(text)) => matches(rule.as_str().unwrap(), text),
            ("minProperties", Value::Object(members)) => Some(members.len() as i64) >= limit,
            ("type", _) => match rule {
                Value::Array(names) => names.iter().any(|name| is(name, value)),
                name => is(name, value),
            },
            ("format", Value::Number(number)) => match rule.as_str().unwrap() {
                "int32" => number.as_i64().is_some_and(|it| i32::try_from(it).is_ok()),
                "int64" => number.is_i64(),
                _ => true,
            },
            ("enum", _) => rule.as_array().unwrap().contains(value),
            ("minimum", Value::Number(number)) => number.as_i64() >= limit,
            ("maximum", Value::Number(number)) => number.as_i64() <= limit,
            ("minLength", Value::String(text)) => Some(text.chars().count() as i64) >= limit,
            ("maxLength", Value::String(text)) => Some(text.chars().count() as i64) <= limit,
            ("minItems", Value::Array(items)) => Some(items.len() as i64) >= limit,
            ("maxItems", Value::Array(items)) => Some(items.len() as i64) <= limit,
            ("items", Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    check(document, rule, item, &format!("{at}/{index}"), found);
                }
                true
            }
            ("additionalProperties", Value::Object(members)) => {
                for (name, member) in members {
                    check(document, rule, member, &format!("{at}/{name}"), found);
                }
                true
            }
            ("properties", Value::Object(members)) => {
                for (name, property) in rule.as_object().unwrap() {
                    if let Some(member) = members.get(name) {
                        check(document, property, member, &format!("{at}/{name}"), found);
                    }
                }
                true
            }
            ("required", Value::Object(members)) => {
                let mut names = rule.as_array().unwrap().iter();
                names.all(|name| members.contains_key(name.as_str().unwrap()))
            }
            // These concern values of other types, or none.
            (
                "format"
                | "minimum"
                | "maximum"
                | "minLength"
                | "maxLength"
                | "minItems"
                | "maxItems"
                | "items"
                | "additionalProperties"
                | "properties"
                | "required"
                | "then"
                | "dependentRequired"
                | "pattern"
                | "minProperties"
                | "description"
                | "default"
                | "examples"
                | "x-vod-aliases"
                | "x-vod-absent"
                | "deprecated"
                | "x-enumDescriptions"
                | "x-vod-constraints"
                | "x-vod-flag"
                | "x-vod-time"
                | "x-vod-min-bytes"
                | "x-vod-max-bytes"
                | "x-vod-sensitive"
                | "x-vod-batch"
                | "x-vod-error-codes",
                _,
            ) => true,
            (unknown, _) => panic!("a schema has `{unknown}`: {schema}"),
        };
        if !keeps {
            found.push(format!("{at}: {keyword}"));
        }
    }
}

/// Whether a text has the form that a pattern describes: the patterns are those of times and of text that is not blank.
fn matches(pattern: &str, text: &str) -> bool {
    let shape: String = text
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    match pattern {
        r"\S" => !text.trim().is_empty(),
        "^[0-9]{14}$" => shape == "00000000000000",
        "^[0-9]{8}000000$" => shape == "00000000000000" && text.ends_with("000000"),
        "^[0-9]{8}$" => shape == "00000000",
        "^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$" => shape == "0000-00-00 00:00:00",
        r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$" =>
        {
            let shape = shape.replace(".000", "").replace('-', "+");
            ["0000+00+00T00:00:00Z", "0000+00+00T00:00:00+00:00"].contains(&shape.as_str())
        }
        unknown => panic!("a schema has the pattern `{unknown}`"),
    }
}

fn is(name: &Value, value: &Value) -> bool {
    match name.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        unknown => panic!("there is no type `{unknown}`"),
    }
}
