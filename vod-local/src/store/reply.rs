//! Replies of the object storage.

use crate::body::{Body, Piece};
use crate::reply::Answer;

use super::BUCKET;
use super::fault::Kind;
use super::head::Head;
use super::refusal::Refusal;
use super::xml::{self, Document, Page};

/// What a request came to.
#[derive(Debug)]
pub(super) enum Done {
    Stored { etag: String },
    Started { upload_id: String },
    Listed(Page),
    Joined { etag: String },
    Aborted,
    Found(Found),
}

/// An object, or a range of it.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) etag: String,
    pub(super) content_type: String,
    pub(super) modified: String,
    /// The range and the size of the whole.
    pub(super) range: Option<String>,
    pub(super) content: Content,
}

#[derive(Debug)]
pub(super) enum Content {
    Bytes(Vec<Piece>),
    /// For `HEAD`.
    Size(u64),
}

impl Done {
    /// Has the reply carry another ETag, if the fault is one of those.
    pub(super) fn change_etag(&mut self, fault: &Kind) {
        let etags: Vec<&mut String> = match self {
            Self::Stored { etag } | Self::Joined { etag } => vec![etag],
            Self::Found(found) => vec![&mut found.etag],
            Self::Listed(page) => page.parts.iter_mut().map(|part| &mut part.etag).collect(),
            Self::Started { .. } | Self::Aborted => Vec::new(),
        };
        for etag in etags {
            match fault {
                Kind::Etag(text) => etag.clone_from(text),
                Kind::WeakEtag => etag.insert_str(0, "W/"),
                _ => {}
            }
        }
    }

    pub(super) fn answer(self, head: &Head, request_id: &str) -> Answer {
        let key = &head.key;
        match self {
            Self::Stored { etag } => plain(200, request_id, vec![("ETag", etag)]),
            Self::Aborted => plain(204, request_id, Vec::new()),
            Self::Found(found) => found.answer(request_id),
            Self::Listed(page) => document(200, request_id, xml::list(BUCKET, key, &page)),
            Self::Started { upload_id } => {
                let text = Document::new("InitiateMultipartUploadResult")
                    .with("Bucket", BUCKET)
                    .with("Key", key)
                    .with("UploadId", &upload_id);
                document(200, request_id, text.finish())
            }
            Self::Joined { etag } => {
                let host = head.header("host").unwrap_or_default();
                let text = Document::new("CompleteMultipartUploadResult")
                    .with("Location", &format!("http://{host}/{BUCKET}/{key}"))
                    .with("Bucket", BUCKET)
                    .with("Key", key)
                    .with("ETag", &etag);
                document(200, request_id, text.finish())
            }
        }
    }
}

impl Found {
    fn answer(self, request_id: &str) -> Answer {
        let mut headers = vec![
            ("ETag", self.etag),
            ("Content-Type", self.content_type),
            ("Last-Modified", self.modified),
            ("Accept-Ranges", "bytes".to_owned()),
        ];
        let status = if self.range.is_some() { 206 } else { 200 };
        headers.extend(self.range.map(|range| ("Content-Range", range)));
        let mut answer = plain(status, request_id, headers);
        answer.body = match self.content {
            Content::Bytes(pieces) => Body {
                pieces: pieces.into(),
                ..Body::default()
            },
            // It is not sent, and says how long the body would be.
            Content::Size(padding) => Body {
                padding,
                ..Body::default()
            },
        };
        answer
    }
}

/// The reply that says no.
pub(super) fn refuse(refusal: &Refusal, head: &Head, request_id: &str) -> Answer {
    let text = Document::error()
        .with("Code", refusal.code())
        .with("Message", refusal.message())
        .with("Resource", &format!("/{BUCKET}/{}", head.key))
        .with("RequestId", request_id)
        .with("HostId", HOST_ID);
    document(refusal.status(), request_id, text.finish())
}

/// The reply to a browser that asks whether it may send a request from a page of another site.
pub(super) fn preflight(request_id: &str) -> Answer {
    let headers = [
        (
            "Access-Control-Allow-Methods",
            "GET, HEAD, PUT, POST, DELETE",
        ),
        ("Access-Control-Allow-Headers", "*"),
        ("Access-Control-Max-Age", "100"),
    ];
    let headers = headers.map(|(name, value)| (name, value.to_owned()));
    plain(200, request_id, headers.into())
}

const HOST_ID: &str = "vod-local";

fn document(status: u16, request_id: &str, text: String) -> Answer {
    let headers = vec![("Content-Type", "application/xml".to_owned())];
    let mut answer = plain(status, request_id, headers);
    answer.body.start = text.into();
    answer
}

/// A reply without a body.
fn plain(status: u16, request_id: &str, headers: Vec<(&str, String)>) -> Answer {
    let own = [
        ("x-obs-request-id", request_id),
        ("x-obs-id-2", HOST_ID),
        ("Server", "OBS"),
        ("Access-Control-Allow-Origin", "*"),
        (
            "Access-Control-Expose-Headers",
            "ETag, x-obs-request-id, x-obs-id-2",
        ),
    ];
    let own = own.map(|(name, value)| (name, value.to_owned()));
    let headers = headers.into_iter().chain(own);
    Answer {
        status,
        headers: headers
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        body: Body::default(),
    }
}
