//! Reads a request, and checks it.

use bytes::Bytes;
use hyper::Request;
use serde_json::{Map, Value};
use vod_api::operation::OperationMeta;
use vod_api::support::service::check_limits;

use super::state::{State, Unknown};
use crate::arrival::{Arrival, Gone, Uncollected};
use crate::gateway::{Gateway, Reading, Refusal};
use crate::lock::lock;
use crate::request::ReceivedRequest;
use crate::route::{self, Route};
use crate::{iam, parameters};

/// The operation of a request that is right, or what is wrong with it.
pub(super) type Verdict = Result<Option<&'static OperationMeta>, Refusal>;

/// The largest body, which is that of the gateway.
const LARGEST: usize = 12 << 20;

pub(super) async fn receive(
    state: &State,
    request: Request<Arrival>,
) -> Result<(ReceivedRequest, Verdict), Gone> {
    let (parts, body) = request.into_parts();
    let (body, too_large) = match body.collect(LARGEST).await {
        Ok(body) => (body, false),
        Err(Uncollected::TooLarge) => (Bytes::new(), true),
        Err(Uncollected::Gone) => return Err(Gone),
    };
    let path = parts.uri.path().to_owned();
    let route = route::find(state.operations, &parts.method, &path);
    let mut request = ReceivedRequest {
        method: parts.method,
        path,
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers,
        body,
        operation: route.as_ref().map(|route| route.meta),
        project_id: route
            .as_ref()
            .and_then(Route::project_id)
            .map(str::to_owned),
        parameters: Value::Null,
        warnings: Vec::new(),
    };
    if too_large {
        return Ok((request, Err(Refusal::too_large())));
    }
    let parameters = match &route {
        Some(route) => read(state, route, &mut request),
        None => Ok(()),
    };
    if state.account.is_some() && iam::is_login(&request) {
        return Ok((request, Ok(None)));
    }
    let known = lock(&state.known);
    let gateway = Gateway {
        accept_unknown: state.accept_unknown || state.account.is_some() && iam::owns(&request.path),
        project_id: state.project_id,
        known: &known,
        auth: state.auth,
        times: &state.times(),
    };
    let verdict = gateway.check(Reading {
        request: &request,
        parameters,
    });
    drop(known);
    Ok((request, verdict))
}

/// Reads the parameters into the request, and says what is wrong with them.
fn read(state: &State, route: &Route, request: &mut ReceivedRequest) -> Result<(), String> {
    let (mut query, mut body) = (request.query(), request.body.clone());
    if state.unknown == Unknown::Warn {
        let warnings = &mut request.warnings;
        parameters::drop_unknown(route, &mut query, &mut body, warnings);
    }
    let mut values = Map::new();
    let read = parameters::read(route, &query, &body, &mut values);
    request.parameters = Value::Object(values);
    read?;
    if state.validate {
        check_limits(route.meta, &request.parameters)?;
    }
    Ok(())
}
