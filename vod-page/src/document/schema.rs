//! A type as a document writes it, to a type as a page would name it, with what is stated besides.

use crate::Address;
use crate::facts::{CellType, Stated};
use crate::json::Json;

use super::bounds::Bound;
use super::members::Kind;
use super::reader::{Opened, Reader};
use super::tables::Due;
use super::tree::{Member, Node};

/// References that lead to references; more than any document has.
const MAX_DEPTH: usize = 8;

/// A type and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Spot<'s, 'd> {
    pub(super) node: Node<'d>,
    pub(super) kind: Kind,
    /// What is of the type.
    pub(super) at: &'s Address,
    /// What a type with fields is called that the document has no name for.
    pub(super) name: &'s str,
    pub(super) depth: usize,
}

impl<'s, 'd> Spot<'s, 'd> {
    /// A part of the type.
    fn inner(self, node: Node<'d>) -> Self {
        Self {
            node,
            kind: Kind::Schema,
            depth: self.depth + 1,
            ..self
        }
    }
}

/// What a type states.
#[derive(Default)]
pub(super) struct Shape {
    pub(super) ty: Option<Stated<CellType>>,
    pub(super) bounds: Vec<Bound>,
    pub(super) values: Vec<Stated<String>>,
    pub(super) default: Option<Stated<String>>,
    pub(super) deprecated: Option<Stated<bool>>,
    pub(super) description: Option<Stated<String>>,
    /// The annotation that makes it mandatory.
    pub(super) annotated: Option<Stated<String>>,
    /// Whether it says of itself that it is mandatory.
    pub(super) required: Option<Stated<bool>>,
}

impl<'d> Reader<'d> {
    pub(super) fn shape(&mut self, spot: Spot<'_, 'd>) -> Shape {
        let Spot { node, at, .. } = spot;
        if spot.depth > MAX_DEPTH {
            self.note(
                node.start(),
                at,
                "a type that leads to itself, or too deeply",
            );
            return Shape::default();
        }
        let opened = self.open(node, spot.kind, at);
        let mut shape = match (opened.get("$ref"), opened.get("schema")) {
            (Some(reference), _) => self.referred(spot, reference),
            // In newer documents a parameter has its type below.
            (None, Some(schema)) => self.shape(spot.inner(schema.value)),
            (None, None) => self.direct(spot, &opened),
        };
        if let Some(text) = self.text(opened.get("description"), at) {
            shape.description = Some(text);
        }
        if let Some(default) = opened.get("default") {
            shape.default = self.default(*default);
        }
        shape.deprecated = self
            .truth(opened.get("deprecated"), at)
            .or(shape.deprecated);
        if let Some(required) = opened
            .get("required")
            .filter(|_| spot.kind != Kind::Parameter)
        {
            match required.value.json {
                Json::Bool(_) => shape.required = self.truth(Some(required), at),
                _ if has_fields(node) => {}
                _ => self.skip(*required, "it does not fit a type without fields"),
            }
        }
        self.bounds(&opened, &mut shape, at);
        shape
    }

    fn referred(&mut self, spot: Spot<'_, 'd>, reference: &Member<'d>) -> Shape {
        let line = self.line(reference.key);
        let Some(target) = self.follow(reference, spot.at) else {
            let value = CellType::Unknown(String::new());
            let ty = Some(Stated { value, line });
            return Shape {
                ty,
                ..Shape::default()
            };
        };
        if has_fields(target.value) {
            let value = CellType::Object(target.name.to_owned());
            self.is_due(target.name, target);
            let ty = Some(Stated { value, line });
            return Shape {
                ty,
                ..Shape::default()
            };
        }
        let inner = self.shape(Spot {
            name: target.name,
            ..spot.inner(target.value)
        });
        let ty = inner.ty.map(|it| Stated { line, ..it });
        Shape { ty, ..inner }
    }

    fn direct(&mut self, spot: Spot<'_, 'd>, opened: &Opened<'d>) -> Shape {
        let Spot { node, at, .. } = spot;
        let name = self.text(opened.get("type"), at);
        let line = name
            .as_ref()
            .map_or_else(|| self.line(node.start()), |it| it.line);
        let format = self.text(opened.get("format"), at).map(|it| it.value);
        let mut shape = Shape {
            values: self.values(opened.get("enum"), at),
            ..Shape::default()
        };
        let value = match name.as_ref().map(|it| it.value.as_str()) {
            _ if has_fields(node) => CellType::Object(self.unnamed(spot)),
            Some("string") => CellType::String,
            Some("boolean") => CellType::Boolean,
            Some("number") => CellType::Number,
            Some("integer") => match format.as_deref() {
                Some("int64" | "long" | "uint32") => CellType::Long,
                Some("int32") | None => CellType::Integer,
                Some(other) => {
                    let message = format!("the format `{other}` of a whole number is not known");
                    self.note(node.start(), at, message);
                    CellType::Integer
                }
            },
            Some("array") => self.array(spot, opened, &mut shape),
            Some("object") => self.map(spot, opened),
            Some(other) => {
                let message = format!("the type `{other}` is not known");
                self.note(node.start(), at, message);
                CellType::Unknown(other.to_owned())
            }
            None if !shape.values.is_empty() => CellType::String,
            None if opened.contains_key("items") => self.array(spot, opened, &mut shape),
            None => self.map(spot, opened),
        };
        shape.ty = Some(Stated { value, line });
        shape
    }

    fn array(&mut self, spot: Spot<'_, 'd>, opened: &Opened<'d>, shape: &mut Shape) -> CellType {
        let Some(items) = opened.get("items") else {
            let message = "an array without `items`: of what is not stated";
            self.note(spot.node.start(), spot.at, message);
            return CellType::Array(Box::new(CellType::AnyObject));
        };
        let inner = self.shape(spot.inner(items.value));
        let ty = inner.ty.map_or(CellType::AnyObject, |it| it.value);
        if !matches!(ty, CellType::Array(_) | CellType::Map(_)) {
            shape.bounds = inner.bounds;
            shape.values.extend(inner.values);
        }
        CellType::Array(Box::new(ty))
    }

    fn map(&mut self, spot: Spot<'_, 'd>, opened: &Opened<'d>) -> CellType {
        let values = opened.get("additionalProperties");
        match values.filter(|it| it.value.is_object()) {
            Some(values) => {
                let inner = self.shape(spot.inner(values.value));
                let ty = inner.ty.map_or(CellType::AnyObject, |it| it.value);
                CellType::Map(Box::new(ty))
            }
            None => CellType::AnyObject,
        }
    }

    /// The name of a type that the document writes where it is used.
    fn unnamed(&mut self, spot: Spot<'_, 'd>) -> String {
        if let Some(name) = self.unnamed.get(&spot.node.start()) {
            return name.clone();
        }
        let mut name = spot.name.to_owned();
        let mut count = 1;
        while self.named.contains(&name) || self.has_type(&name) {
            count += 1;
            name = format!("{}{count}", spot.name);
        }
        self.unnamed.insert(spot.node.start(), name.clone());
        self.named.insert(name.clone());
        let line = self.line(spot.node.start());
        self.due.push_back(Due {
            name: Stated {
                value: name.clone(),
                line,
            },
            node: spot.node,
        });
        name
    }

    fn values(&mut self, member: Option<&Member<'d>>, at: &Address) -> Vec<Stated<String>> {
        let items = member.map(|it| it.value.items()).unwrap_or_default();
        let mut values = Vec::new();
        for item in items {
            let line = self.line(item.start());
            match plain(item.json) {
                Some(value) if !value.is_empty() => values.push(Stated { value, line }),
                _ => self.note(
                    item.start(),
                    at,
                    "a value that is empty, or no single value",
                ),
            }
        }
        values
    }

    fn default(&mut self, member: Member<'d>) -> Option<Stated<String>> {
        let value = plain(member.value.json).filter(|it| !it.is_empty());
        let Some(value) = value else {
            self.skip(member, "a default that is empty, or no single value");
            return None;
        };
        let line = self.line(member.value.start());
        Some(Stated { value, line })
    }
}

/// A single value as text without quotes.
fn plain(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text.clone()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
        other => Some(other.to_string()),
    }
}

/// Whether a type is an object with fields of its own.
pub(super) fn has_fields(node: Node<'_>) -> bool {
    let properties = node.member("properties");
    let parts = node.member("allOf");
    properties.is_some_and(|it| !it.value.members().is_empty())
        || parts.is_some_and(|it| !it.value.items().is_empty())
}
