//! Credentials from environment variables.

use super::Credentials;
use super::provide::{ProvideCredentials, ProvideFuture};
use crate::error::Error;
use crate::variables::Variables;

/// Credentials from environment variables, those that the vendor's own clients read.
///
/// | variable | what it holds |
/// |---|---|
/// | `HUAWEICLOUD_SDK_AK` | Access key. |
/// | `HUAWEICLOUD_SDK_SK` | Its secret key. |
/// | `HUAWEICLOUD_SDK_SECURITY_TOKEN` | For temporary keys. |
/// | `HUAWEICLOUD_SDK_PROJECT_ID` | Project, if the client was not given one. |
///
/// An empty variable counts as not set; one that is not UTF-8 is an error. `HUAWEICLOUD_SDK_IDP_ID`
/// together with `HUAWEICLOUD_SDK_ID_TOKEN_FILE` asks for a login by OpenID Connect, which this
/// crate cannot do, and is an error.
#[derive(Debug, Clone)]
pub struct Environment(Variables);

impl Environment {
    /// Reads the variables of this process, when credentials are needed.
    pub fn new() -> Self {
        Self::of(Variables::of_process())
    }

    pub(crate) fn of(variables: Variables) -> Self {
        Self(variables)
    }

    fn get(&self) -> Result<Credentials, Error> {
        let get = |name: &str| {
            let value = self.0.get(&format!("HUAWEICLOUD_SDK_{name}"));
            value.map_err(Error::configuration)
        };
        let has = |name: &str| self.0.has(&format!("HUAWEICLOUD_SDK_{name}"));
        if has("IDP_ID") && has("ID_TOKEN_FILE") {
            return Err(Error::configuration(
                "HUAWEICLOUD_SDK_IDP_ID and HUAWEICLOUD_SDK_ID_TOKEN_FILE are set, but a login by OpenID Connect is not \
                 supported",
            ));
        }
        match (get("AK")?, get("SK")?) {
            (Some(access_key), Some(secret_key)) => Ok(Credentials::new(access_key, secret_key)
                .with_optional(get("SECURITY_TOKEN")?, get("PROJECT_ID")?)),
            (Some(_), None) => Err(Error::configuration(
                "HUAWEICLOUD_SDK_SK is not set, but HUAWEICLOUD_SDK_AK is: set both or neither",
            )),
            (None, Some(_)) => Err(Error::configuration(
                "HUAWEICLOUD_SDK_AK is not set, but HUAWEICLOUD_SDK_SK is: set both or neither",
            )),
            (None, None) if has("SECURITY_TOKEN") => Err(Error::configuration(
                "HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK are not set, but HUAWEICLOUD_SDK_SECURITY_TOKEN is",
            )),
            (None, None) => Err(Error::credentials(
                "HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK are not set",
            )),
        }
    }
}

impl Default for Environment {
    fn default() -> Self {
        Self::new()
    }
}

impl ProvideCredentials for Environment {
    fn provide(&self) -> ProvideFuture<'_> {
        Box::pin(async { self.get() })
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;
    use crate::error::ErrorKind;

    fn get(set: &[(&'static str, &'static str)]) -> Result<Credentials, String> {
        let set = set.to_vec();
        let variables = Variables::new(move |name| {
            let name = name.strip_prefix("HUAWEICLOUD_SDK_")?;
            let found = set.iter().find(|(known, _)| *known == name)?;
            Some(found.1.to_owned())
        });
        let result = Environment::of(variables).get();
        result.map_err(|error| error.to_string())
    }

    #[test]
    fn reads_all_variables() {
        let found = get(&[("AK", "a"), ("SK", "s")]).unwrap();
        assert!(found.proves_the_same(&Credentials::new("a", "s")));
        assert_eq!((found.project_id(), found.expiry()), (None, None));
        let found = get(&[
            ("AK", "a"),
            ("SK", "s"),
            ("SECURITY_TOKEN", "t"),
            ("PROJECT_ID", "p"),
            ("IDP_ID", "i"),
        ]);
        let found = found.unwrap();
        let wanted = Credentials::new("a", "s").with_security_token("t");
        assert!(found.proves_the_same(&wanted));
        assert_eq!(found.project_id(), Some("p"));
        let empty = get(&[
            ("AK", "a"),
            ("SK", "s"),
            ("SECURITY_TOKEN", ""),
            ("PROJECT_ID", ""),
        ]);
        let empty = empty.unwrap();
        assert!(empty.proves_the_same(&Credentials::new("a", "s")));
        assert_eq!(empty.project_id(), None);
    }

    #[test]
    fn says_what_is_not_set() {
        for (set, why) in [
            (
                &[][..],
                "HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK are not set",
            ),
            (
                &[("AK", "a"), ("SK", "")],
                "HUAWEICLOUD_SDK_SK is not set, but HUAWEICLOUD_SDK_AK is: set both or neither",
            ),
            (
                &[("SK", "s")],
                "HUAWEICLOUD_SDK_AK is not set, but HUAWEICLOUD_SDK_SK is: set both or neither",
            ),
            (
                &[("SECURITY_TOKEN", "t")],
                "HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK are not set, but HUAWEICLOUD_SDK_SECURITY_TOKEN is",
            ),
        ] {
            assert_eq!(get(set).unwrap_err(), why);
        }
        assert_eq!(
            get(&[("PROJECT_ID", "p")]).unwrap_err(),
            get(&[]).unwrap_err()
        );
        let both = [
            ("AK", "a"),
            ("SK", "s"),
            ("IDP_ID", "i"),
            ("ID_TOKEN_FILE", "f"),
        ];
        assert!(get(&both).unwrap_err().contains("OpenID Connect"));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_not_text_is_not_unset() {
        use std::os::unix::ffi::OsStringExt;

        for variable in ["AK", "SK", "SECURITY_TOKEN", "PROJECT_ID"] {
            let variable = format!("HUAWEICLOUD_SDK_{variable}");
            let name = variable.clone();
            let variables = Variables::raw(move |asked| {
                let bad = || OsString::from_vec(b"hidden\xff".to_vec());
                let good = || asked.ends_with("K").then(|| "text".into());
                (asked == name).then(bad).or_else(good)
            });
            let error = Environment::of(variables).get().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration);
            let wanted = format!("the variable {variable} is not UTF-8: correct or unset it");
            assert_eq!(error.to_string(), wanted);
        }
    }
}
