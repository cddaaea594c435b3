//! A file in parts, as a careful person would upload it: four parts at a time, with their hashes.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest, Md5};
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG};
use reqwest::{Method, Response};
use serde::{Deserialize, Serialize};
use tokio::task::{JoinSet, spawn_blocking};

use super::types::{CreatedAsset, FileAddr};
use super::{Error, Floor};

/// How many parts are sent at the same time.
const IN_FLIGHT: usize = 4;

#[derive(Serialize)]
struct NewFile<'a> {
    title: &'a str,
    video_name: &'a str,
    video_type: &'a str,
}

#[derive(Serialize)]
struct Confirmation<'a> {
    asset_id: &'a str,
    status: &'a str,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Authority {
    sign_str: String,
}

#[derive(Deserialize)]
struct Confirmed {}

/// A range of the file.
struct Part {
    number: u64,
    offset: u64,
    size: u64,
}

/// What all parts have in common.
struct Upload {
    path: Box<Path>,
    bucket: String,
    object: String,
    id: String,
}

impl Floor {
    /// Uploads an MP4 file, and returns the id of the media asset.
    pub async fn upload(self: &Arc<Self>, path: &Path, part_size: u64) -> Result<String, Error> {
        let size = fs::metadata(path)?.len();
        let name = path.file_name().and_then(|name| name.to_str());
        let name = name.ok_or("the file has no name")?;
        let created = self.create_file(name).await?;
        let asset_id = created.asset_id.ok_or("the reply has no id")?;
        let target = created.target.ok_or("the reply has no target")?;
        let upload = Arc::new(self.start(path, target).await?);

        let parts = (0..size.div_ceil(part_size)).map(|index| Part {
            number: index + 1,
            offset: index * part_size,
            size: part_size.min(size - index * part_size),
        });
        let (mut running, mut sent) = (JoinSet::new(), Vec::new());
        for part in parts {
            running.spawn(self.clone().send_part(upload.clone(), part));
            if running.len() == IN_FLIGHT
                && let Some(done) = running.join_next().await
            {
                sent.push(done??);
            }
        }
        while let Some(done) = running.join_next().await {
            sent.push(done??);
        }
        sent.sort_unstable();

        self.join(&upload, &sent).await?;
        let body = serde_json::to_vec(&Confirmation {
            asset_id: &asset_id,
            status: "CREATED",
        })?;
        let path = format!("/v1.0/{}/asset/status/uploaded", self.project_id);
        let Confirmed {} = self
            .call(Method::POST, &path, Vec::new(), Some(body))
            .await?;
        Ok(asset_id)
    }

    async fn create_file(&self, name: &str) -> Result<CreatedAsset, Error> {
        let path = format!("/v1.0/{}/asset", self.project_id);
        let body = serde_json::to_vec(&NewFile {
            title: name.trim_end_matches(".mp4"),
            video_name: name,
            video_type: "MP4",
        })?;
        self.call(Method::POST, &path, Vec::new(), Some(body)).await
    }

    /// A URL for one request to the store.
    async fn signed(
        &self,
        (bucket, object): (&str, &str),
        more: &[(&str, &str)],
    ) -> Result<String, Error> {
        let mut pairs = vec![("bucket", bucket), ("object_key", object)];
        pairs.extend(more);
        let path = format!("/v1.1/{}/asset/authority", self.project_id);
        let authority: Authority = self.call(Method::GET, &path, pairs, None).await?;
        Ok(authority.sign_str)
    }

    async fn start(&self, path: &Path, target: FileAddr) -> Result<Upload, Error> {
        let bucket = target.bucket.ok_or("the target has no bucket")?;
        let object = target.object.ok_or("the target has no object")?;
        let more = [("http_verb", "POST"), ("content_type", "video/mp4")];
        let url = self.signed((&bucket, &object), &more).await?;
        let request = self.http.post(url).header(CONTENT_TYPE, "video/mp4");
        // OBS wants one, and without a body reqwest has none.
        let request = request.header(CONTENT_LENGTH, 0);
        let reply = good(request.send().await?).await?.text().await?;
        Ok(Upload {
            path: path.into(),
            bucket,
            object,
            id: element(&reply, "UploadId")?.to_owned(),
        })
    }

    /// Sends a part, and returns its number and ETag.
    async fn send_part(
        self: Arc<Self>,
        upload: Arc<Upload>,
        part: Part,
    ) -> Result<(u64, String), Error> {
        let (number, this) = (part.number.to_string(), upload.clone());
        let (data, md5) = spawn_blocking(move || read(&this.path, &part)).await??;
        let content_md5 = STANDARD.encode(&md5);
        let more = [
            ("http_verb", "PUT"),
            ("content_md5", &content_md5),
            ("upload_id", &upload.id),
            ("part_number", &number),
        ];
        let url = self.signed((&upload.bucket, &upload.object), &more).await?;
        let request = self
            .http
            .put(url)
            .header(CONTENT_TYPE, "application/octet-stream")
            .header("content-md5", content_md5)
            .body(data);
        let reply = good(request.send().await?).await?;
        let etag = reply
            .headers()
            .get(ETAG)
            .ok_or("the reply has no ETag")?
            .to_str()?;
        let etag = etag.trim_matches('"').to_owned();
        if etag != hex::encode(md5) {
            return Err(format!("the store has other bytes of part {number}").into());
        }
        Ok((number.parse()?, etag))
    }

    async fn join(&self, upload: &Upload, parts: &[(u64, String)]) -> Result<(), Error> {
        let more = [("http_verb", "POST"), ("upload_id", &upload.id)];
        let url = self.signed((&upload.bucket, &upload.object), &more).await?;
        let parts: String = parts
            .iter()
            .map(|(number, etag)| {
                format!("<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>")
            })
            .collect();
        let body = format!("<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>");
        let request = self.http.post(url).header(CONTENT_TYPE, "application/xml");
        let reply = good(request.body(body).send().await?).await?.text().await?;
        element(&reply, "ETag")?;
        Ok(())
    }
}

/// Reads and hashes a part.
fn read(path: &Path, part: &Part) -> Result<(Vec<u8>, Vec<u8>), Error> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(part.offset))?;
    let mut data = Vec::with_capacity(usize::try_from(part.size)?);
    file.take(part.size).read_to_end(&mut data)?;
    if data.len() as u64 != part.size {
        return Err("the file has become shorter".into());
    }
    let md5 = Md5::digest(&data).to_vec();
    Ok((data, md5))
}

async fn good(reply: Response) -> Result<Response, Error> {
    let status = reply.status();
    if status.is_success() {
        return Ok(reply);
    }
    Err(format!("HTTP {status}: {}", reply.text().await?).into())
}

/// The text of an element that occurs once.
fn element<'a>(xml: &'a str, name: &str) -> Result<&'a str, Error> {
    let text = xml
        .split_once(&format!("<{name}>"))
        .and_then(|(_, rest)| rest.split_once(&format!("</{name}>")));
    let (text, _) = text.ok_or_else(|| format!("the reply has no {name}"))?;
    Ok(text)
}
