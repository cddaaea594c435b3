//! The server, and what was counted.

use std::fmt;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;
use vod_api::{Client, Credentials, Error, Retry, reqwest};
use vod_local::Local;

/// A server of its own, which ends with this.
pub(crate) struct Server {
    process: Child,
    url: String,
    pub(crate) http: reqwest::Client,
}

/// How much was done.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    calls: AtomicU64,
    failures: AtomicU64,
    refused: AtomicU64,
    files: AtomicU64,
}

impl Server {
    pub(crate) fn start(program: &Path, folder: &Path) -> Self {
        let mut command = Command::new(program);
        command.args(["--port", "0", "--log", "off", "--progress", "polls=2"]);
        command.arg("--data").arg(folder).arg("--exit-with-parent");
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let out = process.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        let url = line
            .split_whitespace()
            .find(|word| word.starts_with("http://"));
        Self {
            process,
            url: url.expect("the first line has the address").to_owned(),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
        }
    }

    /// A client that tries nothing again: who calls does.
    pub(crate) fn client(&self, project_id: &str) -> Client {
        let client = Client::builder()
            .endpoint(self.url.as_str())
            .project_id(project_id)
            .retry_policy(Retry::never())
            .validate(false)
            .credentials(Credentials::new(Local::ACCESS_KEY, Local::SECRET_KEY));
        client.build().unwrap()
    }

    pub(crate) fn admin_url(&self, path: &str) -> String {
        format!("{}/_vod{path}", self.url)
    }

    pub(crate) async fn admin(&self, method: &str, path: &str, body: Value) {
        let method = method.parse().unwrap();
        let request = self.http.request(method, self.admin_url(path));
        let reply = request.body(body.to_string()).send().await.unwrap();
        assert_eq!(
            reply.status(),
            200,
            "{path}: {}",
            reply.text().await.unwrap()
        );
    }

    /// Its resident memory in kB, as Linux tells it.
    pub(crate) fn rss(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        number.map_or(0, |number| number.parse().unwrap())
    }

    /// Ends it in the middle of whatever it does.
    pub(crate) fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Counts {
    /// Counts a call, and gives its reply unless it failed because that was asked for.
    pub(crate) fn take<T>(&self, result: Result<T, Error>) -> Option<Result<T, Error>> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        let is_asked_for = result.as_ref().err().is_some_and(|error| {
            let status = error.status().map(|status| status.as_u16());
            status.is_none() || matches!(status, Some(500 | 503))
        });
        if is_asked_for {
            self.failures.fetch_add(1, Ordering::Relaxed);
            return None;
        }
        if result.is_err() {
            self.refused.fetch_add(1, Ordering::Relaxed);
        }
        Some(result)
    }

    /// The same, of a request for a file.
    pub(crate) fn take_file(&self, is_done: bool) -> bool {
        self.files.fetch_add(1, Ordering::Relaxed);
        if !is_done {
            self.failures.fetch_add(1, Ordering::Relaxed);
        }
        is_done
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [calls, files, failures, refused] =
            [&self.calls, &self.files, &self.failures, &self.refused]
                .map(|count| count.load(Ordering::Relaxed));
        write!(
            f,
            "{calls} calls and {files} files, {failures} failures asked for, {refused} refused"
        )
    }
}
