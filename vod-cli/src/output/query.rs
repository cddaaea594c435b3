//! JMESPath: what to show of the output.

use jmespath::Expression;
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::exit::Failure;

/// Reads an expression.
pub(super) fn compile(text: &str) -> Result<Expression<'static>, Failure> {
    jmespath::compile(&quoted(text)).map_err(|error| wrong(text, &error))
}

/// The expression with quotes around the texts that stand in backticks without them: `FAILED` for
/// `"FAILED"`, as users of other command lines write it.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['\'', '"', '`']) {
        let (before, from_quote) = rest.split_at(start);
        let mark = from_quote.chars().next().unwrap_or('`');
        let inner = from_quote.get(1..).unwrap_or_default();
        let Some(end) = end_of(inner, mark) else {
            break;
        };
        let (inner, after) = inner.split_at(end);
        quoted.push_str(before);
        if mark == '`' && serde_json::from_str::<IgnoredAny>(inner).is_err() {
            quoted.push_str(&format!("`{}`", Value::from(inner.trim_start())));
        } else {
            quoted.extend([mark].into_iter().chain(inner.chars()).chain([mark]));
        }
        rest = after.get(1..).unwrap_or_default();
    }
    quoted.push_str(rest);
    quoted
}

/// Where the quotation ends.
fn end_of(text: &str, mark: char) -> Option<usize> {
    let mut escaped = false;
    let end = text.char_indices().find(|(_, letter)| {
        let is_end = *letter == mark && !escaped;
        escaped = *letter == '\\' && !escaped;
        is_end
    });
    end.map(|(end, _)| end)
}

/// What the expression finds in a value.
pub(super) fn search(expression: &Expression<'_>, value: &Value) -> Result<Value, Failure> {
    let found = expression.search(value);
    let found = found.map_err(|error| wrong(expression.as_str(), &error))?;
    serde_json::to_value(&*found)
        .map_err(|error| Failure::usage(format!("--query: the result is no JSON: {error}")))
}

fn wrong(text: &str, error: &jmespath::JmespathError) -> Failure {
    let at = format!("column {}", error.column + 1);
    Failure::usage_with(
        format!("--query {text:?}: {} ({at})", error.reason),
        "https://jmespath.org has the language; a text stands in backticks, as `FAILED`",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_in_backticks_need_no_quotes() {
        for (written, meant) in [
            ("a[?b==`FAILED`].c", "a[?b==`\"FAILED\"`].c"),
            ("a[?b==`\"FAILED\"`]", "a[?b==`\"FAILED\"`]"),
            ("a[?b==`1` || b==`[1]`]", "a[?b==`1` || b==`[1]`]"),
            ("a[?b=='`x`']", "a[?b=='`x`']"),
            ("\"a`b\".c", "\"a`b\".c"),
            ("a[?b==`é`", "a[?b==`\"é\"`"),
            ("`open", "`open"),
            ("'it\\'s' == `x`", "'it\\'s' == `\"x\"`"),
        ] {
            assert_eq!(quoted(written), meant);
        }
    }
}
