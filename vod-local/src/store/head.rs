//! A request to the object storage, without its body.

use http::{HeaderMap, Method};

use super::fault::Step;
use crate::uri;

/// Not `Debug`: the query holds the signature.
pub(super) struct Head {
    pub(super) method: Method,
    /// The object, without escapes.
    pub(super) key: String,
    /// Without escapes.
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
}

impl Head {
    pub(super) fn new(request: http::request::Parts, bucket: &str) -> Self {
        let path = uri::decode(request.uri.path());
        let path = path.strip_prefix('/').unwrap_or(&path);
        let key = path.strip_prefix(bucket).unwrap_or(path);
        Self {
            method: request.method,
            key: key.strip_prefix('/').unwrap_or(key).to_owned(),
            query: uri::query(request.uri.query().unwrap_or_default()),
            headers: request.headers,
        }
    }

    /// A parameter of the query.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let mut pairs = self.query.iter();
        let (_, value) = pairs.find(|(known, _)| known == name)?;
        Some(value)
    }

    /// A header that is text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The number of a part, if it can be read.
    pub(super) fn part_number(&self) -> Option<u32> {
        self.parameter("partNumber")?.parse().ok()
    }

    /// What the request is for.
    pub(super) fn step(&self) -> Option<Step> {
        let has = |name| self.parameter(name).is_some();
        match (self.method.as_str(), has("uploadId")) {
            ("PUT", true) => Some(Step::Part),
            ("PUT", false) => Some(Step::Put),
            ("POST", true) => Some(Step::Join),
            ("POST", false) if has("uploads") => Some(Step::Start),
            ("GET", true) => Some(Step::List),
            ("GET" | "HEAD", false) => Some(Step::Get),
            ("DELETE", true) => Some(Step::Abort),
            _ => None,
        }
    }
}
