//! What the service is asked about tasks: as many in one call as it can tell apart.

use std::sync::Arc;
use std::time::SystemTime;

use serde_json::{Map, Value};

use super::NoQuestion;
use super::subject::Subject;
use crate::call::item_reader::largest_page;
use crate::call::json::JsonCall;
use crate::error::{Error, ErrorKind, Sent};
use crate::facts::{OperationMeta, SchemaKind, TaskFacts};
use crate::pipeline::Shared;
use crate::response::Response;
use crate::time::format_rfc3339;

/// A question about some of the subjects.
pub(super) struct Question {
    pub(super) shared: Arc<Shared>,
    pub(super) status: &'static OperationMeta,
    pub(super) request: Value,
    /// Their places.
    pub(super) subjects: Vec<usize>,
}

impl Question {
    /// As few as the operations allow, for all subjects whose tasks are not over.
    pub(super) fn all(subjects: &[Subject]) -> Vec<Self> {
        let mut questions = Vec::new();
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let open = subjects.iter().enumerate().filter(|(_, it)| it.is_open());
        for (index, subject) in open {
            let fits = |group: &&mut Vec<usize>| {
                let first = group.first().and_then(|it| subjects.get(*it));
                first.is_some_and(|it| it.is_like(subject))
            };
            match groups.iter_mut().find(fits) {
                Some(group) => group.push(index),
                None => groups.push(vec![index]),
            }
        }
        for group in groups {
            let first = group.first().and_then(|it| subjects.get(*it));
            let size = first.map_or(1, |subject| most_together(subject.facts));
            questions.extend(group.chunks(size).map(<[_]>::to_vec));
        }
        let question = |group: Vec<usize>| {
            let members: Vec<_> = group.iter().filter_map(|it| subjects.get(*it)).collect();
            let first = members.first()?;
            Some(Self {
                shared: first.shared.clone(),
                status: first.facts.status,
                request: together(&members).unwrap_or_else(|| first.request()),
                subjects: group,
            })
        };
        questions.into_iter().filter_map(question).collect()
    }
}

/// How many tasks one call can ask for, if they can be told apart.
fn most_together(facts: &TaskFacts) -> usize {
    match passed(facts).filter(|_| facts.together.is_some()) {
        Some((_, Passed::List(most))) => most.max(1),
        Some((_, Passed::Single)) => usize::MAX,
        None => 1,
    }
}

/// The parameter that says which task is meant.
fn passed(facts: &TaskFacts) -> Option<(&'static str, Passed)> {
    let [(name, _)] = facts.pass else { return None };
    let mut parameters = facts.status.parameters.iter().map(|it| &it.property);
    let schema = parameters.find(|it| it.name == *name)?.schema;
    Some(match schema.kind() {
        SchemaKind::Array(_) => (name, Passed::List(schema.item_limits().1)),
        _ => (name, Passed::Single),
    })
}

enum Passed {
    /// Several can be named, up to so many.
    List(usize),
    /// One can be named, or all are meant.
    Single,
}

/// The request that asks for all of them, if there are several.
fn together(subjects: &[&Subject]) -> Option<Value> {
    let [first, _, ..] = subjects else {
        return None;
    };
    let (name, passed) = passed(first.facts)?;
    let mut request = first.parameters.clone();
    let members = request.as_object_mut()?;
    match passed {
        Passed::List(_) => {
            let named = subjects.iter().map(|it| &it.parameters[name]);
            let all = named.flat_map(|it| match it {
                Value::Array(values) => values.clone(),
                value => vec![value.clone()],
            });
            members.insert(name.to_owned(), all.collect());
        }
        Passed::Single => {
            members.remove(name);
        }
    }
    let since = subjects.iter().map(|it| it.since).min()?;
    Some(narrowed(first.facts, request, since))
}

/// The request without what was created before a time, if the operation can leave that out. Then
/// the answer can be about other tasks as well.
pub(super) fn narrowed(facts: &TaskFacts, mut request: Value, since: SystemTime) -> Value {
    if let (Some(parameter), Some(members)) = (facts.since, request.as_object_mut()) {
        members.insert(parameter.to_owned(), format_rfc3339(since).into());
        return with_largest_pages(facts.status, request);
    }
    request
}

/// The request for pages that are as large as the docs allow.
pub(super) fn with_largest_pages(meta: &OperationMeta, mut request: Value) -> Value {
    if let (Some(facts), Some(members)) = (meta.pagination, request.as_object_mut())
        && let Some(most) = largest_page(meta, facts)
    {
        members.insert(facts.size.to_owned(), most.into());
    }
    request
}

/// The parameters of the question, from what is known so far: the reply, then the request.
pub(super) fn parameters(facts: &TaskFacts, known: &[&Value]) -> Result<Value, NoQuestion> {
    let mut parameters = Map::new();
    for (parameter, source) in facts.pass {
        let value = known.iter().map(|it| &it[*source]).find(|it| !it.is_null());
        let value = value.ok_or(NoQuestion::Missing(source))?;
        let value = fitted(facts.status, parameter, value.clone());
        parameters.insert((*parameter).to_owned(), value);
    }
    for (parameter, value) in facts.set {
        parameters.insert((*parameter).to_owned(), (*value).into());
    }
    Ok(Value::Object(parameters))
}

/// The value of a parameter, which can take a list where the source has one value.
pub(super) fn fitted(operation: &OperationMeta, parameter: &str, value: Value) -> Value {
    let takes_several = operation.parameters.iter().any(|it| {
        it.property.name == parameter && matches!(it.property.schema.kind(), SchemaKind::Array(_))
    });
    match value {
        one if takes_several && !one.is_array() => Value::Array(vec![one]),
        value => value,
    }
}

/// Asks once. Of a list, all pages are read, and the answer is the last one with all items.
pub(super) async fn ask(
    shared: &Arc<Shared>,
    status: &'static OperationMeta,
    request: Value,
) -> Result<Response<Value>, Error> {
    let call = JsonCall::new(shared.clone(), status, request);
    let Some(facts) = status.pagination else {
        return call.send().await;
    };
    let mut pages = call.pages()?;
    let mut items = Vec::new();
    let mut last = None;
    while let Some(page) = pages.next().await {
        let mut page = page?;
        if let Some(Value::Array(more)) = page.body_mut().get_mut(facts.items) {
            items.append(more);
        }
        last = Some(page);
    }
    let mut last = last.ok_or_else(|| {
        // A list has a first page, even if nothing is on it.
        Error::new(ErrorKind::Incomplete, Sent::Yes, "the list has no page").in_call(status.name, 0)
    })?;
    if let Some(members) = last.body_mut().as_object_mut() {
        members.insert(facts.items.to_owned(), items.into());
    }
    Ok(last)
}
