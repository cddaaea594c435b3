//! The documented values of a field, as JSON Schema.

use super::constraints::{flag_value, not_blank};
use super::node::Map;
use crate::model::{Bounds, Field, LengthUnit, Limits, ScalarType, TimeForm, TimeFormat, Type};

/// The values that a request can have: limits of the value itself, or of each item if the field is an array. `ty` is
/// the type of the value or item.
pub(super) fn allowed(field: &Field, ty: &Type) -> Map {
    let is_text = *ty == Type::Scalar(ScalarType::String);
    match field.time {
        _ if field.flag => {
            let values = [false, true].map(|yes| flag_value(yes, ty));
            Map::new().with("enum", values.to_vec())
        }
        Some(time) if is_text => Map::new().with("pattern", pattern(time.form)),
        Some(_) => Map::new().with("minimum", 0),
        None => {
            let blank = (is_text && !field.blank).then(not_blank);
            pair(field.limits.range, "minimum", "maximum")
                .and(length(&field.limits))
                .and(blank.unwrap_or_default())
        }
    }
}

pub(super) fn items(field: &Field) -> Map {
    pair(field.limits.items, "minItems", "maxItems")
}

/// The format of a text, where OpenAPI has a name for it.
pub(super) fn format(field: &Field) -> Option<&'static str> {
    let is_rfc3339 = |time: TimeFormat| time.form == TimeForm::Rfc3339;
    field
        .time
        .filter(|time| is_rfc3339(*time))
        .map(|_| "date-time")
}

/// The meaning of a text or a number that JSON Schema cannot express.
pub(super) fn meaning(field: &Field) -> Map {
    Map::new()
        .with_flag("x-vod-flag", field.flag)
        .with_some("x-vod-time", field.time.map(time))
}

fn time(time: TimeFormat) -> Map {
    Map::new()
        .with("form", time.form.as_str())
        .with_some("zone", time.zone.map(|zone| zone.as_str()))
        .with("basis", time.basis.as_str())
}

fn pattern(form: TimeForm) -> &'static str {
    match form {
        TimeForm::Compact => "^[0-9]{14}$",
        TimeForm::Midnight => "^[0-9]{8}000000$",
        TimeForm::Day => "^[0-9]{8}$",
        TimeForm::Spaced => "^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$",
        TimeForm::Rfc3339 => {
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$"
        }
        TimeForm::Seconds => "^(0|[1-9][0-9]*)$",
    }
}

/// JSON Schema counts characters, so a limit in bytes stands beside what follows from it: a character has one byte at
/// least and four at most.
fn length(limits: &Limits) -> Map {
    match limits.unit {
        LengthUnit::Characters => pair(limits.length, "minLength", "maxLength"),
        LengthUnit::Bytes => {
            let Bounds { min, max } = limits.length;
            let min = min.map(|min| min / 4 + i64::from(min % 4 > 0));
            let characters = pair(Bounds { min, max }, "minLength", "maxLength");
            characters.and(pair(limits.length, "x-vod-min-bytes", "x-vod-max-bytes"))
        }
    }
}

fn pair(Bounds { min, max }: Bounds, lower: &str, upper: &str) -> Map {
    Map::new().with_some(lower, min).with_some(upper, max)
}
