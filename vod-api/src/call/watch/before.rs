//! What was there before a task was started, so that no earlier task is taken for it.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::Value;

use super::question::{ask, parameters, with_largest_pages};
use super::states::{field, parts};
use crate::error::{Error, reply_time};
use crate::facts::OperationMeta;
use crate::pipeline::Shared;
use crate::time::{format_rfc3339, parse_time};

/// How far the clocks of the service may be apart. Earlier tasks of this time are known by name.
const SLACK: Duration = Duration::from_secs(60);

/// What was there before a task was started.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Before {
    /// Tasks that were created before do not count.
    pub(crate) since: SystemTime,
    /// What tells earlier tasks apart, for each of the tasks that the operation can start.
    pub(crate) earlier: Vec<Vec<String>>,
}

impl Before {
    /// Nothing is known but the time.
    pub(crate) fn at(since: SystemTime) -> Self {
        Self {
            // In whole seconds, as the service has them.
            since: parse_time(&format_rfc3339(since)).unwrap_or(since),
            earlier: Vec::new(),
        }
    }

    /// Asks what is there before the request is sent, where the answers about the task can be about
    /// others.
    pub(in crate::call) async fn ask(
        shared: &Arc<Shared>,
        starter: &'static OperationMeta,
        request: &Value,
    ) -> Result<Self, Error> {
        let mut before = Self::at(shared.clock.read().at);
        before.earlier = starter.tasks.iter().map(|_| Vec::new()).collect();
        for (index, facts) in super::asked_for(starter, request) {
            let Some(path) = facts.earlier else { continue };
            // What the question needs is in the request, as the description has to ensure.
            let Ok(question) = parameters(facts, &[request]) else {
                continue;
            };
            match ask(
                shared,
                facts.status,
                with_largest_pages(facts.status, question),
            )
            .await
            {
                Ok(answer) => {
                    let now = reply_time::service_time(answer.meta().headers());
                    before.since = now.unwrap_or(before.since);
                    let known = parts(&answer, facts.state);
                    let known = known.filter_map(|part| field(part, path));
                    if let Some(earlier) = before.earlier.get_mut(index) {
                        earlier.extend(known.map(str::to_owned));
                    }
                }
                // Nothing is there.
                Err(error) if error.is_not_found() => {}
                Err(error) => return Err(error),
            }
        }
        before.since = before.since.checked_sub(SLACK).unwrap_or(before.since);
        Ok(before)
    }
}
