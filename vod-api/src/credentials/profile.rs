//! Credentials from a file.

use std::fmt;
use std::path::PathBuf;

use super::Credentials;
use super::ini::{Ini, IniError};
use super::provide::{ProvideCredentials, ProvideFuture};
use crate::error::Error;
use crate::files::{self, is_absent};
use crate::variables::{Place, Variables};

const SECTION: &str = "basic";

/// Names the file.
const FILE: &str = "HUAWEICLOUD_SDK_CREDENTIALS_FILE";

/// Credentials from the file that the vendor's own clients read: the one that the variable
/// `HUAWEICLOUD_SDK_CREDENTIALS_FILE` names, or else `~/.huaweicloud/credentials`.
///
/// ```ini
/// [basic]
/// ak = ...
/// sk = ...
/// ; For temporary keys:
/// security_token = ...
/// ; If the client is not given one:
/// project_id = ...
/// ; Where to look up the project id, if not at the usual place:
/// iam_endpoint = https://...
/// ```
///
/// `;` and `#` begin a comment at the start of a line only. A section `[global]` is not for VOD,
/// and a login by OpenID Connect (`idp_id` together with `id_token_file`) is an error. The file
/// must be a regular file of at most 1 MiB that can be read within 5 s.
///
/// A file that is named by the variable or by [`path`](Self::path) must exist and have the section
/// `[basic]`. If the default file does not exist, this source has no credentials, and a
/// [`Chain`](super::Chain) asks its next source.
#[derive(Debug, Clone)]
pub struct Profile {
    path: Option<PathBuf>,
    variables: Variables,
}

impl Profile {
    /// The usual file. It is read when credentials are needed.
    pub fn new() -> Self {
        Self::of(Variables::of_process())
    }

    /// Another file, whatever the variable says.
    pub fn path(mut self, path: impl Into<PathBuf>) -> Self {
        self.path = Some(path.into());
        self
    }

    pub(crate) fn of(variables: Variables) -> Self {
        Self {
            path: None,
            variables,
        }
    }

    async fn get(&self) -> Result<Credentials, Error> {
        let given = self.path.clone().map(|path| Place { path, named: true });
        let usual = || self.variables.file(FILE, "credentials");
        let Some(Place { path, named }) = given.or_else(usual) else {
            return Err(Error::credentials(
                "there is no credentials file: none of HUAWEICLOUD_SDK_CREDENTIALS_FILE, HOME and \
                 USERPROFILE is set",
            ));
        };
        let by = match (&self.path, named) {
            (None, true) => format!(" ({FILE})"),
            _ => String::new(),
        };
        let refuse = |absent: bool, why: &str| {
            let message = format!("the credentials file {}{by}{why}", path.display());
            // If only the default file is missing, another source can have credentials.
            if absent && !named {
                Error::credentials(message)
            } else {
                Error::configuration(message)
            }
        };
        let text = files::read(&path).await;
        let text = text.map_err(|error| refuse(is_absent(&error), "").with_source(error))?;
        read(&text).map_err(|unusable| {
            let absent = matches!(unusable, Unusable::NoSection { .. });
            refuse(absent, &format!(": {unusable}"))
        })
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self::new()
    }
}

impl ProvideCredentials for Profile {
    fn provide(&self) -> ProvideFuture<'_> {
        Box::pin(self.get())
    }
}

/// Why a file has no credentials that can be used.
#[derive(Debug)]
pub(crate) enum Unusable {
    /// It has no section for VOD: another source can have credentials.
    NoSection {
        has_global: bool,
    },
    Ini(IniError),
    OpenIdConnect,
    Missing(&'static str),
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSection { has_global: true } => {
                "VOD needs a section [basic]; [global] is for other services"
            }
            Self::NoSection { has_global: false } => "there is no section [basic] with ak and sk",
            Self::Ini(error) => return error.fmt(f),
            Self::OpenIdConnect => {
                "idp_id and id_token_file: a login by OpenID Connect is not supported"
            }
            Self::Missing(key) => return write!(f, "[basic] has no {key}"),
        })
    }
}

pub(crate) fn read(text: &str) -> Result<Credentials, Unusable> {
    let ini = Ini::parse(text).map_err(Unusable::Ini)?;
    if !ini.has_section(SECTION) {
        let has_global = ini.has_section("global");
        return Err(Unusable::NoSection { has_global });
    }
    let get = |key: &str| ini.get(SECTION, key);
    if get("idp_id").is_some() && get("id_token_file").is_some() {
        return Err(Unusable::OpenIdConnect);
    }
    let need = |key: &'static str| get(key).ok_or(Unusable::Missing(key));
    let credentials = Credentials::new(need("ak")?, need("sk")?)
        .with_optional(get("security_token"), get("project_id"));
    Ok(match get("iam_endpoint") {
        Some(endpoint) => credentials.with_iam_endpoint(endpoint),
        None => credentials,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn reads_all_keys() {
        let found = read("[global]\nak=no\n[basic]\nak = a\nsk = s\n").unwrap();
        assert!(found.proves_the_same(&Credentials::new("a", "s")));
        let found = read(
            "[basic]\nAK: a\nSK: s\nsecurity_token = t\nproject_id = p\niam_endpoint = iam.example.com\ndomain_id = d",
        );
        let found = found.unwrap();
        let wanted = Credentials::new("a", "s").with_security_token("t");
        assert!(found.proves_the_same(&wanted));
        assert_eq!(found.project_id(), Some("p"));
        let endpoint = found.identity().iam_endpoint.as_deref();
        assert_eq!(endpoint, Some("iam.example.com"));
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, why) in [
            ("", "there is no section [basic]"),
            ("[global]\nak=a\nsk=s", "VOD needs a section [basic]"),
            ("[basic]\nsk=hidden", "[basic] has no ak"),
            ("[basic]\nak=a\nsk=", "[basic] has no sk"),
            (
                "[basic]\nidp_id=i\nid_token_file=f",
                "idp_id and id_token_file",
            ),
            ("[basic]\nhidden", "line 2: "),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(
                error.starts_with(why) && !error.contains("hidden"),
                "{error}"
            );
        }
    }

    #[tokio::test]
    async fn reads_a_file() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("credentials");
        std::fs::write(&path, "[basic]\nak = a\nsk = s\n").unwrap();
        let found = Profile::new().path(&path).get().await.unwrap();
        assert_eq!(found.access_key(), Some("a"));

        std::fs::write(&path, "ak = hidden").unwrap();
        let error = Profile::new()
            .path(&path)
            .get()
            .await
            .unwrap_err()
            .to_string();
        let wanted = format!("the credentials file {}: line 1: a section", path.display());
        assert!(error.starts_with(&wanted), "{error}");

        std::fs::remove_file(&path).unwrap();
        let named = path.display().to_string();
        let variables = Variables::new(move |name| {
            (name == "HUAWEICLOUD_SDK_CREDENTIALS_FILE").then(|| named.clone())
        });
        let error = Profile::of(variables).get().await.unwrap_err().to_string();
        let wanted = format!(
            "the credentials file {} (HUAWEICLOUD_SDK_CREDENTIALS_FILE): No such file",
            path.display()
        );
        assert!(error.starts_with(&wanted), "{error}");
        let nowhere = Profile::of(Variables::new(|_| None));
        let error = nowhere.get().await.unwrap_err().to_string();
        assert!(error.contains("HOME"), "{error}");
    }

    #[tokio::test]
    async fn a_file_that_somebody_named_must_have_credentials() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join(".huaweicloud");
        std::fs::create_dir(&folder).unwrap();
        let path = folder.join("credentials");
        let (named, usual) = (
            path.display().to_string(),
            home.path().display().to_string(),
        );
        let kind = async |variable: &'static str, value: &String| {
            let value = value.clone();
            let variables = Variables::new(move |name| (name == variable).then(|| value.clone()));
            Profile::of(variables).get().await.unwrap_err().kind()
        };
        for text in [None, Some(""), Some("[global]\nak = a\nsk = s")] {
            if let Some(text) = text {
                std::fs::write(&path, text).unwrap();
            }
            let given = Profile::new().path(&path).get().await.unwrap_err().kind();
            let by_variable = kind("HUAWEICLOUD_SDK_CREDENTIALS_FILE", &named).await;
            let found = kind("HOME", &usual).await;
            assert_eq!(
                (given, by_variable, found),
                (
                    ErrorKind::Configuration,
                    ErrorKind::Configuration,
                    ErrorKind::Credentials
                ),
                "{text:?}"
            );
        }
    }
}
