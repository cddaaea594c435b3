//! Random requests, from what the description says about each parameter.

use std::time::{Duration, UNIX_EPOCH};

use fastrand::Rng;
use serde_json::{Map, Value, json};
use vod_api::operation::{OperationMeta, Parameter, Place, Property, Schema, SchemaKind};
use vod_api::time::{Compact, Day, Midnight, Rfc3339, Spaced, Time, TimeFormat};

/// What text is made of: characters that are escaped in one place or another, or that someone forgot.
const PIECES: [&str; 26] = [
    "a", "Z", "0", "9", "-", ".", "_", "~", " ", "+", "%", "%2F", "/", "?", "&", "=", "#", "\"",
    "\\", "'", "<", "\n", "\u{7f}", "é", "视频", "😀",
];

/// Objects below this depth hold nothing that may be left out: types may hold themselves.
const DEEP: usize = 5;

/// A request: what is required, and half of the rest. Values are of the right type, and often beyond the limits.
pub(crate) fn request(rng: &mut Rng, meta: &OperationMeta) -> Value {
    let mut values = Map::new();
    for Parameter {
        property, place, ..
    } in meta.parameters
    {
        if property.required || rng.bool() {
            let mut given = value(rng, &property.schema, 0);
            // The SDK takes it for one that is left out, which vod-api refuses.
            if *place == Place::Query && given == json!([]) {
                match property.schema.kind() {
                    SchemaKind::Array(item) if property.required => {
                        given = json!([value(rng, item, 0)]);
                    }
                    _ => continue,
                }
            }
            values.insert(property.name.to_owned(), given);
        }
    }
    Value::Object(values)
}

fn value(rng: &mut Rng, schema: &Schema, depth: usize) -> Value {
    match schema.kind() {
        SchemaKind::Bool => rng.bool().into(),
        SchemaKind::Int32 => integer(rng, schema, i32::MIN.into(), i32::MAX.into()),
        SchemaKind::Int64 => integer(rng, schema, i64::MIN, i64::MAX),
        SchemaKind::Number => number(rng),
        SchemaKind::Array(item) => {
            let items = 0..rng.usize(0..6);
            items.map(|_| value(rng, item, depth + 1)).collect()
        }
        SchemaKind::Map(item) => {
            let members = 0..rng.usize(0..4);
            let members = members.map(|_| (text(rng), value(rng, item, depth + 1)));
            Value::Object(members.collect())
        }
        SchemaKind::Object(facts) => object(rng, facts().properties, depth),
        SchemaKind::Flag => rng.u8(0..2).into(),
        SchemaKind::TextFlag => rng.u8(0..2).to_string().into(),
        SchemaKind::Time(format) => time(rng, format),
        SchemaKind::OneOf(values) if rng.u8(0..4) > 0 => {
            rng.choice(values).copied().unwrap_or_default().into()
        }
        SchemaKind::Any => any(rng, depth),
        _ => text(rng).into(),
    }
}

fn object(rng: &mut Rng, properties: &[Property], depth: usize) -> Value {
    let mut members = Map::new();
    for property in properties {
        if property.required || (depth < DEEP && rng.bool()) {
            let value = value(rng, &property.schema, depth + 1);
            members.insert(property.name.to_owned(), value);
        }
    }
    Value::Object(members)
}

fn integer(rng: &mut Rng, schema: &Schema, least: i64, most: i64) -> Value {
    let (first, last) = schema.range_limits();
    let (first, last) = (first.max(least), last.min(most));
    let candidates = [0, 1, -1, first, last, least, most, rng.i64(least..=most)];
    rng.choice(candidates).into()
}

fn number(rng: &mut Rng) -> Value {
    let candidates = [0.0, 1.0, -0.5, 0.1, 12_345.678, 1e-7, 1e300, rng.f64()];
    rng.choice(candidates).into()
}

fn text(rng: &mut Rng) -> String {
    let pieces = match rng.u8(0..20) {
        0 => 0,
        1 => 300,
        _ => rng.usize(1..12),
    };
    (0..pieces).filter_map(|_| rng.choice(PIECES)).collect()
}

/// A time of the form, from 1970 to 2100.
fn time(rng: &mut Rng, format: TimeFormat) -> Value {
    let at = UNIX_EPOCH + Duration::from_secs(rng.u64(0..4_102_444_800));
    match format {
        TimeFormat::Compact => Time::<Compact>::from(at).as_str().into(),
        TimeFormat::Midnight => Time::<Midnight>::from(at).as_str().into(),
        TimeFormat::Day => Time::<Day>::from(at).as_str().into(),
        TimeFormat::Spaced => Time::<Spaced>::from(at).as_str().into(),
        TimeFormat::Seconds => rng.u32(..).into(),
        _ => Time::<Rfc3339>::from(at).as_str().into(),
    }
}

fn any(rng: &mut Rng, depth: usize) -> Value {
    match rng.u8(0..6) {
        0 => rng.bool().into(),
        1 => rng.i64(..).into(),
        2 => number(rng),
        3 if depth < DEEP => json!([any(rng, depth + 1), any(rng, depth + 1)]),
        4 if depth < DEEP => json!({ text(rng): any(rng, depth + 1) }),
        _ => text(rng).into(),
    }
}

#[cfg(test)]
mod tests {
    use vod_api::operation;

    use super::*;

    #[test]
    fn a_seed_decides_everything() {
        let all = |seed| -> Vec<Value> {
            let mut rng = Rng::with_seed(seed);
            let all = operation::all().iter();
            all.map(|meta| request(&mut rng, meta)).collect()
        };
        assert_eq!(all(7), all(7));
        assert_ne!(all(7), all(8));
    }
}
