//! One thing that is waited for: a task, or what is left of it beside others that its call started.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::Value;

use super::question::{ask, fitted, narrowed, parameters};
use super::states::{Verdict, field, in_words, parts, select, states, verdict};
use super::{Answer, Started, UNKNOWN, asked_for, unknown};
use crate::error::text::{MESSAGE, line};
use crate::error::{Error, ErrorKind, Sent};
use crate::facts::{OperationMeta, TaskFacts};
use crate::pipeline::Shared;
use crate::response::Response;
use crate::time::parse_time;

/// How far apart the tasks are created that one call starts.
const AT_ONCE: Duration = Duration::from_secs(2);

pub(super) struct Subject {
    pub(super) shared: Arc<Shared>,
    /// The place of its task.
    pub(super) task: usize,
    starter: &'static OperationMeta,
    pub(super) facts: &'static TaskFacts,
    /// Those of the question, without the time.
    pub(super) parameters: Value,
    pub(super) since: SystemTime,
    /// What tells earlier tasks apart.
    earlier: Vec<String>,
    /// The states of its last answer.
    pub(super) states: Vec<String>,
    /// Why the last question had no answer.
    trouble: Option<Error>,
    pub(super) end: Option<Answer<Value>>,
}

impl Subject {
    /// What to wait for after a call. What the service cannot be asked about is over at once.
    pub(super) fn of(task: usize, started: &Started) -> Vec<Self> {
        let known = [&started.reply, &started.request];
        let subject = |(index, facts): (usize, &'static TaskFacts)| {
            let (parameters, end) = match parameters(facts, &known) {
                Ok(parameters) => (parameters, None),
                Err(why) => (Value::Null, Some(Err(unknown(started, why)))),
            };
            Self {
                shared: started.shared.clone(),
                task,
                starter: started.starter,
                facts,
                parameters,
                since: started.before.since,
                earlier: started
                    .before
                    .earlier
                    .get(index)
                    .cloned()
                    .unwrap_or_default(),
                states: Vec::new(),
                trouble: None,
                end,
            }
        };
        asked_for(started.starter, &started.request)
            .map(subject)
            .collect()
    }

    pub(super) fn is_open(&self) -> bool {
        self.end.is_none()
    }

    /// Whether one call can ask for both.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.facts.together.is_some()
            && std::ptr::eq(self.facts, other.facts)
            && Arc::ptr_eq(&self.shared, &other.shared)
    }

    /// The request that asks for it alone.
    pub(super) fn request(&self) -> Value {
        narrowed(self.facts, self.parameters.clone(), self.since)
    }

    /// How long the service wants not to be asked.
    pub(super) fn hint(&self) -> Duration {
        let hint = self.trouble.as_ref().and_then(Error::retry_after);
        hint.unwrap_or_default()
    }

    /// Takes what an answer says of it, which can be about other tasks as well.
    pub(super) async fn hear(&mut self, answer: &Response<Value>, together: bool) {
        self.trouble = None;
        let own = self.own(answer, together);
        let answer = Response::from_parts(own, answer.meta().clone());
        self.states = states(&answer, self.facts.state);
        if self.facts.earlier == Some(self.facts.state) && !self.is_news() {
            return;
        }
        match verdict(self.facts, &self.states) {
            Verdict::Open => {}
            Verdict::Done => self.end = Some(Ok(answer)),
            Verdict::Failed => {
                // The deadline can pass while the reason is asked for.
                self.end = Some(Err(self.failed(&answer, None)));
                let reason = self.reason(&answer).await;
                self.end = Some(Err(self.failed(&answer, reason)));
            }
        }
    }

    /// The answer without what is about other tasks.
    fn own(&self, answer: &Value, together: bool) -> Value {
        let facts = self.facts;
        let id = match (facts.pass, facts.together) {
            ([(parameter, _)], Some(path)) => match &self.parameters[*parameter] {
                Value::Array(ids) => Some((path, ids.first().and_then(Value::as_str))),
                id => Some((path, id.as_str())),
            },
            _ => None,
        };
        // An item that does not say whose it is can be that of a question about one task.
        let answer = select(answer, facts.state, &mut |part| {
            id.is_none_or(|(path, id)| field(part, path).is_none_or(|it| Some(it) == id))
        });
        let Some(path) = facts.earlier.filter(|it| *it != facts.state) else {
            return answer;
        };
        let mut earlier = self.earlier.clone();
        let answer = select(&answer, facts.state, &mut |part| {
            let known = |it: &String| field(part, path) == Some(it.as_str());
            let place = earlier.iter().position(known);
            place.map(|it| earlier.swap_remove(it)).is_none()
        });
        // A question about one task has asked for those since its start, one about several for
        // those since the first start.
        Self::first(&answer, path, together.then_some(self.since))
    }

    /// The first tasks since a time. Those that were created later are of other calls.
    fn first(answer: &Value, path: &str, since: Option<SystemTime>) -> Value {
        let created = |part: &Value| field(part, path).and_then(parse_time);
        let times = parts(answer, path).filter_map(created);
        let first = times
            .filter(|it| since.is_none_or(|since| *it >= since))
            .min();
        let is_own = |it: SystemTime| {
            let after = first.and_then(|first| it.duration_since(first).ok());
            after.is_some_and(|after| after <= AT_ONCE)
        };
        select(answer, path, &mut |part| created(part).is_none_or(is_own))
    }

    /// Whether the states are not those of before. Once they have changed, that is over.
    fn is_news(&mut self) -> bool {
        let known = |state: &String| self.earlier.contains(state);
        // Nor is it news that the service reports no state.
        if self.states.iter().all(known) {
            return false;
        }
        self.earlier.clear();
        true
    }

    /// Why the task failed, as the service says it. If it cannot be asked, there is no reason.
    async fn reason(&self, answer: &Value) -> Option<String> {
        let path = self.facts.reason?;
        let other;
        let answer = match self.facts.explained_by {
            None => answer,
            Some(operation) => {
                let named = self.facts.pass.iter().map(|(name, _)| *name);
                let passed = named.map(|it| {
                    let value = fitted(operation, it, self.parameters[it].clone());
                    (it.to_owned(), value)
                });
                other = ask(&self.shared, operation, passed.collect()).await.ok()?;
                &*other
            }
        };
        let texts = parts(answer, path).filter_map(|it| field(it, path));
        let mut reasons: Vec<_> = match self.facts.reason_part {
            None => texts.collect(),
            Some(name) => texts.filter_map(|text| named_part(text, name)).collect(),
        };
        reasons.retain(|it| !it.trim().is_empty());
        (!reasons.is_empty()).then(|| line(&reasons.join("; "), MESSAGE))
    }

    fn failed(&self, answer: &Response<Value>, reason: Option<String>) -> Error {
        let redactor = self.shared.keyring.redactor();
        let (states, starter) = (in_words(&self.states), self.starter.name);
        let mut message = format!("the task of {starter} has failed: {states}");
        if let Some(reason) = reason {
            message.push_str(&format!(", and the service says: {reason}"));
        }
        let mut reply = answer.meta().clone();
        // Without what is about other tasks.
        reply.body = answer.to_string().into();
        let attempts = reply.attempts();
        Error::new(ErrorKind::Task, Sent::Yes, redactor.text(message))
            .with_reply(reply, &redactor)
            .in_call(self.facts.status.name, attempts)
    }

    /// Takes a question without an answer, which can pass, or is the end.
    pub(super) fn trouble(&mut self, error: Error, elapsed: Duration) {
        let unknown_yet = self.states.is_empty() && elapsed < UNKNOWN;
        if error.is_transient() || (error.is_not_found() && unknown_yet) {
            self.trouble = Some(error);
        } else {
            self.end = Some(Err(error));
        }
    }

    /// Ends the wait at the deadline.
    pub(super) fn give_up(&mut self, limit: Duration) {
        let (states, starter) = (in_words(&self.states), self.starter.name);
        let message = format!("the task of {starter} is still running after {limit:?}: {states}");
        let message = self.shared.keyring.redactor().text(message);
        let error = Error::new(ErrorKind::Timeout, Sent::Yes, message);
        let error = match self.trouble.take() {
            Some(trouble) => error.with_source(trouble),
            None => error,
        };
        self.end = Some(Err(error.in_call(self.facts.status.name, 0)));
    }
}

/// A part of a text of the form `name:text;name:text;`.
fn named_part<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let mut parts = text.split(';').filter_map(|part| part.split_once(':'));
    parts.find_map(|(it, text)| (it.trim() == name).then(|| text.trim()))
}
