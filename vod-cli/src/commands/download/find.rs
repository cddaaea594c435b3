//! Which file of a media asset is meant, and where it is.

use std::path::Path;

use serde_json::Value;
use vod_api::Client;

use crate::commands::asset;
use crate::commands::url::{Choice, Seal, no_output, quality};
use crate::exit::{Exit, Failure};
use crate::fetch::Etag;

/// Outputs that are one file.
const FILES: [&str; 3] = ["MP4", "MP3", "AAC"];

/// Finds files of media assets.
pub(super) struct Finder<'a> {
    pub(super) client: &'a Client,
    pub(super) choice: &'a Choice,
    pub(super) seal: &'a Seal,
}

/// A file of a media asset.
pub(super) struct Found {
    pub(super) name: String,
    pub(super) url: String,
    pub(super) etag: Etag,
}

impl Finder<'_> {
    /// The file of a media asset that is meant, with a URL that is new.
    pub(super) async fn find(&self, id: &str) -> Result<Found, Failure> {
        let parts = ["base_info", "transcode_info"];
        let detail = asset::detail(self.client, id, &parts).await?;
        let name = detail.pointer("/base_info/video_name");
        let name = file_name(name.and_then(Value::as_str).unwrap_or_default());
        let name = name.unwrap_or(id).to_owned();
        if self.choice.is_any() {
            self.source(&detail, name)
        } else {
            self.output(&detail, &name).await
        }
    }

    fn source(&self, detail: &Value, name: String) -> Result<Found, Failure> {
        let info = &detail["base_info"];
        let (url, etag) = match (
            asset::text(info, "sign_url"),
            asset::text(info, "video_url"),
        ) {
            ("", "") => {
                let why = "there is no source file: it is not uploaded yet, or was deleted";
                return Err(Failure::other(Exit::NotFound, why));
            }
            ("", url) => (self.seal.sign(url)?, Etag::Unknown),
            (url, _) => (url.to_owned(), Etag::OfObject),
        };
        Ok(Found { name, url, etag })
    }

    async fn output(&self, detail: &Value, name: &str) -> Result<Found, Failure> {
        let is_file = |output: &&Value| {
            let play_type = asset::text(output, "play_type");
            FILES.iter().any(|it| it.eq_ignore_ascii_case(play_type))
        };
        let outputs: Vec<_> = self.choice.of(detail).collect();
        let mut files = outputs.iter().copied().filter(is_file);
        let output = match (files.next(), files.next()) {
            (Some(output), None) => output,
            (Some(_), Some(_)) => {
                return Err(Failure::usage_with(
                    "there are several such outputs",
                    "name one by --type and --quality; `vod url` has their URLs",
                ));
            }
            (None, _) if outputs.is_empty() => {
                return Err(no_output(self.client, detail, self.choice).await);
            }
            (None, _) => {
                return Err(Failure::usage_with(
                    "HLS and DASH are many files, which players fetch one by one",
                    "`vod url` has their URLs; --type mp4 is one file, and without --type it is the source",
                ));
            }
        };
        let stem = Path::new(name).file_stem();
        let stem = stem.and_then(|it| it.to_str()).unwrap_or(name);
        let ending = asset::text(output, "play_type").to_ascii_lowercase();
        let name = match quality(output) {
            "" => format!("{stem}.{ending}"),
            quality => format!("{stem}_{quality}.{ending}"),
        };
        Ok(Found {
            name,
            url: self.seal.sign(asset::text(output, "url"))?,
            etag: Etag::Unknown,
        })
    }
}

/// The last part of a name that somebody gave to a file, if it can be one here: it must not lead
/// elsewhere.
fn file_name(name: &str) -> Option<&str> {
    let last = name.rsplit(['/', '\\']).next()?.trim();
    let is_usable = !matches!(last, "" | "." | "..") && !last.chars().any(char::is_control);
    is_usable.then_some(last)
}
