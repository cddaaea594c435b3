//! The steps of an upload, and what each sends to the store.

use std::fmt;

use bytes::Bytes;
use http::Method;

use crate::upload::hash::Md5;
use crate::upload::input::Hashed;

/// A request to the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A file in one piece: which one, for messages.
    Put(&'static str),
    /// Starts an upload in parts.
    Start,
    /// One part, by its number.
    Part(u32),
    /// Lists the parts that are there.
    List,
    /// Joins the parts.
    Join,
    /// Drops the parts.
    Abort,
}

/// Which `Content-Type` goes with a part and with the join. It is part of what their URLs sign, and
/// the docs do not say which one that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeaderSet {
    /// What the vendor's own clients send, whatever was asked of `ShowAssetTempAuthority`.
    Vendor,
    /// None, as none was asked for.
    AsAsked,
}

/// What is sent.
#[derive(Clone)]
pub(super) struct Payload {
    pub(super) step: Step,
    /// For a step that has the same one in both sets of headers.
    pub(super) content_type: Option<String>,
    pub(super) md5: Option<Md5>,
    pub(super) data: Bytes,
    /// For a page of the list: the number of the part that it begins after.
    pub(super) after: Option<u32>,
}

impl Step {
    pub(super) fn method(self) -> Method {
        match self {
            Self::Put(_) | Self::Part(_) => Method::PUT,
            Self::Start | Self::Join => Method::POST,
            Self::List => Method::GET,
            Self::Abort => Method::DELETE,
        }
    }
}

impl HeaderSet {
    pub(super) fn other(self) -> Self {
        match self {
            Self::Vendor => Self::AsAsked,
            Self::AsAsked => Self::Vendor,
        }
    }
}

impl Payload {
    /// A request without a body.
    pub(super) fn empty(step: Step) -> Self {
        Self {
            step,
            content_type: None,
            md5: None,
            data: Bytes::new(),
            after: None,
        }
    }

    /// A file in one piece.
    pub(super) fn whole(name: &'static str, content_type: String, file: Hashed) -> Self {
        Self {
            content_type: Some(content_type),
            md5: Some(file.md5),
            data: file.data,
            ..Self::empty(Step::Put(name))
        }
    }

    /// Whether the two sets of headers are not the same for it.
    pub(super) fn differs(&self) -> bool {
        self.content_type(HeaderSet::Vendor) != self.content_type(HeaderSet::AsAsked)
    }

    pub(super) fn content_type(&self, set: HeaderSet) -> Option<&str> {
        match (self.step, set) {
            (Step::Part(_), HeaderSet::Vendor) => Some("application/octet-stream"),
            (Step::Join, HeaderSet::Vendor) => Some("application/xml"),
            _ => self.content_type.as_deref(),
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Put(file) => return write!(f, "sending the {file}"),
            Self::Start => "starting the upload in parts",
            Self::Part(number) => return write!(f, "sending part {number}"),
            Self::List => "listing the parts",
            Self::Join => "joining the parts",
            Self::Abort => "dropping the parts",
        })
    }
}
