//! Where a file is fetched from.

use vod_api::model::{PublishAssetFromObsRequest, UploadMetaDataByUrlRequest};
use vod_api::operation::Operation;

use crate::commands::values_of;
use crate::exit::Failure;

/// A file elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) from: From,
}

/// Where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum From {
    /// At an address, which can hold a secret.
    Web(String),
    /// In a bucket of OBS.
    Obs { bucket: String, key: String },
}

/// The longest title, in bytes.
const LONGEST_TITLE: usize = 128;

impl Source {
    /// Reads an argument.
    ///
    /// # Errors
    ///
    /// What it looks like, for the message about another text.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        const FORM: &str = "it is https://…, http://… or obs://BUCKET/KEY";
        let from = match text.split_once("://") {
            Some(("http" | "https", rest)) if !rest.is_empty() => From::Web(text.to_owned()),
            Some(("obs", rest)) => match rest.split_once('/') {
                Some((bucket, key)) if !bucket.is_empty() && !key.is_empty() => From::Obs {
                    bucket: bucket.to_owned(),
                    key: key.to_owned(),
                },
                _ => return Err(FORM.to_owned()),
            },
            _ => return Err(FORM.to_owned()),
        };
        Ok(Self { from })
    }

    /// What it is called, without the parts of an address that can be secret.
    pub(super) fn name(&self) -> String {
        match &self.from {
            From::Web(url) => {
                let (scheme, rest) = url.split_once("://").unwrap_or_default();
                let rest = path(rest);
                let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
                let host = host.rsplit('@').next().unwrap_or_default();
                format!("{scheme}://{host}/{path}")
            }
            From::Obs { bucket, key } => format!("obs://{bucket}/{key}"),
        }
    }

    /// The format of the file by its extension, as the service writes it.
    pub(super) fn format(&self) -> String {
        match self.file().rsplit_once('.') {
            Some((_, extension)) => extension.to_ascii_uppercase(),
            None => String::new(),
        }
    }

    /// The name of the file without its extension, cut to what a title can have.
    pub(super) fn title(&self) -> String {
        let file = self.file();
        let stem = file
            .rsplit_once('.')
            .map_or(file.as_str(), |(stem, _)| stem);
        let mut title = String::new();
        for letter in stem.chars() {
            if title.len() + letter.len_utf8() > LONGEST_TITLE {
                break;
            }
            title.push(letter);
        }
        title
    }

    /// Refuses a format that the service does not fetch.
    pub(super) fn check_format(&self) -> Result<(), Failure> {
        let taken = match &self.from {
            From::Web(_) => values_of(
                UploadMetaDataByUrlRequest::META,
                "upload_metadatas.video_type",
            ),
            From::Obs { .. } => values_of(PublishAssetFromObsRequest::META, "video_type"),
        };
        let format = self.format();
        if taken.contains(&format.as_str()) {
            return Ok(());
        }
        let name = self.name();
        let message = match format.as_str() {
            "" => format!("{name} has no extension that tells its format"),
            format => format!("{name} has the format {format}, which the service does not fetch"),
        };
        Err(Failure::usage_with(
            message,
            format!("it takes {}", taken.join(", ")),
        ))
    }

    /// The name of the file.
    fn file(&self) -> String {
        match &self.from {
            From::Web(url) => decoded(path(url).rsplit('/').next().unwrap_or_default()),
            From::Obs { key, .. } => key.rsplit('/').next().unwrap_or_default().to_owned(),
        }
    }
}

/// An address without query and fragment.
fn path(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}

/// A text with what is escaped in it as it is meant, or as it is if that is no text.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let escaped = match after {
            [high, low, ..] if *first == b'%' => hex(*high).zip(hex(*low)),
            _ => None,
        };
        match escaped {
            Some((high, low)) => {
                bytes.push(high * 16 + low);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex(digit: u8) -> Option<u8> {
    let digit = char::from(digit).to_digit(16)?;
    u8::try_from(digit).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_have_names_formats_and_titles() {
        struct Case {
            text: &'static str,
            name: &'static str,
            format: &'static str,
            title: &'static str,
        }
        let cases = [
            Case {
                text: "https://u:p@media.example.com/a/My%20talk.mp4?sign=secret#t",
                name: "https://media.example.com/a/My%20talk.mp4",
                format: "MP4",
                title: "My talk",
            },
            Case {
                text: "obs://bucket/talks/rust.mov",
                name: "obs://bucket/talks/rust.mov",
                format: "MOV",
                title: "rust",
            },
            Case {
                text: "https://media.example.com/%E8%A7%86.ts",
                name: "https://media.example.com/%E8%A7%86.ts",
                format: "TS",
                title: "视",
            },
            Case {
                text: "http://media.example.com",
                name: "http://media.example.com/",
                format: "COM",
                title: "media.example",
            },
        ];
        for case in cases {
            let source = Source::parse(case.text).unwrap();
            let found = (source.name(), source.format(), source.title());
            let expected = (case.name, case.format, case.title);
            assert_eq!((&*found.0, &*found.1, &*found.2), expected, "{}", case.text);
        }
        for text in [
            "",
            "holidays.mp4",
            "ftp://x/y.mp4",
            "obs://bucket",
            "obs:///key",
        ] {
            assert!(Source::parse(text).is_err(), "{text}");
        }
    }
}
