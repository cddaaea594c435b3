//! Facts about uploads in parts.

use md5::{Digest, Md5};
use serde_json::json;
use vod_api::reqwest::Method;

use super::bench::Bench;
use super::finding::{Finding, Seen};
use super::storage::{Reply, Sent, base64_md5, is_ok};

/// OBS joins no smaller part, unless it is the last.
static FIRST: [u8; 100 << 10] = [1; 100 << 10];
static SECOND: [u8; 1000] = [2; 1000];
pub(super) const PART_TYPE: &str = "application/octet-stream";
const JOIN_TYPE: &str = "application/xml";

pub(super) async fn parts(bench: &mut Bench) {
    let started = start(bench).await;
    bench
        .report
        .tell("an upload in parts starts", is_ok(&started));
    let first = either(PART_TYPE, async |of| part(bench, (1, &FIRST), of).await).await;
    let fact = "a part is sent as application/octet-stream";
    bench.report.tell(fact, first.finding);
    bench.report.tell(
        "the ETag of a part is its MD5 hash",
        first.reply.map(|reply| {
            let etag = reply.etag.as_deref().map(plain);
            reply.seen(etag == Some(&hex_md5(&FIRST)))
        }),
    );
    let asked = match sign_part(bench, (3, b"")).await {
        Ok(url) => bench.preflight(url).await,
        Err(why) => Err(why),
    };
    bench.report.tell(
        "a page of another site may send a part",
        asked.map(|reply| reply.seen(reply.status < 300 && reply.is_public)),
    );
    // What is wrong with it has been seen at the first.
    either(PART_TYPE, async |of| part(bench, (2, &SECOND), of).await).await;
    let finding = pages(bench).await;
    let fact = "part-number-marker can be added to a signed URL";
    bench.report.tell(fact, finding);
}

pub(super) async fn joins(bench: &mut Bench) {
    let (sent, hash, gone) = (
        "the join is sent as application/xml",
        "the ETag of the whole is the hash of the hashes",
        "after a join, OBS does not know the upload",
    );
    let list = list(bench, &[]).await;
    let join = async |content_type: Option<&str>| {
        let list = list.as_ref().map_err(Clone::clone)?;
        join(bench, &list.texts("ETag"), content_type).await
    };
    let joined = either(JOIN_TYPE, &join).await;
    let whole = joined.reply.ok().filter(|reply| reply.status == 200);
    let again = match &whole {
        Some(_) => either(JOIN_TYPE, &join).await.reply,
        None => Err("the parts were not joined".to_owned()),
    };
    let whole = whole.ok_or("the parts were not joined".to_owned());
    let hashes = [Md5::digest(FIRST), Md5::digest(SECOND)].concat();
    let etag = format!("{}-2", hex_md5(&hashes));
    let is_hash = |reply: Reply| reply.seen(reply.text("ETag").map(plain) == Some(&etag));
    let is_gone = |reply: Reply| reply.seen(reply.text("Code") == Some("NoSuchUpload"));
    bench.report.tell(sent, joined.finding);
    bench.report.tell(hash, whole.map(is_hash));
    bench.report.tell(gone, again.map(is_gone));
}

/// Starts the upload in parts.
pub(super) async fn start(bench: &mut Bench) -> Result<Reply, String> {
    const TYPE: &str = "video/mp4";
    let url = bench.sign("POST", json!({"content_type": TYPE})).await?;
    let sent = Sent {
        method: Method::POST,
        content_type: Some(TYPE),
        body: b"",
    };
    let reply = bench.send(url, sent).await?;
    if let Some(upload) = &mut bench.upload {
        upload.id = reply.text("UploadId").map(str::to_owned);
    }
    Ok(reply)
}

async fn sign_part(
    bench: &Bench,
    (number, bytes): (u32, &[u8]),
) -> Result<vod_api::reqwest::Url, String> {
    started(bench)?;
    let more = json!({"part_number": number, "content_md5": base64_md5(bytes)});
    bench.sign("PUT", more).await
}

async fn part(
    bench: &Bench,
    (number, bytes): (u32, &[u8]),
    content_type: Option<&str>,
) -> Result<Reply, String> {
    let url = sign_part(bench, (number, bytes)).await?;
    let sent = Sent {
        method: Method::PUT,
        content_type,
        body: bytes,
    };
    bench.send(url, sent).await
}

async fn list(bench: &Bench, more: &[(&str, &str)]) -> Result<Reply, String> {
    started(bench)?;
    let mut url = bench.sign("GET", json!({})).await?;
    url.query_pairs_mut().extend_pairs(more);
    let sent = Sent {
        method: Method::GET,
        content_type: None,
        body: b"",
    };
    bench.send(url, sent).await
}

async fn pages(bench: &Bench) -> Finding {
    let first = list(bench, &[("max-parts", "1")]).await?;
    let rest = list(bench, &[("part-number-marker", "1")]).await?;
    let is = |reply: &Reply, number, truncated| {
        reply.texts("PartNumber") == [number] && reply.text("IsTruncated") == Some(truncated)
    };
    let holds = is(&first, "1", "true") && is(&rest, "2", "false");
    Ok(rest.seen(holds))
}

async fn join(
    bench: &Bench,
    etags: &[String],
    content_type: Option<&str>,
) -> Result<Reply, String> {
    started(bench)?;
    let parts: String = (1..)
        .zip(etags)
        .map(|(number, etag)| {
            format!("<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>")
        })
        .collect();
    let xml = format!("<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>");
    let url = bench.sign("POST", json!({})).await?;
    let sent = Sent {
        method: Method::POST,
        content_type,
        body: xml.as_bytes(),
    };
    bench.send(url, sent).await
}

fn started(bench: &Bench) -> Result<(), String> {
    let id = bench.upload.as_ref().and_then(|upload| upload.id.as_ref());
    id.map(drop).ok_or("the upload was not started".to_owned())
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
                finding: Ok(Seen::new(seen.holds, what)),
                reply,
            }
        }
        (reply, finding) => Either { finding, reply },
    }
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
