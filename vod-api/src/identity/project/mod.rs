//! The project of the calls: set by the user, part of the credentials, or looked up once.

use std::fmt;
use std::sync::Mutex;
use std::time::Duration;

use http::Method;
use serde_json::Value;
use tokio::time::Instant;

use crate::credentials::{Credentials, ProjectIdError, check_project_id};
use crate::endpoints::endpoint::Endpoint;
use crate::endpoints::iam::Iam;
use crate::endpoints::region::Region;
use crate::error::{Error, text};
use crate::headers::{X_IAM_TRACE_ID, X_REQUEST_ID};
use crate::identity::single_flight::SingleFlight;
use crate::lock::lock;
use crate::request::EncodedCall;
use crate::request::path::Path;
use crate::response::ResponseMeta;
use crate::uri;
use crate::wire::parse;

/// The shortest time between two look-ups of an id that the service refuses.
const PAUSE: Duration = Duration::from_secs(60);

/// The project of a client.
pub(crate) struct Project {
    given: Option<String>,
    region: Option<Region>,
    iam: Iam,
    found: Mutex<Option<Found>>,
    flight: SingleFlight<String>,
}

/// An id that has been looked up.
struct Found {
    id: String,
    at: Instant,
}

impl Project {
    pub(crate) fn new(given: Option<String>, region: Option<Region>, iam: Iam) -> Self {
        Self {
            given,
            region,
            iam,
            found: Mutex::default(),
            flight: SingleFlight::new(),
        }
    }

    /// The id, if it is known without a look-up.
    pub(crate) fn known(&self) -> Option<String> {
        let found = || lock(&self.found).as_ref().map(|found| found.id.clone());
        self.given.clone().or_else(found)
    }

    /// Drops an id that the service refuses as not belonging to the caller, so that the next call
    /// looks it up again: the credentials may now belong to another account. Keeps an id that has
    /// just been looked up.
    pub(crate) fn refused(&self, id: &str) {
        let mut found = lock(&self.found);
        let is_old = |found: &mut Found| found.id == id && found.at.elapsed() >= PAUSE;
        found.take_if(is_old);
    }

    /// The id. One call looks it up with `send`, and calls that need it meanwhile wait for it. A
    /// failure is not remembered.
    pub(crate) async fn id<F: Future<Output = Result<ResponseMeta, Error>>>(
        &self,
        credentials: &Credentials,
        send: impl FnOnce(Endpoint, EncodedCall) -> F,
    ) -> Result<String, Error> {
        let given = self.given.as_deref().or_else(|| credentials.project_id());
        if let Some(id) = given.map(str::to_owned).or_else(|| self.known()) {
            return Ok(id);
        }
        let Some(region) = &self.region else {
            return Err(Error::configuration(
                "there is no project id: call ClientBuilder::project_id, or ClientBuilder::region \
                 to have it looked up",
            ));
        };
        let work = async {
            // Another call may have been faster.
            if let Some(id) = self.known() {
                return Ok(id);
            }
            let id = self.look_up(region, credentials, send).await?;
            let at = Instant::now();
            *lock(&self.found) = Some(Found { id: id.clone(), at });
            Ok(id)
        };
        self.flight.join(work).await
    }

    async fn look_up<F: Future<Output = Result<ResponseMeta, Error>>>(
        &self,
        region: &Region,
        credentials: &Credentials,
        send: impl FnOnce(Endpoint, EncodedCall) -> F,
    ) -> Result<String, Error> {
        let named = credentials.identity().iam_endpoint.as_deref();
        let endpoint = self.iam.endpoint(named, region);
        let endpoint = endpoint.map_err(Error::configuration)?;
        let origin = endpoint.origin().to_owned();
        let failure = |error: Error| {
            let message = format!("the project id of {region} could not be looked up at {origin}");
            // The host may not exist because the region does not exist.
            match region.hint().filter(|_| error.is_connect()) {
                Some(hint) => Error::configuration(message)
                    .with_source(error)
                    .with_hint(&hint),
                None => Error::credentials(message).with_source(error),
            }
        };
        let reply = send(endpoint, call(region)).await.map_err(failure)?;
        read(region, &reply).map_err(Error::configuration)
    }
}

/// Each region has a project that has the name of the region.
fn call(region: &Region) -> EncodedCall {
    const PATH: &str = "/v3/projects";
    EncodedCall {
        name: "KeystoneListProjects".into(),
        operation: None,
        method: Method::GET,
        #[cfg(feature = "tracing")]
        template: PATH.into(),
        idempotent: true,
        path: Path::escaped(PATH),
        query: uri::query(vec![("name", region.as_str())]),
        body: None,
    }
}

/// Why an answer of IAM does not lead to a project.
#[derive(Debug)]
struct NoProject {
    region: Region,
    problem: Problem,
    request_id: String,
}

#[derive(Debug)]
enum Problem {
    /// The answer has no list of projects.
    Unreadable,
    InvalidId(ProjectIdError),
    None,
    /// With their ids.
    Several(Vec<String>),
}

impl fmt::Display for NoProject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let region = &self.region;
        match &self.problem {
            Problem::Unreadable => {
                write!(
                    f,
                    "the answer of IAM does not contain the project of {region}"
                )?;
            }
            Problem::InvalidId(why) => {
                write!(f, "IAM answered with an id that cannot be used: {why}")?;
            }
            Problem::None => {
                write!(f, "there is no project for the region {region}")?;
                if let Some(hint) = region.hint() {
                    write!(f, "; {hint}")?;
                }
            }
            Problem::Several(ids) => {
                write!(
                    f,
                    "the region {region} has several projects, {}",
                    some_of(ids)
                )?;
            }
        }
        let id = &self.request_id;
        write!(
            f,
            "; call ClientBuilder::project_id (request id of IAM: {id})"
        )
    }
}

fn read(region: &Region, reply: &ResponseMeta) -> Result<String, NoProject> {
    let request_id = [X_REQUEST_ID, X_IAM_TRACE_ID];
    let request_id = request_id
        .iter()
        .filter_map(|name| reply.headers.get(name)?.to_str().ok());
    let request_id = text::line(request_id.last().unwrap_or("unknown"), text::NAME);
    let refuse = |problem| {
        Err(NoProject {
            region: region.clone(),
            problem,
            request_id,
        })
    };
    let projects = parse(&reply.body).unwrap_or(Value::Null);
    let Some(projects) = projects.get("projects").and_then(Value::as_array) else {
        return refuse(Problem::Unreadable);
    };
    let text = |project: &Value, member| Some(project.get(member)?.as_str()?.to_owned());
    // IAM can ignore the name in the request.
    let is_asked_for =
        |project: &&Value| text(project, "name").is_none_or(|name| name == region.as_str());
    let ids = projects.iter().filter(is_asked_for);
    let ids: Vec<_> = ids.filter_map(|project| text(project, "id")).collect();
    match &ids[..] {
        [id] => match check_project_id(id) {
            Ok(()) => Ok(id.clone()),
            Err(why) => refuse(Problem::InvalidId(why)),
        },
        [] => refuse(Problem::None),
        _ => refuse(Problem::Several(ids)),
    }
}

/// The first of many ids.
fn some_of(ids: &[String]) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<_> = ids
        .iter()
        .take(SHOWN)
        .map(|id| text::line(id, text::NAME))
        .collect();
    let rest = match ids.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    shown.join(", ") + &rest
}

#[cfg(test)]
mod tests;
