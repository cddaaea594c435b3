//! Failures: of the service, and of the object storage.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use super::asked::Asked;
use super::problem::Problem;
use super::requests::check_operation;
use super::routes::Content;
use crate::data::{Data, data, words};
use crate::faults::Often;
use crate::reply::Reply;
use crate::sockets;
use crate::store::{self, Step, StoreFault, Target};

words! {
    enum Place {
        Service = "service",
        Storage = "storage",
    }
}

words! {
    /// How the service fails.
    enum Kind {
        Reply = "reply",
        Reset = "reset",
        Never = "never",
        CutOff = "cut-off",
    }
}

words! {
    /// A kind of request to the object storage.
    enum StepWord {
        Put = "put",
        Start = "start",
        Part = "part",
        List = "list",
        Join = "join",
        Abort = "abort",
        Get = "get",
    }
}

data! {
    /// A failure, as it is asked for.
    struct Body {
        place: Place,
        times: Option<u64>,
        always: bool,
        probability: Option<f64>,
        // Both.
        status: Option<u32>,
        code: Option<String>,
        delay_ms: Option<u64>,
        // The service.
        operation: Option<String>,
        project: Option<String>,
        kind: Option<Kind>,
        message: Option<String>,
        headers: BTreeMap<String, String>,
        body: Option<Value>,
        // The object storage.
        step: Option<StepWord>,
        part: Option<u32>,
        reset_after: Option<u64>,
        stall_after: Option<u64>,
        lost_reply: bool,
        etag: Option<String>,
        weak_etag: bool,
    }
}

pub(super) fn list(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    asked.query.end()?;
    let service = asked.standalone.faults.all().into_iter();
    let service = service.map(|(id, fault, often)| told((Place::Service, id), fault.asked, often));
    let storage = asked.world.store.faults.all().into_iter();
    let storage = storage.map(|(id, fault, often)| told((Place::Storage, id), fault.asked, often));
    let faults: Vec<_> = service.chain(storage).collect();
    Ok(Content::Json(json!({"faults": faults})))
}

pub(super) fn add(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    asked.query.end()?;
    let body: Body = asked.read()?;
    let often = often(&body)?;
    let told = match body.place {
        Place::Service => {
            let fault = of_service(asked, &body)?;
            let spoken = fault.asked.clone();
            let id = asked.standalone.faults.push(fault, often);
            told((body.place, id), spoken, often)
        }
        Place::Storage => {
            let fault = of_storage(&body)?;
            let spoken = fault.asked.clone();
            let id = asked.world.store.faults.push(fault, often);
            told((body.place, id), spoken, often)
        }
    };
    Ok(Content::Json(told))
}

pub(super) fn clear(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    asked.query.end()?;
    asked.standalone.faults.clear();
    asked.world.store.faults.clear();
    Ok(Content::Json(json!({"faults": []})))
}

pub(super) fn remove(asked: &mut Asked<'_>) -> Result<Content, Problem> {
    asked.query.end()?;
    let was_there = match asked.id.split_once('-') {
        Some(("service", number)) => number
            .parse()
            .is_ok_and(|number| asked.standalone.faults.remove(number)),
        Some(("storage", number)) => number
            .parse()
            .is_ok_and(|number| asked.world.store.faults.remove(number)),
        _ => false,
    };
    if was_there {
        return list(asked);
    }
    let message = format!("there is no failure {:?}", asked.id);
    Err(Problem::missing("id", message))
}

/// As it was asked for, with what is left of it.
fn told((place, id): (Place, u64), mut asked: Value, often: Often) -> Value {
    let word = place.write();
    asked["id"] = format!("{}-{id}", word.as_str().unwrap_or_default()).into();
    asked["place"] = word;
    asked["times"] = often.times.into();
    asked["always"] = often.times.is_none().into();
    asked["probability"] = often.probability.into();
    asked
}

fn often(body: &Body) -> Result<Often, Problem> {
    if body.times == Some(0) {
        return Err(Problem::invalid("times", "times must be 1 or more"));
    }
    if body.times.is_some() && body.always {
        let message = "always and times cannot both be given";
        return Err(Problem::invalid("always", message));
    }
    let probability = body.probability.unwrap_or(1.0);
    if !(0.0..=1.0).contains(&probability) {
        let message = "probability must be a number from 0 to 1";
        return Err(Problem::invalid("probability", message));
    }
    // With a probability, one hit is rarely what is meant.
    let once = (!body.always && body.probability.is_none()).then_some(1);
    Ok(Often {
        times: body.times.or(once),
        probability,
    })
}

/// Refuses what is meant for the other place.
fn only_for(body: &Body, place: Place) -> Result<(), Problem> {
    let members = [
        ("operation", body.operation.is_some(), Place::Service),
        ("project", body.project.is_some(), Place::Service),
        ("kind", body.kind.is_some(), Place::Service),
        ("message", body.message.is_some(), Place::Service),
        ("headers", !body.headers.is_empty(), Place::Service),
        ("body", body.body.is_some(), Place::Service),
        ("step", body.step.is_some(), Place::Storage),
        ("part", body.part.is_some(), Place::Storage),
        ("reset_after", body.reset_after.is_some(), Place::Storage),
        ("stall_after", body.stall_after.is_some(), Place::Storage),
        ("lost_reply", body.lost_reply, Place::Storage),
        ("etag", body.etag.is_some(), Place::Storage),
        ("weak_etag", body.weak_etag, Place::Storage),
    ];
    let foreign = members
        .iter()
        .find(|(_, is_given, of)| *is_given && *of != place);
    match foreign {
        None => Ok(()),
        Some((name, _, of)) => {
            let of = of.write();
            let message = format!("{name} is only for the place {of}");
            Err(Problem::invalid(name, message))
        }
    }
}

fn status(body: &Body) -> Result<Option<u16>, Problem> {
    let wrong = || Problem::invalid("status", "status must be a number from 200 to 599");
    let status = body.status.map(|status| match status {
        200..=599 => u16::try_from(status).map_err(|_| wrong()),
        _ => Err(wrong()),
    });
    status.transpose()
}

fn of_service(asked: &Asked<'_>, body: &Body) -> Result<sockets::Fault, Problem> {
    only_for(body, Place::Service)?;
    if let Some(name) = &body.operation {
        check_operation(asked.state, name)?;
    }
    let kind = body.kind.unwrap_or_default();
    let status = status(body)?;
    let has_reply = status.is_some() || body.code.is_some() || body.body.is_some();
    let mut reply = match kind {
        Kind::Reset => Reply::reset(),
        Kind::Never => Reply::never(),
        Kind::Reply if !has_reply && body.delay_ms.is_some() => Reply::documented(),
        Kind::Reply | Kind::CutOff => {
            let status = status.unwrap_or(503);
            let message = body
                .message
                .as_deref()
                .unwrap_or("This failure was asked for.");
            match (&body.code, &body.body) {
                (_, Some(body)) => Reply::json(status, body.clone()),
                (Some(code), None) => Reply::error(status, code, message),
                (None, None) => Reply::error(status, "vod-local", message),
            }
        }
    };
    if kind == Kind::CutOff {
        reply = reply.cut_off();
    }
    for (name, value) in &body.headers {
        let is_valid = http::HeaderName::try_from(name.as_str()).is_ok()
            && http::HeaderValue::try_from(value.as_str()).is_ok();
        if !is_valid {
            let field = format!("headers.{name}");
            return Err(Problem::invalid(&field, "HTTP has no such header"));
        }
        reply = reply.header(name, value);
    }
    reply = reply.delay(Duration::from_millis(body.delay_ms.unwrap_or(0)));
    Ok(sockets::Fault {
        operation: body.operation.clone(),
        project: body.project.clone(),
        reply,
        asked: spoken(body),
    })
}

fn of_storage(body: &Body) -> Result<StoreFault, Problem> {
    only_for(body, Place::Storage)?;
    let target = match (body.step, body.part) {
        (None | Some(StepWord::Part), Some(part)) => Target::Part(part),
        (Some(_), Some(_)) => {
            return Err(Problem::invalid("part", "part is only for the step part"));
        }
        (Some(step), None) => Target::Step(step.into()),
        (None, None) => {
            let words = "put, start, part, list, join, abort or get";
            let message = format!("step must be given: {words}");
            return Err(Problem::invalid("step", message));
        }
    };
    let status = status(body)?;
    let code = body.code.as_deref().unwrap_or("InternalError");
    let error = status.or(body.code.as_ref().map(|_| 500));
    let choices = [
        error.map(|status| store::Fault::error(status, code)),
        body.reset_after.map(store::Fault::reset_after),
        body.stall_after.map(store::Fault::stall_after),
        body.lost_reply.then(store::Fault::lost_reply),
        body.etag.as_deref().map(store::Fault::etag),
        body.weak_etag.then(store::Fault::weak_etag),
        body.delay_ms
            .map(|millis| store::Fault::delay(Duration::from_millis(millis))),
    ];
    let mut chosen = choices.into_iter().flatten();
    let (Some(fault), None) = (chosen.next(), chosen.next()) else {
        let message = "give one of status (with code), reset_after, stall_after, lost_reply, etag, \
            weak_etag and delay_ms";
        return Err(Problem::invalid("body", message));
    };
    Ok(StoreFault {
        target,
        fault,
        asked: spoken(body),
    })
}

impl From<StepWord> for Step {
    fn from(word: StepWord) -> Self {
        match word {
            StepWord::Put => Self::Put,
            StepWord::Start => Self::Start,
            StepWord::Part => Self::Part,
            StepWord::List => Self::List,
            StepWord::Join => Self::Join,
            StepWord::Abort => Self::Abort,
            StepWord::Get => Self::Get,
        }
    }
}

/// What was asked for, without what was left out.
fn spoken(body: &Body) -> Value {
    let mut spoken = body.write();
    if let Value::Object(members) = &mut spoken {
        members.retain(|_, value| match value {
            Value::Bool(is_set) => *is_set,
            Value::Object(members) => !members.is_empty(),
            value => !value.is_null(),
        });
    }
    spoken
}
