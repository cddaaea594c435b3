//! What the description knows of an operation and OpenAPI has no words for: the extensions `x-vod-…`.

use super::constraints::extension;
use super::node::Map;
use crate::model::{Api, Operation, Outcome, Pagination, Permission, Rate, Success, Wait, Window};
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
        .with_filled(
            "x-vod-wait",
            operation.waits.iter().map(wait).collect::<Vec<_>>(),
        )
        .with_some("x-vod-outcome", operation.outcome.as_ref().map(outcome))
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
        .with_some("window", pagination.window.as_ref().map(window))
}

fn window(window: &Window) -> Map {
    Map::new()
        .with("from", &window.from)
        .with("to", &window.to)
        .with("id", &window.id)
        .with("basis", window.basis.as_str())
}

fn outcome(outcome: &Outcome) -> Map {
    let map = Map::new().with("items", &outcome.items);
    let map = match &outcome.success {
        Success::States { field, values } => map.with("state", field).with("ok", values.clone()),
        Success::WithoutError(field) => map.with("error", field),
        Success::Never => map,
    };
    map.with("basis", outcome.basis.as_str())
}

fn wait(wait: &Wait) -> Map {
    let texts = |texts: &[Spanned<String>]| {
        let texts = texts.iter();
        texts.map(|text| text.value.clone()).collect::<Vec<_>>()
    };
    let pairs = |pairs: &[(Spanned<String>, Spanned<String>)]| {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| (&name.value, &value.value))
            .collect::<Map>()
    };
    let text = |text: &'_ Option<Spanned<String>>| text.as_ref().map(|it| it.value.clone());
    let set = (!wait.set.is_empty()).then(|| pairs(&wait.set));
    Map::new()
        .with_some("asked_by", text(&wait.asked_by))
        .with("operation", &wait.operation.value)
        .with("pass", pairs(&wait.pass))
        .with_some("set", set)
        .with_some("since", text(&wait.since))
        .with("state", &wait.state.value)
        .with("done", texts(&wait.done))
        .with("failed", texts(&wait.failed))
        .with_some("earlier", text(&wait.earlier))
        .with_some("together", text(&wait.together))
        .with_some("reason", text(&wait.reason))
        .with_some("reason_part", text(&wait.reason_part))
        .with_some("explained_by", text(&wait.explained_by))
}
