//! Where a type of the description occurs.

use std::collections::BTreeMap;

use vod_spec::model::{self, Api, ReplyBody, Type, TypeId, TypeKind};

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
        let mut take = |owner: &str, fields: &mut dyn Iterator<Item = &model::Field>| {
            for field in fields {
                let name = names::chosen(&field.name, &field.rust, names::snake);
                note(&mut uses, &field.ty, format!("{owner}::{name}"));
            }
        };
        let Api { operations, .. } = self.api;
        for operation in operations {
            let name = &operation.name.value;
            let mut parameters = operation.parameters.iter().map(|it| &it.field);
            take(&format!("{name}Request"), &mut parameters);
            let reply = &operation.reply;
            let mut fields = reply.fields().iter().chain(&reply.headers);
            take(&format!("{name}Response"), &mut fields);
        }
        for (id, ty) in self.api.type_ids() {
            if let TypeKind::Object(fields) = &ty.kind {
                take(&self.type_name(id), &mut fields.iter());
            }
        }
        for operation in operations {
            if let ReplyBody::Whole(ty) = &operation.reply.body {
                let name = &operation.name.value;
                note(&mut uses, ty, format!("{name}Response::items"));
            }
        }
        self.uses = uses;
    }

    /// The docs of a type, and which fields hold it.
    pub(super) fn with_uses(&self, mut docs: Vec<String>, id: TypeId) -> Vec<String> {
        let uses = self.uses.get(&id).map_or(&[][..], Vec::as_slice);
        let links: Vec<_> = uses.iter().map(|at| link_to_field_of_type(at)).collect();
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

fn note(uses: &mut Uses, ty: &Type, at: String) {
    match ty {
        Type::Named(id) => uses.entry(*id).or_default().push(at),
        Type::Array(inner) | Type::Map(inner) => note(uses, inner, at),
        _ => {}
    }
}
