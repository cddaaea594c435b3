//! What a page or a document states, with the lines where it does; nothing here knows in which form it was saved.

use std::collections::BTreeMap;

use crate::{Address, Subject};

/// A page of the vendor's docs or a document of the API Explorer, understood as far as possible.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// Which of the vendor's sources it is; for pages decided by the language of the headings.
    pub source: Source,
    /// Its title, without the name of the operation that Chinese titles end with.
    pub title: Option<Stated<String>>,
    /// Name of the operation, where the page gives it.
    pub operation: Option<Stated<String>>,
    /// Section of the docs, from the breadcrumb.
    pub section: Option<Stated<String>>,
    /// "Updated on", `YYYY-MM-DD`.
    pub updated: Option<Stated<String>>,
    /// Name of the help page of the operation, which documents give.
    pub help_page: Option<Stated<String>>,
    /// Whether the operation should no longer be used, where that is stated of it as a whole.
    pub deprecated: Option<Stated<bool>>,
    /// What the operation does, as the page words it.
    pub function: Vec<Stated<String>>,
    /// What holds back who calls it, as the page words it.
    pub constraints: Vec<Stated<String>>,
    /// How often it can be called in a minute.
    pub calls_per_minute: Option<Stated<u32>>,
    /// Method and path; the path is without a query.
    pub http: Option<Stated<(String, String)>>,
    /// What it says of permissions besides the table: usually on which page they are.
    pub authorization: Vec<Stated<String>>,
    /// Rows of the permission table.
    pub permissions: Vec<Permission>,
    /// Rows of the tables of path, query, header and body parameters, in the page's order; a name can occur twice.
    pub parameters: Vec<(Place, Row)>,
    /// The documented replies.
    pub responses: Vec<Response>,
    /// Tables of nested types, of requests and replies.
    pub types: Vec<TypeTable>,
    /// Example requests; "None" is no example.
    pub example_requests: Vec<ExampleRequest>,
    /// Example replies by status, as written.
    pub example_responses: Vec<(u16, Stated<String>)>,
    /// The table of status codes: each with what it means.
    pub statuses: Vec<(Stated<u16>, String)>,
    /// How many members of a document were read and how many were not; none of a page.
    pub members: Members,
    /// Whether it has a section of such a page, or is a document of an operation; any other text is
    /// something else, or was not read.
    pub is_page: bool,
    /// Whether it breaks off: nothing follows from what it does not say.
    pub cut: bool,
    /// What could not be read, or not with certainty. Nothing of a page is skipped without one of these.
    pub notes: Vec<Note>,
}

impl Page {
    /// Why nothing of the text was read, if it is no page.
    pub fn trouble(&self) -> Option<&str> {
        let last = self.notes.last().filter(|_| !self.is_page);
        last.map(|note| note.message.as_str())
    }
}

/// Where the vendor states something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// On a page of the docs in English.
    #[default]
    EnglishPage,
    /// On a page of the docs in Chinese.
    ChinesePage,
    /// In a document of the API Explorer, whose texts are in Chinese.
    ApiExplorer,
}

/// The members of the objects of a document, counted by their names.
///
/// What stands in a member that was read as a whole, such as an example, was read as well; and what
/// stands in one that was not read was not read for the same reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members {
    /// How often each name was read.
    pub read: BTreeMap<String, usize>,
    /// How often each name was not read, and why.
    pub unread: BTreeMap<Unread, usize>,
}

/// A member of a document that is not read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unread {
    /// Its name.
    pub name: String,
    /// Why it is not read.
    pub why: &'static str,
}

/// A fact and the line of the page, from 1, on which it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated<T> {
    /// The fact.
    pub value: T,
    /// The line.
    pub line: usize,
}

/// Part of a request that a parameter travels in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The path.
    Path,
    /// The query string.
    Query,
    /// The headers.
    Header,
    /// The JSON body.
    Body,
}

impl From<Place> for Subject {
    fn from(place: Place) -> Self {
        match place {
            Place::Path => Self::Path,
            Place::Query => Self::Query,
            Place::Header => Self::Header,
            Place::Body => Self::Body,
        }
    }
}

/// A row of a table of parameters or fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Name on the wire.
    pub name: Stated<String>,
    /// The cell "Mandatory"; none where the table has no such column or the cell was lost.
    pub mandatory: Option<Stated<bool>>,
    /// The cell "Type".
    pub ty: Option<Stated<CellType>>,
    /// Limits and the like that the description states.
    pub states: Vec<Stated<Statement>>,
    /// The values that the description lists as the only ones.
    pub values: Vec<Stated<String>>,
    /// The whole description, paragraphs separated by a line break.
    pub description: Stated<String>,
}

/// A type as a cell words it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellType {
    /// `String`
    String,
    /// `Boolean`
    Boolean,
    /// `Integer`, `int32`, `Int`
    Integer,
    /// `Long`, `int64`
    Long,
    /// `Float`, `Double`, `Number`
    Number,
    /// `Map<String,T>`
    Map(Box<CellType>),
    /// `Array of T`, `Array<T>`, `Array of T objects`; of unknown items, without a text, where a cell says `Array`
    Array(Box<CellType>),
    /// `X object`: a type with a table of its own.
    Object(String),
    /// `Object` without a name.
    AnyObject,
    /// Anything else, as it stands.
    Unknown(String),
}

/// Something that a description states in words and that the YAML has a key for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Statement {
    /// Smallest and largest value of a number, or of each number of an array.
    Range(Option<i64>, Option<i64>),
    /// Smallest and largest length of a text, or of each text of an array, in characters.
    Length(Option<i64>, Option<i64>),
    /// Smallest and largest length of a text, in bytes.
    Bytes(Option<i64>, Option<i64>),
    /// Smallest and largest number of items of an array.
    Items(Option<i64>, Option<i64>),
    /// What is assumed when the value is absent, as written.
    Default(String),
    /// It should no longer be used.
    Deprecated,
}

/// An example request, as far as it can be told apart from the prose around it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExampleRequest {
    /// Method, and path with the query.
    pub http: Option<Stated<(String, String)>>,
    /// The JSON text.
    pub body: Option<Stated<String>>,
}

/// A documented reply.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// HTTP status.
    pub status: Stated<u16>,
    /// Fields of the body.
    pub fields: Vec<Row>,
    /// The body, where it is said that it is no object with fields.
    pub body: Option<Stated<CellType>>,
    /// Headers.
    pub headers: Vec<Row>,
}

/// A table of a nested type.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeTable {
    /// Name of the type, from the caption.
    pub name: Stated<String>,
    /// Its fields.
    pub fields: Vec<Row>,
}

/// A row of the permission table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permission {
    /// `vod:thumbnail:delete`
    pub action: Stated<String>,
    /// `Write`
    pub access: Option<Stated<String>>,
    /// `assets *`; none for `-`.
    pub resource: Option<Stated<String>>,
    /// Condition keys; none for `-`.
    pub condition_keys: Vec<Stated<String>>,
    /// Older names; none for `-`.
    pub alias: Vec<Stated<String>>,
    /// Actions needed besides; none for `-`.
    pub dependencies: Vec<Stated<String>>,
}

/// What could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Line of the page.
    pub line: usize,
    /// Where it belongs; [`Subject::Page`] if that is unknown.
    pub at: Address,
    /// What is wrong, for people.
    pub message: String,
}
