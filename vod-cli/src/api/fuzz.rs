//! The readers of requests, for the fuzz targets.

use serde_json::{Map, Value};
use vod_api::operation::OperationMeta;
use vod_api::support::preview::{Limits, preview as checked};

use crate::api::path::Assignment;
use crate::api::{mistake, preview, strict};
use crate::settings::Place;

pub(crate) fn fuzz_json(text: &str) -> Result<Value, String> {
    strict::parse(text).map_err(|error| error.to_string())
}

pub(crate) fn fuzz_request(
    meta: &'static OperationMeta,
    lines: &[&str],
) -> Result<(Value, String), String> {
    let mut request = Map::new();
    for line in lines {
        if line.starts_with('{') {
            if let Value::Object(members) = fuzz_json(line)? {
                request = members;
            }
            continue;
        }
        let assignment = Assignment::parse(line).map_err(|error| error.to_string())?;
        let target = assignment.target(meta, &mut request);
        let target = target.map_err(|error| error.to_string())?;
        target
            .set(assignment.value)
            .map_err(|error| error.to_string())?;
    }
    let request = Value::Object(request);
    let failed = |failure: crate::exit::Failure| failure.to_string();
    checked(meta, &request, Limits::Checked)
        .map_err(|wrong| failed(mistake::failure(meta, &wrong)))?;
    let text = preview::text(meta, &request, &Place::default()).map_err(failed)?;
    Ok((request, text))
}
