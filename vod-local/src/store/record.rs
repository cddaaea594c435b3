//! The contents as JSON, without the bytes: what a saved state has of them.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use super::Store;
use super::blob::Blob;
use super::contents::{Contents, Object, Part, Upload};
use super::folder::Folder;
use crate::data::{Data, Misread, data};
use crate::digest::{hex, unhex};
use crate::lock::lock;

data! {
    struct ContentsRecord {
        started: u64,
        objects: BTreeMap<String, ObjectRecord>,
        uploads: BTreeMap<String, UploadRecord>,
    }
}

data! {
    struct ObjectRecord {
        blobs: Vec<BlobRecord>,
        etag: String,
        content_type: String,
        /// In milliseconds since 1970.
        modified: u64,
    }
}

data! {
    struct UploadRecord {
        key: String,
        content_type: String,
        parts: Vec<PartRecord>,
    }
}

data! {
    struct PartRecord {
        number: u32,
        blob: BlobRecord,
        modified: u64,
    }
}

data! {
    struct BlobRecord {
        file: String,
        size: u64,
        md5: String,
    }
}

impl Store {
    /// How often the contents changed.
    pub(crate) fn changes(&self) -> u64 {
        self.changes.load(Ordering::Relaxed)
    }

    /// What is there, as JSON.
    pub(crate) fn record(&self) -> Value {
        let contents = lock(&self.contents);
        let objects = contents.objects.iter();
        let uploads = contents.uploads.iter();
        let record = ContentsRecord {
            started: contents.started,
            objects: objects
                .map(|(key, object)| (key.clone(), object.record()))
                .collect(),
            uploads: uploads
                .map(|(id, upload)| (id.clone(), upload.record()))
                .collect(),
        };
        record.write()
    }

    /// Takes over what an earlier process had, and deletes all other files of the folder.
    pub(crate) fn restore(&self, record: Value) -> Result<(), RestoreError> {
        let Some(folder) = &self.config.folder else {
            return Ok(());
        };
        let record = ContentsRecord::read(record).map_err(RestoreError::Misread)?;
        let contents = Contents::of(record, folder).map_err(RestoreError::File)?;
        let names = contents.blobs().filter_map(Blob::file_name);
        let names: BTreeSet<_> = names.map(str::to_owned).collect();
        folder.keep_only(&names).map_err(RestoreError::File)?;
        *lock(&self.contents) = contents;
        Ok(())
    }
}

/// Why contents cannot be restored.
#[derive(Debug)]
pub(crate) enum RestoreError {
    Misread(Misread),
    File(io::Error),
}

impl Contents {
    fn of(record: ContentsRecord, folder: &Folder) -> io::Result<Self> {
        let mut contents = Self {
            started: record.started,
            ..Self::default()
        };
        for (key, object) in record.objects {
            let blobs = object.blobs.into_iter().map(|blob| blob.open(folder));
            let object = Object {
                blobs: blobs.collect::<io::Result<_>>()?,
                size: 0,
                etag: object.etag,
                content_type: object.content_type,
                modified: time(object.modified),
            };
            let size = object.blobs.iter().map(|blob| blob.size).sum();
            contents.objects.insert(key, Object { size, ..object });
        }
        for (id, upload) in record.uploads {
            let parts = upload.parts.into_iter().map(|part| {
                let blob = part.blob.open(folder)?;
                let modified = time(part.modified);
                Ok((part.number, Part { blob, modified }))
            });
            let upload = Upload {
                key: upload.key,
                content_type: upload.content_type,
                parts: parts.collect::<io::Result<_>>()?,
            };
            contents.uploads.insert(id, upload);
        }
        Ok(contents)
    }

    fn blobs(&self) -> impl Iterator<Item = &Blob> {
        let of_objects = self.objects.values().flat_map(|object| &object.blobs);
        let parts = self
            .uploads
            .values()
            .flat_map(|upload| upload.parts.values());
        of_objects.chain(parts.map(|part| &part.blob))
    }
}

impl Object {
    fn record(&self) -> ObjectRecord {
        ObjectRecord {
            blobs: self.blobs.iter().map(BlobRecord::of).collect(),
            etag: self.etag.clone(),
            content_type: self.content_type.clone(),
            modified: millis(self.modified),
        }
    }
}

impl Upload {
    fn record(&self) -> UploadRecord {
        let parts = self.parts.iter().map(|(&number, part)| PartRecord {
            number,
            blob: BlobRecord::of(&part.blob),
            modified: millis(part.modified),
        });
        UploadRecord {
            key: self.key.clone(),
            content_type: self.content_type.clone(),
            parts: parts.collect(),
        }
    }
}

impl BlobRecord {
    fn of(blob: &Blob) -> Self {
        Self {
            file: blob.file_name().unwrap_or_default().to_owned(),
            size: blob.size,
            md5: hex(&blob.md5),
        }
    }

    fn open(self, folder: &Folder) -> io::Result<Blob> {
        let md5 = unhex(&self.md5).unwrap_or_default();
        // Names that are none of ours could lead elsewhere.
        if self.file.is_empty() || !self.file.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let message = format!("{:?} is not the name of a file of objects", self.file);
            return Err(io::Error::other(message));
        }
        let name = self.file.clone();
        let blob = Blob::of_file(folder.file(self.file), self.size, md5);
        blob.map_err(|error| io::Error::new(error.kind(), format!("objects/{name}: {error}")))
    }
}

fn millis(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

fn time(millis: u64) -> SystemTime {
    let since = Duration::from_millis(millis);
    UNIX_EPOCH.checked_add(since).unwrap_or(UNIX_EPOCH)
}
