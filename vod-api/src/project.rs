//! The project that calls are for: given, known by the credentials, or looked up once.

use std::sync::OnceLock;

use http::Method;
use serde_json::Value;

use crate::credentials::Credentials;
use crate::encode::RawCall;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::flight::Flight;
use crate::path::Path;
use crate::region::Region;
use crate::response::ResponseMeta;
use crate::uri;
use crate::variables::Variables;
use crate::wire::parse;

/// Refuses an id that would break a path or a header.
pub(crate) fn check_id(id: &str) -> Result<(), String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    match !id.is_empty() && id.bytes().all(plain) {
        true => Ok(()),
        false => Err(format!(
            "the project id {id:?} may hold A-Z, a-z, 0-9, - and _ only"
        )),
    }
}

/// The project of a client.
pub(crate) struct Project {
    given: Option<String>,
    region: Option<Region>,
    iam: Iam,
    found: OnceLock<String>,
    flight: Flight<String>,
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
        let named = named.map(str::to_owned);
        let text = match named.or_else(|| self.variables.get("HUAWEICLOUD_SDK_IAM_ENDPOINT")) {
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
            found: OnceLock::new(),
            flight: Flight::new(),
        }
    }

    /// The id, as far as it is known without a look-up.
    pub(crate) fn known(&self) -> Option<&str> {
        self.given
            .as_deref()
            .or_else(|| self.found.get().map(String::as_str))
    }

    /// The id. One call looks it up with `send`, and those that need it meanwhile wait for that one; a failure is not
    /// remembered.
    pub(crate) async fn id<F: Future<Output = Result<ResponseMeta, Error>>>(
        &self,
        credentials: &Credentials,
        send: impl FnOnce(Endpoint, RawCall) -> F,
    ) -> Result<String, Error> {
        let given = self.given.as_deref().or_else(|| credentials.project_id());
        if let Some(id) = given.or_else(|| self.known()) {
            return Ok(id.to_owned());
        }
        let Some(region) = &self.region else {
            return Err(Error::configuration(
                "no project id: call ClientBuilder::project_id, or ClientBuilder::region to have it looked up",
            ));
        };
        let work = async {
            // Another call can have been faster.
            if let Some(id) = self.known() {
                return Ok(id.to_owned());
            }
            let id = self.look_up(region, credentials, send).await?;
            Ok(self.found.get_or_init(|| id).clone())
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
        let failure = |error| {
            let message = format!("the project id of {region} could not be looked up at {origin}");
            Error::credentials(message).with_source(error)
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
    let request_id = request_id.last().unwrap_or("unknown");
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
    let ids: Vec<_> = projects
        .iter()
        .filter_map(|project| project.get("id")?.as_str())
        .collect();
    match ids[..] {
        [id] => check_id(id).map(|()| id.to_owned()),
        [] => refuse(format!("there is no project for the region {region}")),
        _ => refuse(format!(
            "the region {region} has several projects, {}",
            ids.join(", ")
        )),
    }
}

#[cfg(test)]
mod tests;
