//! Credentials: access keys, which sign requests, and tokens; and the sources that they come from.
//!
//! A [`Client`](crate::Client) takes [`Credentials`] that are there already, or a
//! [`ProvideCredentials`] that gets them when they are needed and again before they expire. Without
//! either it asks a [`Chain`].

mod chain;
mod ecs;
mod environment;
mod exchange;
mod iam;
mod ini;
mod invalid;
mod profile;
mod project_id;
mod provide;

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

pub use self::chain::Chain;
pub use self::ecs::EcsMetadata;
pub use self::environment::Environment;
pub use self::iam::IamPassword;
pub(crate) use self::invalid::InvalidCredentials;
pub use self::profile::Profile;
pub(crate) use self::project_id::{ProjectIdError, check_project_id};
pub use self::provide::{ProvideCredentials, ProvideFuture};
#[cfg(fuzzing)]
pub(crate) use self::{
    ecs::read as read_metadata, iam::read as read_login, profile::read as read_profile,
};
use crate::secret::Secret;
use crate::time::format_compact;

/// What a [`Client`](crate::Client) identifies itself with. Cheap to clone; `Debug` shows the
/// access key and no secret.
///
/// ```
/// use vod_api::Credentials;
///
/// let permanent = Credentials::new("AK", "SK");
/// let temporary = Credentials::new("AK", "SK").with_security_token("TOKEN");
/// let of_a_user = Credentials::token("IAM TOKEN");
/// # let _ = (permanent, temporary, of_a_user);
/// ```
///
/// Values are checked by [`ClientBuilder::build`](crate::ClientBuilder::build), or when they come
/// from a [`ProvideCredentials`]: none may be empty or contain white space, line breaks or anything
/// else outside visible ASCII.
#[derive(Clone)]
pub struct Credentials(Arc<Identity>);

#[derive(Clone)]
pub(crate) struct Identity {
    pub(crate) proof: Proof,
    pub(crate) security_token: Option<Secret>,
    pub(crate) expiry: Option<SystemTime>,
    pub(crate) project_id: Option<String>,
    /// Where to look up the project id, if not at the usual place.
    pub(crate) iam_endpoint: Option<String>,
}

#[derive(Clone, PartialEq)]
pub(crate) enum Proof {
    /// Signs each request.
    Key {
        access_key: String,
        secret_key: Secret,
    },
    /// Sent as it is.
    Token(Secret),
}

impl Credentials {
    /// An access key (AK) and its secret key (SK). Requests are signed; the secret key is never
    /// sent.
    pub fn new(access_key: impl Into<String>, secret_key: impl Into<String>) -> Self {
        Self::from_proof(Proof::Key {
            access_key: access_key.into(),
            secret_key: Secret::new(secret_key.into()),
        })
    }

    /// An IAM token. It is sent with each request, and it expires, usually after 24 hours.
    pub fn token(token: impl Into<String>) -> Self {
        Self::from_proof(Proof::Token(Secret::new(token.into())))
    }

    /// Adds the security token that temporary access keys come with.
    ///
    /// Building a client with both this and [`Credentials::token`] is an error.
    pub fn with_security_token(mut self, token: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).security_token = Some(Secret::new(token.into()));
        self
    }

    /// Adds the time at which these expire. If they came from a [`ProvideCredentials`], a client
    /// gets others up to five minutes before. The time is that of the service, as far as the client
    /// knows it.
    ///
    /// Credentials that are given to a client, or have just come from their source, are sent even
    /// if they seem to have expired: the clock of the machine can be wrong, and the service refuses
    /// credentials that have expired.
    pub fn with_expiry(mut self, expiry: SystemTime) -> Self {
        Arc::make_mut(&mut self.0).expiry = Some(expiry);
        self
    }

    /// Adds the id of the project that these are for. A client uses it if it was not given one
    /// itself.
    pub fn with_project_id(mut self, project_id: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).project_id = Some(project_id.into());
        self
    }

    fn with_optional(mut self, security_token: Option<String>, project_id: Option<String>) -> Self {
        let identity = Arc::make_mut(&mut self.0);
        identity.security_token = security_token.map(Secret::new);
        identity.project_id = project_id;
        self
    }

    fn with_iam_endpoint(mut self, endpoint: String) -> Self {
        Arc::make_mut(&mut self.0).iam_endpoint = Some(endpoint);
        self
    }

    fn from_proof(proof: Proof) -> Self {
        Self(Arc::new(Identity {
            proof,
            security_token: None,
            expiry: None,
            project_id: None,
            iam_endpoint: None,
        }))
    }

    /// The access key; `None` for an IAM token.
    pub fn access_key(&self) -> Option<&str> {
        match &self.0.proof {
            Proof::Key { access_key, .. } => Some(access_key),
            Proof::Token(_) => None,
        }
    }

    /// When these expire, as far as is known.
    pub fn expiry(&self) -> Option<SystemTime> {
        self.0.expiry
    }

    /// The id of the project that these are for, if it is known.
    pub fn project_id(&self) -> Option<&str> {
        self.0.project_id.as_deref()
    }

    /// Whether the service could not distinguish these from the others.
    pub(crate) fn proves_the_same(&self, other: &Self) -> bool {
        self.0.proof == other.0.proof && self.0.security_token == other.0.security_token
    }

    pub(crate) fn identity(&self) -> &Identity {
        &self.0
    }

    /// Refuses credentials that cannot be sent.
    pub(crate) fn check(&self) -> Result<(), InvalidCredentials> {
        match &self.0.proof {
            Proof::Key {
                access_key,
                secret_key,
            } => {
                check_text("access key", access_key)?;
                check_text("secret key", secret_key.expose())?;
            }
            Proof::Token(_) if self.0.security_token.is_some() => {
                return Err(InvalidCredentials::TwoTokens);
            }
            Proof::Token(token) => check_text("token", token.expose())?,
        }
        if let Some(token) = &self.0.security_token {
            check_text("security token", token.expose())?;
        }
        self.project_id().map_or(Ok(()), check_project_id)?;
        Ok(())
    }

    /// The texts that must never be shown.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        let secret = match &self.0.proof {
            Proof::Key { secret_key, .. } => secret_key,
            Proof::Token(token) => token,
        };
        [Some(secret), self.0.security_token.as_ref()]
            .into_iter()
            .flatten()
            .map(Secret::expose)
    }
}

fn check_text(name: &'static str, text: &str) -> Result<(), InvalidCredentials> {
    if text.is_empty() {
        return Err(InvalidCredentials::Empty(name));
    }
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(InvalidCredentials::Characters(name));
    }
    Ok(())
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Credentials");
        match &self.0.proof {
            Proof::Key {
                access_key,
                secret_key,
            } => {
                out.field("access_key", access_key)
                    .field("secret_key", secret_key);
            }
            Proof::Token(token) => {
                out.field("token", token);
            }
        }
        if let Some(token) = &self.0.security_token {
            out.field("security_token", token);
        }
        if let Some(expiry) = self.0.expiry {
            out.field("expiry", &format_args!("{}", format_compact(expiry)));
        }
        if let Some(project_id) = &self.0.project_id {
            out.field("project_id", project_id);
        }
        out.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_the_access_key_only() {
        let key = Credentials::new("my-ak", "my-sk").with_security_token("my-token");
        assert_eq!(
            format!("{key:?}"),
            r#"Credentials { access_key: "my-ak", secret_key: [redacted], security_token: [redacted] }"#
        );
        assert_eq!(
            format!("{:?}", Credentials::token("my-token")),
            "Credentials { token: [redacted] }"
        );
        let expiring = Credentials::token("my-token").with_project_id("p1");
        assert_eq!(
            format!("{:?}", expiring.with_expiry(SystemTime::UNIX_EPOCH)),
            r#"Credentials { token: [redacted], expiry: 19700101T000000Z, project_id: "p1" }"#
        );
    }

    #[test]
    fn refuses_values_that_cannot_be_sent_without_showing_them() {
        for (bad, part) in [
            (Credentials::new("", "sk"), "the access key is empty"),
            (Credentials::new("ak", ""), "the secret key is empty"),
            (
                Credentials::new("ak", "hidden\n"),
                "the secret key contains",
            ),
            (
                Credentials::new("hidden\r", "sk"),
                "the access key contains",
            ),
            (
                Credentials::new("ak", "sk").with_security_token("hidden token"),
                "the security token contains",
            ),
            (Credentials::token("hiddén"), "the token contains"),
            (Credentials::token(""), "the token is empty"),
            (
                Credentials::token("hidden").with_security_token("hidden"),
                "a security token belongs to",
            ),
            (
                Credentials::new("ak", "sk").with_project_id("../p"),
                "the project id \"../p\" can only contain",
            ),
        ] {
            let error = bad.check().unwrap_err().to_string();
            assert!(
                error.starts_with(part) && !error.contains("hidd"),
                "{error}"
            );
        }
        assert_eq!(Credentials::new("AK", "SK/+=").check(), Ok(()));
    }
}
