//! Credentials from a file.

use std::fmt;
use std::path::PathBuf;

use super::Credentials;
use super::ini::{Ini, IniError};
use super::provide::{ProvideCredentials, ProvideFuture};
use crate::error::{Error, text};
use crate::files::{self, is_absent};
use crate::nearest::nearest;
use crate::variables::{Place, Variables};

/// The section that is read by default.
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
    /// Another section than the usual one.
    section: Option<String>,
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

    /// Another section than `[basic]`, as `[work]`: for several identities in one file. The file
    /// must then exist and have the section.
    pub fn section(mut self, name: impl Into<String>) -> Self {
        self.section = Some(name.into());
        self
    }

    /// The environment variables that lead to the file, instead of those of the process; for tests.
    pub fn variables(
        mut self,
        lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.variables = Variables::new(lookup);
        self
    }

    pub(crate) fn of(variables: Variables) -> Self {
        Self {
            path: None,
            section: None,
            variables,
        }
    }

    /// Another value of the section, such as a region that is kept beside the keys; `None` if the
    /// section does not have it.
    ///
    /// # Errors
    ///
    /// As for the credentials: an error of kind [`Credentials`](crate::ErrorKind::Credentials) if
    /// only the default file is missing.
    pub async fn value(&self, key: &str) -> Result<Option<String>, Error> {
        self.read(|ini, section| Ok(ini.get(section, key))).await
    }

    async fn get(&self) -> Result<Credentials, Error> {
        self.read(credentials).await
    }

    /// What `take` reads of the section.
    async fn read<T>(
        &self,
        take: impl FnOnce(&Ini, &str) -> Result<T, Unusable>,
    ) -> Result<T, Error> {
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
            if absent && !named && self.section.is_none() {
                Error::credentials(message)
            } else {
                Error::configuration(message)
            }
        };
        let text = files::read(&path).await;
        let text = text.map_err(|error| refuse(is_absent(&error), "").with_source(error))?;
        let section = self.section.as_deref().unwrap_or(SECTION);
        let taken = in_section(&text, section).and_then(|ini| take(&ini, section));
        taken.map_err(|unusable| {
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
    /// It has no such section: another source can have credentials.
    NoSection {
        section: String,
        has_global: bool,
        near: Option<String>,
    },
    Ini(IniError),
    OpenIdConnect,
    Missing {
        section: String,
        key: &'static str,
    },
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSection {
                section,
                has_global: true,
                ..
            } if section == SECTION => {
                f.write_str("VOD needs a section [basic]; [global] is for other services")
            }
            Self::NoSection { section, near, .. } => {
                let section = text::line(section, text::NAME);
                write!(f, "there is no section [{section}] with ak and sk")?;
                match near {
                    Some(near) => write!(f, "; did you mean [{}]?", text::line(near, text::NAME)),
                    None => Ok(()),
                }
            }
            Self::Ini(error) => error.fmt(f),
            Self::OpenIdConnect => {
                f.write_str("idp_id and id_token_file: a login by OpenID Connect is not supported")
            }
            Self::Missing { section, key } => {
                write!(f, "[{}] has no {key}", text::line(section, text::NAME))
            }
        }
    }
}

/// Reads the file, which must have the section.
fn in_section(text: &str, section: &str) -> Result<Ini, Unusable> {
    let ini = Ini::parse(text).map_err(Unusable::Ini)?;
    if ini.has_section(section) {
        return Ok(ini);
    }
    Err(Unusable::NoSection {
        section: section.to_owned(),
        has_global: ini.has_section("global"),
        near: nearest(section, ini.sections()).map(str::to_owned),
    })
}

fn credentials(ini: &Ini, section: &str) -> Result<Credentials, Unusable> {
    let get = |key: &str| ini.get(section, key);
    if get("idp_id").is_some() && get("id_token_file").is_some() {
        return Err(Unusable::OpenIdConnect);
    }
    let need = |key: &'static str| {
        get(key).ok_or_else(|| Unusable::Missing {
            section: section.to_owned(),
            key,
        })
    };
    let credentials = Credentials::new(need("ak")?, need("sk")?)
        .with_optional(get("security_token"), get("project_id"));
    Ok(match get("iam_endpoint") {
        Some(endpoint) => credentials.with_iam_endpoint(endpoint),
        None => credentials,
    })
}

/// The credentials of the usual section of a text.
#[cfg(any(fuzzing, test))]
pub(crate) fn read(text: &str) -> Result<Credentials, Unusable> {
    in_section(text, SECTION).and_then(|ini| credentials(&ini, SECTION))
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
    async fn another_section_is_another_identity() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("credentials");
        let text = "[basic]\nak = a\nsk = s\n[work]\nak = b\nsk = s\nregion = r\n";
        std::fs::write(&path, text).unwrap();
        let usual = Profile::new().path(&path);
        assert_eq!(usual.value("region").await.unwrap(), None);
        let work = usual.clone().section("work");
        assert_eq!(work.get().await.unwrap().access_key(), Some("b"));
        assert_eq!(work.value("region").await.unwrap().as_deref(), Some("r"));

        let error = usual.section("wrok").get().await.unwrap_err();
        let wanted = ": there is no section [wrok] with ak and sk; did you mean [work]?";
        assert!(error.to_string().ends_with(wanted), "{error}");
        assert_eq!(error.kind(), ErrorKind::Configuration);
        // One that somebody named must be there, even in the default file.
        let home = directory.path().display().to_string();
        let lookup = move |name: &str| (name == "HOME").then(|| home.clone());
        let default = Profile::new().variables(lookup);
        let kind = async |profile: Profile| profile.get().await.unwrap_err().kind();
        assert_eq!(kind(default.clone()).await, ErrorKind::Credentials);
        let named = default.section("work");
        assert_eq!(kind(named).await, ErrorKind::Configuration);
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
