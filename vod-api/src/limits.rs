//! Checks a request against the documented limits, before anything is sent.

use std::fmt;

use serde_json::Number;

use crate::schema::{Property, Schema, SchemaKind};
use crate::wire::Json;

/// Finds the first limit that a value breaks: one line that names the field, the limit and the value.
pub(crate) fn check(property: &Property, value: Option<Json<'_>>) -> Result<(), String> {
    check_property(property, value).map_err(Broken::into_message)
}

/// A limit that is broken, and where. The path grows from the inside out, so that a request without mistakes needs none.
struct Broken {
    path: String,
    message: String,
}

impl Broken {
    fn new(message: impl Into<String>) -> Self {
        Self {
            path: String::new(),
            message: message.into(),
        }
    }

    fn inside(mut self, step: fmt::Arguments<'_>) -> Self {
        self.path = format!("{step}{}", self.path);
        self
    }

    fn into_message(self) -> String {
        let path = self.path.strip_prefix('.').unwrap_or(&self.path);
        format!("{path} {}", self.message)
    }
}

fn check_property(property: &Property, value: Option<Json<'_>>) -> Result<(), Broken> {
    let Property { name, schema, .. } = property;
    let checked = match value {
        None | Some(Json::Null) if property.required => Err(Broken::new(match schema.kind() {
            // An empty one is not written.
            SchemaKind::Array(_) | SchemaKind::Map(_) => "is required, and missing or empty",
            _ => "is required, and missing",
        })),
        None => Ok(()),
        Some(value) => check_value(schema, value),
    };
    checked.map_err(|broken| broken.inside(format_args!(".{name}")))
}

fn check_value(schema: &Schema, value: Json<'_>) -> Result<(), Broken> {
    match (schema.kind(), value) {
        (SchemaKind::Array(item), Json::Array(values)) => {
            check_count("value", schema.item_limits(), values.count())?;
            values.enumerate().try_for_each(|(index, value)| {
                check_value(item, value).map_err(|broken| broken.inside(format_args!("[{index}]")))
            })
        }
        (SchemaKind::Map(item), Json::Object(mut members)) => {
            check_count("value", schema.item_limits(), members.count())?;
            members.try_for_each(|(name, value)| {
                check_value(item, value).map_err(|broken| broken.inside(format_args!(".{name}")))
            })
        }
        (SchemaKind::Object(properties), Json::Object(members)) => properties()
            .iter()
            .try_for_each(|property| check_property(property, members.get(property.name))),
        (_, Json::String(text)) => match schema.length_limits() {
            // A character has one byte at least, and four at most.
            (min, max) if text.len() <= max && min <= text.len().div_ceil(4) => Ok(()),
            limits => check_count("character", limits, text.chars().count()),
        },
        (_, Json::Number(number)) => check_range(schema.range_limits(), number),
        _ => Ok(()),
    }
}

fn check_count(unit: &str, (min, max): (usize, usize), count: usize) -> Result<(), Broken> {
    let (bound, limit) = if count > max {
        ("most", max)
    } else if count < min {
        ("least", min)
    } else {
        return Ok(());
    };
    let plural = if limit == 1 { "" } else { "s" };
    Err(Broken::new(format!(
        "takes at {bound} {limit} {unit}{plural}, got {count}"
    )))
}

fn check_range((min, max): (i64, i64), number: &Number) -> Result<(), Broken> {
    // Integers are compared as such: as floats, large ones would lose their last digits.
    let (below, above) = match (number.as_i64(), number.as_f64()) {
        (Some(integer), _) => (integer < min, integer > max),
        (None, Some(float)) => (
            min != i64::MIN && float < min as f64,
            max != i64::MAX && float > max as f64,
        ),
        (None, None) => (false, false),
    };
    if !below && !above {
        return Ok(());
    }
    let limit = match (min, max) {
        (i64::MIN, _) => format!("at most {max}"),
        (_, i64::MAX) => format!("at least {min}"),
        _ => format!("from {min} to {max}"),
    };
    Err(Broken::new(format!("must be {limit}, got {number}")))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::schema::Described;
    use crate::wire::written;

    struct Node;

    impl Described for Node {
        const PROPERTIES: &'static [Property] = &[
            Property::new("name", Schema::STRING.length(1, 3)).required(),
            Property::new(
                "children",
                Schema::array(&Schema::object::<Node>()).items(0, 2),
            ),
        ];
    }

    fn check_in(property: Property, object: Value) -> Result<(), String> {
        let document = written(&object);
        check(&property, document.root().members().get("x"))
    }

    fn check_one(schema: Schema, value: Value) -> Result<(), String> {
        check_in(Property::new("x", schema), json!({ "x": value }))
    }

    #[test]
    fn names_field_limit_and_value() {
        let many = Schema::array(&Schema::STRING).items(0, 2);
        assert_eq!(check_one(many, json!(["a", "b"])), Ok(()));
        assert_eq!(
            check_one(many, json!(["a", "b", "c"])).unwrap_err(),
            "x takes at most 2 values, got 3"
        );
        let some = Schema::map(&Schema::ANY).items(1, usize::MAX);
        assert_eq!(
            check_one(some, json!({})).unwrap_err(),
            "x takes at least 1 value, got 0"
        );
    }

    #[test]
    fn counts_characters_not_bytes() {
        let short = Schema::STRING.length(0, 2);
        assert_eq!(check_one(short, json!("视频")), Ok(()));
        assert_eq!(
            check_one(short, json!("视频a")).unwrap_err(),
            "x takes at most 2 characters, got 3"
        );
        let long = Schema::STRING.length(2, usize::MAX);
        assert_eq!(check_one(long, json!("视频")), Ok(()));
        assert_eq!(
            check_one(long, json!("😀")).unwrap_err(),
            "x takes at least 2 characters, got 1"
        );
    }

    #[test]
    fn compares_numbers() {
        let both = Schema::INT32.range(1, 100);
        assert_eq!(check_one(both, json!(1)), Ok(()));
        assert_eq!(check_one(both, json!(100)), Ok(()));
        assert_eq!(
            check_one(both, json!(0)).unwrap_err(),
            "x must be from 1 to 100, got 0"
        );
        assert_eq!(
            check_one(both, json!(100.5)).unwrap_err(),
            "x must be from 1 to 100, got 100.5"
        );
        let upper = Schema::INT64.range(i64::MIN, i64::MAX - 1);
        assert!(
            check_one(upper, json!(i64::MAX))
                .unwrap_err()
                .starts_with("x must be at most ")
        );
        assert_eq!(
            check_one(Schema::NUMBER.range(0, i64::MAX), json!(-0.5)).unwrap_err(),
            "x must be at least 0, got -0.5"
        );
    }

    #[test]
    fn walks_types_that_hold_themselves() {
        let tree = json!({"name": "a", "children": [{"name": "b"}, {"name": "c", "children": [{"name": "long"}]}]});
        assert_eq!(
            check_one(Schema::object::<Node>(), tree).unwrap_err(),
            "x.children[1].children[0].name takes at most 3 characters, got 4"
        );
        assert_eq!(
            check_one(Schema::object::<Node>(), json!({})).unwrap_err(),
            "x.name is required, and missing"
        );
        assert_eq!(
            format!("{:?}", Schema::object::<Node>()),
            "Schema(Object(..))"
        );
    }

    #[test]
    fn required_values_must_be_there() {
        let required = |value| check_in(Property::new("x", Schema::STRING).required(), value);
        assert_eq!(required(json!({"x": "v"})), Ok(()));
        assert_eq!(required(json!({"x": ""})), Ok(()));
        for value in [json!({}), json!({"x": null})] {
            assert_eq!(required(value).unwrap_err(), "x is required, and missing");
        }
    }

    #[test]
    fn enums_stay_open() {
        assert_eq!(check_one(Schema::one_of(&["A", "B"]), json!("C")), Ok(()));
    }
}
