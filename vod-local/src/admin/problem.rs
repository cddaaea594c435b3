//! What is wrong with a request to the admin interface.

use http::StatusCode;
use serde_json::{Value, json};
use vod_api::support::service::nearest;

use crate::data::Misread;

/// An error, which is answered as `{"error": {"code", "field", "message", "nearest"}}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) status: StatusCode,
    code: &'static str,
    /// What is wrong: a member, a parameter or a header; `None` for the request as a whole.
    field: Option<String>,
    message: String,
    /// The name that was meant, if one is close.
    nearest: Option<String>,
}

impl Problem {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            field: None,
            message: message.into(),
            nearest: None,
        }
    }

    pub(super) fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid", message).of(field)
    }

    /// A name that is not known.
    pub(super) fn unknown<'a>(
        field: &str,
        name: &str,
        known: impl Iterator<Item = &'a str> + Clone,
    ) -> Self {
        let near = nearest(name, known.clone());
        let hint = match near {
            Some(near) => format!("did you mean {near}?"),
            None => {
                let names: Vec<_> = known.take(12).collect();
                format!("there are {}", names.join(", "))
            }
        };
        Self {
            nearest: near.map(str::to_owned),
            ..Self::invalid(field, format!("{name:?} is not known: {hint}"))
        }
    }

    /// Something that the path names is not there.
    pub(super) fn missing(field: &str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", message).of(field)
    }

    /// The same, of something that is not there.
    pub(super) fn not_there(self) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            code: "not-found",
            ..self
        }
    }

    pub(super) fn method(allowed: &str) -> Self {
        let message = format!("this path takes {allowed}");
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method-not-allowed",
            message,
        )
        .of("method")
    }

    pub(super) fn forbidden(field: &str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", message).of(field)
    }

    pub(super) fn too_large(most: usize) -> Self {
        let message = format!("the body is larger than {most} bytes");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", message).of("body")
    }

    fn of(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }

    pub(super) fn body(&self) -> Value {
        json!({"error": {
            "code": self.code,
            "field": self.field,
            "message": self.message,
            "nearest": self.nearest,
        }})
    }
}

impl From<Misread> for Problem {
    fn from(misread: Misread) -> Self {
        let field = match misread.path() {
            "" => "body",
            path => path,
        };
        Self {
            nearest: misread.nearest().map(str::to_owned),
            ..Self::invalid(field, misread.to_string())
        }
    }
}
