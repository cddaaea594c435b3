//! The description after every check: names resolved, limits sensible, nothing left to guess.

mod constraints;
mod event;
pub(crate) mod fit;
mod operation;
mod origin;
mod service;
mod time;
mod types;
mod words;

pub use self::constraints::{Condition, Constraint, Demand, Test, meaning};
pub use self::event::{EVENT_TYPE, Event, EventExample};
pub use self::operation::{
    Deviation, Method, Operation, Outcome, Pagination, PaginationStyle, Parameter, Permission,
    Place, Places, Reply, ReplyBody, Success, Upload, Wait, Window,
};
pub use self::origin::{Origin, StatedIn};
pub(crate) use self::service::PROJECT_ID;
pub use self::service::{
    AuthScheme, Basis, ErrorCode, ErrorCodeKind, Header, Rate, Section, Service,
};
pub use self::time::{TimeForm, TimeFormat, TimeZone};
pub use self::types::{
    Bounds, EnumValue, Field, LengthUnit, Limits, ScalarType, Type, TypeDef, TypeId, TypeKind,
};
pub use self::words::Words;

use crate::source::{Sources, Spanned};

/// Which way a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To the service: the crate checks it before it sends it.
    Request,
    /// From the service: the crate takes it as it comes.
    Reply,
}

/// The whole API.
#[derive(Debug, Clone, PartialEq)]
pub struct Api {
    /// What all operations share.
    pub service: Service,
    /// The operations: by section, within one as `service.yaml` orders them, then by name.
    pub operations: Vec<Operation>,
    /// The events that the service tells of, by the names of their files.
    pub events: Vec<Event>,
    /// All types, by name. A [`TypeId`] is a place in this list.
    pub types: Vec<TypeDef>,
    /// The files that it was read from.
    pub sources: Sources,
}

impl Api {
    /// The type that `id` stands for; ids come from the same [`Api`].
    pub fn type_def(&self, id: TypeId) -> Option<&TypeDef> {
        self.types.get(id.0)
    }

    /// The types with their ids, by name.
    pub fn type_ids(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.types
            .iter()
            .enumerate()
            .map(|(index, ty)| (TypeId(index), ty))
    }

    /// How often an operation can be called, if the docs say so.
    pub fn rate_of(&self, operation: &Operation) -> Option<&Rate> {
        let mut rates = self.service.rates.iter();
        let is_own = |it: &Spanned<String>| it.value == operation.name.value;
        rates.find(|rate| rate.operations.iter().any(is_own))
    }

    /// The fields of the body of an event: those that all events have, then its own.
    pub fn body_of<'a>(&'a self, event: &'a Event) -> impl Iterator<Item = &'a Field> + Clone {
        self.service.event.iter().chain(&event.fields)
    }

    /// How much there is.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts {
            operations: self.operations.len(),
            events: self.events.len(),
            types: self.types.len(),
            ..Counts::default()
        };
        for operation in &self.operations {
            counts.fields += operation.parameters.len();
            counts.fields += operation.reply.fields().len() + operation.reply.headers.len();
        }
        for event in &self.events {
            counts.fields += self.body_of(event).count();
        }
        for ty in &self.types {
            match &ty.kind {
                TypeKind::Object(fields) => counts.fields += fields.len(),
                TypeKind::Enum(values) => counts.values += values.len(),
            }
        }
        counts
    }
}

/// How much a description holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Operations.
    pub operations: usize,
    /// Events.
    pub events: usize,
    /// Named types.
    pub types: usize,
    /// Parameters, reply fields, fields of events and of types.
    pub fields: usize,
    /// Values of enums.
    pub values: usize,
}
