//! Makes random requests of any operation.

use std::collections::BTreeMap;
use std::time::{Duration, UNIX_EPOCH};

use fastrand::Rng;
use serde_json::{Map, Value, json};
use vod_api::operation::{OperationMeta, Parameter, Schema, SchemaKind};
use vod_api::time::{Compact, Day, Midnight, Rfc3339, Spaced, Time, TimeFormat};

const PIECES: [&str; 12] = [
    "a", "Z", "0", "-", " ", "+", "%2F", "/", "\"", "<", "é", "视频",
];

/// What replies have had, to be asked for.
#[derive(Debug, Default)]
pub(crate) struct Known {
    pub(crate) texts: Vec<String>,
    numbers: Vec<i64>,
    /// The texts by the names of their members.
    by_name: BTreeMap<String, Vec<String>>,
}

impl Known {
    /// Remembers the ids and the addresses in a reply.
    pub(crate) fn learn(&mut self, reply: &Value) {
        match reply {
            Value::Object(members) => {
                for (name, value) in members {
                    let is_id = name.ends_with("id") || name.ends_with("url") || name == "object";
                    match value {
                        Value::String(text) if is_id || name == "bucket" => {
                            self.texts.push(text.clone());
                            let of_name = self.by_name.entry(name.clone()).or_default();
                            of_name.push(text.clone());
                        }
                        Value::Number(number) if is_id => self.numbers.extend(number.as_i64()),
                        _ => self.learn(value),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.learn(item)),
            _ => {}
        }
        for length in [self.texts.len(), self.numbers.len()] {
            let old = length.saturating_sub(200);
            self.texts.drain(..old.min(self.texts.len()));
            self.numbers.drain(..old.min(self.numbers.len()));
        }
    }
}

/// Requests that follow from a seed, and from what was learned of replies.
#[derive(Debug)]
pub(crate) struct Maker {
    pub(crate) rng: Rng,
    pub(crate) known: Known,
}

impl Maker {
    pub(crate) fn with_seed(seed: u64) -> Self {
        Self {
            rng: Rng::with_seed(seed),
            known: Known::default(),
        }
    }

    /// A request: what is required, and a third of the rest. Most values are within the limits.
    pub(crate) fn request(&mut self, meta: &OperationMeta) -> Value {
        let mut values = Map::new();
        for Parameter { property, .. } in meta.parameters {
            if property.required || self.rng.u8(0..3) == 0 {
                let value = self.value(&property.schema, property.name, 0);
                if value != json!([]) {
                    values.insert(property.name.to_owned(), value);
                }
            }
        }
        Value::Object(values)
    }

    fn value(&mut self, schema: &Schema, name: &str, depth: usize) -> Value {
        // What replies call by other names.
        let name = match name {
            "asset_id_list" => "asset_id",
            "template_group_list" => "group_id",
            "collection_id" => "group_collection_id",
            name => name,
        };
        let is_id =
            name.ends_with("id") || ["object_key", "thumbnailUrl", "url", "bucket"].contains(&name);
        match schema.kind() {
            SchemaKind::Bool => self.rng.bool().into(),
            SchemaKind::Int32 | SchemaKind::Int64 => self.integer(schema, is_id),
            SchemaKind::Number => self.rng.f64().into(),
            SchemaKind::Array(item) => {
                let items = 1..=self.rng.usize(1..4);
                items.map(|_| self.value(item, name, depth + 1)).collect()
            }
            SchemaKind::Map(item) => json!({"a": self.value(item, name, depth + 1)}),
            SchemaKind::Object(facts) => {
                let mut members = Map::new();
                for property in facts().properties {
                    if property.required || (depth < 4 && self.rng.u8(0..3) == 0) {
                        let value = self.value(&property.schema, property.name, depth + 1);
                        members.insert(property.name.to_owned(), value);
                    }
                }
                Value::Object(members)
            }
            SchemaKind::Flag => self.rng.u8(0..2).into(),
            SchemaKind::TextFlag => self.rng.u8(0..2).to_string().into(),
            SchemaKind::Time(format) => self.time(format),
            SchemaKind::OneOf(values) => self.rng.choice(values).copied().unwrap_or("x").into(),
            _ if is_id && !self.known.texts.is_empty() && self.rng.u8(0..10) > 0 => {
                let of_name = self.known.by_name.get(name);
                let of_name = of_name.filter(|_| self.rng.bool());
                let texts = of_name.unwrap_or(&self.known.texts);
                self.rng.choice(texts).cloned().unwrap_or_default().into()
            }
            _ if name.starts_with("timeline_") && self.rng.u8(0..4) > 0 => {
                self.rng.u8(0..60).to_string().into()
            }
            _ => self.text().into(),
        }
    }

    fn integer(&mut self, schema: &Schema, is_id: bool) -> Value {
        if is_id && self.rng.bool() {
            return self
                .rng
                .choice(&self.known.numbers)
                .copied()
                .unwrap_or(0)
                .into();
        }
        let (first, last) = schema.range_limits();
        let (first, last) = (first.max(i32::MIN.into()), last.min(i32::MAX.into()));
        match self.rng.u8(0..8) {
            0 => first.into(),
            1 => last.into(),
            _ => self
                .rng
                .i64(first..=last.min(first.saturating_add(20)))
                .into(),
        }
    }

    fn text(&mut self) -> String {
        let pieces = 0..self.rng.usize(1..6);
        let mut text: String = pieces.filter_map(|_| self.rng.choice(PIECES)).collect();
        for mark in ["[fail]", "[block]", "[fail:VOD.1]"] {
            if self.rng.u8(0..12) == 0 {
                text += mark;
            }
        }
        text
    }

    fn time(&mut self, format: TimeFormat) -> Value {
        let at = UNIX_EPOCH + Duration::from_secs(self.rng.u64(0..4_102_444_800));
        match format {
            TimeFormat::Compact => Time::<Compact>::from(at).as_str().into(),
            TimeFormat::Midnight => Time::<Midnight>::from(at).as_str().into(),
            TimeFormat::Day => Time::<Day>::from(at).as_str().into(),
            TimeFormat::Spaced => Time::<Spaced>::from(at).as_str().into(),
            TimeFormat::Seconds => self.rng.u32(..).into(),
            _ => Time::<Rfc3339>::from(at).as_str().into(),
        }
    }
}
