//! What a call would send, for programs that show it before, or instead of, sending it.

use std::fmt;

use http::Method;
use serde_json::Value;

use crate::check::{self, Misfit, Name};
use crate::facts::OperationMeta;
use crate::request::encode;
use crate::wire::written;

/// The request that a call would send.
pub struct Preview {
    /// HTTP method.
    pub method: Method,
    /// Path, escaped.
    pub path: String,
    /// Query, escaped and without `?`; empty for none.
    pub query: String,
    /// JSON body.
    pub body: Option<Value>,
}

/// Whether a request is checked against the documented limits, or only read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limits {
    /// It is checked.
    Checked,
    /// It is only read.
    Unchecked,
}

/// What is wrong with a request, for a program that has names of its own for the parameters.
#[derive(Debug)]
pub struct Mistake(Misfit);

/// Reads and checks a request as [`Client::call`](crate::Client::call) does, and says what it would
/// send; `{project_id}` stands in the path for the project.
///
/// # Errors
///
/// The first mistake.
pub fn preview(
    meta: &'static OperationMeta,
    request: &Value,
    limits: Limits,
) -> Result<Preview, Mistake> {
    check::read_request(meta, written(request).root()).map_err(Mistake)?;
    let unreadable = |error| Mistake(Misfit::new(format!("cannot be read: {error}")));
    let request = (meta.normalize)(written(request).root()).map_err(unreadable)?;
    let call =
        encode(meta, request.root().members(), limits == Limits::Checked).map_err(Mistake)?;
    let body = call.body.as_deref().map(serde_json::from_slice);
    Ok(Preview {
        method: call.method,
        path: call.path.of_project("{project_id}"),
        query: call.query,
        body: body.transpose().unwrap_or_default(),
    })
}

impl Mistake {
    /// The parameter at fault, by its name on the wire; `None` for the request as a whole.
    pub fn parameter(&self) -> Option<&str> {
        self.0.place().0
    }

    /// The path to the value at fault within the parameter, as `parts[0].size`; empty for the
    /// parameter itself.
    pub fn inside(&self) -> String {
        self.0.place().1
    }

    /// What is wrong, as the rest of a sentence that begins with the parameter. `call` gives the
    /// names of other members, from those on the wire.
    pub fn message(&self, call: impl Fn(&str) -> String) -> String {
        self.0.message(&|name: Name| call(name.wire))
    }
}

// Without the values, which can be secrets.
impl fmt::Debug for Preview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Preview")
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}
