//! Credentials from a file.

use std::path::PathBuf;

use super::Credentials;
use super::ini::Ini;
use super::provide::{ProvideCredentials, ProvideFuture};
use crate::error::Error;
use crate::variables::{Variables, is_absent, read_file};

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
/// `;` and `#` begin a comment at the start of a line only. A section `[global]` is not for VOD, and a login by OpenID
/// Connect (`idp_id` together with `id_token_file`) is an error. The file may have up to 1 MiB.
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
        let usual = || self.variables.file(FILE, "credentials");
        let Some(path) = self.path.clone().or_else(usual) else {
            return Err(Error::credentials(
                "there is no credentials file: HUAWEICLOUD_SDK_CREDENTIALS_FILE and HOME are not set",
            ));
        };
        let name = format!("the credentials file {}", path.display());
        let named = self.path.is_some() || self.variables.get(FILE).is_some();
        let text = read_file(path).await.map_err(|error| {
            let refused = match is_absent(&error, named) {
                true => Error::credentials(&name),
                false => Error::configuration(&name),
            };
            refused.with_source(error)
        })?;
        read(&text).map_err(|unusable| match unusable {
            Unusable::Absent(why) => Error::credentials(format!("{name}: {why}")),
            Unusable::Wrong(why) => Error::configuration(format!("{name}: {why}")),
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

/// Why a file gives no credentials.
#[derive(Debug)]
pub(crate) enum Unusable {
    /// It holds none for VOD.
    Absent(&'static str),
    /// It should, and there is a mistake in it.
    Wrong(String),
}

pub(crate) fn read(text: &str) -> Result<Credentials, Unusable> {
    let ini = Ini::parse(text).map_err(Unusable::Wrong)?;
    if !ini.has_section(SECTION) {
        return Err(Unusable::Absent(match ini.has_section("global") {
            true => "VOD needs a section [basic]; [global] is for other services",
            false => "there is no section [basic]",
        }));
    }
    let get = |key: &str| ini.get(SECTION, key);
    if get("idp_id").is_some() && get("id_token_file").is_some() {
        let why = "idp_id and id_token_file: a login by OpenID Connect is not supported";
        return Err(Unusable::Wrong(why.to_owned()));
    }
    let need = |key: &str| get(key).ok_or_else(|| Unusable::Wrong(format!("[basic] has no {key}")));
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
            let error = match read(text).unwrap_err() {
                Unusable::Absent(why) => why.to_owned(),
                Unusable::Wrong(why) => why,
            };
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
        let wanted = format!("the credentials file {}: ", path.display());
        assert!(error.starts_with(&wanted), "{error}");
        let nowhere = Profile::of(Variables::new(|_| None));
        let error = nowhere.get().await.unwrap_err().to_string();
        assert!(error.contains("HOME"), "{error}");
    }
}
