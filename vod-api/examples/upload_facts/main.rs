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

mod store;

use std::env;
use std::error::Error;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, SystemTime};

use md5::{Digest, Md5};
use vod_api::Client;
use vod_api::model::{CoverType, Subtitle, SubtitleFormat, SubtitleLanguage};
use vod_api::reqwest;
use vod_local::{Service, Storage};

use self::store::{Reply, Upload, base64_md5, parse};

const USAGE: &str = "\
usage: upload_facts --local                 on a service inside this process
       upload_facts --yes REGION [FILE]     on the real service: makes a media asset and cancels it

FILE is a media file that was uploaded before.";

/// OBS joins no smaller part, unless it is the last.
static FIRST: [u8; 100 << 10] = [1; 100 << 10];
static SECOND: [u8; 1000] = [2; 1000];
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

/// Returns whether all facts were checked, and hold.
async fn locally() -> Result<bool, Box<dyn Error>> {
    let service = Service::builder().storage(Storage::new()).start().await?;
    let client = service.client().build()?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("holidays.mp4");
    std::fs::write(&file, [1; 3000])?;
    client.upload(&file).await?;
    let http = reqwest::Client::builder().no_proxy().build()?;
    let report = check(client, http, Some(&file)).await?;
    Ok(report.wrong == 0 && report.unknown == 0)
}

/// Returns whether all facts hold that could be checked.
async fn remotely(region: &str, file: Option<&Path>) -> Result<bool, Box<dyn Error>> {
    let client = Client::builder().region(region).build()?;
    let http = reqwest::Client::builder().build()?;
    let report = check(client, http, file).await?;
    Ok(report.wrong == 0)
}

async fn check(
    client: Client,
    http: reqwest::Client,
    known: Option<&Path>,
) -> Result<Report, Box<dyn Error>> {
    let mut report = Report::default();
    report.tell(
        "a look for duplicates hashes the first 1,024 bytes",
        duplicates(&client, known).await,
    );
    let image = b"not really an image";
    let created = client
        .create_asset_by_file_upload("vod-api: facts of uploads", "facts.mp4", "MP4")
        .cover_type(CoverType::Jpg)
        .cover_md5(base64_md5(image))
        .await?
        .into_body();
    let asset_id = created.asset_id.ok_or("the reply has no asset_id")?;
    println!("Media asset {asset_id}, whose upload will be canceled");
    let target = created.target.unwrap_or_default();
    let mut upload = Upload {
        client,
        http,
        asset_id,
        bucket: target.bucket.unwrap_or_default(),
        object: target.object.unwrap_or_default(),
        id: None,
    };
    report.tell(
        "a URL says when it ends, 5 minutes ahead or more",
        lifetime(created.video_upload_url),
    );
    let cover = upload.put(created.cover_upload_url, "image/jpg", image);
    report.tell("a JPG cover is sent as image/jpg", is_ok(&cover.await));
    parts(&mut upload, &mut report).await;
    companions(&upload, &mut report).await;
    joins(&upload, &mut report).await;
    upload.cancel().await?;
    report.tell(
        "the URL of UpdateAsset names bucket and object",
        another_file(&mut upload).await,
    );
    Ok(report)
}

async fn parts(upload: &mut Upload, report: &mut Report) {
    let started = upload.start().await;
    report.tell("an upload in parts starts", is_ok(&started));
    let first = either(PART_TYPE, async |of| upload.part(1, &FIRST, of).await).await;
    report.tell("a part is sent as application/octet-stream", first.finding);
    report.tell(
        "the ETag of a part is its MD5 hash",
        first.reply.map(|reply| {
            let etag = reply.etag.as_deref().map(plain);
            Seen::of(&reply, etag == Some(&hex_md5(&FIRST)))
        }),
    );
    let asked = upload.preflight().await;
    report.tell(
        "a page of another site may send a part",
        asked.map(|reply| Seen::of(&reply, reply.status < 300 && reply.is_public)),
    );
    // What is wrong with it has been seen at the first.
    either(PART_TYPE, async |of| upload.part(2, &SECOND, of).await).await;
    report.tell(
        "part-number-marker can be added to a signed URL",
        pages(upload).await,
    );
}

async fn pages(upload: &Upload) -> Finding {
    let first = upload.list(&[("max-parts", "1")]).await?;
    let rest = upload.list(&[("part-number-marker", "1")]).await?;
    let is = |reply: &Reply, number, truncated| {
        reply.texts("PartNumber") == [number] && reply.text("IsTruncated") == Some(truncated)
    };
    let holds = is(&first, "1", "true") && is(&rest, "2", "false");
    Ok(Seen::of(&rest, holds))
}

/// Cover and subtitles, while the media file is being uploaded.
async fn companions(upload: &Upload, report: &mut Report) {
    let image = b"another cover";
    let call = upload.client.update_asset(&upload.asset_id);
    let call = call.cover_id(0).cover_type(CoverType::Jpg);
    let cover = match call.cover_md5(base64_md5(image)).await {
        Ok(reply) => {
            let url = reply.into_body().cover_upload_url;
            is_ok(&upload.put(url, "image/jpg", image).await)
        }
        Err(error) => refused(&error),
    };
    report.tell("UpdateAsset renews the URL of a cover meanwhile", cover);

    let text = b"1\n00:00:01,000 --> 00:00:02,000\nHi\n";
    let mut subtitle = Subtitle::new(1, SubtitleFormat::Srt, SubtitleLanguage::English);
    subtitle.md5 = Some(base64_md5(text));
    let call = upload.client.update_asset(&upload.asset_id);
    let subtitle = match call.subtitles([subtitle]).await {
        Ok(reply) => {
            let url = reply.into_body().subtitle_upload_urls.into_iter().next();
            is_ok(&upload.put(url, "application/octet-stream", text).await)
        }
        Err(error) => refused(&error),
    };
    report.tell(
        "and gives one for subtitles, sent as application/octet-stream",
        subtitle,
    );
}

async fn joins(upload: &Upload, report: &mut Report) {
    let list = upload.list(&[]).await;
    let join = async |content_type: Option<&str>| {
        let list = list.as_ref().map_err(Clone::clone)?;
        upload.join(&list.texts("ETag"), content_type).await
    };
    let joined = either(JOIN_TYPE, &join).await;
    report.tell("the join is sent as application/xml", joined.finding);
    let not_joined = || Err("the parts were not joined".to_owned());
    let whole = joined.reply.ok().filter(|reply| reply.status == 200);
    let Some(whole) = whole else {
        report.tell(
            "the ETag of the whole is the hash of the hashes",
            not_joined(),
        );
        report.tell("after a join, OBS does not know the upload", not_joined());
        return;
    };
    let hashes = [Md5::digest(FIRST), Md5::digest(SECOND)].concat();
    let etag = format!("{}-2", hex_md5(&hashes));
    report.tell(
        "the ETag of the whole is the hash of the hashes",
        Ok(Seen::of(
            &whole,
            whole.text("ETag").map(plain) == Some(&etag),
        )),
    );
    let again = either(JOIN_TYPE, &join).await.reply;
    report.tell(
        "after a join, OBS does not know the upload",
        again.map(|reply| Seen::of(&reply, reply.code() == Some("NoSuchUpload"))),
    );
}

/// Prepares another media file for the canceled media asset, starts its upload in parts, and cancels
/// that, too.
async fn another_file(upload: &mut Upload) -> Finding {
    let call = upload.client.update_asset(&upload.asset_id);
    let reply = match call.video_name("facts.mp4").video_type("MP4").await {
        Ok(reply) => reply.into_body(),
        Err(error) => return refused(&error),
    };
    let started = match upload.move_to(reply.video_upload_url) {
        Ok(true) => is_ok(&upload.start().await),
        Ok(false) => Ok(Seen {
            holds: false,
            what: "another bucket".to_owned(),
        }),
        Err(why) => Err(why),
    };
    let canceled = upload.cancel().await;
    canceled.map_err(|error| format!("its upload could not be canceled: {error}"))?;
    started
}

/// Whether a fact holds, and what was seen; or why that is not known.
type Finding = Result<Seen, String>;

struct Seen {
    holds: bool,
    what: String,
}

impl Seen {
    fn of(reply: &Reply, holds: bool) -> Self {
        let code = reply.code().unwrap_or_default();
        let what = format!("HTTP {} {code}", reply.status);
        Self {
            holds,
            what: what.trim_end().to_owned(),
        }
    }
}

#[derive(Default)]
struct Report {
    wrong: usize,
    unknown: usize,
}

impl Report {
    fn tell(&mut self, fact: &str, finding: Finding) {
        let (verdict, seen) = match finding {
            Ok(Seen { holds: true, what }) => ("holds", what),
            Ok(Seen { what, .. }) => {
                self.wrong += 1;
                ("does not hold", what)
            }
            Err(why) => {
                self.unknown += 1;
                ("not checked", why)
            }
        };
        println!("{verdict:<13}  {fact} ({seen})");
    }
}

/// What came of a request whose `Content-Type` is assumed.
struct Either {
    finding: Finding,
    /// The last reply.
    reply: Result<Reply, String>,
}

/// Sends a request with a `Content-Type` and, if that is refused, without one, so that what comes
/// after it can be checked.
async fn either(
    content_type: &str,
    send: impl AsyncFn(Option<&str>) -> Result<Reply, String>,
) -> Either {
    let reply = send(Some(content_type)).await;
    let finding = is_ok(&reply);
    match (reply, finding) {
        (Ok(refused), Ok(seen)) if refused.status == 403 => {
            let reply = send(None).await;
            let other = is_ok(&reply).map_or_else(|why| why, |seen| seen.what);
            let what = format!("{}; without a Content-Type: {other}", seen.what);
            Either {
                finding: Ok(Seen { what, ..seen }),
                reply,
            }
        }
        (reply, finding) => Either { finding, reply },
    }
}

fn is_ok(reply: &Result<Reply, String>) -> Finding {
    let reply = reply.as_ref().map_err(Clone::clone)?;
    Ok(Seen::of(reply, reply.status == 200))
}

/// A call that has failed.
fn refused(error: &vod_api::Error) -> Finding {
    let what = error.to_string();
    match error.status() {
        Some(_) => Ok(Seen { holds: false, what }),
        None => Err(what),
    }
}

fn lifetime(url: Option<String>) -> Finding {
    let url = parse(url)?;
    let mut pairs = url.query_pairs();
    let expires = pairs.find(|(name, _)| name == "Expires");
    let Some(end) = expires.and_then(|(_, value)| value.parse().ok()) else {
        return Ok(Seen {
            holds: false,
            what: "it has no Expires".to_owned(),
        });
    };
    let end = SystemTime::UNIX_EPOCH + Duration::from_secs(end);
    let left = end.duration_since(SystemTime::now()).unwrap_or_default();
    Ok(Seen {
        holds: left >= LIFETIME,
        what: format!("{} s", left.as_secs()),
    })
}

/// Which bytes of a file that was uploaded before are hashed.
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
        let reply = match client.check_md5_duplication(size, hex_md5(start)).await {
            Ok(reply) => reply,
            Err(error) => return refused(&error),
        };
        if !reply.asset_ids.is_empty() {
            return Ok(Seen {
                holds: length == 1024,
                what: format!("found by {length} bytes"),
            });
        }
    }
    Err("no media asset has this file, or other bytes are hashed".to_owned())
}

fn plain(etag: &str) -> &str {
    let etag = etag.strip_prefix("W/").unwrap_or(etag);
    let etag = etag.trim_start_matches("&quot;").trim_end_matches("&quot;");
    etag.trim_matches('"')
}

fn hex_md5(bytes: &[u8]) -> String {
    let hash = Md5::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
