//! What a test sees of the contents, and does to them.

use bytes::{Bytes, BytesMut};

use super::Store;
use super::fault::{Fault, Step, StoreFault, Target};
use super::log::StoreRequest;
use crate::digest::hex;
use crate::faults::Often;
use crate::lock::lock;

/// An object in the object storage.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoredObject {
    /// Size in bytes.
    pub size: u64,
    /// MD5 hash of all bytes, in hexadecimal. Empty if it is not known: that of several parts, of
    /// which [`Keep::Digests`](crate::Keep::Digests) kept no bytes.
    pub md5: String,
    /// ETag, without quotes: the MD5 hash, or, if the object came in parts, a hash of their hashes
    /// and the number of them, as `87f450dd18b666dfcdf902ac6b162b5a-4`.
    pub etag: String,
    /// Content type that the upload had.
    pub content_type: String,
}

/// An upload in parts that is neither joined nor aborted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OpenUpload {
    /// Id of the upload.
    pub upload_id: String,
    /// The object that it is to become.
    pub key: String,
    /// The parts that are stored, by their numbers.
    pub parts: Vec<StoredPart>,
}

/// A part that is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoredPart {
    /// Number of the part.
    pub number: u32,
    /// Size in bytes.
    pub size: u64,
    /// MD5 hash, in hexadecimal.
    pub md5: String,
}

impl Store {
    pub(crate) fn object(&self, key: &str) -> Option<StoredObject> {
        let contents = lock(&self.contents);
        let object = contents.object(key)?;
        Some(StoredObject {
            size: object.size,
            md5: object.md5().map(|md5| hex(&md5)).unwrap_or_default(),
            etag: object.etag.clone(),
            content_type: object.content_type.clone(),
        })
    }

    pub(crate) fn bytes(&self, key: &str) -> Option<Bytes> {
        let contents = lock(&self.contents);
        let object = contents.object(key)?;
        let mut all = BytesMut::new();
        for mut piece in object.pieces(0, object.size)? {
            loop {
                let chunk = piece.take().ok()?;
                if chunk.is_empty() {
                    break;
                }
                all.extend_from_slice(&chunk);
            }
        }
        Some(all.freeze())
    }

    pub(crate) fn keys(&self) -> Vec<String> {
        lock(&self.contents).keys().cloned().collect()
    }

    pub(crate) fn uploads(&self) -> Vec<OpenUpload> {
        let contents = lock(&self.contents);
        let uploads = contents.uploads().map(|(upload_id, upload)| OpenUpload {
            upload_id: upload_id.clone(),
            key: upload.key.clone(),
            parts: upload
                .parts
                .iter()
                .map(|(&number, part)| StoredPart {
                    number,
                    size: part.blob.size,
                    md5: hex(&part.blob.md5),
                })
                .collect(),
        });
        uploads.collect()
    }

    pub(crate) fn requests(&self) -> Vec<StoreRequest> {
        self.log.all()
    }

    pub(crate) async fn received(&self, count: usize) {
        self.log.received(count).await;
    }

    pub(crate) fn abort(&self, upload_id: &str) {
        self.change().abort_by_id(upload_id);
    }

    pub(crate) fn remove(&self, key: &str) {
        self.change().remove(key);
    }

    pub(crate) fn fail(&self, step: Step, fault: Fault) {
        let target = Target::Step(step);
        self.faults
            .push(StoreFault::new(target, fault), Often::ONCE);
    }

    pub(crate) fn fail_part(&self, number: u32, fault: Fault) {
        let target = Target::Part(number);
        self.faults
            .push(StoreFault::new(target, fault), Often::ONCE);
    }
}
