//! Types of a document as JSON has them, with references followed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// A type where it is used: its own members win over those of what it refers to.
#[derive(Clone, Copy)]
pub(crate) struct Used<'d> {
    pub(crate) root: &'d Value,
    pub(crate) own: &'d Value,
    /// The name of what it refers to.
    pub(crate) name: Option<&'d str>,
    target: &'d Value,
}

/// What a value is, without its limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    Plain(&'static str),
    Array(Box<Cell>),
    Map(Box<Cell>),
    Object,
    Any,
    Other(String),
}

impl<'d> Used<'d> {
    pub(crate) fn new(root: &'d Value, own: &'d Value) -> Self {
        let (mut target, mut name) = (own, None);
        for _ in 0..8 {
            let Some(reference) = target["$ref"].as_str() else {
                break;
            };
            name = reference.rsplit('/').next();
            let pointer = reference.trim_start_matches('#');
            target = root.pointer(pointer).unwrap_or(&Value::Null);
        }
        Self {
            root,
            own,
            name,
            target,
        }
    }

    /// A member of it, or of what it refers to.
    pub(crate) fn get(&self, name: &str) -> &'d Value {
        let own = &self.own[name];
        if !own.is_null() || self.has_fields() {
            return own;
        }
        // In newer documents a parameter has its type below.
        match &self.target[name] {
            Value::Null => &self.own["schema"][name],
            found => found,
        }
    }

    pub(crate) fn has_fields(&self) -> bool {
        let some = |name: &str| match &self.target[name] {
            Value::Object(members) => !members.is_empty(),
            Value::Array(items) => !items.is_empty(),
            _ => false,
        };
        some("properties") || some("allOf")
    }

    pub(crate) fn items(&self) -> Option<Self> {
        let items = self.get("items");
        items.is_object().then(|| Self::new(self.root, items))
    }

    pub(crate) fn values_of_map(&self) -> Option<Self> {
        let inner = self.get("additionalProperties");
        (inner.is_object() && !self.has_fields()).then(|| Self::new(self.root, inner))
    }

    pub(crate) fn cell(&self) -> Cell {
        self.cell_at(0)
    }

    fn cell_at(&self, depth: usize) -> Cell {
        let inner = |it: Option<Self>| {
            let cell = it.filter(|_| depth < 8).map(|it| it.cell_at(depth + 1));
            Box::new(cell.unwrap_or(Cell::Any))
        };
        if self.has_fields() {
            return Cell::Object;
        }
        match (self.get("type").as_str(), self.get("format").as_str()) {
            (Some("string"), _) => Cell::Plain("string"),
            (Some("boolean"), _) => Cell::Plain("boolean"),
            (Some("number"), _) => Cell::Plain("number"),
            (Some("integer"), Some("int64" | "long" | "uint32")) => Cell::Plain("int64"),
            (Some("integer"), None) if self.is_large() => Cell::Plain("int64"),
            (Some("integer"), _) => Cell::Plain("int32"),
            (Some("array"), _) => Cell::Array(inner(self.items())),
            (Some("object") | None, _) => match self.values_of_map() {
                Some(values) => Cell::Map(inner(Some(values))),
                None if self.get("enum").is_array() => Cell::Plain("string"),
                None => Cell::Any,
            },
            (Some(other), _) => Cell::Other(other.to_owned()),
        }
    }

    /// Whether its limits need more than 32 bits.
    fn is_large(&self) -> bool {
        let ends = ["minimum", "maximum"].map(|it| self.get(it).as_i64());
        ends.iter().flatten().any(|it| i32::try_from(*it).is_err())
    }

    /// Its fields, and whether each is mandatory.
    pub(crate) fn fields(&self) -> BTreeMap<&'d str, (Self, bool)> {
        let (mut fields, mut required) = (BTreeMap::new(), BTreeSet::new());
        self.collect(self.target, &mut fields, &mut required, 0);
        let fields = fields.into_iter();
        fields
            .map(|(name, schema)| {
                let is_required = required.contains(name) || schema["required"] == true;
                (name, (Self::new(self.root, schema), is_required))
            })
            .collect()
    }

    fn collect(
        &self,
        schema: &'d Value,
        fields: &mut BTreeMap<&'d str, &'d Value>,
        required: &mut BTreeSet<&'d str>,
        depth: usize,
    ) {
        let parts = schema["allOf"].as_array().into_iter().flatten();
        for part in parts.filter(|_| depth < 8) {
            let part = Self::new(self.root, part).target;
            self.collect(part, fields, required, depth + 1);
        }
        let properties = schema["properties"].as_object().into_iter().flatten();
        fields.extend(properties.map(|(name, schema)| (name.as_str(), schema)));
        let names = schema["required"].as_array().into_iter().flatten();
        required.extend(names.filter_map(Value::as_str));
    }
}
