//! What is done with a request.

use std::future::pending;
use std::io;
use std::sync::atomic::Ordering;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use hyper::Request;

use super::blob::{Blob, BlobWriter};
use super::contents::{Named, Object, Part, Target};
use super::fault::{Kind, Step};
use super::head::Head;
use super::receive::Receiver;
use super::refusal::Refusal;
use super::reply::{self, Content, Done, Found};
use super::xml::{Listed, Page, read_parts};
use super::{BUCKET, Store, range, sign};
use crate::arrival::{Arrival, Gone};
use crate::digest::hex;
use crate::lock::lock;
use crate::reply::Answer;

/// The largest body of one request.
const LARGEST: u64 = 5 << 30;
/// The largest list of parts; 10,000 take about 1 MB.
const LARGEST_LIST: usize = 4 << 20;
const PART_NUMBERS: std::ops::RangeInclusive<u32> = 1..=10_000;

/// Why a request is not answered with a success.
enum Ending {
    /// The connection is reset.
    Reset,
    Refused(Refusal),
}

impl From<Refusal> for Ending {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Gone> for Ending {
    fn from(Gone: Gone) -> Self {
        Self::Reset
    }
}

/// What came in with a request.
enum Received {
    File(Blob),
    Parts(Vec<Named>),
    Nothing,
}

impl Store {
    /// Answers a request; `None` if the connection is to be reset.
    pub(crate) async fn handle(&self, request: Request<Arrival>) -> Option<Answer> {
        let number = self.requests.fetch_add(1, Ordering::Relaxed) + 1;
        let request_id = format!("{number:032X}");
        let (parts, body) = request.into_parts();
        if parts.method == Method::OPTIONS {
            return Some(reply::preflight(&request_id));
        }
        let head = Head::new(parts, BUCKET);
        let Some(step) = head.step() else {
            return Some(reply::refuse(&Refusal::UnknownStep, &head, &request_id));
        };
        let entry = self.log.begin(step, &head);
        let mut receiver = Receiver::new(body, &entry);
        let answer = match self.attempt(step, &head, &mut receiver).await {
            Ok(done) => done.answer(&head, &request_id),
            Err(Ending::Reset) => return None,
            Err(Ending::Refused(refusal)) => {
                // A client that is still sending does not look for a reply.
                if refusal != Refusal::TooLarge {
                    receiver.drain().await.ok()?;
                }
                reply::refuse(&refusal, &head, &request_id)
            }
        };
        entry.answered(answer.status);
        Some(answer)
    }

    /// An object for a viewer, whose request is not signed; `None` if there is no such object.
    pub(crate) fn show(&self, request: http::request::Parts, key: &str) -> Option<Answer> {
        let head = Head {
            key: key.to_owned(),
            ..Head::new(request, BUCKET)
        };
        let contents = lock(&self.contents);
        let found = find(&head, contents.object(key)?);
        let request_id = "viewer";
        Some(match found {
            Ok(done) => done.answer(&head, request_id),
            Err(refusal) => reply::refuse(&refusal, &head, request_id),
        })
    }

    async fn attempt(
        &self,
        step: Step,
        head: &Head,
        receiver: &mut Receiver<'_>,
    ) -> Result<Done, Ending> {
        check(head, step)?;
        sign::check(head, BUCKET, self.clock.now())?;
        let part = head.part_number();
        let fault = self.faults.take(|fault| fault.is_for(step, part));
        let fault = fault.map(|found| found.fault.0);
        match &fault {
            Some(Kind::ResetAfter(bytes)) => {
                receiver.skip(*bytes).await;
                return Err(Ending::Reset);
            }
            Some(Kind::StallAfter(bytes)) => {
                receiver.skip(*bytes).await;
                return pending().await;
            }
            Some(Kind::Error { status, code }) => {
                let (status, code) = (*status, code.clone());
                return Err(Refusal::Told { status, code }.into());
            }
            _ => {}
        }
        let received = self.receive(step, head, receiver).await?;
        if let Some(Kind::Delay(delay)) = &fault {
            tokio::time::sleep(*delay).await;
        }
        let mut done = self.act(step, head, received)?;
        match &fault {
            Some(Kind::LostReply) => return Err(Ending::Reset),
            Some(fault) => done.change_etag(fault),
            None => {}
        }
        Ok(done)
    }

    async fn receive(
        &self,
        step: Step,
        head: &Head,
        receiver: &mut Receiver<'_>,
    ) -> Result<Received, Ending> {
        match step {
            Step::Put | Step::Part => Ok(Received::File(self.receive_file(head, receiver).await?)),
            Step::Join => {
                let mut text = Vec::new();
                while let Some(chunk) = receiver.next().await? {
                    if text.len() + chunk.len() > LARGEST_LIST {
                        return Err(Refusal::MalformedXml.into());
                    }
                    text.extend_from_slice(&chunk);
                }
                let text = String::from_utf8(text).map_err(|_| Refusal::MalformedXml)?;
                let parts = read_parts(&text).ok_or(Refusal::MalformedXml)?;
                Ok(Received::Parts(parts))
            }
            Step::Start | Step::List | Step::Abort | Step::Get => {
                receiver.drain().await?;
                Ok(Received::Nothing)
            }
        }
    }

    /// Files are written as they come in, in blocks that the system's cache takes: this is not
    /// worth a thread.
    async fn receive_file(&self, head: &Head, receiver: &mut Receiver<'_>) -> Result<Blob, Ending> {
        let wanted = head.headers.get("content-md5").map(|text| {
            let bytes = STANDARD.decode(text).map_err(|_| Refusal::InvalidDigest)?;
            <[u8; 16]>::try_from(bytes).map_err(|_| Refusal::InvalidDigest)
        });
        let wanted = wanted.transpose()?;
        let full = |_| Refusal::Internal;
        let mut writer = self.blob_writer().map_err(full)?;
        while let Some(chunk) = receiver.next().await? {
            writer.write(&chunk).map_err(full)?;
        }
        let blob = writer.finish().map_err(full)?;
        if wanted.is_some_and(|wanted| wanted != blob.md5) {
            return Err(Refusal::WrongDigest.into());
        }
        Ok(blob)
    }

    fn blob_writer(&self) -> io::Result<BlobWriter> {
        #[cfg(feature = "server")]
        if let Some(folder) = &self.config.folder {
            return BlobWriter::in_folder(folder);
        }
        BlobWriter::new(self.config.keep, &self.memory)
    }

    fn act(&self, step: Step, head: &Head, received: Received) -> Result<Done, Refusal> {
        let now = self.clock.now();
        let upload_id = head.parameter("uploadId").unwrap_or_default();
        let key = head.key.as_str();
        let target = Target { key, upload_id };
        let content_type = head.header("content-type");
        let mut contents = self.change();
        match (step, received) {
            (Step::Put, Received::File(blob)) => {
                let object = Object::whole(blob, content_type, now);
                let etag = quoted(&object.etag);
                contents.put(key, object);
                Ok(Done::Stored { etag })
            }
            (Step::Part, Received::File(blob)) => {
                let number = head.part_number().ok_or(Refusal::PartNumber)?;
                let etag = quoted(&hex(&blob.md5));
                let modified = now;
                contents.add_part(target, number, Part { blob, modified })?;
                Ok(Done::Stored { etag })
            }
            (Step::Join, Received::Parts(named)) => {
                let smallest = self.config.smallest_part;
                let etag = contents.join(target, &named, smallest, now)?;
                let etag = quoted(&etag);
                Ok(Done::Joined { etag })
            }
            (Step::Start, _) => {
                let upload_id = contents.start(key, content_type);
                Ok(Done::Started { upload_id })
            }
            (Step::List, _) => {
                let upload = contents.upload(target)?;
                let asked = |name| head.parameter(name)?.parse::<u32>().ok();
                let marker = asked("part-number-marker").unwrap_or(0);
                let asked = asked("max-parts").and_then(|most| usize::try_from(most).ok());
                let most = self.config.parts_per_page;
                let max_parts = asked.unwrap_or(most).clamp(1, most);
                let after = || upload.parts.range(marker.saturating_add(1)..);
                let parts = after().take(max_parts).map(|(&number, part)| Listed {
                    number,
                    modified: part.modified,
                    etag: quoted(&hex(&part.blob.md5)),
                    size: part.blob.size,
                });
                Ok(Done::Listed(Page {
                    upload_id: upload_id.to_owned(),
                    parts: parts.collect(),
                    marker,
                    max_parts,
                    is_truncated: after().nth(max_parts).is_some(),
                }))
            }
            (Step::Abort, _) => {
                contents.abort(target)?;
                Ok(Done::Aborted)
            }
            (Step::Get, _) => find(head, contents.object(key).ok_or(Refusal::NoKey)?),
            // `receive` gives each step what it needs.
            (Step::Put | Step::Part | Step::Join, _) => Err(Refusal::Internal),
        }
    }
}

/// What can be told without the body.
fn check(head: &Head, step: Step) -> Result<(), Refusal> {
    let length = head.header("content-length");
    let needs_length = matches!(head.method, Method::PUT | Method::POST);
    if needs_length && length.is_none() {
        return Err(Refusal::MissingLength);
    }
    if length.and_then(|text| text.parse().ok()) > Some(LARGEST) {
        return Err(Refusal::TooLarge);
    }
    let number = head.part_number();
    if step == Step::Part && !number.is_some_and(|number| PART_NUMBERS.contains(&number)) {
        return Err(Refusal::PartNumber);
    }
    Ok(())
}

fn find(head: &Head, object: &Object) -> Result<Done, Refusal> {
    let range = range::read(head.header("range"), object.size)?;
    let (start, end) = range.unwrap_or((0, object.size));
    let content = if head.method == Method::HEAD {
        Content::Size(end - start)
    } else {
        Content::Bytes(object.pieces(start, end).ok_or(Refusal::NotKept)?)
    };
    Ok(Done::Found(Found {
        etag: quoted(&object.etag),
        content_type: object.content_type.clone(),
        modified: httpdate::fmt_http_date(object.modified),
        range: range.map(|_| format!("bytes {start}-{}/{}", end - 1, object.size)),
        content,
    }))
}

fn quoted(etag: &str) -> String {
    format!("\"{etag}\"")
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    #[test]
    fn what_is_too_large_is_not_read() {
        for (bytes, is_ok) in [(LARGEST, true), (LARGEST + 1, false)] {
            let request = Request::put("/b/a").header("content-length", bytes);
            let (parts, ()) = request.body(()).unwrap().into_parts();
            let checked = check(&Head::new(parts, "b"), Step::Put);
            assert_eq!(checked.is_ok(), is_ok, "{bytes}: {checked:?}");
        }
    }
}
