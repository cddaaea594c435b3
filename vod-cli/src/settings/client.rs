//! From settings to a client. A flag goes before a variable of `vod`, that before one of the
//! vendor's own clients, and that before the profile.

use vod_api::credentials::Profile;
use vod_api::{Client, ClientBuilder, Credentials, Error, ErrorKind, Region, Retry};

use crate::exit::Failure;
use crate::io::{Io, Variables};
use crate::settings::Settings;

/// A setting, and where it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) value: String,
    pub(crate) origin: String,
}

/// The settings that say where calls go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Origins {
    pub(crate) region: Option<Found>,
    pub(crate) endpoint: Option<Found>,
    pub(crate) project_id: Option<Found>,
    allow_http: Option<Found>,
}

/// Where calls go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) region: Option<String>,
    pub(crate) endpoint: Option<String>,
    pub(crate) project_id: Option<String>,
    allow_http: bool,
}

impl Place {
    /// Scheme and host of the service, as far as they are known.
    pub(crate) fn address(&self) -> String {
        match (&self.endpoint, &self.region) {
            (Some(endpoint), _) if endpoint.contains("://") => endpoint.clone(),
            (Some(endpoint), _) => format!("https://{endpoint}"),
            (None, Some(region)) => Region::from(region.as_str()).endpoint(),
            (None, None) => Region::new("{region}").endpoint(),
        }
    }

    fn of(origins: Origins) -> Self {
        let value = |found: Option<Found>| found.map(|found| found.value);
        let allow_http = value(origins.allow_http);
        Self {
            region: value(origins.region),
            endpoint: value(origins.endpoint),
            project_id: value(origins.project_id),
            allow_http: allow_http.is_some_and(|value| matches!(value.as_str(), "1" | "true")),
        }
    }
}

/// Finds out where calls go.
pub(crate) async fn place(settings: &Settings, io: &Io) -> Result<Place, Failure> {
    Ok(Place::of(origins(settings, io).await?))
}

/// Finds out where calls go, and what says so.
pub(crate) async fn origins(settings: &Settings, io: &Io) -> Result<Origins, Failure> {
    let source = Source::of(settings, &io.variables);
    found(settings, io, Some(&source)).await
}

async fn found(settings: &Settings, io: &Io, source: Option<&Source>) -> Result<Origins, Failure> {
    let setting = async |given: &Option<String>, variables: &[&str], key: &str| {
        let found = |value: String, origin: String| Some(Found { value, origin });
        if let Some(value) = given {
            return Ok(found(value.clone(), format!("--{}", key.replace('_', "-"))));
        }
        for name in variables {
            if let Some(value) = io.variables.get(name) {
                return Ok(found(value, (*name).to_owned()));
            }
        }
        let Some(source) = source else {
            return Ok(None);
        };
        let value = source.value(key).await?;
        Ok::<_, Failure>(value.and_then(|value| found(value, format!("[{}]", source.section))))
    };
    let project_id = ["VOD_PROJECT_ID", "HUAWEICLOUD_SDK_PROJECT_ID"];
    Ok(Origins {
        region: setting(&settings.region, &["VOD_REGION"], "region").await?,
        endpoint: setting(&settings.endpoint, &["VOD_ENDPOINT"], "endpoint").await?,
        project_id: setting(&settings.project_id, &project_id, "project_id").await?,
        allow_http: setting(&None, &["VOD_ALLOW_HTTP"], "allow_http").await?,
    })
}

/// A secret beside the keys of calls: no flag has it, but a variable or a key of the profile.
pub(crate) async fn secret(
    (settings, io): (&Settings, &Io),
    variable: &str,
    key: &str,
) -> Result<Option<String>, Failure> {
    match io.variables.get(variable) {
        Some(value) => Ok(Some(value)),
        None => Source::of(settings, &io.variables).value(key).await,
    }
}

/// Makes a client.
pub(crate) async fn client(settings: &Settings, io: &Io) -> Result<Client, Failure> {
    let source = Source::of(settings, &io.variables);
    let origins = found(settings, io, Some(&source)).await?;
    let builder = builder(settings, io, Place::of(origins))?;
    Ok(if source.named {
        builder.credentials_provider(source.profile).build()?
    } else {
        builder.build()?
    })
}

/// Makes a client with these keys, and without the credentials file.
pub(crate) async fn client_as(
    settings: &Settings,
    io: &Io,
    credentials: Credentials,
) -> Result<Client, Failure> {
    let origins = found(settings, io, None).await?;
    let builder = builder(settings, io, Place::of(origins))?;
    Ok(builder.credentials(credentials).build()?)
}

fn builder(settings: &Settings, io: &Io, place: Place) -> Result<ClientBuilder, Failure> {
    let mut builder = Client::builder()
        .allow_http(place.allow_http)
        .header("User-Agent", concat!("vod/", env!("CARGO_PKG_VERSION")));
    if let Some(lookup) = io.variables.given() {
        builder = builder.variables(move |name| lookup(name));
    }
    if place.region.is_none() && place.endpoint.is_none() {
        return Err(Failure::usage_with(
            "there is no region",
            "name one by --region, VOD_REGION or `region = …` in the credentials file, such as cn-north-4",
        ));
    }
    if let Some(region) = place.region {
        builder = builder.region(region);
    }
    if let Some(endpoint) = place.endpoint {
        builder = builder.endpoint(endpoint);
    }
    if let Some(project_id) = place.project_id {
        builder = builder.project_id(project_id);
    }
    if let Some(timeout) = settings.timeout {
        builder = builder.timeout(timeout);
    }
    let mut retry = Retry::default();
    if let Some(retries) = settings.retries {
        retry = retry.max_attempts(retries + 1);
    }
    Ok(builder.retry_policy(retry))
}

/// The section of the credentials file that settings come from.
struct Source {
    profile: Profile,
    section: String,
    /// Whether somebody named it: then its keys go before those of variables.
    named: bool,
}

impl Source {
    fn of(settings: &Settings, variables: &Variables) -> Self {
        let name = settings.profile.clone();
        let name = name.or_else(|| variables.get("VOD_PROFILE"));
        let mut profile = Profile::new();
        if let Some(lookup) = variables.given() {
            profile = profile.variables(move |name| lookup(name));
        }
        match name {
            Some(name) => Self {
                profile: profile.section(name.clone()),
                section: name,
                named: true,
            },
            None => Self {
                profile,
                section: "basic".to_owned(),
                named: false,
            },
        }
    }

    /// A value of the section. Without a file there is none; a call says later that keys are
    /// missing as well.
    async fn value(&self, key: &str) -> Result<Option<String>, Failure> {
        match self.profile.value(key).await {
            Err(error) if is_absent(&error) => Ok(None),
            value => Ok(value?),
        }
    }
}

fn is_absent(error: &Error) -> bool {
    error.kind() == ErrorKind::Credentials
}
