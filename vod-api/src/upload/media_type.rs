//! What a file is, by its extension.

use std::path::Path;

use crate::model::{CoverType, VideoType};

/// What VOD calls a format, and the `Content-Type` that it wants for it, where that is not `video/`
/// or `audio/` and the extension.
const VIDEO: [(&str, &str); 15] = [
    ("3GP", "video/3gpp"),
    ("ASF", "video/x-ms-asf"),
    ("AVI", "video/x-msvideo"),
    ("F4V", "application/f4v"),
    ("FLV", "video/flv"),
    ("HLS", "application/octet-stream"),
    ("M4V", "video/m4v"),
    ("MKV", "video/x-matroska"),
    ("MOV", "video/quicktime"),
    ("MP4", "video/mp4"),
    ("MPEG", "video/mpeg"),
    ("MPG", "video/mpeg"),
    ("MXF", "application/mxf"),
    ("TS", "video/mp2t"),
    ("WMV", "video/x-ms-wmv"),
];

/// The `Content-Type` of subtitles.
pub(super) const SUBTITLE: &str = "application/octet-stream";

/// The extension of a file name, in capitals, as VOD writes formats; empty if there is none.
pub(super) fn extension(name: &str) -> String {
    let extension = Path::new(name).extension().unwrap_or_default();
    extension.to_string_lossy().to_ascii_uppercase()
}

/// The `Content-Type` of a media file. The docs list those of video, and say `audio/` and the
/// format for audio.
pub(super) fn content_type(format: &VideoType) -> String {
    let known = VIDEO.iter().find(|(name, _)| *name == format.as_str());
    match known {
        Some((_, content_type)) => (*content_type).to_owned(),
        None => format!("audio/{}", format.as_str().to_ascii_lowercase()),
    }
}

/// The format of a cover image by its extension.
pub(super) fn cover_type(name: &str) -> Option<CoverType> {
    match extension(name).as_str() {
        "JPG" | "JPEG" => Some(CoverType::Jpg),
        "PNG" => Some(CoverType::Png),
        _ => None,
    }
}

/// The `Content-Type` of an image. The docs say `image/` and the format.
pub(super) fn image_content_type(format: &str) -> String {
    format!("image/{}", format.to_ascii_lowercase())
}
