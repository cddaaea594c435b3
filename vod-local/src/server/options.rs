//! The options of a server.

use std::fmt;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;
use vod_api::playback::UrlSigner;

use super::ServerError;
use crate::gateway::Auth;
use crate::local::{Local, LocalBuilder};
use crate::notifier::Notifications;
use crate::rules::Progress;
use crate::validation::UrlValidation;

/// The port, where no other is asked for.
pub(super) const PORT: &str = "8863";
/// The host, where no other is asked for.
pub(super) const HOST: &str = "127.0.0.1";

/// The options of a server. Each is an environment variable, too.
#[derive(Debug, Clone, clap::Args)]
#[non_exhaustive]
pub struct Options {
    /// The port; 0 for a free one, which is printed.
    #[arg(long, env = "VOD_LOCAL_PORT", default_value = PORT)]
    pub port: u16,
    /// Writes the port to a file, once the server listens; the file is removed at the end.
    #[arg(long, env = "VOD_LOCAL_PORT_FILE", value_name = "FILE")]
    pub port_file: Option<PathBuf>,
    /// The address or name to listen on; 0.0.0.0 for all.
    #[arg(long, env = "VOD_LOCAL_HOST", default_value = HOST)]
    pub host: String,
    /// What ids are made of, and what decides where chance does.
    #[arg(
        long,
        env = "VOD_LOCAL_SEED",
        value_name = "NUMBER",
        default_value = "0"
    )]
    pub seed: u64,
    /// The state to begin with, and to go back to by a reset, as JSON.
    #[arg(long, env = "VOD_LOCAL_SEED_FILE", value_name = "FILE")]
    pub seed_file: Option<PathBuf>,
    /// Keeps state and objects in a folder, and goes on from there at the next start.
    #[arg(long, env = "VOD_LOCAL_DATA", value_name = "FOLDER")]
    pub data: Option<PathBuf>,
    /// When tasks go on: instant, time (1 s waiting, 3 s working), polls=N or manual. Without it,
    /// instant where the variable CI is set, and otherwise time.
    #[arg(long, env = "VOD_LOCAL_PROGRESS", value_name = "MODE")]
    pub progress: Option<ProgressMode>,
    /// Who may call.
    #[arg(long, env = "VOD_LOCAL_AUTH", value_enum, default_value_t = AuthMode::Strict)]
    pub auth: AuthMode,
    /// An access key and its secret key, instead of local:local; can be repeated, or be several
    /// with commas.
    #[arg(
        long = "key",
        env = "VOD_LOCAL_KEY",
        value_name = "AK:SK",
        value_delimiter = ',',
        hide_env_values = true
    )]
    pub keys: Vec<Key>,
    /// What happens to members and parameters that the docs do not know.
    #[arg(long, env = "VOD_LOCAL_UNKNOWN", value_enum, default_value_t = UnknownMode::Warn)]
    pub unknown: UnknownMode,
    /// What URLs in replies begin with, where that is not the host of the request.
    #[arg(long, env = "VOD_LOCAL_PUBLIC_URL", value_name = "URL", value_parser = url)]
    pub public_url: Option<String>,
    /// Believes `X-Forwarded-Host` and `X-Forwarded-Proto` of a proxy in front of the server: URLs
    /// in replies begin with them, and signatures are checked for that host.
    #[arg(long, env = "VOD_LOCAL_TRUST_FORWARDED", action = clap::ArgAction::SetTrue)]
    pub trust_forwarded: bool,
    /// How many answers after the start of a task still show the state of before.
    #[arg(
        long,
        env = "VOD_LOCAL_STALE_STATES",
        value_name = "ANSWERS",
        default_value = "0"
    )]
    pub stale_states: u32,
    /// Where events are sent to.
    #[arg(long, env = "VOD_LOCAL_CALLBACK", value_name = "URL", value_parser = url)]
    pub callback: Option<String>,
    /// The key that events are signed with.
    #[arg(
        long,
        env = "VOD_LOCAL_CALLBACK_KEY",
        value_name = "KEY",
        requires = "callback",
        hide_env_values = true
    )]
    pub callback_key: Option<SecretText>,
    /// Plays only URLs that are signed with this key, by algorithm E.
    #[arg(
        long,
        env = "VOD_LOCAL_PLAYBACK_KEY",
        value_name = "KEY",
        value_parser = |key: &str| UrlSigner::new(key),
        hide_env_values = true
    )]
    pub playback_key: Option<UrlSigner>,
    /// How requests are logged, to standard error.
    #[arg(long, env = "VOD_LOCAL_LOG", value_enum, default_value_t = Log::Text)]
    pub log: Log,
    /// Stops when the process that started it has ended.
    #[arg(long, env = "VOD_LOCAL_EXIT_WITH_PARENT", action = clap::ArgAction::SetTrue)]
    pub exit_with_parent: bool,
    /// Who may use the admin interface and the page at /_vod.
    #[arg(long, env = "VOD_LOCAL_ADMIN", value_enum, default_value_t = Admin::Loopback)]
    pub admin: Admin,
}

/// A text that `Debug` does not show.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretText(String);

/// When tasks go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProgressMode {
    /// At once.
    Instant,
    /// After 1 s of waiting and 3 s of work.
    Time,
    /// After so many answers.
    Polls(u32),
    /// When they are told to.
    Manual,
}

/// Who may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[non_exhaustive]
pub enum AuthMode {
    /// Who has a known access key and signs as it must be, or has a token.
    Strict,
    /// Who has any access key or token; signatures are not checked.
    Any,
    /// Everybody.
    Off,
}

/// What happens to what the docs do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[non_exhaustive]
pub enum UnknownMode {
    /// It is dropped, and the log says so.
    Warn,
    /// The request is refused.
    Refuse,
}

/// How requests are logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[non_exhaustive]
pub enum Log {
    /// A line for people.
    Text,
    /// A line of JSON.
    Json,
    /// Not at all.
    Off,
}

/// Who may use the admin interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[non_exhaustive]
pub enum Admin {
    /// Who is on this machine.
    Loopback,
    /// Everybody, as is needed in a container.
    Any,
}

/// An access key and its secret key. `Debug` does not show the second.
#[derive(Clone, PartialEq, Eq)]
pub struct Key {
    pub(super) access_key: String,
    pub(super) secret_key: String,
}

impl Key {
    /// A key.
    pub fn new(access_key: impl Into<String>, secret_key: impl Into<String>) -> Self {
        Self {
            access_key: access_key.into(),
            secret_key: secret_key.into(),
        }
    }

    /// The one that is known where no other is.
    pub(super) fn local() -> Self {
        Self::new(Local::ACCESS_KEY, Local::SECRET_KEY)
    }
}

impl Options {
    pub(super) fn address(&self) -> Result<SocketAddr, ServerError> {
        let error = |error| ServerError::Host(self.host.clone(), error);
        let addresses = (self.host.as_str(), self.port).to_socket_addrs();
        let none = || error(std::io::Error::other("there is no such host"));
        addresses.map_err(error)?.next().ok_or_else(none)
    }

    /// The progress, with the default.
    pub(super) fn progress(&self) -> ProgressMode {
        self.progress.unwrap_or_else(|| {
            if std::env::var_os("CI").is_some() {
                ProgressMode::Instant
            } else {
                ProgressMode::Time
            }
        })
    }

    /// What of the options the service itself has.
    pub(super) fn apply(&self, builder: LocalBuilder) -> LocalBuilder {
        let [waiting, processing] = Progress::TIMES;
        let progress = match self.progress() {
            ProgressMode::Instant => Progress::instant(),
            ProgressMode::Time => Progress::time(waiting, processing),
            ProgressMode::Polls(answers) => Progress::polls(answers),
            ProgressMode::Manual => Progress::manual(),
        };
        let auth = match self.auth {
            AuthMode::Strict => Auth::Strict,
            AuthMode::Any => Auth::Any,
            AuthMode::Off => Auth::Off,
        };
        let builder = builder
            .seed(self.seed)
            .stale(self.stale_states)
            .progress(progress)
            .auth(auth)
            .keys(self.keys());
        let builder = match &self.callback {
            Some(url) => {
                let target = Notifications::to(url);
                builder.notify(match &self.callback_key {
                    Some(SecretText(key)) => target.key(key),
                    None => target,
                })
            }
            None => builder,
        };
        let builder = match &self.playback_key {
            Some(signer) => builder.url_validation(UrlValidation::new(signer.clone())),
            None => builder,
        };
        match self.unknown {
            UnknownMode::Warn => builder.warn_about_unknown(),
            UnknownMode::Refuse => builder,
        }
    }

    fn keys(&self) -> Vec<[String; 2]> {
        let keys = if self.keys.is_empty() {
            vec![Key::local()]
        } else {
            self.keys.clone()
        };
        let keys = keys.into_iter();
        keys.map(|key| [key.access_key, key.secret_key]).collect()
    }
}

impl From<String> for SecretText {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(..)")
    }
}

impl FromStr for ProgressMode {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            Some(("polls", number)) => number
                .parse()
                .map(Self::Polls)
                .map_err(|error| format!("polls={number}: {error}")),
            None if text == "instant" => Ok(Self::Instant),
            None if text == "time" => Ok(Self::Time),
            None if text == "manual" => Ok(Self::Manual),
            None if text == "polls" => Err("polls needs a number: polls=2".to_owned()),
            _ => Err("the modes are instant, time, polls=N and manual".to_owned()),
        }
    }
}

impl fmt::Display for ProgressMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Instant => f.write_str("instant"),
            Self::Time => f.write_str("time"),
            Self::Polls(answers) => write!(f, "polls={answers}"),
            Self::Manual => f.write_str("manual"),
        }
    }
}

impl FromStr for Key {
    type Err = String;

    /// The text is not repeated in the error: it can be a secret.
    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            Some((access_key, secret_key)) if !access_key.is_empty() && !secret_key.is_empty() => {
                Ok(Self::new(access_key, secret_key))
            }
            _ => Err("a key has the form AK:SK".to_owned()),
        }
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Key").field(&self.access_key).finish()
    }
}

/// Scheme and host, without a slash at the end.
fn url(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    let rest = text
        .strip_prefix("http://")
        .or(text.strip_prefix("https://"));
    match rest {
        Some(rest) if !rest.is_empty() && text.parse::<http::Uri>().is_ok() => Ok(text.to_owned()),
        _ => Err("a URL such as http://vod:8863".to_owned()),
    }
}
