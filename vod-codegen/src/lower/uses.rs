//! Where a type of the description occurs.

use std::collections::BTreeMap;

use vod_spec::model::{self, Api, ReplyBody, Type, TypeDef, TypeId, TypeKind};

use super::Lowering;
use super::docs::link_to_field_of_type;
use super::sentences::enumerated;
use crate::names;

/// The fields that hold each type, as the type they are in, `::` and their name.
pub(super) type Uses = BTreeMap<TypeId, Vec<String>>;

impl Lowering<'_> {
    /// The uses of all types; their names are known already.
    pub(super) fn find_uses(&mut self) {
        let mut uses = Uses::new();
        let Api { operations, .. } = self.api;
        for operation in operations {
            let name = &operation.name.value;
            let parameters = operation.parameters.iter().map(|it| &it.field);
            take(&mut uses, &format!("{name}Request"), parameters);
            let reply = &operation.reply;
            let fields = reply.fields().iter().chain(&reply.headers);
            take(&mut uses, &format!("{name}Response"), fields);
        }
        self.take_types(&mut uses, |ty| !ty.is_of_events());
        for operation in operations {
            if let ReplyBody::Whole(ty) = &operation.reply.body {
                let name = &operation.name.value;
                note(&mut uses, ty, format!("{name}Response::items"));
            }
        }
        let mut in_events = Uses::new();
        for event in &self.api.events {
            let body = super::events::body_name(event).unwrap_or_default();
            take(&mut in_events, &body, self.api.body_of(event));
        }
        self.take_types(&mut in_events, TypeDef::is_of_events);
        // Events are compiled with a feature alone, so the docs of what others hold as well do not name them.
        let is_of_events = |id: &TypeId| self.api.type_def(*id).is_some_and(TypeDef::is_of_events);
        in_events.retain(|id, _| is_of_events(id));
        uses.append(&mut in_events);
        self.uses = uses;
    }

    /// The uses in the fields of some types.
    fn take_types(&self, uses: &mut Uses, is_meant: impl Fn(&TypeDef) -> bool) {
        for (id, ty) in self.api.type_ids().filter(|(_, ty)| is_meant(ty)) {
            if let TypeKind::Object(fields) = &ty.kind {
                take(uses, &self.type_name(id), fields);
            }
        }
    }

    /// The docs of a type, and which fields hold it.
    pub(super) fn with_uses(&self, mut docs: Vec<String>, id: TypeId) -> Vec<String> {
        let uses = self.uses.get(&id).map_or(&[][..], Vec::as_slice);
        let module = match self.api.type_def(id) {
            Some(ty) if ty.is_of_events() => "notification",
            _ => "model",
        };
        let links: Vec<_> = uses
            .iter()
            .map(|at| link_to_field_of_type(module, at))
            .collect();
        if !links.is_empty() {
            docs.push(String::new());
            docs.extend(
                self.docs
                    .paragraphs([format!("In {}.", enumerated(&links))]),
            );
        }
        docs
    }
}

fn take<'f>(uses: &mut Uses, owner: &str, fields: impl IntoIterator<Item = &'f model::Field>) {
    for field in fields {
        let name = names::chosen(&field.name, &field.rust, names::snake);
        note(uses, &field.ty, format!("{owner}::{name}"));
    }
}

fn note(uses: &mut Uses, ty: &Type, at: String) {
    match ty {
        Type::Named(id) => uses.entry(*id).or_default().push(at),
        Type::Array(inner) | Type::Map(inner) => note(uses, inner, at),
        _ => {}
    }
}
