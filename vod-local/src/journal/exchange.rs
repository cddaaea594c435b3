//! A request and its answer.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, Method};
use hyper::{Request, Response};
use serde_json::{Value, json};
use vod_api::operation::OperationMeta;

use super::hide;
use crate::body::Body;
use crate::data::Data;
use crate::gateway::Comparison;
use crate::state::Moment;
use crate::trace::{Source, Trace};
use crate::uri;

/// The largest body that is kept.
const LARGEST: usize = 1 << 20;

/// What came, and what went back. Secrets are taken out when it is shown.
#[derive(Debug)]
pub(super) struct Exchange {
    pub(super) number: u64,
    at: Moment,
    method: Method,
    path: String,
    query: String,
    headers: HeaderMap,
    body: Kept,
    operation: Option<&'static OperationMeta>,
    project_id: Option<String>,
    warnings: Vec<String>,
    source: Source,
    comparison: Option<Comparison>,
    time: Option<Duration>,
    reply: Option<Reply>,
}

#[derive(Debug)]
struct Reply {
    status: u16,
    /// The code of an error.
    code: Option<String>,
    headers: HeaderMap,
    body: Kept,
}

/// A body, and whether it is there.
#[derive(Debug)]
enum Kept {
    Whole(Bytes),
    /// It has so many bytes, or it is not known how many.
    Left(Option<u64>),
}

impl Kept {
    fn new(body: &Bytes) -> Self {
        if body.len() <= LARGEST {
            Self::Whole(body.clone())
        } else {
            Self::Left(u64::try_from(body.len()).ok())
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Whole(bytes) => bytes.len(),
            Self::Left(_) => 0,
        }
    }

    /// As JSON where it is JSON, as text where it is text, and otherwise its size.
    fn shown(&self, hide: impl FnOnce(Value) -> Value) -> Value {
        match self {
            Self::Left(None) => json!({"kept": false}),
            Self::Left(Some(size)) => json!({"kept": false, "size": size}),
            Self::Whole(bytes) if bytes.is_empty() => Value::Null,
            Self::Whole(bytes) => {
                let size = bytes.len();
                if let Ok(body) = serde_json::from_slice(bytes) {
                    return json!({"kept": true, "size": size, "json": hide(body)});
                }
                match std::str::from_utf8(bytes) {
                    Ok(text) => json!({"kept": true, "size": size, "text": hide::urls(text)}),
                    Err(_) => json!({"kept": false, "size": size}),
                }
            }
        }
    }
}

impl Exchange {
    pub(super) fn new<B>(number: u64, at: SystemTime, request: &Request<B>) -> Self {
        Self {
            number,
            at: at.into(),
            method: request.method().clone(),
            path: request.uri().path().to_owned(),
            query: request.uri().query().unwrap_or_default().to_owned(),
            headers: request.headers().clone(),
            body: Kept::Left(None),
            operation: None,
            project_id: None,
            warnings: Vec::new(),
            source: Source::None,
            comparison: None,
            time: None,
            reply: None,
        }
    }

    pub(super) fn end(&mut self, time: Duration, trace: Trace, reply: Option<&Response<Body>>) {
        self.time = Some(time);
        self.source = trace.source;
        self.comparison = trace.comparison;
        if let Some(request) = trace.request {
            self.body = Kept::new(&request.body);
            self.operation = request.operation;
            self.project_id = request.project_id;
            self.warnings = request.warnings;
        }
        self.reply = reply.map(|reply| Reply {
            status: reply.status().as_u16(),
            code: error_code(reply),
            headers: reply.headers().clone(),
            body: match reply.body() {
                body if body.pieces.is_empty() && body.padding == 0 => Kept::new(&body.start),
                body => Kept::Left(hyper::body::Body::size_hint(body).exact()),
            },
        });
    }

    /// How many bytes its bodies take.
    pub(super) fn bytes(&self) -> usize {
        let reply = self.reply.as_ref().map_or(0, |reply| reply.body.len());
        self.body.len() + reply
    }

    /// Gives back how many bytes that saves.
    pub(super) fn forget_bodies(&mut self) -> usize {
        let bytes = self.bytes();
        if bytes > 0 {
            self.body = Kept::Left(None);
            if let Some(reply) = &mut self.reply {
                reply.body = Kept::Left(None);
            }
        }
        bytes
    }

    fn state(&self) -> &'static str {
        match (&self.reply, self.time) {
            (Some(_), _) => "done",
            (None, Some(_)) => "no reply",
            (None, None) => "open",
        }
    }

    /// What a request to the object storage was for.
    fn step(&self) -> Option<String> {
        if self.source != Source::Storage {
            return None;
        }
        let query = uri::query(&self.query);
        let value = |name: &str| query.iter().find(|(known, _)| known == name);
        let step = match (self.method.as_str(), value("uploadId").is_some()) {
            ("PUT", true) => {
                let number = value("partNumber").map_or("", |(_, number)| number.as_str());
                return Some(format!("part {number}"));
            }
            ("POST", true) => "join",
            ("GET", true) => "list",
            ("DELETE", true) => "abort",
            ("POST", false) => "start",
            ("PUT", false) => "put",
            _ => "get",
        };
        Some(step.to_owned())
    }

    /// In short.
    pub(super) fn line(&self) -> Value {
        json!({
            "number": self.number,
            "time": self.at.write(),
            "state": self.state(),
            "method": self.method.as_str(),
            "path": self.path,
            "operation": self.operation.map(|meta| meta.name),
            "project_id": self.project_id,
            "status": self.reply.as_ref().map(|reply| reply.status),
            "error_code": self.reply.as_ref().and_then(|reply| reply.code.as_deref()),
            "ms": self.time.map(|time| time.as_secs_f64() * 1000.0),
            "source": self.source.as_str(),
            "step": self.step(),
            "warnings": self.warnings,
        })
    }

    /// All that is known.
    pub(super) fn full(&self) -> Value {
        let mut shown = self.line();
        let request = json!({
            "query": hide::query(&self.query),
            "headers": hide::headers(&self.headers),
            "body": self.body.shown(|body| hide::request(self.operation, body)),
        });
        shown["request"] = request;
        shown["reply"] = self.reply.as_ref().map_or(Value::Null, |reply| {
            json!({
                "headers": hide::headers(&reply.headers),
                "body": reply.body.shown(|body| hide::reply(self.operation, body)),
            })
        });
        shown["comparison"] = self.comparison.as_ref().map_or(Value::Null, |comparison| {
            let signed = comparison.signed.as_ref();
            json!({
                "received": hide::urls(&comparison.received),
                "signed": signed.map(|(_, canonical)| hide::urls(canonical)),
                "difference": signed.map(|(difference, _)| *difference),
            })
        });
        shown
    }
}

fn error_code(reply: &Response<Body>) -> Option<String> {
    if reply.status().as_u16() < 400 {
        return None;
    }
    let text = &reply.body().start;
    if let Ok(body) = serde_json::from_slice::<Value>(text) {
        let code = body["error_code"]
            .as_str()
            .or(body["error"]["title"].as_str());
        return code.map(str::to_owned);
    }
    // The errors of the object storage are XML.
    let text = std::str::from_utf8(text).ok()?;
    let (_, rest) = text.split_once("<Code>")?;
    let (code, _) = rest.split_once("</Code>")?;
    Some(code.to_owned())
}

/// Which requests are listed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    /// With numbers after this one.
    pub(crate) after: u64,
    pub(crate) operation: Option<String>,
    pub(crate) project_id: Option<String>,
    pub(crate) status: Option<u16>,
}

impl Filter {
    pub(super) fn fits(&self, exchange: &Exchange) -> bool {
        let operation = exchange.operation.map(|meta| meta.name);
        let status = exchange.reply.as_ref().map(|reply| reply.status);
        exchange.number > self.after
            && (self.operation.is_none() || self.operation.as_deref() == operation)
            && (self.project_id.is_none() || self.project_id == exchange.project_id)
            && (self.status.is_none() || self.status == status)
    }
}
