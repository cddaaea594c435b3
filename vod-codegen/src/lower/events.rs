//! Events: their bodies, and the types that nothing else holds.

use std::collections::BTreeSet;

use vod_spec::model::{self, TypeId};

use super::Lowering;
use super::reserved::{RESERVED_EVENTS, RESERVED_FIELDS_OF_EVENTS};
use super::scope::{Naming, Scope};
use super::types::{Owner, names_in};
use crate::names;
use crate::rust::{Event, Events, Field, File, Struct, Type};

/// The name of the body of an event; `None` where there is none, which is reported with that of the event.
pub(super) fn body_name(event: &model::Event) -> Option<String> {
    Some(format!("{}Event", names::camel(&event.name.value)?))
}

impl Lowering<'_> {
    pub(super) fn events(&mut self) -> Events {
        let api = self.api;
        let mut scope = Scope::new("an event", RESERVED_EVENTS).with_help("leave the event out");
        let mut events = Vec::new();
        let mut types = Vec::new();
        for event in &api.events {
            let variant = self.claim(&mut scope, Naming::of(&event.name, names::camel));
            let body = body_name(event).unwrap_or_default();
            let fields = self.fields(api.body_of(event), Owner::Reply, &body);
            types.push(Type::Struct(Struct {
                name: body.clone(),
                docs: self.docs.of_body(event),
                fields,
                constructed: false,
                received: true,
                properties: None,
                constraints: Vec::new(),
            }));
            events.push(Event {
                variant,
                docs: self.docs.of_event(event),
                wire: event.name.value.clone(),
                member: event.member.value.clone(),
                body,
            });
        }
        let own = self.types_of_events();
        types.extend(own.iter().filter_map(|id| self.type_def(*id)));
        let imports = self.imports_of_events(&types, &own);
        Events {
            events,
            shared: self.shared_fields(),
            file: File {
                module: String::new(),
                source: "spec/notifications/".to_owned(),
                operation: None,
                types,
                imports,
            },
        }
    }

    /// The fields that all events have, once more: each becomes a method.
    fn shared_fields(&mut self) -> Vec<Field> {
        let fields = &self.api.service.event;
        let mut scope = Scope::new("a field of all events", RESERVED_FIELDS_OF_EVENTS);
        for field in fields {
            self.claim(
                &mut scope,
                Naming::of(&field.name, names::snake).or(&field.rust),
            );
        }
        self.fields(fields, Owner::Reply, "Event")
    }

    /// By file, as they are written.
    fn types_of_events(&self) -> Vec<TypeId> {
        let types = self.api.type_ids().filter(|(_, ty)| ty.is_of_events());
        let mut types: Vec<_> = types
            .map(|(id, ty)| ((&ty.file, ty.name.span.start), id))
            .collect();
        types.sort();
        types.into_iter().map(|(_, id)| id).collect()
    }

    fn imports_of_events(&self, types: &[Type], own: &[TypeId]) -> Vec<String> {
        let mut named = BTreeSet::new();
        for ty in types {
            if let Type::Struct(ty) = ty {
                for field in &ty.fields {
                    names_in(&field.ty, &mut named);
                }
            }
        }
        let own: BTreeSet<_> = own.iter().map(|id| self.type_name(*id)).collect();
        named.difference(&own).cloned().collect()
    }
}
