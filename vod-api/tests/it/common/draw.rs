//! Random values, all from one seed.

use fastrand::Rng;
use serde_json::{Map, Value, json};
use vod_api::operation::{OperationMeta, Place, Property, Schema, SchemaKind};
use vod_api::time::TimeFormat;

/// Deeper structures end here: some types hold themselves.
const DEEPEST: usize = 5;

pub(crate) struct Draw {
    rng: Rng,
    /// Whether `null` stands for what is not there: a request takes it for little, a reply for all.
    nulls: bool,
}

impl Draw {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            rng: Rng::with_seed(seed),
            nulls: true,
        }
    }

    /// Less than `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.rng.usize(..end)
    }

    pub(crate) fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// Text of any characters, often of those that mean something in a URL, in JSON or in a header.
    pub(crate) fn text(&mut self) -> String {
        const SPECIAL: &[char] = &[
            ' ', '+', '%', '&', '=', '/', '?', '#', '\\', '"', '\'', ':', ';', ',', '.', '~', '*',
            '{', '}', '[', ']', '\n', '\t', '\0', '\u{7f}', 'é', '视', '😀', '\u{2028}',
            '\u{feff}',
        ];
        let length = self.below(10);
        (0..length)
            .map(|_| match self.below(4) {
                0 => *self.pick(SPECIAL),
                1 => self.rng.char(..),
                _ => self.rng.alphanumeric(),
            })
            .collect()
    }

    /// At least one letter or digit, and nothing else.
    pub(crate) fn word(&mut self) -> String {
        let length = 1 + self.below(12);
        (0..length).map(|_| self.rng.alphanumeric()).collect()
    }

    /// Visible ASCII, blanks also at the ends.
    pub(crate) fn header_value(&mut self) -> String {
        let length = self.below(12);
        let inner: String = (0..length).map(|_| self.rng.char(' '..='~')).collect();
        format!("{} {inner}{}", self.word(), self.pick(&["", " ", "\t"]))
    }

    /// JSON of any form.
    pub(crate) fn json(&mut self) -> Value {
        self.any(0)
    }

    /// Parameters of an operation: as they are given, and as they are written.
    pub(crate) fn request(&mut self, meta: &OperationMeta) -> (Value, Value) {
        self.nulls = false;
        let mut both = self.members(meta.parameters.iter().map(|it| it.property), 0);
        self.nulls = true;
        for parameter in meta.parameters {
            let name = parameter.property.name;
            let Some(given) = both.0.get(name) else {
                continue;
            };
            if *given == json!([]) || *given == json!({}) {
                // What is empty is no less given; in a query there is no way to write it.
                match parameter.place {
                    Place::Query if parameter.property.required => {
                        let SchemaKind::Array(item) = parameter.property.schema.kind() else {
                            continue;
                        };
                        let (one, other) = self.value(item);
                        both.0[name] = json!([one]);
                        both.1[name] = json!([other]);
                    }
                    Place::Query => drop_member(&mut both.0, name),
                    _ if parameter.property.required => {}
                    _ => both.1[name] = given.clone(),
                }
            }
        }
        for parameter in meta.parameters.iter().filter(|it| it.place == Place::Path) {
            let name = parameter.property.name;
            if both.0[name]
                .as_str()
                .is_some_and(|text| ["", ".", ".."].contains(&text))
            {
                // They are refused: an empty segment, or one of dots, leads elsewhere.
                both.0[name] = json!("...");
                both.1[name] = json!("...");
            }
        }
        both
    }

    /// A value that fits the types, not the limits: as it is given, and as it is written.
    pub(crate) fn value(&mut self, schema: &Schema) -> (Value, Value) {
        self.fitting(schema, 0)
    }

    fn fitting(&mut self, schema: &Schema, depth: usize) -> (Value, Value) {
        let count = if depth < DEEPEST { self.below(4) } else { 0 };
        match schema.kind() {
            SchemaKind::Array(item) => {
                let items = (0..count).map(|_| self.fitting(item, depth + 1));
                let (given, written) = items.unzip();
                (Value::Array(given), Value::Array(written))
            }
            SchemaKind::Map(item) => {
                let (mut given, mut written) = (Map::new(), Map::new());
                for _ in 0..count {
                    let (name, (one, other)) = (self.text(), self.fitting(item, depth + 1));
                    given.insert(name.clone(), one);
                    written.insert(name, other);
                }
                (Value::Object(given), Value::Object(written))
            }
            SchemaKind::Object(facts) => self.members(facts().properties.iter().copied(), depth),
            kind => {
                let value = self.scalar(kind, depth);
                (value.clone(), value)
            }
        }
    }

    /// Members that are missing, `null` or empty are not written, but for the parameters above.
    fn members(
        &mut self,
        properties: impl Iterator<Item = Property>,
        depth: usize,
    ) -> (Value, Value) {
        let (mut given, mut written) = (Map::new(), Map::new());
        for property in properties {
            if !property.required && self.one_in(4) {
                if self.nulls && self.one_in(2) {
                    given.insert(property.name.to_owned(), Value::Null);
                }
                continue;
            }
            let (one, other) = self.fitting(&property.schema, depth + 1);
            given.insert(property.name.to_owned(), one);
            let empty = match property.schema.kind() {
                SchemaKind::Array(_) => other == json!([]),
                SchemaKind::Map(_) => other == json!({}),
                _ => other.is_null(),
            };
            if !empty {
                written.insert(property.name.to_owned(), other);
            }
        }
        (Value::Object(given), Value::Object(written))
    }

    fn scalar(&mut self, kind: SchemaKind, depth: usize) -> Value {
        match kind {
            SchemaKind::Bool => json!(self.rng.bool()),
            SchemaKind::Int32 => {
                let number = self.rng.i32(..);
                json!(self.pick(&[number, number % 100, i32::MIN, i32::MAX]))
            }
            SchemaKind::Int64 => {
                let number = self.rng.i64(..);
                json!(self.pick(&[number, number % 100, i64::MIN, i64::MAX]))
            }
            SchemaKind::Number => json!(self.float()),
            SchemaKind::Flag => json!(self.below(2)),
            SchemaKind::TextFlag => json!(self.below(2).to_string()),
            SchemaKind::Time(TimeFormat::Seconds) => json!(self.rng.u32(..)),
            // Not all that is sent or received is a time.
            SchemaKind::Time(format) if self.one_in(2) => json!(format.example()),
            SchemaKind::Time(_) => json!(self.word()),
            SchemaKind::OneOf(values) if !self.one_in(4) => json!(self.pick(values)),
            SchemaKind::Any => self.any(depth),
            _ => json!(self.text()),
        }
    }

    /// Any bits that are a finite number.
    fn float(&mut self) -> f64 {
        let number = f64::from_bits(self.rng.u64(..));
        let other = f64::from(self.rng.i32(..)) / 100.0;
        *self.pick(&[
            if number.is_finite() { number } else { 0.0 },
            other,
            f64::MAX,
            f64::MIN_POSITIVE,
        ])
    }

    fn any(&mut self, depth: usize) -> Value {
        match self.below(if depth < DEEPEST { 8 } else { 6 }) {
            0 => Value::Null,
            1 => json!(self.rng.bool()),
            2 => json!(self.rng.i64(..)),
            3 => json!(self.rng.u64(..)),
            4 => json!(self.float()),
            5 => json!(self.text()),
            6 => (0..self.below(4)).map(|_| self.any(depth + 1)).collect(),
            _ => (0..self.below(4))
                .map(|_| (self.text(), self.any(depth + 1)))
                .collect::<Map<_, _>>()
                .into(),
        }
    }
}

fn drop_member(object: &mut Value, name: &str) {
    if let Value::Object(members) = object {
        members.remove(name);
    }
}
