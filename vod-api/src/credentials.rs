//! Who calls: an access key that signs, or a token.

use std::fmt;
use std::sync::Arc;

use crate::secret::Secret;

/// What a [`Client`](crate::Client) identifies itself with. Cheap to clone; `Debug` shows the access key and no secret.
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
/// Values are checked by [`ClientBuilder::build`](crate::ClientBuilder::build): none may be empty or hold white space,
/// line breaks or anything else outside visible ASCII.
#[derive(Clone)]
pub struct Credentials(Arc<Identity>);

#[derive(Clone)]
pub(crate) struct Identity {
    pub(crate) proof: Proof,
    pub(crate) security_token: Option<Secret>,
}

#[derive(Clone)]
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
    /// An access key (AK) and its secret key (SK). Requests are signed; the secret key is never sent.
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

    fn from_proof(proof: Proof) -> Self {
        Self(Arc::new(Identity {
            proof,
            security_token: None,
        }))
    }

    pub(crate) fn identity(&self) -> &Identity {
        &self.0
    }

    /// Why these cannot be used, without the values.
    pub(crate) fn check(&self) -> Result<(), String> {
        match &self.0.proof {
            Proof::Key {
                access_key,
                secret_key,
            } => {
                check_text("access key", access_key)?;
                check_text("secret key", secret_key.expose())?;
            }
            Proof::Token(_) if self.0.security_token.is_some() => {
                return Err(
                    "a security token goes with an access key, not with an IAM token".to_owned(),
                );
            }
            Proof::Token(token) => check_text("token", token.expose())?,
        }
        self.0
            .security_token
            .iter()
            .try_for_each(|token| check_text("security token", token.expose()))
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

fn check_text(name: &str, text: &str) -> Result<(), String> {
    if text.is_empty() {
        return Err(format!("the {name} is empty"));
    }
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(format!(
            "the {name} holds white space, a line break or another character that cannot be sent"
        ));
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
    }

    #[test]
    fn refuses_values_that_cannot_be_sent_without_showing_them() {
        for (bad, part) in [
            (Credentials::new("", "sk"), "the access key is empty"),
            (Credentials::new("ak", ""), "the secret key is empty"),
            (Credentials::new("ak", "hidden\n"), "the secret key holds"),
            (Credentials::new("hidden\r", "sk"), "the access key holds"),
            (
                Credentials::new("ak", "sk").with_security_token("hidden token"),
                "the security token holds",
            ),
            (Credentials::token("hiddén"), "the token holds"),
            (Credentials::token(""), "the token is empty"),
            (
                Credentials::token("hidden").with_security_token("hidden"),
                "a security token goes with",
            ),
        ] {
            let error = bad.check().unwrap_err();
            assert!(
                error.starts_with(part) && !error.contains("hidd"),
                "{error}"
            );
        }
        assert_eq!(Credentials::new("AK", "SK/+=").check(), Ok(()));
    }
}
