//! What all operations share.

use super::Field;
use crate::source::Spanned;

/// What all operations share.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// Short name, such as `VOD`.
    pub name: String,
    /// Full name.
    pub title: String,
    /// Address, with `{region}` in it.
    pub endpoint: String,
    /// Region ids and their names.
    pub regions: Vec<(Spanned<String>, String)>,
    /// What the project id is. It is a path parameter that the client fills in.
    pub project_id: String,
    /// The ways to prove who calls.
    pub auth: Vec<AuthScheme>,
    /// On what it rests that arrays in a query repeat their key.
    pub query_arrays: Basis,
    /// The fields of an error body.
    pub error: Vec<Field>,
    /// The documented codes of errors.
    pub error_codes: Vec<ErrorCode>,
    /// The fields that the body of every event has.
    pub event: Vec<Field>,
    /// How often operations can be called.
    pub rates: Vec<Rate>,
    /// Sections of the docs, in their order.
    pub sections: Vec<Section>,
}

/// The path parameter that the client fills in: what it is, [`Service::project_id`] says for all operations.
pub(crate) const PROJECT_ID: &str = "project_id";

/// How often the operations of a group can be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// The name of the group.
    pub name: Spanned<String>,
    /// Calls per minute of one tenant.
    pub per_minute: u32,
    /// Calls per minute of all tenants together.
    pub all_tenants: Option<u32>,
    /// The operations of the group.
    pub operations: Vec<Spanned<String>>,
    /// On what it rests.
    pub basis: Basis,
    /// What the docs say of it.
    pub doc: String,
}

/// A section of the vendor's docs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its title.
    pub title: String,
    /// What its operations are for.
    pub doc: String,
    /// Its operations in the order of their use; those that are left out follow by name.
    pub order: Vec<Spanned<String>>,
    /// Its folder below `spec/`.
    pub folder: String,
}

/// A documented code of an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorCode {
    /// The code, such as `VOD.10053`.
    pub code: Spanned<String>,
    /// What it means in one to four words, such as `InvalidParameter`.
    pub name: Spanned<String>,
    /// What a caller can do about it, where its status does not tell.
    pub kind: Option<ErrorCodeKind>,
    /// HTTP status that it comes with.
    pub status: u16,
    /// Whether something has failed. A few codes only say where a task stands.
    pub failure: bool,
    /// On what code and status rest.
    pub basis: Basis,
    /// What it means.
    pub doc: String,
}

/// What a caller can do about an error that comes with an [`ErrorCode`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorCodeKind {
    /// There were too many calls, and this one was not begun: it can be repeated later.
    Throttled,
    /// The caller is not known, or not allowed to do this.
    Auth,
    /// What the request names does not exist.
    NotFound,
    /// What the request makes exists already, or what it takes away is in use.
    Conflict,
    /// The request is wrong.
    InvalidRequest,
    /// The service failed while it worked on the request, and may not fail the next time.
    Transient,
}

impl ErrorCodeKind {
    pub(crate) const ALL: &'static [Self] = &[
        Self::Throttled,
        Self::Auth,
        Self::NotFound,
        Self::Conflict,
        Self::InvalidRequest,
        Self::Transient,
    ];

    /// As the description writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Throttled => "throttled",
            Self::Auth => "auth",
            Self::NotFound => "not-found",
            Self::Conflict => "conflict",
            Self::InvalidRequest => "invalid-request",
            Self::Transient => "transient",
        }
    }
}

/// A way to prove who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthScheme {
    /// Its name in `auth:` lists.
    pub name: String,
    /// How it works.
    pub doc: String,
    /// The headers it sends.
    pub headers: Vec<Header>,
}

/// A header of an [`AuthScheme`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub doc: String,
    /// Whether that is a secret.
    pub sensitive: bool,
}

/// On what a fact rests that the page does not state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Basis {
    /// Concluded from the rest of the docs or from other clients.
    Inferred,
    /// Stated elsewhere in the docs.
    Documented,
    /// Seen at the real service.
    Verified,
}

impl Basis {
    pub(crate) const ALL: &'static [Self] = &[Self::Inferred, Self::Documented, Self::Verified];

    /// As the description writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inferred => "inferred",
            Self::Documented => "documented",
            Self::Verified => "verified",
        }
    }
}
