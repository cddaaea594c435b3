//! What the description knows of an operation and OpenAPI has no words for: the extensions `x-vod-…`.

use super::constraints::extension;
use super::node::Map;
use crate::model::{Api, Operation, Pagination, Permission, Rate, Wait};
use crate::source::Spanned;

pub(super) fn of_operation(api: &Api, operation: &Operation) -> Map {
    let idempotent = Map::new()
        .with("value", operation.idempotent)
        .with("basis", operation.idempotent_basis.as_str());
    Map::new()
        .with_some("x-vod-updated", operation.updated.as_ref())
        .with_some(
            "x-vod-permission",
            operation.permission.as_ref().map(permission),
        )
        .with("x-vod-idempotent", idempotent)
        .with_some("x-vod-rate", api.rate_of(operation).map(rate))
        .with_some(
            "x-vod-pagination",
            operation.pagination.as_ref().map(pagination),
        )
        .with_some("x-vod-wait", operation.wait.as_ref().map(wait))
        .and(extension(&operation.constraints))
}

fn permission(permission: &Permission) -> Map {
    Map::new()
        .with("action", &permission.action)
        .with("access", &permission.access)
        .with_some("resource", permission.resource.as_ref())
        .with_filled(
            "condition_keys",
            permission.condition_keys.iter().collect::<Vec<_>>(),
        )
        .with_filled("alias", permission.alias.iter().collect::<Vec<_>>())
        .with_filled(
            "dependencies",
            permission.dependencies.iter().collect::<Vec<_>>(),
        )
}

fn rate(rate: &Rate) -> Map {
    Map::new()
        .with("group", &rate.name.value)
        .with("per_minute", i64::from(rate.per_minute))
        .with_some("all_tenants", rate.all_tenants.map(i64::from))
        .with("basis", rate.basis.as_str())
}

fn pagination(pagination: &Pagination) -> Map {
    Map::new()
        .with("style", pagination.style.as_str())
        .with("position", &pagination.position)
        .with("size", &pagination.size)
        .with("items", &pagination.items)
        .with_some("total", pagination.total.as_ref())
        .with_some("next", pagination.next.as_ref())
        .with("first", pagination.first)
        .with_some("ceiling", pagination.ceiling)
}

fn wait(wait: &Wait) -> Map {
    let texts = |texts: &[Spanned<String>]| {
        let texts = texts.iter();
        texts.map(|text| text.value.clone()).collect::<Vec<_>>()
    };
    let pass = wait.pass.iter();
    let pass = pass.map(|(parameter, field)| (&parameter.value, &field.value));
    Map::new()
        .with("operation", &wait.operation.value)
        .with("pass", pass.collect::<Map>())
        .with("state", &wait.state.value)
        .with("done", texts(&wait.done))
        .with("failed", texts(&wait.failed))
}
