//! JMESPath: what to show of the output.

use jmespath::Expression;
use serde_json::Value;

use crate::exit::Failure;

/// Reads an expression.
pub(super) fn compile(text: &str) -> Result<Expression<'static>, Failure> {
    jmespath::compile(text).map_err(|error| wrong(text, &error))
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
        "https://jmespath.org has the language; texts stand in backticks, as `FAILED`",
    )
}
