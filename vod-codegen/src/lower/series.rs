//! Operations of which one call is only a part: lists in pages, values in batches, tasks that go on.

use vod_spec::Spanned;
use vod_spec::json::Json;
use vod_spec::model::{self, Api, PaginationStyle, Success, Type, TypeKind, Wait};

use super::sentences::rust_name;
use crate::rust::{Batch, Field, Outcome, Pagination, Reply, Struct, Task, Told, Window};

pub(super) fn pagination(
    api: &Api,
    operation: &model::Operation,
    reply: &Reply,
) -> Option<Pagination> {
    let pagination = operation.pagination.as_ref()?;
    let fields = &reply.body().fields;
    let field = |wire: &String| fields.iter().find(|it| it.wire == *wire).cloned();
    let items: Field = field(&pagination.items)?;
    let size = operation
        .parameters
        .iter()
        .find(|it| it.field.name.value == pagination.size);
    Some(Pagination {
        style: match pagination.style {
            PaginationStyle::Page => "Page",
            PaginationStyle::Marker => "Marker",
            _ => "Offset",
        },
        position: pagination.position.clone(),
        first: pagination.first,
        size: pagination.size.clone(),
        default_size: size.and_then(|it| match it.field.default {
            Some(Json::Int(default)) => Some(default),
            _ => None,
        }),
        ceiling: pagination.ceiling,
        item: items.ty.item()?.clone(),
        items,
        total: pagination.total.as_ref().and_then(field),
        next: pagination.next.as_ref().and_then(field),
        window: window(api, operation),
    })
}

fn window(api: &Api, operation: &model::Operation) -> Option<Window> {
    let pagination = operation.pagination.as_ref()?;
    let window = pagination.window.as_ref()?;
    let id = item_field(api, operation, (&pagination.items, &window.id))?;
    Some(Window {
        from: window.from.clone(),
        to: window.to.clone(),
        id: (window.id.clone(), rust_name(id)),
    })
}

/// A field of the items of a list in the reply.
fn item_field<'a>(
    api: &'a Api,
    operation: &model::Operation,
    (list, name): (&str, &str),
) -> Option<&'a model::Field> {
    let mut lists = operation.reply.fields().iter();
    let Type::Array(item) = &lists.find(|it| it.name.value == list)?.ty else {
        return None;
    };
    let Type::Named(id) = **item else {
        return None;
    };
    let TypeKind::Object(fields) = &api.type_def(id)?.kind else {
        return None;
    };
    fields.iter().find(|it| it.name.value == name)
}

pub(super) fn batch(operation: &model::Operation, request: &Struct) -> Option<Batch> {
    let parameter = batched(operation)?;
    let mut fields = request.fields.iter();
    let values = fields.find(|it| it.wire == parameter.name.value)?;
    Some(Batch {
        values: values.clone(),
        value: values.ty.item()?.clone(),
        size: parameter.limits.items.max?,
    })
}

/// The parameter whose values can be sent in several calls.
pub(super) fn batched(operation: &model::Operation) -> Option<&model::Field> {
    let mut fields = operation.parameters.iter().map(|it| &it.field);
    fields.find(|field| field.batch)
}

pub(super) fn outcome(api: &Api, operation: &model::Operation, reply: &Reply) -> Option<Outcome> {
    let outcome = operation.outcome.as_ref()?;
    let mut fields = reply.body().fields.iter();
    let items = fields.find(|it| it.wire == outcome.items)?.clone();
    let told_by = match &outcome.success {
        Success::States { field, .. } | Success::WithoutError(field) => Some(Told {
            name: rust_name(item_field(api, operation, (&outcome.items, field))?),
            wire: field.clone(),
        }),
        Success::Never => None,
    };
    Some(Outcome {
        item: items.ty.item()?.clone(),
        items,
        success: outcome.success.clone(),
        told_by,
    })
}

pub(super) fn task(wait: &Wait) -> Task {
    let request = |operation: &Spanned<String>| format!("{}Request", operation.value);
    let text = |text: &Option<Spanned<String>>| text.as_ref().map(|it| it.value.clone());
    let values = |list: &[Spanned<String>]| list.iter().map(|it| it.value.clone()).collect();
    let pairs = |pairs: &[(Spanned<String>, Spanned<String>)]| {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| (name.value.clone(), value.value.clone()))
            .collect()
    };
    Task {
        asked_by: text(&wait.asked_by),
        status: request(&wait.operation),
        pass: pairs(&wait.pass),
        set: pairs(&wait.set),
        since: text(&wait.since),
        state: wait.state.value.clone(),
        done: values(&wait.done),
        failed: values(&wait.failed),
        earlier: text(&wait.earlier),
        together: text(&wait.together),
        reason: text(&wait.reason),
        reason_part: text(&wait.reason_part),
        explained_by: wait.explained_by.as_ref().map(request),
    }
}
