//! Why the object storage refuses a request, as OBS says it.

/// An error reply. Statuses and codes are those of the docs of OBS; where the docs are silent, the
/// variant says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    NotSigned,
    /// The docs do not say which code it is; this one is a guess.
    Expired,
    UnknownAccessKey,
    WrongSignature,
    /// A request that is signed in its URL and its header. The code is a guess.
    SignedTwice,
    UnknownStep,
    MissingLength,
    TooLarge,
    PartNumber,
    InvalidDigest,
    WrongDigest,
    NoUpload,
    NoKey,
    MalformedXml,
    InvalidPart,
    PartOrder,
    PartTooSmall,
    InvalidRange,
    /// Not of OBS: the bytes were not kept.
    NotKept,
    Internal,
    /// As a test asked for.
    Told {
        status: u16,
        code: String,
    },
}

impl Refusal {
    pub(super) fn status(&self) -> u16 {
        match self {
            Self::SignedTwice
            | Self::TooLarge
            | Self::PartNumber
            | Self::InvalidDigest
            | Self::WrongDigest
            | Self::MalformedXml
            | Self::InvalidPart
            | Self::PartOrder
            | Self::PartTooSmall => 400,
            Self::NotSigned | Self::Expired | Self::UnknownAccessKey | Self::WrongSignature => 403,
            Self::NoUpload | Self::NoKey => 404,
            Self::UnknownStep => 405,
            Self::MissingLength => 411,
            Self::InvalidRange => 416,
            Self::Internal => 500,
            Self::NotKept => 501,
            Self::Told { status, .. } => *status,
        }
    }

    pub(super) fn code(&self) -> &str {
        match self {
            Self::NotSigned | Self::Expired => "AccessDenied",
            Self::UnknownAccessKey => "InvalidAccessKeyId",
            Self::WrongSignature => "SignatureDoesNotMatch",
            Self::SignedTwice | Self::PartNumber => "InvalidArgument",
            Self::UnknownStep => "MethodNotAllowed",
            Self::MissingLength => "MissingContentLength",
            Self::TooLarge => "EntityTooLarge",
            Self::InvalidDigest => "InvalidDigest",
            Self::WrongDigest => "BadDigest",
            Self::NoUpload => "NoSuchUpload",
            Self::NoKey => "NoSuchKey",
            Self::MalformedXml => "MalformedXML",
            Self::InvalidPart => "InvalidPart",
            Self::PartOrder => "InvalidPartOrder",
            Self::PartTooSmall => "EntityTooSmall",
            Self::InvalidRange => "InvalidRange",
            Self::NotKept => "NotImplemented",
            Self::Internal => "InternalError",
            Self::Told { code, .. } => code,
        }
    }

    pub(super) fn message(&self) -> &'static str {
        match self {
            Self::NotSigned => "The URL is not signed.",
            Self::Expired => "Request has expired.",
            Self::UnknownAccessKey => "The access key id does not exist.",
            Self::WrongSignature => {
                "The signature does not fit the method, the object, Content-MD5, Content-Type and \
                 the parameters of the request."
            }
            Self::SignedTwice => "Only one way of signing is allowed.",
            Self::UnknownStep => "The method is not allowed here.",
            Self::MissingLength => "The request needs a Content-Length.",
            Self::TooLarge => "The body is larger than 5 GB.",
            Self::PartNumber => "Part number must be an integer between 1 and 10000.",
            Self::InvalidDigest => "Content-MD5 is not the Base64 of 16 bytes.",
            Self::WrongDigest => "Content-MD5 is not that of the body.",
            Self::NoUpload => "The upload does not exist: it was aborted or completed.",
            Self::NoKey => "The object does not exist.",
            Self::MalformedXml => "The body is not a list of parts.",
            Self::InvalidPart => "A part does not exist, or has another ETag.",
            Self::PartOrder => "The parts are not in ascending order.",
            Self::PartTooSmall => "A part that is not the last is too small.",
            Self::InvalidRange => "The range is outside of the object.",
            Self::NotKept => "The bytes of objects are not kept.",
            Self::Internal => "The bytes could not be kept.",
            Self::Told { .. } => "The test asked for this error.",
        }
    }
}
