//! How a command ends: its exit code, and what is said of a failure.

use std::fmt;
use std::io;
use std::process::ExitCode;

use serde_json::{Value, json};
use vod_api::{Error, ErrorKind, Sent};

/// What to do about something that is not there.
pub(crate) const ELSEWHERE: &str = "check the ids, the region and the project";

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Exit {
    /// It is done.
    Done,
    /// The service refused or failed, and nothing below fits.
    Failed,
    /// The arguments, a file or a setting are wrong, or break a documented limit. Nothing was sent.
    Usage,
    /// There are no credentials, or they were not accepted.
    Credentials,
    /// There is no such media asset, task, category and so on.
    NotFound,
    /// The service is busy or cannot be reached, or time ran out: later it may work.
    Later,
    /// Some of several failed; the rest is done.
    Partly,
    /// A task ended in a failed state.
    TaskFailed,
    /// A task was waited for too long; it goes on.
    StillRunning,
    /// Stopped by Ctrl-C; what can go on later is kept.
    Interrupted,
    /// Stopped by `SIGTERM`; what can go on later is kept.
    Terminated,
}

impl Exit {
    /// The exit code of the process.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Credentials => 3,
            Self::NotFound => 4,
            Self::Later => 5,
            Self::Partly => 6,
            Self::TaskFailed => 7,
            Self::StillRunning => 8,
            // 128 and the number of the signal, as shells have it.
            Self::Interrupted => 130,
            Self::Terminated => 143,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}

/// Why a command did not do what it was asked to.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Arguments, a file or a setting are wrong.
    Usage {
        message: String,
        hint: Option<String>,
    },
    /// A call failed.
    Call(Error),
    /// A task was waited for too long.
    StillRunning(Error),
    /// Some of several failed.
    Partly(String),
    /// Something else than a call failed, as a download.
    Other {
        exit: Exit,
        message: String,
        hint: Option<String>,
    },
    /// The output cannot be written.
    Output(io::Error),
    /// A signal came: what is done, and what goes on later.
    Stopped { exit: Exit, message: String },
}

impl Failure {
    /// Something else than a call failed.
    pub(crate) fn other(exit: Exit, message: impl Into<String>) -> Self {
        Self::Other {
            exit,
            message: message.into(),
            hint: None,
        }
    }

    /// The same with what to do about it.
    pub(crate) fn other_with(
        exit: Exit,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self::Other {
            exit,
            message: message.into(),
            hint: Some(hint.into()),
        }
    }

    /// A mistake in the arguments.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::Usage {
            message: message.into(),
            hint: None,
        }
    }

    /// The same with what to do about it.
    pub(crate) fn usage_with(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage {
            message: message.into(),
            hint: Some(hint.into()),
        }
    }

    /// The same with nothing more to say about how the command ends.
    pub(crate) fn failed(message: impl Into<String>) -> Self {
        Self::other(Exit::Failed, message)
    }

    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Usage { .. } => Exit::Usage,
            Self::Call(error) => of_error(error),
            Self::StillRunning(_) => Exit::StillRunning,
            Self::Partly(_) => Exit::Partly,
            Self::Other { exit, .. } | Self::Stopped { exit, .. } => *exit,
            Self::Output(_) => Exit::Failed,
        }
    }

    /// What to do about it, where there is something to say.
    pub(crate) fn hint(&self) -> Option<String> {
        let error = match self {
            Self::Usage { hint, .. } | Self::Other { hint, .. } => return hint.clone(),
            Self::StillRunning(_) => {
                return Some("the task goes on: --wait-timeout waits longer".to_owned());
            }
            Self::Call(error) => error,
            Self::Partly(_) | Self::Output(_) | Self::Stopped { .. } => return None,
        };
        // What is known of the code says more than its kind.
        if let Some(meaning) = error.code().and_then(vod_api::codes::doc) {
            return Some(without_statuses(meaning));
        }
        let advice = match self.exit() {
            Exit::Credentials if error.kind() == ErrorKind::Credentials => {
                "set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, or name a --profile"
            }
            Exit::Credentials => "check the key, its permissions, the project and the clock",
            Exit::NotFound => ELSEWHERE,
            Exit::Later if error.was_sent() == Sent::No => {
                "nothing was sent: check the region, the endpoint and the network, or try later"
            }
            Exit::Later if error.was_sent() == Sent::Maybe => {
                "it may have been done: look before you repeat it"
            }
            Exit::Later => "try later",
            _ => return None,
        };
        Some(advice.to_owned())
    }

    /// As an object, for those who asked for JSON.
    pub(crate) fn to_json(&self) -> Value {
        let mut object = json!({
            "kind": self.kind(),
            "message": self.to_string(),
            "exit": self.exit().code(),
        });
        if let Some(hint) = self.hint() {
            object["hint"] = hint.into();
        }
        if let Self::Call(error) | Self::StillRunning(error) = self {
            object["operation"] = error.operation().into();
            object["status"] = error.status().map(|status| status.as_u16()).into();
            object["code"] = error.code().into();
            object["message"] = with_flags(error.message()).into();
            object["request_id"] = error.request_id().into();
            object["attempts"] = error.attempts().into();
            object["was_sent"] = match error.was_sent() {
                Sent::No => "no",
                Sent::Maybe => "maybe",
                Sent::Yes => "yes",
            }
            .into();
            object["retryable"] = error.is_transient().into();
        }
        json!({ "error": object })
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Usage { .. } => "usage",
            Self::Call(error) => match error.kind() {
                ErrorKind::Configuration => "configuration",
                ErrorKind::InvalidRequest => "invalid-request",
                ErrorKind::Credentials => "credentials",
                ErrorKind::Connect => "connect",
                ErrorKind::Timeout => "timeout",
                ErrorKind::Transport => "transport",
                ErrorKind::Service => "service",
                ErrorKind::Decode => "decode",
                ErrorKind::Incomplete => "incomplete",
                ErrorKind::Task => "task",
                _ => "other",
            },
            Self::StillRunning(_) => "still-running",
            Self::Partly(_) => "partly-failed",
            Self::Other { .. } => "other",
            Self::Output(_) => "output",
            Self::Stopped { .. } => "interrupted",
        }
    }
}

/// One line.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage { message, .. }
            | Self::Partly(message)
            | Self::Other { message, .. }
            | Self::Stopped { message, .. } => f.write_str(message),
            Self::Call(error) | Self::StillRunning(error) => {
                f.write_str(&with_flags(&without_canonical(&error.to_string())))
            }
            Self::Output(error) => write!(f, "the output cannot be written: {error}"),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// The meaning of a code, but for the sentences about HTTP statuses, which are for programs.
fn without_statuses(meaning: &str) -> String {
    let is_status = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    let sentences = meaning.split_inclusive(". ");
    let kept = sentences.filter(|it| !it.split("HTTP ").skip(1).any(is_status));
    kept.collect::<String>().trim_end().to_owned()
}

fn of_error(error: &Error) -> Exit {
    match error.kind() {
        ErrorKind::Configuration | ErrorKind::InvalidRequest => Exit::Usage,
        ErrorKind::Credentials => Exit::Credentials,
        ErrorKind::Task => Exit::TaskFailed,
        _ if error.is_auth() => Exit::Credentials,
        _ if error.is_not_found() => Exit::NotFound,
        _ if error.is_transient() => Exit::Later,
        _ => Exit::Failed,
    }
}

/// A message without the request that the gateway signed itself, which it shows when signatures differ.
/// `-v` and JSON have it.
fn without_canonical(message: &str) -> String {
    const BEGIN: &str = ", canonicalRequest:";
    match message.split_once(BEGIN) {
        Some((before, shown)) => {
            let rest = shown.find(" (request id ").and_then(|at| shown.get(at..));
            format!("{before}{}", rest.unwrap_or_default())
        }
        None => message.to_owned(),
    }
}

/// A message with the flags in place of the methods that they stand for.
fn with_flags(message: &str) -> String {
    const NAMES: [(&str, &str); 5] = [
        ("ClientBuilder::allow_http", "set VOD_ALLOW_HTTP=1"),
        ("call ClientBuilder::project_id", "give --project-id"),
        ("ClientBuilder::region", "--region"),
        ("ClientBuilder::endpoint", "--endpoint"),
        ("ClientBuilder::timeout", "--timeout"),
    ];
    let names = NAMES.iter();
    names.fold(message.to_owned(), |text, (method, flag)| {
        text.replace(method, flag)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_request_that_the_gateway_signed_is_left_out() {
        let begin = "List: HTTP 401 APIGW.0301: verify aksk signature fail";
        let full =
            format!("{begin}, canonicalRequest:GET|/v1.0/p/list/|host:h (request id r, 1 attempt)");
        let short = format!("{begin} (request id r, 1 attempt)");
        assert_eq!(without_canonical(&full), short);
        assert_eq!(without_canonical(&short), short);
    }

    #[test]
    fn sentences_about_statuses_are_for_programs() {
        for (meaning, shown) in [
            (
                "There is no such resource. Some older operations send this code with HTTP 403.",
                "There is no such resource.",
            ),
            (
                "It can come with HTTP 500 as well. Try later.",
                "Try later.",
            ),
            ("The HTTP method is wrong.", "The HTTP method is wrong."),
        ] {
            assert_eq!(without_statuses(meaning), shown);
        }
    }
}
