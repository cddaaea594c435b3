//! XML as OBS writes and reads it.

use std::fmt::Write;
use std::time::SystemTime;

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::Event;
use vod_api::format_rfc3339;

use super::contents::Named;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
/// Of the region that the service says it is in.
const NAMESPACE: &str = "http://obs.cn-north-4.myhuaweicloud.com/doc/2015-06-30/";
const OWNER: &str = "vod";

/// One page of the parts of an upload.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) upload_id: String,
    pub(super) parts: Vec<Listed>,
    /// The number that the page begins after.
    pub(super) marker: u32,
    pub(super) max_parts: usize,
    pub(super) is_truncated: bool,
}

#[derive(Debug)]
pub(super) struct Listed {
    pub(super) number: u32,
    pub(super) modified: SystemTime,
    /// As it is written.
    pub(super) etag: String,
    pub(super) size: u64,
}

/// An element with elements in it.
pub(super) struct Document {
    root: &'static str,
    text: String,
}

impl Document {
    pub(super) fn new(root: &'static str) -> Self {
        let text = format!("{HEAD}<{root} xmlns=\"{NAMESPACE}\">");
        Self { root, text }
    }

    /// Errors have no namespace.
    pub(super) fn error() -> Self {
        let root = "Error";
        let text = format!("{HEAD}<{root}>");
        Self { root, text }
    }

    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.leaf(name, value);
        self
    }

    pub(super) fn finish(self) -> String {
        format!("{}</{}>", self.text, self.root)
    }

    fn leaf(&mut self, name: &str, value: &str) {
        // Writing to text does not fail.
        let _ = write!(self.text, "<{name}>{}</{name}>", escape(value));
    }
}

/// The reply that lists parts.
pub(super) fn list(bucket: &str, key: &str, page: &Page) -> String {
    let next = page.parts.last().map_or(page.marker, |part| part.number);
    let mut text = Document::new("ListPartsResult")
        .with("Bucket", bucket)
        .with("Key", key)
        .with("UploadId", &page.upload_id);
    for role in ["Initiator", "Owner"] {
        text.text += &format!("<{role}><ID>{OWNER}</ID></{role}>");
    }
    text = text
        .with("StorageClass", "STANDARD")
        .with("PartNumberMarker", &page.marker.to_string())
        .with("NextPartNumberMarker", &next.to_string())
        .with("MaxParts", &page.max_parts.to_string())
        .with("IsTruncated", &page.is_truncated.to_string());
    for part in &page.parts {
        text.text += "<Part>";
        text.leaf("PartNumber", &part.number.to_string());
        text.leaf("LastModified", &format_rfc3339(part.modified));
        text.leaf("ETag", &part.etag);
        text.leaf("Size", &part.size.to_string());
        text.text += "</Part>";
    }
    text.finish()
}

/// The parts in the body of a request that ends an upload; `None` if it is something else.
pub(super) fn read_parts(text: &str) -> Option<Vec<Named>> {
    let mut reader = Reader::from_str(text);
    let mut path = Vec::new();
    let (mut parts, mut number, mut etag) = (Vec::new(), String::new(), String::new());
    loop {
        let event = reader.read_event().ok()?;
        let text = match event {
            Event::Start(start) => {
                path.push(start.local_name().as_ref().to_owned());
                continue;
            }
            Event::End(_) => {
                if is_at(&path, &["CompleteMultipartUpload", "Part"]) {
                    parts.push(Named {
                        number: std::mem::take(&mut number).trim().parse().ok()?,
                        etag: std::mem::take(&mut etag)
                            .trim()
                            .trim_matches('"')
                            .to_owned(),
                    });
                }
                path.pop();
                continue;
            }
            Event::Text(text) => text.xml10_content().into_owned(),
            Event::GeneralRef(name) => {
                let name = name.xml10_content();
                quick_xml::escape::unescape(&format!("&{name};"))
                    .ok()?
                    .into_owned()
            }
            Event::Empty(_) | Event::CData(_) => return None,
            Event::Eof => break,
            _ => continue,
        };
        if is_at(&path, &["CompleteMultipartUpload", "Part", "PartNumber"]) {
            number += &text;
        } else if is_at(&path, &["CompleteMultipartUpload", "Part", "ETag"]) {
            etag += &text;
        } else if !text.trim().is_empty() {
            return None;
        }
    }
    path.is_empty().then_some(parts)
}

fn is_at(path: &[String], names: &[&str]) -> bool {
    path.iter().eq(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lists_of_parts() {
        struct Case {
            name: &'static str,
            parts: &'static str,
            read: Option<&'static [(u32, &'static str)]>,
        }

        let cases = [
            Case {
                name: "quotes, also escaped",
                parts: "<Part><PartNumber>1</PartNumber><ETag>\"ab\"</ETag></Part>\
                        <Part><ETag>&quot;cd&quot;</ETag><PartNumber>12</PartNumber></Part>",
                read: Some(&[(1, "ab"), (12, "cd")]),
            },
            Case {
                name: "no quotes, spaces between",
                parts: "\n <Part> <PartNumber> 1 </PartNumber><ETag>ab</ETag>\n</Part>\n",
                read: Some(&[(1, "ab")]),
            },
            Case {
                name: "no number",
                parts: "<Part><ETag>ab</ETag></Part>",
                read: None,
            },
            Case {
                name: "text beside the parts",
                parts: "x",
                read: None,
            },
            Case {
                name: "not closed",
                parts: "<Part>",
                read: None,
            },
        ];
        for Case { name, parts, read } in cases {
            let text = format!("<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>");
            let found = read_parts(&text).map(|parts| {
                let parts = parts.into_iter();
                parts
                    .map(|part| (part.number, part.etag))
                    .collect::<Vec<_>>()
            });
            let read = read.map(|parts| {
                let parts = parts.iter();
                parts
                    .map(|&(number, etag)| (number, etag.to_owned()))
                    .collect()
            });
            assert_eq!(found, read, "{name}");
        }
        assert_eq!(read_parts("garbage"), None);
    }
}
