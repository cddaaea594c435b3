//! Types and fields.

use std::collections::BTreeSet;

use vod_spec::model::{self, Api, ScalarType, TimeForm, TimeZone, Type, TypeDef, TypeId, TypeKind};
use vod_spec::{Code, Diagnostic, Spanned};

use super::Lowering;
use super::constraints::constraints;
use super::reserved::{RESERVED_FIELDS, RESERVED_PARAMETERS};
use super::scope::{Naming, Scope};
use crate::names;
use crate::rust::{
    self, Enum, Field, Flag, Operation, Property, RustType, Schema, SchemaKind, Struct, Time,
    Variant,
};

/// What fields belong to: that decides what may be absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// A request: what is required is no `Option`.
    Request,
    /// A type: its constructor takes what is required, and yet a stored value may lack it.
    Type { id: TypeId, in_requests: bool },
    /// A reply: anything may be absent.
    Reply,
}

impl Lowering<'_> {
    /// The types of one file, as they are written.
    pub(super) fn type_order(&self, source: &str) -> Vec<TypeId> {
        let mut order: Vec<_> = self
            .api
            .type_ids()
            .filter(|(_, ty)| ty.file == source && !ty.is_of_events())
            .map(|(id, ty)| (ty.name.span.start, id))
            .collect();
        order.sort();
        order.into_iter().map(|(_, id)| id).collect()
    }

    pub(super) fn type_def(&mut self, id: TypeId) -> Option<rust::Type> {
        let api = self.api;
        let ty = api.type_def(id)?;
        Some(match &ty.kind {
            TypeKind::Object(fields) => rust::Type::Struct(self.object(id, ty, fields)),
            TypeKind::Enum(values) => {
                let name = self.type_name(id);
                let mut ty = self.open_enum(ty, values, name);
                ty.docs = self.with_uses(ty.docs, id);
                rust::Type::Enum(ty)
            }
        })
    }

    fn object(&mut self, id: TypeId, ty: &TypeDef, fields: &[model::Field]) -> Struct {
        let name = self.type_name(id);
        let in_requests = ty.in_requests;
        let owner = Owner::Type { id, in_requests };
        let properties = fields
            .iter()
            .map(|field| self.property(field, ty.in_requests));
        // Nobody checks events.
        let properties = (!ty.is_of_events()).then(|| properties.collect());
        let docs = self.docs.of_object(ty, fields, &name);
        Struct {
            docs: self.with_uses(docs, id),
            constraints: constraints(&ty.constraints, &fields.iter().collect::<Vec<_>>()),
            fields: self.fields(fields, owner, &name),
            constructed: ty.in_requests,
            received: ty.is_received(),
            properties,
            name,
        }
    }

    /// The fields of the struct called `ty`; their names must differ.
    pub(super) fn fields<'f>(
        &mut self,
        fields: impl IntoIterator<Item = &'f model::Field>,
        owner: Owner,
        ty: &str,
    ) -> Vec<Field> {
        let reserved = match owner {
            Owner::Request => RESERVED_PARAMETERS,
            Owner::Type { .. } => RESERVED_FIELDS,
            // Replies have no setters.
            Owner::Reply => &[],
        };
        let mut scope = Scope::new("a field", reserved);
        fields
            .into_iter()
            .map(|field| {
                let name = self.claim(&mut scope, Naming::of(&field.name, names::snake).or(&field.rust));
                if owner == Owner::Request && name.starts_with("with_") {
                    self.diagnostics.push(
                        Diagnostic::new(
                            Code::ReservedName,
                            field.rust.as_ref().unwrap_or(&field.name).span,
                            format!("a field cannot be called `{name}`: `with_` is for options of a call"),
                        )
                        .help("add `rust:` with another name"),
                    );
                }
                let boxed = match owner {
                    Owner::Type { id, .. } => self.boxed.contains(&(id, field.name.value.clone())),
                    Owner::Request | Owner::Reply => false,
                };
                // What a request needs is no `Option` there; in a type it is one all the same.
                let tells_required = matches!(owner, Owner::Type { in_requests: true, .. });
                Field {
                    docs: self.docs.of_field(field, &name, tells_required),
                    setter: self.docs.of_setter(field, &format!("{ty}::{name}")),
                    search: all_names(field).filter(|it| names::hides(&name, it)).collect(),
                    aliases: field.aliases.iter().map(|it| it.value.clone()).collect(),
                    absent: field.absent.as_ref().map(|it| it.value.clone()),
                    ty: self.field_type(field, owner, boxed),
                    required: field.required && owner != Owner::Reply,
                    wire: field.name.value.clone(),
                    sensitive: field.sensitive,
                    flag: flag(field),
                    deprecated: field.deprecated.as_ref().map(|it| self.docs.note(it)),
                    name,
                }
            })
            .collect()
    }

    fn field_type(&self, field: &model::Field, owner: Owner, boxed: bool) -> RustType {
        let mut ty = match (flag(field), time(field)) {
            (Some(_), _) => RustType::Bool,
            (None, Some(time)) => RustType::Time(time),
            (None, None) => self.rust_type(&field.ty),
        };
        if boxed {
            ty = RustType::Boxed(Box::new(ty));
        }
        let collection = matches!(ty, RustType::Vec(_) | RustType::Map(_));
        let bare = match owner {
            // An empty list in a request is not one that was left out: that could mean everything.
            Owner::Request => field.required,
            Owner::Type { .. } | Owner::Reply => collection,
        };
        if bare {
            ty
        } else {
            RustType::Option(Box::new(ty))
        }
    }

    pub(super) fn rust_type(&self, ty: &Type) -> RustType {
        match ty {
            Type::Scalar(ScalarType::Bool) => RustType::Bool,
            Type::Scalar(ScalarType::Int32) => RustType::I32,
            Type::Scalar(ScalarType::Int64) => RustType::I64,
            // JSON does not tell them apart, and 64 bits lose nothing.
            Type::Scalar(ScalarType::Float | ScalarType::Double) => RustType::F64,
            Type::Scalar(_) => RustType::String,
            Type::Any => RustType::Json,
            Type::Array(inner) => RustType::Vec(Box::new(self.rust_type(inner))),
            Type::Map(inner) => RustType::Map(Box::new(self.rust_type(inner))),
            Type::Named(id) => match self.api.type_def(*id).map(|ty| &ty.kind) {
                Some(TypeKind::Enum(_)) => RustType::Enum(self.type_name(*id)),
                _ => RustType::Object(self.type_name(*id)),
            },
        }
    }

    pub(super) fn type_name(&self, id: TypeId) -> String {
        self.type_names.get(id.index()).cloned().unwrap_or_default()
    }

    /// The run-time facts of a field; rules that apply to requests only are left out elsewhere.
    pub(super) fn property(&self, field: &model::Field, in_requests: bool) -> Property {
        let name = names::chosen(&field.name, &field.rust, names::snake);
        Property {
            wire: field.name.value.clone(),
            name: name.trim_start_matches("r#").to_owned(),
            required: field.required,
            sensitive: field.sensitive,
            schema: match (flag(field), time(field)) {
                (Some(flag), _) => plain_schema(SchemaKind::Flag(flag)),
                (None, Some(time)) => plain_schema(SchemaKind::Time(time)),
                (None, None) => self.schema_of(
                    &field.ty,
                    Facts {
                        limits: field.limits,
                        only: field.only.as_deref(),
                        blank: field.blank || !in_requests,
                    },
                ),
            },
        }
    }

    /// A schema without limits.
    pub(super) fn schema(&self, ty: &Type) -> Schema {
        let facts = Facts {
            limits: model::Limits::default(),
            only: None,
            blank: true,
        };
        self.schema_of(ty, facts)
    }

    fn schema_of(&self, ty: &Type, facts: Facts<'_>) -> Schema {
        let Facts {
            mut limits, blank, ..
        } = facts;
        let kind = match ty {
            Type::Scalar(ScalarType::Bool) => SchemaKind::Bool,
            Type::Scalar(ScalarType::Int32) => SchemaKind::Int32,
            Type::Scalar(ScalarType::Int64) => SchemaKind::Int64,
            Type::Scalar(ScalarType::Float | ScalarType::Double) => SchemaKind::Number,
            Type::Scalar(_) => {
                return Schema {
                    kind: SchemaKind::String,
                    limits,
                    blank,
                };
            }
            Type::Any => SchemaKind::Any,
            Type::Array(item) => {
                // The limits of a length and of a range are those of each item.
                let mut of_item = facts;
                of_item.limits.items = model::Bounds::default();
                limits.length = model::Bounds::default();
                limits.range = model::Bounds::default();
                SchemaKind::Array(Box::new(self.schema_of(item, of_item)))
            }
            Type::Map(value) => SchemaKind::Map(Box::new(self.schema(value))),
            Type::Named(id) => match self.api.type_def(*id).map(|ty| &ty.kind) {
                Some(TypeKind::Enum(values)) => {
                    let all = || values.iter().map(|value| &value.name);
                    let values = match facts.only {
                        Some(only) => only.iter().map(|it| it.value.clone()).collect(),
                        None => all().map(|it| it.value.clone()).collect(),
                    };
                    SchemaKind::Enum(values)
                }
                _ => SchemaKind::Object(self.type_name(*id)),
            },
        };
        Schema {
            kind,
            limits,
            blank: true,
        }
    }

    fn open_enum(&mut self, ty: &TypeDef, values: &[model::EnumValue], name: String) -> Enum {
        let mut scope = Scope::new("a value", &["Unrecognized"]);
        let variants = values
            .iter()
            .map(|value| {
                let name = self.claim(
                    &mut scope,
                    Naming::of(&value.name, names::camel).or(&value.rust),
                );
                Variant {
                    docs: self.docs.of_value(value),
                    wire: value.name.value.clone(),
                    aliases: value.aliases.iter().map(|it| it.value.clone()).collect(),
                    name,
                }
            })
            .collect();
        Enum {
            docs: self.docs.of_type(&ty.doc, &ty.name.value, &name),
            variants,
            name,
        }
    }

    /// What a file names and does not define.
    pub(super) fn imports(
        &self,
        operation: Option<&Operation>,
        types: &[rust::Type],
        source: &str,
    ) -> Vec<String> {
        let mut named = BTreeSet::new();
        let mut take = |parts: &Struct| {
            for field in &parts.fields {
                names_in(&field.ty, &mut named);
            }
        };
        for ty in types {
            if let rust::Type::Struct(parts) = ty {
                take(parts);
            }
        }
        if let Some(operation) = operation {
            take(&operation.request);
            take(operation.reply.body());
            let asked = operation.tasks.iter().map(|task| task.status.clone());
            let explained = operation
                .tasks
                .iter()
                .flat_map(|task| task.explained_by.clone());
            let status = asked.chain(explained);
            named.extend(status.filter(|status| *status != operation.request.name));
        }
        let own: BTreeSet<_> = self
            .api
            .type_ids()
            .filter(|(_, ty)| ty.file == source)
            .map(|(id, _)| self.type_name(id))
            .collect();
        named.difference(&own).cloned().collect()
    }
}

/// The rules of a field for its values.
#[derive(Clone, Copy)]
struct Facts<'f> {
    limits: model::Limits,
    only: Option<&'f [Spanned<String>]>,
    blank: bool,
}

fn plain_schema(kind: SchemaKind) -> Schema {
    Schema {
        kind,
        limits: model::Limits::default(),
        blank: true,
    }
}

/// The form of a flag on the wire, if a field is one.
fn flag(field: &model::Field) -> Option<Flag> {
    field.flag.then_some(match field.ty {
        Type::Scalar(ScalarType::String) => Flag::Text,
        _ => Flag::Number,
    })
}

/// How a time is written, if a field is one.
fn time(field: &model::Field) -> Option<Time> {
    let time = field.time?;
    let form = match time.form {
        TimeForm::Compact => "Compact",
        TimeForm::Midnight => "Midnight",
        TimeForm::Day => "Day",
        TimeForm::Spaced => "Spaced",
        TimeForm::Rfc3339 => "Rfc3339",
        _ => "Seconds",
    };
    let zone = match time.zone {
        Some(TimeZone::Utc8) => "Utc8",
        Some(_) => "Utc",
        None if time.form.has_zone() => "Utc",
        None => "Unstated",
    };
    Some(Time { form, zone })
}

/// All names under which a field comes.
fn all_names(field: &model::Field) -> impl Iterator<Item = String> {
    let names = std::iter::once(&field.name).chain(&field.aliases);
    names.map(|name| name.value.clone())
}

pub(super) fn names_in(ty: &RustType, found: &mut BTreeSet<String>) {
    match ty {
        RustType::Object(name) | RustType::Enum(name) => {
            found.insert(name.clone());
        }
        RustType::Vec(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Boxed(inner) => {
            names_in(inner, found);
        }
        _ => {}
    }
}

/// The fields through which a type holds itself without an array or a map between.
pub(super) fn boxed_fields(api: &Api) -> BTreeSet<(TypeId, String)> {
    let direct = |id: TypeId| -> Vec<(&str, TypeId)> {
        match api.type_def(id).map(|ty| &ty.kind) {
            Some(TypeKind::Object(fields)) => fields
                .iter()
                .filter_map(|field| match field.ty {
                    Type::Named(inner) => Some((field.name.value.as_str(), inner)),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        }
    };
    let mut boxed = BTreeSet::new();
    for (id, _) in api.type_ids() {
        for (field, first) in direct(id) {
            let mut seen = BTreeSet::new();
            let mut open = vec![first];
            while let Some(next) = open.pop() {
                if next == id {
                    boxed.insert((id, field.to_owned()));
                    break;
                }
                if seen.insert(next) {
                    open.extend(direct(next).into_iter().map(|(_, inner)| inner));
                }
            }
        }
    }
    boxed
}
