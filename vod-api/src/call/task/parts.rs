//! What is stored of a task, to wait for it elsewhere.

use std::fmt;
use std::time::SystemTime;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};

use crate::call::watch::Before;
use crate::facts::StartsTask;
use crate::time::{format_rfc3339, parse_time};

/// What is known of a task that was started: [`Task::into_parts`](crate::Task::into_parts) gives
/// it, [`Client::task`](crate::Client::task) takes it. It can be stored as JSON.
#[derive(Debug, Clone)]
pub struct TaskParts<O: StartsTask> {
    pub(super) request: O,
    pub(super) reply: O::Response,
    pub(super) before: Before,
}

impl<O: StartsTask> TaskParts<O> {
    /// Those of a task that was not started by [`Call::start`](crate::Call::start).
    ///
    /// `started` is a time just before the call was sent, by the clock of the service; the header
    /// `Date` of a reply tells it. Where the service lists the tasks of a media asset, those that
    /// were created before do not count, and the first one after is taken for this task. Where it
    /// reports one state for all of them, the state of an earlier task can be taken for that of
    /// this one.
    pub fn new(request: O, reply: O::Response, started: SystemTime) -> Self {
        Self {
            request,
            reply,
            before: Before::at(started),
        }
    }

    /// The request that started it.
    pub fn request(&self) -> &O {
        &self.request
    }

    /// The reply to it.
    pub fn reply(&self) -> &O::Response {
        &self.reply
    }
}

impl<O: StartsTask> Serialize for TaskParts<O> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::Error;
        let request = serde_json::to_value(&self.request).map_err(S::Error::custom)?;
        let reply = serde_json::to_value(&self.reply).map_err(S::Error::custom)?;
        let parts = json!({
            "request": request,
            "reply": reply,
            "since": format_rfc3339(self.before.since),
            "earlier": self.before.earlier,
        });
        parts.serialize(serializer)
    }
}

impl<'de, O: StartsTask> Deserialize<'de> for TaskParts<O> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut parts = Value::deserialize(deserializer)?;
        let within = |name: &str| {
            let name = name.to_owned();
            move |why: serde_json::Error| D::Error::custom(Misfit { name, why })
        };
        let since = parts["since"].as_str().and_then(parse_time);
        let since = since.ok_or_else(|| D::Error::custom("`since` must be a time"))?;
        let mut take = |name: &str| parts.get_mut(name).map(Value::take).unwrap_or_default();
        let (request, reply, earlier) = (take("request"), take("reply"), take("earlier"));
        let earlier = serde_json::from_value(earlier).map_err(within("earlier"))?;
        Ok(Self {
            request: serde_json::from_value(request).map_err(within("request"))?,
            reply: serde_json::from_value(reply).map_err(within("reply"))?,
            before: Before { since, earlier },
        })
    }
}

/// A member that cannot be read.
struct Misfit {
    name: String,
    why: serde_json::Error,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.name, self.why)
    }
}
