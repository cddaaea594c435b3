//! The replies of OBS: small and flat XML. Namespaces are ignored, as they differ between the forms
//! of the URLs.

use std::fmt;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, Event};

/// Elements without children, by name, in the order in which they came.
type Leaves = Vec<(String, String)>;

/// A reply: the name of its root, the leaves below it, and those of each `Part`.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Reply {
    pub(super) root: String,
    leaves: Leaves,
    parts: Vec<Leaves>,
}

/// A part that the store has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ListedPart {
    pub(super) number: u32,
    pub(super) size: u64,
    pub(super) etag: String,
}

/// A page of the list of parts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PartList {
    pub(super) parts: Vec<ListedPart>,
    /// The number after which the next page begins, if there is one.
    pub(super) next: Option<u32>,
}

/// Why a text is not a reply of OBS.
#[derive(Debug, PartialEq)]
pub(super) enum XmlError {
    NotXml,
    /// The root of another reply.
    Root(String),
    /// An element is missing, or its value cannot be read.
    Element(&'static str),
}

impl Reply {
    pub(super) fn read(text: &str) -> Result<Self, XmlError> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        let mut reply = Self::default();
        let mut path: Vec<String> = Vec::new();
        let mut value = String::new();
        loop {
            match reader.read_event().map_err(|_| XmlError::NotXml)? {
                Event::Start(tag) => {
                    let name = tag.local_name().as_ref().to_owned();
                    match path.len() {
                        0 if reply.root.is_empty() => reply.root.clone_from(&name),
                        1 if name == "Part" => reply.parts.push(Vec::new()),
                        _ => {}
                    }
                    path.push(name);
                    value.clear();
                }
                Event::Text(text) => value.push_str(&text),
                Event::CData(text) => value.push_str(&text),
                Event::GeneralRef(entity) => value.push_str(&resolve(&entity)?),
                Event::End(_) => {
                    let leaf = path.pop().ok_or(XmlError::NotXml)?;
                    let leaf = (leaf, std::mem::take(&mut value));
                    match (path.len(), path.last().map(String::as_str)) {
                        (1, _) => reply.leaves.push(leaf),
                        (2, Some("Part")) => {
                            if let Some(part) = reply.parts.last_mut() {
                                part.push(leaf);
                            }
                        }
                        _ => {}
                    }
                }
                Event::Eof => break,
                Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Comment(_) => {}
                Event::Empty(_) => return Err(XmlError::NotXml),
            }
        }
        if reply.root.is_empty() || !path.is_empty() {
            return Err(XmlError::NotXml);
        }
        Ok(reply)
    }

    /// The value of a leaf below the root.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        find(&self.leaves, name)
    }

    /// The same for a reply whose root has to be `root`.
    pub(super) fn element(&self, root: &'static str, name: &'static str) -> Result<&str, XmlError> {
        if self.root != root {
            return Err(XmlError::Root(self.root.clone()));
        }
        self.text(name).ok_or(XmlError::Element(name))
    }

    pub(super) fn part_list(&self) -> Result<PartList, XmlError> {
        // Present even if the list is complete, so `IsTruncated` decides.
        let more = self.element("ListPartsResult", "IsTruncated")? == "true";
        let next = || number(&self.leaves, "NextPartNumberMarker");
        let parts = self.parts.iter().map(|leaves| {
            Ok(ListedPart {
                number: number(leaves, "PartNumber")?,
                size: number(leaves, "Size")?,
                etag: find(leaves, "ETag")
                    .ok_or(XmlError::Element("ETag"))?
                    .into(),
            })
        });
        Ok(PartList {
            parts: parts.collect::<Result<_, _>>()?,
            next: if more { Some(next()?) } else { None },
        })
    }
}

fn find<'a>(leaves: &'a Leaves, name: &str) -> Option<&'a str> {
    let mut leaves = leaves.iter();
    let (_, text) = leaves.find(|(leaf, _)| leaf == name)?;
    Some(text.trim())
}

fn number<T: std::str::FromStr>(leaves: &Leaves, name: &'static str) -> Result<T, XmlError> {
    let number = find(leaves, name).and_then(|text| text.parse().ok());
    number.ok_or(XmlError::Element(name))
}

fn resolve(entity: &BytesRef<'_>) -> Result<String, XmlError> {
    if let Ok(Some(character)) = entity.resolve_char_ref() {
        return Ok(character.into());
    }
    let known = resolve_predefined_entity(entity);
    known.map(str::to_owned).ok_or(XmlError::NotXml)
}

/// The body that joins parts: their numbers and ETags.
pub(super) fn join(parts: &[(u32, String)]) -> String {
    let mut xml = String::from("<CompleteMultipartUpload>");
    for (number, etag) in parts {
        let etag = quick_xml::escape::escape(etag.as_str());
        xml += &format!("<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>");
    }
    xml + "</CompleteMultipartUpload>"
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotXml => f.write_str("the reply of OBS is not XML"),
            Self::Root(name) => {
                write!(f, "the reply of OBS is a {name:?}, which was not asked for")
            }
            Self::Element(name) => write!(f, "the reply of OBS has no {name} that can be read"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_list_of_parts() {
        let xml = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<ListPartsResult xmlns="http://obs.cn-north-4.myhuaweicloud.com/doc/2015-06-30/">
  <Bucket>b</Bucket><Key>a&amp;b</Key><UploadId>U</UploadId>
  <Initiator><ID>i</ID></Initiator><IsTruncated>true</IsTruncated>
  <NextPartNumberMarker>2</NextPartNumberMarker>
  <Part><PartNumber>1</PartNumber><ETag>&quot;aa&quot;</ETag><Size>5</Size></Part>
  <Part><Size>7</Size><PartNumber>2</PartNumber><ETag>&#34;bb&#x22;</ETag></Part>
</ListPartsResult>"#;
        let reply = Reply::read(xml).unwrap();
        assert_eq!(reply.text("Key"), Some("a&b"));
        let part = |number, size, etag: &str| ListedPart {
            number,
            size,
            etag: etag.to_owned(),
        };
        assert_eq!(
            reply.part_list(),
            Ok(PartList {
                parts: vec![part(1, 5, "\"aa\""), part(2, 7, "\"bb\"")],
                next: Some(2)
            })
        );
    }

    #[test]
    fn a_list_that_is_complete_has_no_next_page() {
        let xml = "<o:ListPartsResult xmlns:o='x'><o:IsTruncated>false</o:IsTruncated>\
                   <o:NextPartNumberMarker>2</o:NextPartNumberMarker></o:ListPartsResult>";
        let list = Reply::read(xml).unwrap().part_list().unwrap();
        assert_eq!((list.parts.len(), list.next), (0, None));
    }

    #[test]
    fn says_what_is_wrong() {
        struct Case {
            name: &'static str,
            xml: &'static str,
            message: &'static str,
        }

        let cases = [
            Case {
                name: "nothing",
                xml: "",
                message: "the reply of OBS is not XML",
            },
            Case {
                name: "cut off",
                xml: "<ListPartsResult><IsTruncated>false</IsTruncated>",
                message: "the reply of OBS is not XML",
            },
            Case {
                name: "another end",
                xml: "<a></b>",
                message: "the reply of OBS is not XML",
            },
            Case {
                name: "an entity that is not defined",
                xml: "<a>&x;</a>",
                message: "the reply of OBS is not XML",
            },
            Case {
                name: "another reply",
                xml: "<Error/>",
                message: r#"the reply of OBS is a "Error", which was not asked for"#,
            },
            Case {
                name: "a size that is no number",
                xml: "<ListPartsResult><IsTruncated>false</IsTruncated>\
                      <Part><PartNumber>1</PartNumber><Size>-1</Size></Part></ListPartsResult>",
                message: "the reply of OBS has no Size that can be read",
            },
        ];
        for Case { name, xml, message } in cases {
            let read = Reply::read(xml).and_then(|reply| reply.part_list());
            assert_eq!(read.unwrap_err().to_string(), message, "{name}");
        }
    }

    #[test]
    fn escapes_etags() {
        assert_eq!(
            join(&[(1, "\"a\"".into()), (2, "<".into())]),
            "<CompleteMultipartUpload>\
             <Part><PartNumber>1</PartNumber><ETag>&quot;a&quot;</ETag></Part>\
             <Part><PartNumber>2</PartNumber><ETag>&lt;</ETag></Part>\
             </CompleteMultipartUpload>"
        );
    }
}
