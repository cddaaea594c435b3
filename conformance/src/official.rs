//! The official SDK: a Python process that gets a line of JSON per request, and answers with one.

use std::error::Error;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Map, Value, json};
use vod_local::{ReceivedRequest, Service};

/// The process. It ends when its input does, when this is dropped.
pub(crate) struct Official {
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

/// What the SDK said.
pub(crate) struct Answer {
    /// Why it could not send the request, or what the service has against it.
    pub(crate) error: Option<String>,
    /// How it signs what the other side has sent.
    pub(crate) authorization: Option<String>,
}

impl Official {
    /// Starts the SDK, to call `service`.
    pub(crate) fn start(python: &Path, service: &Service) -> io::Result<Self> {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/official.py");
        let process = Command::new(python)
            .args([script, &service.endpoint(), service.project_id()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        match (process.stdin, process.stdout) {
            (Some(input), Some(output)) => Ok(Self {
                input,
                output: BufReader::new(output),
            }),
            _ => Err(io::Error::other("the process has no pipes")),
        }
    }

    /// Sends `request`, and signs what vod-api has `sent` for it.
    pub(crate) fn send(
        &mut self,
        key: &[&str; 3],
        operation: &str,
        request: &Value,
        sent: Option<&ReceivedRequest>,
    ) -> Result<Answer, Box<dyn Error>> {
        let task = json!({
            "key": key,
            "operation": operation,
            "request": request,
            "sent": sent.map(parts),
        });
        writeln!(self.input, "{task}")?;
        let mut line = String::new();
        if self.output.read_line(&mut line)? == 0 {
            return Err("the official SDK's process has ended".into());
        }
        let answer: Value = serde_json::from_str(&line)?;
        let text = |name: &str| answer[name].as_str().map(str::to_owned);
        Ok(Answer {
            error: text("error"),
            authorization: text("authorization"),
        })
    }
}

fn parts(request: &ReceivedRequest) -> Value {
    // What we send is UTF-8; if it were not, the signatures would differ.
    let text = |bytes: &[u8]| Value::from(String::from_utf8_lossy(bytes));
    let headers = request.headers().iter();
    let headers = headers.map(|(name, value)| (name.to_string(), text(value.as_bytes())));
    json!({
        "method": request.method().as_str(),
        "path": request.path(),
        "query": request.raw_query(),
        "headers": headers.collect::<Map<_, _>>(),
        "body": text(request.body()),
    })
}
