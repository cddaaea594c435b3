//! `vod api raw METHOD PATH`: operations that are not described.

use serde_json::Value;
use vod_api::http::Method;

use crate::api::input::Input;
use crate::exit::{Exit, Failure};
use crate::output::{Format, Shape};
use crate::session::Session;

/// A request as it is to be sent.
#[derive(Debug, Clone)]
pub(crate) struct Raw {
    pub(crate) method: String,
    /// With a query perhaps.
    pub(crate) path: String,
    /// The body, or where it is.
    pub(crate) json: Option<String>,
    pub(crate) yes: bool,
    pub(crate) dry_run: bool,
}

/// Sends it, and shows what comes back.
pub(crate) async fn raw(session: &mut Session<'_>, raw: &Raw) -> Result<Exit, Failure> {
    let method = raw.method.to_uppercase();
    let method = match method.as_str() {
        "GET" => Method::GET,
        "POST" => Method::POST,
        "PUT" => Method::PUT,
        "DELETE" => Method::DELETE,
        _ => {
            return Err(Failure::usage_with(
                format!("there is no method {:?}", raw.method),
                "the service has GET, POST, PUT and DELETE",
            ));
        }
    };
    let body = match &raw.json {
        Some(json) => Some(Input::new(session.io).json("--json", json)?),
        None => None,
    };
    let (path, query) = raw.path.split_once('?').unwrap_or((&raw.path, ""));
    if method == Method::DELETE && query.is_empty() && body.is_none() && !raw.yes {
        return Err(Failure::usage_with(
            "it names nothing but a path, and can delete all there is (not sent)",
            "--yes does it",
        ));
    }
    if raw.dry_run {
        return preview(session, raw, body.as_ref()).await;
    }
    let printer = session.printer(Format::Json)?;
    let mut call = session.client().await?.raw(method, path);
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        call = call.query(unescaped(name)?, unescaped(value)?);
    }
    if let Some(body) = &body {
        call = call.json(body);
    }
    let reply = call.send().await?;
    printer.print(&reply, Shape::default())?;
    Ok(Exit::Done)
}

async fn preview(session: &Session<'_>, raw: &Raw, body: Option<&Value>) -> Result<Exit, Failure> {
    let place = session.place().await?;
    let project = place.project_id.as_deref().unwrap_or("{project_id}");
    let path = raw.path.replace("{project_id}", project);
    let method = raw.method.to_uppercase();
    let mut text = format!("{method} {}{path}\n", place.address());
    if let Some(body) = body {
        // Which of its members are secrets is not known.
        text.push_str(&format!("[body, {} bytes]\n", body.to_string().len()));
    }
    session.io.stdout.write(&text)?;
    Ok(Exit::Done)
}

/// A part of a query as it is meant.
fn unescaped(text: &str) -> Result<String, Failure> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits =
            [rest.next(), rest.next()].map(|digit| char::from(digit.unwrap_or(0)).to_digit(16));
        let [Some(high), Some(low)] = digits else {
            return Err(Failure::usage(format!(
                "the query has a % that begins no escape: {text:?}"
            )));
        };
        bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
    }
    String::from_utf8(bytes)
        .map_err(|_| Failure::usage(format!("the query is not UTF-8: {text:?}")))
}
