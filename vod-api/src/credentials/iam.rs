//! Tokens for the user name and password of an IAM user.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Method, StatusCode};
use reqwest::{Request, Url};
use serde_json::{Value, json};

use super::Credentials;
use super::exchange::Exchange;
use super::provide::{ProvideCredentials, ProvideFuture};
use crate::endpoints::iam::Iam;
use crate::endpoints::region::Region;
use crate::error::{Error, envelope, text};
use crate::headers::{X_IAM_TRACE_ID, X_SUBJECT_TOKEN};
use crate::response::ResponseMeta;
use crate::secret::Secret;
use crate::secret::redact::Redactor;
use crate::time::parse_time;
use crate::variables::Variables;
use crate::wire::parse;

const PATH: &str = "/v3/auth/tokens";

/// Tokens of IAM for the name and password of an IAM user, for one project.
///
/// ```
/// use vod_api::{Client, Region};
/// use vod_api::credentials::IamPassword;
///
/// # fn example(password: String) {
/// let user = IamPassword::new("my-account", "my-user", password, Region::CN_NORTH_4);
/// let client = Client::builder()
///     .region(Region::CN_NORTH_4)
///     .credentials_provider(user);
/// # }
/// ```
///
/// Tokens are valid for 24 hours. A token comes with the id of its project, so the client needs
/// none. An attempt to get one takes at most 10 s, and there are up to three. They go through the
/// proxies of the system, unless [`http_client`](Self::http_client) says otherwise.
#[derive(Debug)]
pub struct IamPassword {
    domain: String,
    user: String,
    password: Secret,
    region: Region,
    project: Project,
    endpoint: Option<String>,
    allow_http: bool,
    variables: Variables,
    exchange: Exchange,
}

#[derive(Debug)]
enum Project {
    OfRegion,
    Named(String),
    Id(String),
}

impl IamPassword {
    /// A user, by the name of the account (the domain) that it belongs to and its own, for the
    /// default project of the region.
    pub fn new(
        domain: impl Into<String>,
        user: impl Into<String>,
        password: impl Into<String>,
        region: impl Into<Region>,
    ) -> Self {
        Self {
            domain: domain.into(),
            user: user.into(),
            password: Secret::new(password.into()),
            region: region.into(),
            project: Project::OfRegion,
            endpoint: None,
            allow_http: false,
            variables: Variables::of_process(),
            exchange: Exchange::new("IAM", false, Duration::from_secs(10)),
        }
    }

    /// Another project of the region, by its name, as `cn-north-4_test`.
    pub fn project(mut self, name: impl Into<String>) -> Self {
        self.project = Project::Named(name.into());
        self
    }

    /// Another project of the region, by its id.
    pub fn project_id(mut self, id: impl Into<String>) -> Self {
        self.project = Project::Id(id.into());
        self
    }

    /// Scheme, host and port of IAM, instead of what the variable `HUAWEICLOUD_SDK_IAM_ENDPOINT`
    /// says or `https://iam.{region}.myhuaweicloud.com`. That of the client is for the look-up of
    /// its project id only.
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// Whether an `http://` endpoint is accepted; off by default, except for this machine. The
    /// password and the token then travel in the clear.
    pub fn allow_http(mut self, allow: bool) -> Self {
        self.allow_http = allow;
        self
    }

    /// An HTTP client that you have set up, with a proxy or certificates of your own, as for
    /// [`ClientBuilder::http_client`](crate::ClientBuilder::http_client), which lists the settings
    /// that it needs.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.exchange.set_client(client);
        self
    }

    async fn get(&self) -> Result<Credentials, Error> {
        let iam = Iam::new(
            self.endpoint.clone(),
            self.variables.clone(),
            self.allow_http,
        );
        let endpoint = iam.and_then(|iam| iam.endpoint(None, &self.region));
        let endpoint = endpoint.map_err(Error::configuration)?;
        let refuse = |why: LoginError| {
            let Self { domain, user, .. } = self;
            let origin = endpoint.origin();
            Error::credentials(format!(
                "there is no token for {domain}/{user} from IAM at {origin}: {why}"
            ))
        };
        let url = Url::parse(&format!("{}{PATH}", endpoint.origin()));
        let url = url.map_err(|error| refuse(LoginError::Url(error)))?;
        let request = || {
            let mut request = Request::new(Method::POST, url.clone());
            let json = HeaderValue::from_static("application/json");
            request.headers_mut().insert(CONTENT_TYPE, json);
            *request.body_mut() = Some(self.body().into());
            Ok(request)
        };
        let answer = self.exchange.send(&endpoint, request).await?;
        read(&answer, &self.password).map_err(refuse)
    }

    fn body(&self) -> String {
        let project = match &self.project {
            Project::OfRegion => json!({"name": self.region.as_str()}),
            Project::Named(name) => json!({"name": name}),
            Project::Id(id) => json!({"id": id}),
        };
        let user = json!({
            "name": self.user,
            "password": self.password.expose(),
            "domain": {"name": self.domain},
        });
        let identity = json!({"methods": ["password"], "password": {"user": user}});
        json!({"auth": {"identity": identity, "scope": {"project": project}}}).to_string()
    }
}

impl ProvideCredentials for IamPassword {
    fn provide(&self) -> ProvideFuture<'_> {
        Box::pin(self.get())
    }
}

/// Why IAM returned no token.
#[derive(Debug)]
pub(crate) enum LoginError {
    Url(<Url as FromStr>::Err),
    /// What IAM says about it.
    Refused(String),
    NoToken,
    NotJson,
    NoExpiry,
}

impl fmt::Display for LoginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(error) => error.fmt(f),
            Self::Refused(refusal) => f.write_str(refusal),
            Self::NoToken => f.write_str("the reply has no X-Subject-Token"),
            Self::NotJson => f.write_str("the reply is not JSON"),
            Self::NoExpiry => f.write_str("the reply has no expires_at that can be read"),
        }
    }
}

pub(crate) fn read(answer: &ResponseMeta, password: &Secret) -> Result<Credentials, LoginError> {
    if answer.status != StatusCode::CREATED {
        return Err(LoginError::Refused(refusal(answer, password)));
    }
    let token = header(answer, X_SUBJECT_TOKEN);
    let token = token.ok_or(LoginError::NoToken)?;
    let body: Value = parse(&answer.body).map_err(|_| LoginError::NotJson)?;
    let text = |pointer: &str| body.pointer(pointer).and_then(Value::as_str);
    let expiry = text("/token/expires_at").and_then(parse_time);
    let expiry = expiry.ok_or(LoginError::NoExpiry)?;
    let credentials = Credentials::token(token).with_expiry(expiry);
    Ok(match text("/token/project/id") {
        Some(id) => credentials.with_project_id(id),
        None => credentials,
    })
}

fn header(answer: &ResponseMeta, name: HeaderName) -> Option<&str> {
    let text = answer.headers.get(name)?.to_str().ok()?;
    (!text.is_empty()).then_some(text)
}

/// The message of IAM about a failure, in one line of limited length.
fn refusal(answer: &ResponseMeta, password: &Secret) -> String {
    let said = envelope::read(&answer.body);
    // Redacted before it is cut, or half a secret could be left.
    let redactor = Redactor::new([password.expose()]);
    let clean = |said| redactor.text(said);
    let mut line = format!("HTTP {}", answer.status.as_u16());
    if let Some(code) = said.code.map(clean) {
        line += &format!(" {}", text::line(&code, text::NAME));
    }
    if let Some(message) = said.message.map(clean) {
        line += &format!(": {}", text::line(&message, text::MESSAGE));
    }
    if let Some(id) = header(answer, X_IAM_TRACE_ID).map(str::to_owned).map(clean) {
        line += &format!(" (request id {})", text::line(&id, text::NAME));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user() -> IamPassword {
        IamPassword::new("my-account", "my-user", "my-\"password", "cn-north-4")
    }

    #[test]
    fn asks_for_a_project() {
        let scope = |user: IamPassword| {
            let body: Value = serde_json::from_str(&user.body()).unwrap();
            let sent = &body["auth"]["identity"]["password"]["user"];
            let wanted = json!({"name": "my-user", "password": "my-\"password", "domain": {"name": "my-account"}});
            assert_eq!(*sent, wanted);
            body["auth"]["scope"]["project"].clone()
        };
        assert_eq!(scope(user()), json!({"name": "cn-north-4"}));
        assert_eq!(
            scope(user().project("cn-north-4_x")),
            json!({"name": "cn-north-4_x"})
        );
        assert_eq!(scope(user().project_id("p1")), json!({"id": "p1"}));
    }

    #[test]
    fn debug_hides_the_password() {
        let text = format!("{:?}", user());
        assert!(
            text.contains("my-user") && !text.contains("my-\\\"pass"),
            "{text}"
        );
    }
}
