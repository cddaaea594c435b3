//! What the server is and can do.

use serde_json::{Value, json};

use super::asked::Asked;
use super::problem::Problem;
use super::routes::{Content, routes as table};
use super::time::told;
use crate::behaviours::{self, Basis, Behaviour, Cause};

static OPENAPI: &str = include_str!(concat!(env!("OUT_DIR"), "/openapi.json"));

pub(super) fn health(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    asked.query.end()?;
    let state = asked.state;
    Ok(Content::Json(json!({
        "status": "ok",
        "version": env!("CARGO_PKG_VERSION"),
        "uptime_seconds": asked.standalone.started.elapsed().as_secs(),
        "operations": state.operations.len(),
        "operations_with_state": behaviours::behaviours().count(),
        "progress": told(asked.world.progress()),
    })))
}

pub(super) fn openapi(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    asked.query.end()?;
    Ok(Content::Text("application/json", OPENAPI))
}

pub(super) fn routes(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    asked.query.end()?;
    let routes = table().iter().map(|route| {
        let path = format!("/_vod{}", route.path);
        json!({"method": route.method.as_str(), "path": path, "doc": route.doc})
    });
    Ok(Content::Json(routes.collect()))
}

pub(super) fn facts(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    asked.query.end()?;
    let has_state = |name| behaviours::find(name).is_some();
    let operations = asked.state.operations.iter();
    let without: Vec<_> = operations
        .filter(|meta| !has_state(meta.name))
        .map(|meta| meta.name)
        .collect();
    let behaviours: Vec<_> = behaviours::behaviours().collect();
    let bases = || behaviours.iter().flat_map(|behaviour| bases(behaviour));
    let inferred = bases().filter(|basis| *basis != Basis::Documented).count();
    Ok(Content::Json(json!({
        "counts": {
            "operations_with_state": behaviours.len(),
            "operations_with_examples": without.len(),
            "behaviours": bases().count(),
            "inferred": inferred,
        },
        "operations": behaviours.iter().map(|it| behaviour(it)).collect::<Vec<_>>(),
        "examples": without,
    })))
}

pub(super) fn stop(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    asked.query.end()?;
    asked.standalone.stop.notify_one();
    Ok(Content::Json(json!({"status": "stopping"})))
}

fn bases(behaviour: &Behaviour) -> impl Iterator<Item = Basis> {
    let errors = behaviour.errors.iter().map(|error| error.basis);
    errors.chain(behaviour.notes.iter().map(|note| note.basis))
}

fn behaviour(behaviour: &Behaviour) -> Value {
    let errors = behaviour.errors.iter().map(|error| {
        let cause = match error.cause {
            Cause::Missing => "missing",
            Cause::State => "state",
            Cause::Limit => "limit",
            Cause::Parameter => "parameter",
        };
        let (basis, why) = basis(error.basis);
        json!({"code": error.code, "when": error.when, "cause": cause, "basis": basis, "why": why})
    });
    let notes = behaviour.notes.iter().map(|note| {
        let (basis, why) = basis(note.basis);
        json!({"text": note.text, "basis": basis, "why": why})
    });
    json!({
        "operation": behaviour.operation,
        "reads": behaviour.reads,
        "writes": behaviour.writes,
        "events": behaviour.events,
        "errors": errors.collect::<Vec<_>>(),
        "notes": notes.collect::<Vec<_>>(),
    })
}

fn basis(basis: Basis) -> (&'static str, Option<&'static str>) {
    match basis {
        Basis::Documented => ("documented", None),
        Basis::Inferred(why) => ("inferred", Some(why)),
    }
}
