//! Content types of files, by their format.

/// Of a media file; the URL for it is signed with this type.
pub(crate) fn media_type(format: &str) -> String {
    let known = match format {
        "MP4" => "video/mp4",
        "MOV" => "video/quicktime",
        "MXF" => "application/mxf",
        "TS" => "video/mp2t",
        "MPG" | "MPEG" => "video/mpeg",
        "FLV" => "video/flv",
        "WMV" => "video/x-ms-wmv",
        "AVI" => "video/x-msvideo",
        "M4V" => "video/m4v",
        "F4V" => "application/f4v",
        "3GP" => "video/3gpp",
        "ASF" => "video/x-ms-asf",
        "MKV" => "video/x-matroska",
        "WEBM" => "video/webm",
        "AAC" | "AC3" | "AMR" | "APE" | "FLAC" | "M4A" | "M4R" | "MMF" | "MP2" | "MP3" | "OGG"
        | "WAV" | "WMA" | "WV" => return format!("audio/{}", extension(format)),
        // The docs say it of M3U8. For what they do not name it is a guess.
        _ => "application/octet-stream",
    };
    known.to_owned()
}

/// Of a cover or watermark.
pub(crate) fn image_type(format: &str) -> String {
    format!("image/{}", extension(format))
}

pub(crate) const SUBTITLE_TYPE: &str = "application/octet-stream";

/// Of the name of an object.
pub(crate) fn extension(format: &str) -> String {
    format.to_lowercase()
}

/// Whether files of a format are audio, which is not transcoded.
pub(crate) fn is_audio(format: &str) -> bool {
    media_type(format).starts_with("audio/")
}
