//! The program `vod-local`, as other programs use it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod admin;
mod bounds;
mod callbacks;
mod data;
mod faults;
mod program;
mod requests;
mod urls;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use vod_api::model::UploadStatus;
use vod_api::{Client, Credentials, reqwest};
use vod_local::Local;

/// A server, which ends with the test.
struct Server {
    process: Child,
    first_line: String,
    url: String,
    http: reqwest::Client,
}

/// The program, without the variables of whoever runs the tests.
fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vod-local"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("VOD_LOCAL_")) {
        command.env_remove(name);
    }
    command.env_remove("CI");
    command
}

impl Server {
    fn start(arguments: &[&str]) -> Self {
        let mut command = program();
        command
            .args(["--port", "0", "--log", "off"])
            .args(arguments);
        Self::of(command)
    }

    fn of(mut command: Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut first_line = String::new();
        let out = process.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut first_line).unwrap();
        let url = first_line
            .split_whitespace()
            .find(|word| word.starts_with("http://"));
        let url = url.unwrap_or_else(|| panic!("no address in {first_line:?}"));
        Self {
            process,
            url: url.to_owned(),
            first_line,
            http: reqwest::Client::new(),
        }
    }

    /// A client with the right keys.
    fn client(&self) -> Client {
        self.client_with(Local::SECRET_KEY)
    }

    fn client_with(&self, secret_key: &str) -> Client {
        let client = Client::builder()
            .endpoint(self.url.as_str())
            .project_id(Local::PROJECT_ID)
            .retry_policy(vod_api::Retry::never())
            .credentials(Credentials::new(Local::ACCESS_KEY, secret_key));
        client.build().unwrap()
    }

    async fn get(&self, path: &str) -> Value {
        self.ask("GET", path, Value::Null).await.1
    }

    /// Asks the admin interface.
    async fn ask(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let method = method.parse().unwrap();
        let mut request = self
            .http
            .request(method, format!("{}/_vod{path}", self.url));
        if !body.is_null() {
            request = request.body(body.to_string());
        }
        let reply = request.send().await.unwrap();
        let status = reply.status().as_u16();
        let text = reply.text().await.unwrap();
        let body = serde_json::from_str(&text);
        (status, body.unwrap_or_else(|_| panic!("{status} {text}")))
    }

    /// The same, of what has to work.
    async fn done(&self, method: &str, path: &str, body: Value) -> Value {
        let (status, body) = self.ask(method, path, body).await;
        assert_eq!(status, 200, "{method} {path}: {body}");
        body
    }

    /// Uploads a file and gives the id of the media asset.
    async fn upload(&self, title: &str, file: &'static [u8]) -> String {
        let client = self.client();
        let (id, url) = create(&client, title).await;
        let put = self.http.put(url).header("content-type", "video/mp4");
        assert_eq!(put.body(file).send().await.unwrap().status(), 200);
        client
            .confirm_asset_upload(&id, UploadStatus::Created)
            .await
            .unwrap();
        id
    }
}

/// Creates a media asset, and gives its id and the URL for its file.
async fn create(client: &Client, title: &str) -> (String, String) {
    let created = client
        .create_asset_by_file_upload(title, "a.mp4", "MP4")
        .await
        .unwrap();
    let url = created.video_upload_url.clone().unwrap();
    (created.asset_id.clone().unwrap(), url)
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn no_body() -> Value {
    json!(null)
}
