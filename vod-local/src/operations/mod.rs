//! What each operation does to the state, and what it answers: a module for each section of the
//! docs.

pub(crate) mod categories;
pub(crate) mod cdn;
pub(crate) mod editing;
pub(crate) mod https;
pub(crate) mod keys;
mod lists;
pub(crate) mod management;
pub(crate) mod outputs;
pub(crate) mod processing;
mod refusal;
pub(crate) mod snapshots;
pub(crate) mod storage_classes;
pub(crate) mod subtitles;
pub(crate) mod template_sets;
pub(crate) mod templates;
pub(crate) mod upload;
mod view;
pub(crate) mod watermarks;

use serde_json::Value;

use crate::progress::Context;
use crate::state::{Asset, Project};

pub(crate) use refusal::Refusal;

/// A valid request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call<'a> {
    /// An object with all parameters, by their names on the wire.
    pub(crate) parameters: &'a Value,
    pub(crate) context: Context<'a>,
}

/// What an operation answers: the body of a success, which is `null` if there is none, or an error.
pub(crate) type Answer = Result<Value, Refusal>;

/// What an operation does.
pub(crate) type Run = fn(&mut Project, &Call<'_>) -> Answer;

impl<'a> Call<'a> {
    /// A parameter that is text.
    fn text(&self, name: &str) -> Option<&'a str> {
        self.parameters[name].as_str()
    }

    /// A parameter that is a whole number.
    fn number(&self, name: &str) -> Option<i64> {
        self.parameters[name].as_i64()
    }

    /// A parameter that is 0 or 1, as a number or as text.
    fn flag(&self, name: &str) -> Option<bool> {
        let value = &self.parameters[name];
        match (value.as_i64(), value.as_str()) {
            (Some(number), _) => Some(number != 0),
            (None, Some(text)) => Some(text != "0"),
            (None, None) => None,
        }
    }

    /// A parameter that is a list of text; `None` if it is missing or empty.
    fn texts(&self, name: &str) -> Option<Vec<&'a str>> {
        let list = self.parameters[name].as_array()?;
        let texts: Vec<_> = list.iter().filter_map(Value::as_str).collect();
        (!texts.is_empty()).then_some(texts)
    }

    /// The media asset that the call is about.
    fn asset<'p>(&self, project: &'p mut Project) -> Result<&'p mut Asset, Refusal> {
        let asset = self
            .text("asset_id")
            .and_then(|id| project.assets.get_mut(id));
        asset.ok_or_else(Refusal::unknown)
    }
}
