//! Several sources of credentials, asked in order.

use std::sync::{Arc, OnceLock};

use super::provide::{ProvideCredentials, ProvideFuture};
use super::{Credentials, EcsMetadata, Environment, Profile};
use crate::error::{Error, ErrorKind};
use crate::variables::Variables;

/// Asks several sources in order and uses the first one that has credentials. Clients use one by
/// default.
///
/// Once a source has returned credentials, only that source is asked: the identity must not change
/// while a program runs. For the same reason a source that is configured incorrectly ends the
/// search: an access key without its secret, a variable that is not UTF-8, a file that a setting
/// names but that does not exist, or a file with a mistake in it.
///
/// By default these are [`Environment`], [`Profile`] and [`EcsMetadata`], in this order, as in the
/// vendor's own clients; their logins by OpenID Connect and by the identity of a pod are not part
/// of this crate. If none of them has credentials, the error says what each one lacks.
///
/// ```
/// use vod_api::Client;
/// use vod_api::credentials::{Chain, EcsMetadata, Profile};
///
/// let chain = Chain::new()
///     .with(Profile::new().path("/etc/vod.ini"))
///     .with(EcsMetadata::new());
/// let client = Client::builder().region("cn-north-4").credentials_provider(chain);
/// ```
#[derive(Debug)]
pub struct Chain {
    sources: Vec<Arc<dyn ProvideCredentials>>,
    chosen: OnceLock<Arc<dyn ProvideCredentials>>,
}

impl Chain {
    /// A chain without sources; [`default`](Self::default) has the usual ones.
    pub fn new() -> Self {
        Self {
            sources: Vec::new(),
            chosen: OnceLock::new(),
        }
    }

    /// Adds a source, to be asked after those that are there.
    pub fn with(mut self, source: impl ProvideCredentials) -> Self {
        self.sources.push(Arc::new(source));
        self
    }

    pub(crate) fn of(variables: Variables) -> Self {
        Self::new()
            .with(Environment::of(variables.clone()))
            .with(Profile::of(variables))
            .with(EcsMetadata::new())
    }

    async fn get(&self) -> Result<Credentials, Error> {
        if let Some(chosen) = self.chosen.get() {
            return chosen.provide().await;
        }
        let mut lacks = Vec::new();
        let mut passing = None;
        for source in &self.sources {
            match source.provide().await {
                Ok(credentials) => {
                    let _ = self.chosen.set(source.clone());
                    return Ok(credentials);
                }
                Err(error) if error.kind() == ErrorKind::Configuration => return Err(error),
                Err(error) => {
                    lacks.push(error.to_string());
                    passing = Some(error).filter(Error::is_transient).or(passing);
                }
            }
        }
        let message = format!("there are no credentials: {}", lacks.join("; "));
        let error = Error::credentials(message);
        Err(match passing {
            // The message already contains its text, but not that it is transient.
            Some(cause) => error.with_source_in_message(cause),
            None => error,
        })
    }
}

impl Default for Chain {
    fn default() -> Self {
        Self::of(Variables::of_process())
    }
}

impl ProvideCredentials for Chain {
    fn provide(&self) -> ProvideFuture<'_> {
        Box::pin(self.get())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::lock::lock;

    /// Answers as told, then with an error.
    #[derive(Debug)]
    struct Told(Mutex<Vec<Result<&'static str, &'static str>>>);

    fn told(answers: &[Result<&'static str, &'static str>]) -> Arc<Told> {
        let answers = answers.iter().rev().copied().collect();
        Arc::new(Told(Mutex::new(answers)))
    }

    impl ProvideCredentials for Told {
        fn provide(&self) -> ProvideFuture<'_> {
            let answer = lock(&self.0).pop().unwrap_or(Err("used up"));
            let answer = answer.map(Credentials::token).map_err(Error::credentials);
            Box::pin(async { answer })
        }
    }

    #[tokio::test]
    async fn the_first_that_worked_stays() {
        let one = told(&[Err("no one"), Ok("t1")]);
        let two = told(&[Ok("t2"), Ok("t3"), Err("two is out")]);
        let chain = Chain::new().with(one).with(two);
        for token in ["t2", "t3"] {
            let found = chain.get().await.unwrap();
            assert!(found.proves_the_same(&Credentials::token(token)));
        }
        let error = chain.get().await.unwrap_err().to_string();
        assert_eq!(error, "two is out");
    }

    #[tokio::test]
    async fn one_that_is_set_up_wrongly_ends_the_search() {
        let half = Variables::new(|name| (name == "HUAWEICLOUD_SDK_AK").then(|| "a".to_owned()));
        let chain = Chain::new()
            .with(Environment::of(half))
            .with(Credentials::token("t1"));
        let error = chain.get().await.unwrap_err().to_string();
        assert_eq!(
            error,
            "HUAWEICLOUD_SDK_SK is not set, but HUAWEICLOUD_SDK_AK is: set both or neither"
        );
    }

    #[tokio::test]
    async fn says_what_each_one_lacks() {
        let chain = Chain::new().with(told(&[])).with(told(&[Err("no two")]));
        let error = chain.get().await.unwrap_err().to_string();
        assert_eq!(error, "there are no credentials: used up; no two");
    }
}
