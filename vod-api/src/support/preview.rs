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
    let document = written(request);
    check::read_request(meta, document.root()).map_err(Mistake)?;
    if limits == Limits::Checked {
        // Before it is read as its type, which cannot be without what is required.
        let slots = check::slots(meta, document.root().members());
        check::send(meta, &slots).map_err(Mistake)?;
    }
    let unreadable = |error| Mistake(Misfit::new(format!("cannot be read: {error}")));
    let request = (meta.normalize)(&document).map_err(unreadable)?;
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::operation::find;

    fn mistake(operation: &str, request: Value) -> (Option<String>, String, String) {
        let meta = find(operation).unwrap();
        let mistake = preview(meta, &request, Limits::Checked).unwrap_err();
        let name = |wire: &str| format!("<{wire}>");
        let parameter = mistake.parameter().map(str::to_owned);
        (parameter, mistake.inside(), mistake.message(name))
    }

    #[test]
    fn shows_the_parts_of_a_request() {
        let meta = find("DeleteThumbnails").unwrap();
        let request = json!({"task_id": ["b", "a c"]});
        let preview = preview(meta, &request, Limits::Checked).unwrap();
        assert_eq!(preview.method, Method::DELETE);
        assert_eq!(preview.path, "/v1/{project_id}/asset/thumbnails");
        assert_eq!(preview.query, "task_id=a%20c&task_id=b");
        assert_eq!(preview.body, None);
        assert!(!format!("{preview:?}").contains("a%20c"));

        let meta = find("CreateAssetProcessTask").unwrap();
        let request = json!({"asset_id": "a", "auto_encrypt": true});
        let sent = super::preview(meta, &request, Limits::Unchecked).unwrap();
        // As it travels.
        let expected = json!({"asset_id": "a", "auto_encrypt": 1});
        assert_eq!(sent.body, Some(expected));
    }

    #[test]
    fn mistakes_have_their_places_and_the_names_that_are_asked_for() {
        let task = "CreateAssetProcessTask";
        let some = |text: &str| Some(text.to_owned());
        for (request, parameter, inside, message) in [
            (
                json!({"asset_id": "a"}),
                None,
                "",
                "needs <template_group_name> or <thumbnail>, but none of them is given",
            ),
            (
                json!({"asset_id": "a", "thumbnail": {"type": "tmie"}}),
                some("thumbnail"),
                "type",
                "must be one of time, dots, quantity, got \"tmie\": did you mean time?",
            ),
            (
                json!({"asset_id": "a", "thumbnail": {"type": "time", "dots": [1, "x"]}}),
                some("thumbnail"),
                "dots[1]",
                "must be a whole number of 32 bits, got text",
            ),
            (json!({}), some("asset_id"), "", "is required, but missing"),
            (
                json!({"asset": "a"}),
                some("asset"),
                "",
                "is not known here",
            ),
        ] {
            let (at, within, said) = mistake(task, request);
            assert_eq!((at, within.as_str()), (parameter, inside), "{said}");
            assert!(said.starts_with(message), "{said}");
        }
        // What only a caller in Rust can do is left out.
        let (_, _, said) = mistake(
            task,
            json!({"asset_id": "a", "thumbnail": {"type": "nothing"}}),
        );
        assert!(said.ends_with("got \"nothing\""), "{said}");
    }
}
