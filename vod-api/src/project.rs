//! The project that calls are for: given, known by the credentials, or looked up once.

use std::sync::Mutex;
use std::time::Duration;

use http::Method;
use serde_json::Value;
use tokio::time::Instant;

use crate::credentials::Credentials;
use crate::encode::RawCall;
use crate::endpoint::Endpoint;
use crate::error::{Error, text};
use crate::flight::Flight;
use crate::lock::lock;
use crate::path::Path;
use crate::region::Region;
use crate::response::ResponseMeta;
use crate::uri;
use crate::variables::Variables;
use crate::wire::parse;

/// The largest length of an id; ids of the service have 32 characters.
const LONGEST_ID: usize = 128;

/// The shortest time between two look-ups of an id that the service refuses.
const PAUSE: Duration = Duration::from_secs(60);

/// Refuses an id that would break a path or a header.
pub(crate) fn check_id(id: &str) -> Result<(), String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let shown = text::line(id, text::NAME);
    if id.is_empty() {
        return Err("the project id is empty".to_owned());
    }
    if !id.bytes().all(plain) {
        return Err(format!(
            "the project id {shown:?} may hold A-Z, a-z, 0-9, - and _ only"
        ));
    }
    match id.len() <= LONGEST_ID {
        true => Ok(()),
        false => Err(format!(
            "the project id {shown:?} has {} characters; at most {LONGEST_ID} are allowed",
            id.len()
        )),
    }
}

/// The project of a client.
pub(crate) struct Project {
    given: Option<String>,
    region: Option<Region>,
    iam: Iam,
    found: Mutex<Option<Found>>,
    flight: Flight<String>,
}

/// An id that has been looked up.
struct Found {
    id: String,
    at: Instant,
}

/// Where to look projects up.
#[derive(Debug)]
pub(crate) struct Iam {
    given: Option<Endpoint>,
    variables: Variables,
    allow_http: bool,
}

impl Iam {
    pub(crate) fn new(
        given: Option<String>,
        variables: Variables,
        allow_http: bool,
    ) -> Result<Self, String> {
        let given = given
            .map(|text| Endpoint::parse(&text, allow_http))
            .transpose();
        Ok(Self {
            given: given.map_err(of_iam)?,
            variables,
            allow_http,
        })
    }

    /// As given, as the credentials or the environment say, or the region's own.
    pub(crate) fn endpoint(
        &self,
        named: Option<&str>,
        region: &Region,
    ) -> Result<Endpoint, String> {
        if let Some(given) = &self.given {
            return Ok(given.clone());
        }
        let text = match named {
            Some(endpoint) => Some(endpoint.to_owned()),
            None => self.variables.get("HUAWEICLOUD_SDK_IAM_ENDPOINT")?,
        };
        let text = match text {
            Some(endpoint) => endpoint,
            None => {
                region.check()?;
                format!("https://iam.{region}.myhuaweicloud.com")
            }
        };
        Endpoint::parse(&text, self.allow_http).map_err(of_iam)
    }
}

fn of_iam(why: String) -> String {
    format!("IAM: {why}")
}

impl Project {
    pub(crate) fn new(given: Option<String>, region: Option<Region>, iam: Iam) -> Self {
        Self {
            given,
            region,
            iam,
            found: Mutex::default(),
            flight: Flight::new(),
        }
    }

    /// The id, as far as it is known without a look-up.
    pub(crate) fn known(&self) -> Option<String> {
        let found = || lock(&self.found).as_ref().map(|found| found.id.clone());
        self.given.clone().or_else(found)
    }

    /// Drops an id that the service refuses as not belonging to the caller, so that the next call looks it up again:
    /// the credentials may now belong to another account. Keeps an id that has just been looked up.
    pub(crate) fn refused(&self, id: &str) {
        let mut found = lock(&self.found);
        let is_old = |found: &mut Found| found.id == id && found.at.elapsed() >= PAUSE;
        found.take_if(is_old);
    }

    /// The id. One call looks it up with `send`, and those that need it meanwhile wait for that one; a failure is not
    /// remembered.
    pub(crate) async fn id<F: Future<Output = Result<ResponseMeta, Error>>>(
        &self,
        credentials: &Credentials,
        send: impl FnOnce(Endpoint, RawCall) -> F,
    ) -> Result<String, Error> {
        let given = self.given.as_deref().or_else(|| credentials.project_id());
        if let Some(id) = given.map(str::to_owned).or_else(|| self.known()) {
            return Ok(id);
        }
        let Some(region) = &self.region else {
            return Err(Error::configuration(
                "no project id: call ClientBuilder::project_id, or ClientBuilder::region to have it looked up",
            ));
        };
        let work = async {
            // Another call can have been faster.
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
        send: impl FnOnce(Endpoint, RawCall) -> F,
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

/// The project that a region has by itself bears its name.
fn call(region: &Region) -> RawCall {
    const PATH: &str = "/v3/projects";
    RawCall {
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

fn read(region: &Region, reply: &ResponseMeta) -> Result<String, String> {
    let request_id = ["x-request-id", "x-iam-trace-id"].iter();
    let request_id = request_id.filter_map(|name| reply.headers.get(*name)?.to_str().ok());
    let request_id = text::line(request_id.last().unwrap_or("unknown"), text::NAME);
    let refuse = |why: String| {
        let way_out = "call ClientBuilder::project_id";
        Err(format!(
            "{why}; {way_out} (request id of IAM: {request_id})"
        ))
    };
    let projects = parse(&reply.body).unwrap_or(Value::Null);
    let Some(projects) = projects.get("projects").and_then(Value::as_array) else {
        return refuse(format!(
            "IAM answered in a way that does not tell the project of {region}"
        ));
    };
    let text = |project: &Value, member| Some(project.get(member)?.as_str()?.to_owned());
    // IAM can ignore the name in the request.
    let is_asked_for =
        |project: &&Value| text(project, "name").is_none_or(|name| name == region.as_str());
    let ids = projects.iter().filter(is_asked_for);
    let ids: Vec<_> = ids.filter_map(|project| text(project, "id")).collect();
    match &ids[..] {
        [id] => match check_id(id) {
            Ok(()) => Ok(id.clone()),
            Err(why) => refuse(format!(
                "IAM answered with an id that cannot be used: {why}"
            )),
        },
        [] => {
            let hint = region.hint().map(|hint| format!("; {hint}"));
            let hint = hint.unwrap_or_default();
            refuse(format!("there is no project for the region {region}{hint}"))
        }
        _ => refuse(format!(
            "the region {region} has several projects, {}",
            some_of(&ids)
        )),
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
