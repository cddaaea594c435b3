//! Objects, and uploads in parts that are not finished.

use std::collections::BTreeMap;
use std::time::SystemTime;

use md5::{Digest, Md5};

use super::blob::{Blob, HEAD};
use super::refusal::Refusal;
use crate::body::Piece;
use crate::digest::{hex, id, md5};

#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) objects: BTreeMap<String, Object>,
    pub(super) uploads: BTreeMap<String, Upload>,
    /// How many uploads were started.
    pub(super) started: u64,
}

#[derive(Debug)]
pub(super) struct Object {
    /// One, or the parts it was made of.
    pub(super) blobs: Vec<Blob>,
    pub(super) size: u64,
    /// Without quotes.
    pub(super) etag: String,
    pub(super) content_type: String,
    pub(super) modified: SystemTime,
}

#[derive(Debug)]
pub(super) struct Upload {
    pub(super) key: String,
    pub(super) content_type: String,
    pub(super) parts: BTreeMap<u32, Part>,
}

#[derive(Debug)]
pub(super) struct Part {
    pub(super) blob: Blob,
    pub(super) modified: SystemTime,
}

/// What a request says of the upload that it is for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target<'a> {
    pub(super) key: &'a str,
    pub(super) upload_id: &'a str,
}

/// A part, as the end of an upload names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) number: u32,
    /// Without quotes.
    pub(super) etag: String,
}

impl Object {
    pub(super) fn whole(blob: Blob, content_type: Option<&str>, modified: SystemTime) -> Self {
        Self {
            size: blob.size,
            etag: hex(&blob.md5),
            content_type: content_type_of(content_type),
            blobs: vec![blob],
            modified,
        }
    }

    fn joined(blobs: Vec<Blob>, content_type: String, modified: SystemTime) -> Self {
        Self {
            size: blobs.iter().map(|blob| blob.size).sum(),
            etag: joined_etag(blobs.iter().map(|blob| blob.md5)),
            content_type,
            blobs,
            modified,
        }
    }

    /// The bytes from `start` to `end`; `None` if they were not kept.
    pub(super) fn pieces(&self, start: u64, end: u64) -> Option<Vec<Piece>> {
        let mut pieces = Vec::new();
        let mut offset = 0;
        for blob in &self.blobs {
            let after = offset + blob.size;
            let (from, to) = (start.max(offset), end.min(after));
            if from < to {
                pieces.push(blob.piece(from - offset, to - offset)?);
            }
            offset = after;
        }
        Some(pieces)
    }

    /// The hash of all bytes; `None` if they would have to be there, and are not.
    pub(super) fn md5(&self) -> Option<[u8; 16]> {
        if let [blob] = self.blobs.as_slice() {
            return Some(blob.md5);
        }
        let mut hash = Md5::new();
        for mut piece in self.pieces(0, self.size)? {
            loop {
                let chunk = piece.take().ok()?;
                if chunk.is_empty() {
                    break;
                }
                hash.update(&chunk);
            }
        }
        Some(hash.finalize().into())
    }

    /// The hash of the first bytes, by which `CheckMd5Duplication` finds files.
    pub(super) fn head_md5(&self) -> [u8; 16] {
        let heads = self.blobs.iter().flat_map(|blob| &blob.head);
        md5(&heads.copied().take(HEAD).collect::<Vec<_>>())
    }
}

impl Contents {
    pub(super) fn object(&self, key: &str) -> Option<&Object> {
        self.objects.get(key)
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &String> {
        self.objects.keys()
    }

    pub(super) fn uploads(&self) -> impl Iterator<Item = (&String, &Upload)> {
        self.uploads.iter()
    }

    pub(super) fn put(&mut self, key: &str, object: Object) {
        self.objects.insert(key.to_owned(), object);
    }

    pub(super) fn remove(&mut self, key: &str) {
        self.objects.remove(key);
    }

    /// Starts an upload and gives its id.
    pub(super) fn start(&mut self, key: &str, content_type: Option<&str>) -> String {
        self.started += 1;
        // They sort by their age, as those of OBS do.
        let random = id("upload", self.started);
        let upload_id = format!("{:016X}{}", self.started, random[16..].to_uppercase());
        let upload = Upload {
            key: key.to_owned(),
            content_type: content_type_of(content_type),
            parts: BTreeMap::new(),
        };
        self.uploads.insert(upload_id.clone(), upload);
        upload_id
    }

    pub(super) fn upload(&self, target: Target<'_>) -> Result<&Upload, Refusal> {
        let upload = self.uploads.get(target.upload_id);
        upload
            .filter(|upload| upload.key == target.key)
            .ok_or(Refusal::NoUpload)
    }

    pub(super) fn add_part(
        &mut self,
        target: Target<'_>,
        number: u32,
        part: Part,
    ) -> Result<(), Refusal> {
        self.upload(target)?;
        let upload = self.uploads.get_mut(target.upload_id);
        upload.ok_or(Refusal::NoUpload)?.parts.insert(number, part);
        Ok(())
    }

    /// Makes an object of the parts that are named, and gives its ETag. The other parts are gone.
    pub(super) fn join(
        &mut self,
        target: Target<'_>,
        named: &[Named],
        smallest: u64,
        now: SystemTime,
    ) -> Result<String, Refusal> {
        check_join(&self.upload(target)?.parts, named, smallest)?;
        let upload = self.uploads.remove(target.upload_id);
        let mut upload = upload.ok_or(Refusal::NoUpload)?;
        let blobs = named.iter().filter_map(|named| {
            let part = upload.parts.remove(&named.number)?;
            Some(part.blob)
        });
        let object = Object::joined(blobs.collect(), upload.content_type, now);
        let etag = object.etag.clone();
        self.objects.insert(upload.key, object);
        Ok(etag)
    }

    pub(super) fn abort(&mut self, target: Target<'_>) -> Result<(), Refusal> {
        self.upload(target)?;
        self.uploads.remove(target.upload_id);
        Ok(())
    }

    pub(super) fn abort_by_id(&mut self, upload_id: &str) {
        self.uploads.remove(upload_id);
    }

    /// Deletes all objects and uploads whose keys begin with this.
    pub(super) fn clear(&mut self, prefix: &str) {
        self.objects.retain(|key, _| !key.starts_with(prefix));
        self.uploads
            .retain(|_, upload| !upload.key.starts_with(prefix));
    }

    /// Aborts all uploads of an object.
    pub(super) fn abort_all(&mut self, key: &str) {
        self.uploads.retain(|_, upload| upload.key != key);
    }
}

fn check_join(parts: &BTreeMap<u32, Part>, named: &[Named], smallest: u64) -> Result<(), Refusal> {
    if named.is_empty() {
        return Err(Refusal::MalformedXml);
    }
    if named
        .windows(2)
        .any(|pair| pair[0].number >= pair[1].number)
    {
        return Err(Refusal::PartOrder);
    }
    for (index, Named { number, etag }) in named.iter().enumerate() {
        let blob = &parts.get(number).ok_or(Refusal::InvalidPart)?.blob;
        if *etag != hex(&blob.md5) {
            return Err(Refusal::InvalidPart);
        }
        if blob.size < smallest && index + 1 < named.len() {
            return Err(Refusal::PartTooSmall);
        }
    }
    Ok(())
}

/// The ETag of an object made of parts with these hashes.
fn joined_etag(parts: impl ExactSizeIterator<Item = [u8; 16]>) -> String {
    let count = parts.len();
    let hashes: Vec<_> = parts.flatten().collect();
    format!("{}-{count}", hex(&md5(&hashes)))
}

/// As OBS stores it: objects always have one.
fn content_type_of(sent: Option<&str>) -> String {
    sent.unwrap_or("binary/octet-stream").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_etags_are_those_of_obs() {
        // The example in the docs of VOD.
        let parts = [
            0x8476_57b6_08d8_2f67_e62e_9bbe_c90f_9782_u128,
            0x9a6a_36ed_9086_a3a2_fea1_3022_0e1e_809c,
            0x3a3a_fe55_2832_bee0_faf0_81c1_e720_067e,
            0x6335_af85_9c20_ccef_26b2_7ea6_91e7_ecf7,
        ];
        let etag = joined_etag(parts.into_iter().map(u128::to_be_bytes));
        assert_eq!(etag, "87f450dd18b666dfcdf902ac6b162b5a-4");
    }
}
