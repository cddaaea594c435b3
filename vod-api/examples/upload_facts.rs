//! Checks what the guide of uploads takes for granted, as the docs do not say it, and prints a line
//! for each fact.
//!
//! On the real service it makes a media asset, sends some KB to it, and cancels the upload; the
//! canceled media asset stays there. Credentials come from the environment, a file or the metadata of
//! the server:
//!
//! ```sh
//! cargo run --example upload_facts -- --yes cn-north-4
//! ```
//!
//! Which bytes a look for duplicates hashes can only be told with a file that was uploaded before:
//!
//! ```sh
//! cargo run --example upload_facts -- --yes cn-north-4 holidays.mp4
//! ```
//!
//! On a service inside this very process, all facts hold:
//!
//! ```sh
//! cargo run --example upload_facts -- --local
//! ```

use std::env;
use std::error::Error;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest, Md5};
use vod_api::Client;
use vod_api::model::{
    CoverType, HttpVerb, ShowAssetTempAuthorityRequest, Subtitle, SubtitleFormat, SubtitleLanguage,
    UploadStatus,
};
use vod_api::reqwest::{self, Method, Url};
use vod_local::{Service, Storage};

const USAGE: &str = "\
usage: upload_facts --local                 on a service inside this process
       upload_facts --yes REGION [FILE]     on the real service: makes a media asset and cancels it

FILE is a media file that was uploaded before.";

/// OBS joins no smaller part, unless it is the last.
const PART: usize = 100 << 10;
const PART_TYPE: &str = "application/octet-stream";
const JOIN_TYPE: &str = "application/xml";
/// How long a URL has to last at least.
const LIFETIME: Duration = Duration::from_secs(5 * 60);

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["--local"] => locally().await,
        ["--yes", region] => remotely(region, None).await,
        ["--yes", region, file] => remotely(region, Some(Path::new(file))).await,
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns whether all facts hold. One that was not checked does not count.
async fn locally() -> Result<bool, Box<dyn Error>> {
    let service = Service::builder().storage(Storage::new()).start().await?;
    let client = service.client().build()?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("holidays.mp4");
    std::fs::write(&file, vec![1; 3000])?;
    client.upload(&file).await?;
    let report = check(client, Some(&file)).await?;
    Ok(report.false_ones == 0 && report.unknown == 0)
}

async fn remotely(region: &str, file: Option<&Path>) -> Result<bool, Box<dyn Error>> {
    let client = Client::builder().region(region).build()?;
    let report = check(client, file).await?;
    Ok(report.false_ones == 0)
}

async fn check(client: Client, known: Option<&Path>) -> Result<Report, Box<dyn Error>> {
    let mut report = Report::default();
    report.tell(
        "a look for duplicates hashes the first 1,024 bytes",
        duplicates(&client, known).await,
    );
    let bytes = b"not really an image";
    let created = client
        .create_asset_by_file_upload("vod-api: facts of uploads", "facts.mp4", "MP4")
        .cover_type(CoverType::Jpg)
        .cover_md5(base64_md5(bytes))
        .await?
        .into_body();
    let asset_id = created.asset_id.ok_or("the reply has no asset_id")?;
    println!("Media asset {asset_id}, whose upload will be canceled");
    let target = created.target.ok_or("the reply has no target")?;
    let mut upload = Upload {
        client,
        http: reqwest::Client::new(),
        asset_id,
        bucket: target.bucket.ok_or("the target has no bucket")?,
        object: target.object.ok_or("the target has no object")?,
        id: None,
    };
    report.tell(
        "a URL says when it ends, 5 minutes ahead or more",
        lifetime(created.video_upload_url.as_deref()),
    );
    let cover = upload.put(created.cover_upload_url, "image/jpg", bytes);
    report.tell("a JPG cover is sent as image/jpg", status(cover.await, 200));
    parts(&mut upload, &mut report).await;
    companions(&upload, &mut report).await;
    joins(&upload, &mut report).await;
    upload.cancel().await?;
    report.tell(
        "the URL of UpdateAsset names bucket and object",
        upload.update().await,
    );
    upload.cancel().await?;
    Ok(report)
}

async fn parts(upload: &mut Upload, report: &mut Report) {
    let started = upload.start().await;
    report.tell("an upload in parts starts", status(started, 200));
    let (first, second) = ([1; PART], [2; 1000]);
    let reply = upload.part(1, &first, Some(PART_TYPE)).await;
    let etag = reply.as_ref().map_err(Clone::clone).map(|reply| {
        let etag = reply.etag.as_deref().map(plain);
        (
            etag == Some(&hex_md5(&first)),
            format!("HTTP {}", reply.status),
        )
    });
    report.tell("a part is sent as application/octet-stream", {
        let refused = reply.as_ref().is_ok_and(|reply| reply.status == 403);
        let seen = status(reply, 200);
        if refused {
            // So that the other facts can be checked.
            let other = upload.part(1, &first, None).await;
            let other = status(other, 200).map_or_else(|why| why, |(_, seen)| seen);
            seen.map(|(holds, seen)| (holds, format!("{seen}; without a Content-Type: {other}")))
        } else {
            seen
        }
    });
    report.tell("the ETag of a part is its MD5 hash", etag);
    let preflight = upload.preflight().await;
    report.tell("a page of another site may send a part", preflight);
    if !matches!(upload.part(2, &second, Some(PART_TYPE)).await, Ok(reply) if reply.status == 200) {
        let _ = upload.part(2, &second, None).await;
    }
    let pages = async {
        let first = upload.list(&[("max-parts", "1")]).await?;
        let rest = upload.list(&[("part-number-marker", "1")]).await?;
        let holds = first.numbers() == ["1"]
            && first.text("IsTruncated") == Some("true")
            && rest.numbers() == ["2"]
            && rest.text("IsTruncated") == Some("false");
        Ok((holds, format!("HTTP {}, {}", first.status, rest.status)))
    };
    let pages = pages.await;
    report.tell("part-number-marker can be added to a signed URL", pages);
}

/// Cover and subtitles, while the media file is being uploaded.
async fn companions(upload: &Upload, report: &mut Report) {
    let bytes = b"another cover";
    let md5 = base64_md5(bytes);
    let call = upload.client.update_asset(&upload.asset_id);
    let call = call.cover_id(0).cover_type(CoverType::Jpg).cover_md5(md5);
    let cover = match call.await {
        Ok(reply) => {
            let url = reply.into_body().cover_upload_url;
            status(upload.put(url, "image/jpg", bytes).await, 200)
        }
        Err(error) => refused(&error),
    };
    report.tell("UpdateAsset renews the URL of a cover meanwhile", cover);

    let bytes = b"1\n00:00:01,000 --> 00:00:02,000\nHi\n";
    let mut subtitle = Subtitle::new(1, SubtitleFormat::Srt, SubtitleLanguage::English);
    subtitle.md5 = Some(base64_md5(bytes));
    let call = upload.client.update_asset(&upload.asset_id);
    let subtitle = match call.subtitles([subtitle]).await {
        Ok(reply) => {
            let url = reply.into_body().subtitle_upload_urls.into_iter().next();
            status(upload.put(url, PART_TYPE, bytes).await, 200)
        }
        Err(error) => refused(&error),
    };
    report.tell(
        "and gives one for subtitles, sent as application/octet-stream",
        subtitle,
    );
}

async fn joins(upload: &Upload, report: &mut Report) {
    let listed = upload.list(&[]).await;
    let etags = listed.map(|reply| reply.texts("ETag"));
    let join = async |content_type| match &etags {
        Ok(etags) => upload.join(etags, content_type).await,
        Err(why) => Err(why.clone()),
    };
    let mut joined = join(Some(JOIN_TYPE)).await;
    let seen = status(joined.clone(), 200);
    if joined.as_ref().is_ok_and(|reply| reply.status == 403) {
        joined = join(None).await;
    }
    report.tell("the join is sent as application/xml", seen);
    let whole = joined.and_then(|reply| {
        if reply.status != 200 {
            return Err("the parts were not joined".to_owned());
        }
        let hashes: Vec<u8> = [Md5::digest([1; PART]), Md5::digest([2; 1000])]
            .into_iter()
            .flatten()
            .collect();
        let etag = reply.text("ETag").map(plain);
        let holds = etag == Some(&format!("{}-2", hex_md5(&hashes)));
        Ok((holds, format!("HTTP {}", reply.status)))
    });
    let is_joined = whole.is_ok();
    report.tell("the ETag of the whole is the hash of the hashes", whole);
    let again = if is_joined {
        join(Some(JOIN_TYPE)).await
    } else {
        Err("the parts were not joined".to_owned())
    };
    let gone = again.map(|reply| (reply.code() == Some("NoSuchUpload"), reply.seen()));
    report.tell("after a join, OBS does not know the upload", gone);
}

/// Whether a fact holds, and the replies; or why that is not known.
type Finding = Result<(bool, String), String>;

#[derive(Default)]
struct Report {
    false_ones: usize,
    unknown: usize,
}

impl Report {
    fn tell(&mut self, fact: &str, finding: Finding) {
        let (verdict, seen) = match finding {
            Ok((true, seen)) => ("holds", seen),
            Ok((false, seen)) => {
                self.false_ones += 1;
                ("does not hold", seen)
            }
            Err(why) => {
                self.unknown += 1;
                ("not checked", why)
            }
        };
        println!("{verdict:<14} {fact} ({seen})");
    }
}

/// A reply of OBS.
#[derive(Debug, Clone)]
struct Reply {
    status: u16,
    etag: Option<String>,
    body: String,
}

impl Reply {
    /// The text of the first element with this name.
    fn text(&self, name: &str) -> Option<&str> {
        let (_, rest) = self.body.split_once(&format!("<{name}>"))?;
        rest.split_once("</").map(|(text, _)| text)
    }

    fn texts(&self, name: &str) -> Vec<String> {
        let open = format!("<{name}>");
        let texts = self.body.split(&open).skip(1);
        texts
            .filter_map(|rest| rest.split_once("</"))
            .map(|(text, _)| text.to_owned())
            .collect()
    }

    fn numbers(&self) -> Vec<String> {
        self.texts("PartNumber")
    }

    fn code(&self) -> Option<&str> {
        self.text("Code")
    }

    fn seen(&self) -> String {
        match self.code() {
            Some(code) => format!("HTTP {} {code}", self.status),
            None => format!("HTTP {}", self.status),
        }
    }
}

/// The upload of a media file in parts.
struct Upload {
    client: Client,
    http: reqwest::Client,
    asset_id: String,
    bucket: String,
    object: String,
    /// Once it was started.
    id: Option<String>,
}

impl Upload {
    async fn start(&mut self) -> Result<Reply, String> {
        let sign = |request: &mut ShowAssetTempAuthorityRequest| {
            request.upload_id = None;
            request.content_type = Some("video/mp4".to_owned());
        };
        let url = self.sign(HttpVerb::Post, sign).await?;
        let reply = self.send(Method::POST, url, Some("video/mp4"), b"").await?;
        self.id = reply.text("UploadId").map(str::to_owned);
        Ok(reply)
    }

    async fn part(
        &self,
        number: i32,
        bytes: &[u8],
        content_type: Option<&str>,
    ) -> Result<Reply, String> {
        self.started()?;
        let url = self.sign_part(number, bytes).await?;
        self.send(Method::PUT, url, content_type, bytes).await
    }

    async fn sign_part(&self, number: i32, bytes: &[u8]) -> Result<Url, String> {
        let sign = |request: &mut ShowAssetTempAuthorityRequest| {
            request.part_number = Some(number);
            request.content_md5 = Some(base64_md5(bytes));
        };
        self.sign(HttpVerb::Put, sign).await
    }

    async fn list(&self, more: &[(&str, &str)]) -> Result<Reply, String> {
        self.started()?;
        let mut url = self.sign(HttpVerb::Get, |_| {}).await?;
        url.query_pairs_mut().extend_pairs(more);
        self.send(Method::GET, url, None, b"").await
    }

    async fn join(&self, etags: &[String], content_type: Option<&str>) -> Result<Reply, String> {
        self.started()?;
        let parts: String = (1..)
            .zip(etags)
            .map(|(number, etag)| {
                format!("<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>")
            })
            .collect();
        let xml = format!("<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>");
        let url = self.sign(HttpVerb::Post, |_| {}).await?;
        self.send(Method::POST, url, content_type, xml.as_bytes())
            .await
    }

    /// Asks as a browser does before it sends a part from a page of another site.
    async fn preflight(&self) -> Finding {
        self.started()?;
        let url = self.sign_part(3, b"").await?;
        let request = self.http.request(Method::OPTIONS, url);
        let request = request
            .header("Origin", "https://example.com")
            .header("Access-Control-Request-Method", "PUT")
            .header("Access-Control-Request-Headers", "content-type");
        let reply = request.send().await.map_err(no_answer)?;
        let allowed = reply.headers().contains_key("access-control-allow-origin");
        let seen = format!("HTTP {}", reply.status().as_u16());
        Ok((reply.status().is_success() && allowed, seen))
    }

    /// Sends a file in one piece.
    async fn put(
        &self,
        url: Option<String>,
        content_type: &str,
        bytes: &[u8],
    ) -> Result<Reply, String> {
        let url = parse(&url.ok_or("VOD gave no URL")?)?;
        self.send(Method::PUT, url, Some(content_type), bytes).await
    }

    async fn cancel(&self) -> Result<(), vod_api::Error> {
        let status = UploadStatus::Cancelled;
        let call = self.client.confirm_asset_upload(&self.asset_id, status);
        call.await?;
        Ok(())
    }

    /// Prepares another media file for the canceled media asset, and starts its upload in parts.
    async fn update(&mut self) -> Finding {
        let call = self.client.update_asset(&self.asset_id);
        let reply = match call.video_name("facts.mp4").video_type("MP4").await {
            Ok(reply) => reply.into_body(),
            Err(error) => return refused(&error),
        };
        let url = parse(&reply.video_upload_url.ok_or("VOD gave no URL")?)?;
        let path = url.path().trim_start_matches('/');
        // The bucket is in the host or in the path.
        let in_path = path.strip_prefix(&format!("{}/", self.bucket));
        let in_host = url.host_str().unwrap_or_default();
        let in_host = in_host.starts_with(&format!("{}.", self.bucket));
        let Some(object) = in_path.or(in_host.then_some(path)) else {
            return Ok((false, "another bucket".to_owned()));
        };
        object.clone_into(&mut self.object);
        status(self.start().await, 200)
    }

    fn started(&self) -> Result<(), String> {
        let id = self.id.as_ref();
        id.map(drop).ok_or("the upload was not started".to_owned())
    }

    async fn sign(
        &self,
        verb: HttpVerb,
        set: impl FnOnce(&mut ShowAssetTempAuthorityRequest),
    ) -> Result<Url, String> {
        let mut request = ShowAssetTempAuthorityRequest::new(verb, &self.bucket, &self.object);
        request.upload_id.clone_from(&self.id);
        set(&mut request);
        let reply = self.client.execute(request).await;
        let reply = reply.map_err(|error| format!("VOD signs no URL: {error}"))?;
        parse(&reply.into_body().signed_url.ok_or("VOD gave no URL")?)
    }

    async fn send(
        &self,
        method: Method,
        url: Url,
        content_type: Option<&str>,
        body: &[u8],
    ) -> Result<Reply, String> {
        let mut request = self.http.request(method.clone(), url);
        if let Some(content_type) = content_type {
            request = request.header("Content-Type", content_type);
        }
        if method == Method::PUT {
            request = request.header("Content-MD5", base64_md5(body));
        }
        if method != Method::GET {
            request = request.header("Content-Length", body.len());
            request = request.body(body.to_vec());
        }
        let reply = request.send().await.map_err(no_answer)?;
        let etag = reply.headers().get("ETag");
        let etag = etag.and_then(|etag| etag.to_str().ok());
        Ok(Reply {
            status: reply.status().as_u16(),
            etag: etag.map(str::to_owned),
            body: reply.text().await.map_err(no_answer)?,
        })
    }
}

fn status(reply: Result<Reply, String>, expected: u16) -> Finding {
    reply.map(|reply| (reply.status == expected, reply.seen()))
}

/// A call that was answered with an error.
fn refused(error: &vod_api::Error) -> Finding {
    if error.status().is_some() {
        Ok((false, error.to_string()))
    } else {
        Err(error.to_string())
    }
}

/// The errors of reqwest name the URL, and with it the signature.
fn no_answer(error: reqwest::Error) -> String {
    error.without_url().to_string()
}

/// In a URL of VOD, `&` can be escaped as in HTML.
fn parse(url: &str) -> Result<Url, String> {
    let url = url.replace("&amp;", "&").parse();
    url.map_err(|_| "VOD gave no valid URL".to_owned())
}

fn lifetime(url: Option<&str>) -> Finding {
    let url = parse(url.ok_or("VOD gave no URL")?)?;
    let mut pairs = url.query_pairs();
    let expires = pairs.find(|(name, _)| name == "Expires");
    let Some(end) = expires.and_then(|(_, value)| value.parse().ok()) else {
        return Ok((false, "it has no Expires".to_owned()));
    };
    let end = SystemTime::UNIX_EPOCH + Duration::from_secs(end);
    let left = end.duration_since(SystemTime::now()).unwrap_or_default();
    Ok((left >= LIFETIME, format!("{} s", left.as_secs())))
}

/// Which bytes of a file, that was uploaded before, are hashed.
async fn duplicates(client: &Client, known: Option<&Path>) -> Finding {
    let path = known.ok_or("it needs a file that was uploaded before")?;
    let read = || -> std::io::Result<(Vec<u8>, u64)> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        let mut start = Vec::new();
        file.take(1025).read_to_end(&mut start)?;
        Ok((start, size))
    };
    let (start, size) = read().map_err(|error| error.to_string())?;
    let size = i64::try_from(size).map_err(|error| error.to_string())?;
    for length in [1024, 1025] {
        let start = start.get(..length).unwrap_or(&start);
        let reply = client.check_md5_duplication(size, hex_md5(start)).await;
        let reply = match reply {
            Ok(reply) => reply,
            Err(error) => return refused(&error),
        };
        if !reply.asset_ids.is_empty() {
            return Ok((length == 1024, format!("found by {length} bytes")));
        }
    }
    Err("no media asset has this file, or other bytes are hashed".to_owned())
}

fn plain(etag: &str) -> &str {
    let etag = etag.strip_prefix("W/").unwrap_or(etag);
    let etag = etag.trim_start_matches("&quot;").trim_end_matches("&quot;");
    etag.trim_matches('"')
}

fn base64_md5(bytes: &[u8]) -> String {
    STANDARD.encode(Md5::digest(bytes))
}

fn hex_md5(bytes: &[u8]) -> String {
    Md5::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
