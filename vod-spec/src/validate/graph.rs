//! Which types are used, by whom, and whether any of them contains itself without end.

use std::collections::{BTreeMap, BTreeSet};

use super::Validator;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Event, Field, Operation, ReplyBody, Service, Type, TypeDef, TypeId, TypeKind};

/// What uses types besides operations.
#[derive(Clone, Copy)]
pub(super) struct Shared<'s> {
    /// None if `service.yaml` could not be read.
    pub(super) service: Option<&'s Service>,
    pub(super) events: &'s [Event],
}

/// Marks the types that requests, replies and events use.
pub(super) fn mark_uses(operations: &[Operation], shared: Shared<'_>, types: &mut [TypeDef]) {
    let mut requests = BTreeSet::new();
    let mut replies = BTreeSet::new();
    let mut events = BTreeSet::new();
    if let Some(service) = shared.service {
        for field in &service.error {
            reach(&field.ty, types, &mut replies);
        }
        for field in &service.event {
            reach(&field.ty, types, &mut events);
        }
    }
    for field in shared.events.iter().flat_map(|event| &event.fields) {
        reach(&field.ty, types, &mut events);
    }
    for operation in operations {
        for parameter in &operation.parameters {
            reach(&parameter.field.ty, types, &mut requests);
        }
        let fields = operation
            .reply
            .fields()
            .iter()
            .chain(&operation.reply.headers);
        for field in fields {
            reach(&field.ty, types, &mut replies);
        }
        if let ReplyBody::Whole(ty) = &operation.reply.body {
            reach(ty, types, &mut replies);
        }
    }
    for (index, ty) in types.iter_mut().enumerate() {
        ty.in_requests = requests.contains(&TypeId(index));
        ty.in_replies = replies.contains(&TypeId(index));
        ty.in_events = events.contains(&TypeId(index));
    }
}

impl Validator<'_> {
    /// Reports the types that are not marked. Call it only if all files could be read.
    pub(super) fn unused(&mut self, types: &[TypeDef]) {
        for ty in types
            .iter()
            .filter(|it| !it.in_requests && !it.is_received())
        {
            self.report(
                Diagnostic::new(
                    Code::UnusedType,
                    ty.name.span,
                    format!(
                        "no operation and no event uses the type `{}`",
                        ty.name.value
                    ),
                )
                .help("drop it, or use it"),
            );
        }
    }

    /// A required field of the type itself, directly or through others, leaves no value that ends.
    pub(super) fn cycles(&mut self, types: &[TypeDef]) {
        let mut reported = BTreeSet::new();
        for (index, ty) in types.iter().enumerate() {
            let own = TypeId(index);
            if reported.contains(&own) {
                continue;
            }
            let cycle = cycle(own, types);
            let Some((_, first)) = cycle.first() else {
                continue;
            };
            let mut diagnostic = Diagnostic::new(
                Code::CyclicType,
                first.name.span,
                format!("every `{0}` would need another `{0}` inside", ty.name.value),
            )
            .help("make a field on the way optional, or an array");
            for (_, field) in cycle.iter().skip(1) {
                diagnostic = diagnostic.related(field.name.span, "on the way");
            }
            self.report(diagnostic);
            reported.extend(cycle.iter().map(|(id, _)| *id));
        }
    }
}

/// Adds every type that a value of `ty` can hold.
fn reach(ty: &Type, types: &[TypeDef], found: &mut BTreeSet<TypeId>) {
    let mut open = vec![ty];
    while let Some(ty) = open.pop() {
        match ty {
            Type::Array(inner) | Type::Map(inner) => open.push(inner),
            Type::Named(id) => {
                if found.insert(*id)
                    && let Some(TypeKind::Object(fields)) = types.get(id.0).map(|it| &it.kind)
                {
                    open.extend(fields.iter().map(|field| &field.ty));
                }
            }
            Type::Scalar(_) | Type::Any => {}
        }
    }
}

/// The required fields that lead from `own` back to it, each with the type that has it; none if no
/// way does.
fn cycle(own: TypeId, types: &[TypeDef]) -> Vec<(TypeId, &Field)> {
    // For each type that was reached, the type and the field that lead to it.
    let mut from = BTreeMap::new();
    let mut open = vec![own];
    while let Some(id) = open.pop() {
        let Some(TypeKind::Object(fields)) = types.get(id.0).map(|it| &it.kind) else {
            continue;
        };
        for field in fields.iter().filter(|field| field.required) {
            let Type::Named(next) = field.ty else {
                continue;
            };
            if let std::collections::btree_map::Entry::Vacant(entry) = from.entry(next) {
                entry.insert((id, field));
                open.push(next);
            }
        }
    }
    let mut way = Vec::new();
    let mut at = own;
    while let Some((id, field)) = from.get(&at) {
        way.push((*id, *field));
        at = *id;
        if at == own {
            way.reverse();
            return way;
        }
    }
    Vec::new()
}
